#include "stage/free_surface.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/error.hpp"

namespace vitreous::stage {

std::vector<Leg> free_surface_legs(const core::Options& options, double timestep) {
  Leg produce;
  produce.name = "surface";
  produce.protocol = common_protocol(options, timestep);
  produce.protocol.temperature = engine::Course::constant(options.number("temperature"));
  produce.protocol.ensemble =
      options.text("ensemble") == "nve" ? engine::Ensemble::nve : engine::Ensemble::nvt;
  produce.steps = whole_steps(options.number("duration"), timestep, "duration");
  produce.observed = true;
  const analysis::Slab opening{static_cast<std::size_t>(options.text("axis").front() - 'x'),
                               options.number("gap")};

  Leg equilibrate = produce;
  equilibrate.name = "equilibrate";
  equilibrate.protocol.ensemble = engine::Ensemble::nvt;
  equilibrate.steps = whole_steps(options.number("equilibrate"), timestep, "equilibrate");
  equilibrate.observed = false;
  std::vector<Leg> legs = {produce};
  if (equilibrate.steps > 0) legs.insert(legs.begin(), equilibrate);
  legs.front().opening = opening;
  return legs;
}

void require_separate_faces(const analysis::Slab& opening, double cutoff) {
  if (2.0 * opening.gap >= cutoff) return;
  base::Message message;
  message.key = "gap";
  message.problem = fmt::format("a gap of {:g} A on both sides leaves {:g} A between the faces",
                                opening.gap, 2.0 * opening.gap);
  message.why = fmt::format("the potential reaches {:g} A: they would feel each other", cutoff);
  message.tries = {fmt::format("gap = \"{:g} A\"", std::ceil(cutoff))};
  throw base::InputError(message);
}

void open_box(const analysis::Slab& opening, engine::State& state) {
  const core::Box closed = state.box;
  math::Mat3 cell = closed.cell();
  const math::Vec3 edge{cell(0, opening.edge), cell(1, opening.edge), cell(2, opening.edge)};
  math::Vectors& position = state.atoms.position;
  for (std::size_t i = 0; i < state.atoms.size(); ++i) {
    const double along = closed.fractional(position[i])[opening.edge];
    position.add(i, edge * -std::floor(along));
  }
  const double gap = opening.gap / closed.heights()[opening.edge];  // in edges
  for (std::size_t k = 0; k < 3; ++k) cell(k, opening.edge) *= 1.0 + 2.0 * gap;
  state.box = core::Box(cell, closed.origin() - edge * gap);
}

}  // namespace vitreous::stage
