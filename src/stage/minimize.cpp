#include "stage/minimize.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/constants.hpp"
#include "base/error.hpp"

namespace vitreous::stage {
namespace {

constexpr int most_moves = 20000;
constexpr double no_error = std::numeric_limits<double>::quiet_NaN();

core::Reported quantity(const char* name, double value, const char* unit) {
  core::Reported reported;
  reported.name = name;
  reported.measured = core::Measured{value, no_error, unit};
  reported.how["error"] = "from the scatter of replicas: one configuration alone has none";
  return reported;
}

}  // namespace

std::vector<Leg> minimize_legs(const core::Options& options, double timestep) {
  if (!(options.number("force") > 0.0)) {
    base::Message message;
    message.key = "force";
    message.problem = "must be above zero";
    message.tries = {"force = \"1e-4 eV/A\""};
    throw base::InputError(message);
  }
  Leg leg;
  leg.name = "minimize";
  leg.protocol.timestep = timestep;
  leg.protocol.ensemble = engine::Ensemble::nve;
  leg.minimized_to = options.number("force");
  return {leg};
}

std::int64_t usual_moves(double force_tolerance) {
  return 100 + std::llround(100.0 * std::max(0.0, -std::log10(force_tolerance)));
}

Descent::Descent(const engine::ForcesMaker& forces, const engine::State& start,
                 double force_tolerance)
    : options_{.force_tolerance = force_tolerance, .most_steps = most_moves},
      forces_(forces()),
      box_(start.box),
      atoms_(start.atoms),
      minimization_(*forces_, box_, atoms_, options_) {}

bool Descent::advance(std::int64_t most) {
  if (!minimization_.advance(static_cast<int>(std::min<std::int64_t>(most, most_moves + 1))))
    return false;
  end_ = minimization_.finish();
  if (end_.converged) return true;
  throw base::RunError(
      fmt::format("no minimum to {:g} eV/A within {} moves: a force of {:.3g} eV/A is left",
                  options_.force_tolerance, end_.steps, end_.largest_force),
      "forces: " + forces_->description(),
      {"a larger `force`", "engine.precision = \"double\", whose forces are finer"});
}

core::Atoms Descent::take_atoms() {
  atoms_.velocity.fill(0.0);
  return std::move(atoms_);
}

void MinimumRecord::take(const core::Thermo& thermo, double volume, std::size_t atoms,
                         double largest_force, std::int64_t moves) {
  const auto n = static_cast<double>(atoms);
  energy_ = thermo.potential_energy / n;
  pressure_ = math::trace(thermo.pressure) / 3.0 * base::eV_per_A3_to_GPa;
  volume_ = volume / n;
  largest_force_ = largest_force;
  moves_ = moves;
  taken_ = true;
}

core::Result MinimumRecord::result() const {
  core::Result result;
  if (!taken_) return result;
  core::Table table;
  table.name = "inherent_structure";
  const auto column = [&](const char* name, const char* unit, double value) {
    table.columns.push_back({name, unit, std::vector<double>{value}, {}});
  };
  column("e_IS", "eV/atom", energy_);
  column("P", "GPa", pressure_);
  column("V", "angstrom^3/atom", volume_);
  column("largest_force", "eV/angstrom", largest_force_);
  column("moves", "1", static_cast<double>(moves_));
  table.how["e_IS"] = "potential energy of the minimum reached in the box that came in";
  result.tables.push_back(std::move(table));
  result.quantities = {quantity("e_IS", energy_, "eV/atom"), quantity("P", pressure_, "GPa")};
  return result;
}

void MinimumRecord::transfer(core::Archive& archive) {
  archive.transfer("taken", taken_);
  archive.transfer("energy", energy_);
  archive.transfer("pressure", pressure_);
  archive.transfer("volume", volume_);
  archive.transfer("largest_force", largest_force_);
  archive.transfer("moves", moves_);
}

}  // namespace vitreous::stage
