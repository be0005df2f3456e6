#include "study/branch_identity.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/random.hpp"
#include "stage/leg.hpp"
#include "stage/stage.hpp"

namespace vitreous::study {
namespace {

const core::Declaration& stage_declaration_of(const std::string& kind) {
  const auto& all = stage::stage_declarations();
  return *std::find_if(all.begin(), all.end(), [&](const auto& d) { return d.name == kind; });
}

/// Twelve digits: two spellings of a number may differ in the last bits.
std::string number_text(double value) { return fmt::format("{:.12g}", value); }

std::string fractions_text(const Alloy& alloy) {
  std::vector<std::string> parts;
  for (const auto& [element, fraction] : alloy.fractions)
    parts.push_back(fmt::format("{} {}", element, number_text(fraction)));
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string hash_of(const std::map<std::string, std::string>& physics) {
  std::string all;
  for (const auto& [key, value] : physics) all += fmt::format("{}={}\n", key, value);
  return fmt::format("{:016x}{:016x}", base::hash_text(all), base::hash_text("again\n" + all));
}

/// Arguments of LAMMPS' command line choose the machine, not the physics.
void identify_engine(const EngineChoice& engine, std::map<std::string, std::string>& physics) {
  if (engine.kind == "native") {
    physics["engine.precision"] = engine.precision;
    return;
  }
  physics["engine.kind"] = engine.kind;
  const LammpsChoice& lammps = engine.lammps;
  if (!lammps.pair_style.empty()) {
    physics["engine.pair_style"] = lammps.pair_style;
    physics["engine.pair_coeff"] = fmt::format("{}", fmt::join(lammps.pair_coeff_identity, "; "));
  }
  if (!lammps.commands.empty())
    physics["engine.commands"] = fmt::format("{}", fmt::join(lammps.commands, "; "));
}

}  // namespace

std::string canonical_value(const core::OptionValue& value, const std::string& unit) {
  struct Writer {
    std::string suffix;
    std::string operator()(double v) const { return number_text(v) + suffix; }
    std::string operator()(std::int64_t v) const { return std::to_string(v); }
    std::string operator()(const std::string& v) const { return v; }
    std::string operator()(bool v) const { return v ? "true" : "false"; }
    std::string operator()(const std::vector<double>& v) const {
      std::vector<std::string> parts;
      for (const double x : v) parts.push_back(number_text(x) + suffix);
      return fmt::format("{}", fmt::join(parts, "; "));
    }
    std::string operator()(const std::vector<std::string>& v) const {
      return fmt::format("{}", fmt::join(v, "; "));
    }
  };
  return std::visit(Writer{unit == "1" ? "" : " " + unit}, value);
}

void identify(Branch& branch, const Branch* parent, const std::string& potential_fingerprint) {
  auto& physics = branch.physics;
  physics.clear();
  for (const auto& option : stage_declaration_of(branch.kind).options) {
    const bool may_grow = option.name == "duration" && !stage::is_ramp(branch.kind);
    if (branch.options.has(option.name) && !may_grow)
      physics[option.name] = canonical_value(branch.options.all().at(option.name), option.unit);
  }
  physics["kind"] = branch.kind;
  physics["replica"] = std::to_string(branch.replica);
  physics["alloy.composition"] = fractions_text(branch.alloy);
  physics["alloy.atoms"] = std::to_string(branch.alloy.atoms);
  physics["alloy.potential"] = potential_fingerprint;
  physics["engine.timestep"] = number_text(branch.engine.timestep) + " ps";
  physics["engine.seed"] = std::to_string(branch.engine.seed);
  identify_engine(branch.engine, physics);
  if (parent) {
    physics["from"] = fmt::format("{} ({})", parent->id, parent->identity.substr(0, 16));
    if (parent->options.has("duration"))
      physics["from.duration"] = number_text(parent->options.number("duration")) + " ps";
  }
  if (branch.leaves_at) physics["leaves_at"] = number_text(*branch.leaves_at) + " K";
  branch.identity = hash_of(physics);
}

}  // namespace vitreous::study
