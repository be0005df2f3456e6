#include "stage/hold.hpp"

#include "base/error.hpp"

namespace vitreous::stage {
namespace {

engine::Ensemble ensemble_named(const std::string& name) {
  if (name == "nve") return engine::Ensemble::nve;
  return name == "nvt" ? engine::Ensemble::nvt : engine::Ensemble::npt;
}

[[noreturn]] void refuse_unrelaxed_box(const std::string& ensemble) {
  base::Message message;
  message.key = "equilibrate";
  message.problem = ensemble + " at its own volume needs a time to find that volume";
  message.why = "the box that comes in belongs to the temperature it comes from";
  message.tries = {"equilibrate = \"20 ps\"", "volume = \"inherit\" keeps the incoming box"};
  throw base::InputError(message);
}

}  // namespace

std::vector<Leg> hold_legs(const core::Options& options, double timestep) {
  const std::string& ensemble = options.text("ensemble");
  const bool inherits = options.text("volume") == "inherit";
  const std::int64_t before = whole_steps(options.number("equilibrate"), timestep, "equilibrate");

  Leg produce;
  produce.name = "hold";
  produce.protocol = common_protocol(options, timestep);
  produce.protocol.temperature = engine::Course::constant(options.number("temperature"));
  produce.protocol.ensemble = ensemble_named(ensemble);
  produce.steps = whole_steps(options.number("duration"), timestep, "duration");
  produce.observed = true;
  if (ensemble != "npt" && !inherits && before == 0) refuse_unrelaxed_box(ensemble);
  if (before == 0) return {produce};

  Leg equilibrate = produce;
  equilibrate.name = "equilibrate";
  equilibrate.steps = before;
  equilibrate.observed = false;
  equilibrate.protocol.ensemble =
      inherits && ensemble != "npt" ? engine::Ensemble::nvt : engine::Ensemble::npt;
  produce.in_mean_box = ensemble != "npt" && !inherits;
  return {equilibrate, produce};
}

}  // namespace vitreous::stage
