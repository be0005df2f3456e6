#include "models/nanomold/parameters.hpp"

#include <fmt/format.h>

#include "base/error.hpp"

namespace vitreous::models::nanomold {

std::string to_text(Rule rule) { return rule == Rule::fastest ? "fastest" : "additive"; }

const std::vector<ParameterEntry>& parameter_entries() {
  using P = Parameters;
  static const std::vector<ParameterEntry> all = {
      {"alloy.atomic_volume", "m^3", [](P& p) { return &p.atomic_volume; }},
      {"viscosity.ln_eta0", "1", [](P& p) { return &p.viscosity.ln_eta0; }},
      {"viscosity.B", "K", [](P& p) { return &p.viscosity.B; }},
      {"viscosity.T0", "K", [](P& p) { return &p.viscosity.T0; }},
      {"viscosity.kink", "K",
       [](P& p) { return p.viscosity.glass ? &p.viscosity.glass->kink : nullptr; }},
      {"viscosity.Q_glass", "eV",
       [](P& p) { return p.viscosity.glass ? &p.viscosity.glass->Q : nullptr; }},
      {"interface.ln_delta_D0", "1", [](P& p) { return &p.interface.ln_delta_D0; }},
      {"interface.Q", "eV", [](P& p) { return &p.interface.Q; }},
      {"interface.delta", "m", [](P& p) { return &p.interface.delta; }},
      {"bulk.ln_D0", "1", [](P& p) { return p.bulk ? &p.bulk->ln_D0 : nullptr; }},
      {"bulk.Q", "eV", [](P& p) { return p.bulk ? &p.bulk->Q : nullptr; }},
      {"bulk.R", "m", [](P& p) { return p.particle_radius ? &*p.particle_radius : nullptr; }},
      {"relaxation.Tg", "K", [](P& p) { return p.calorimetry ? &p.calorimetry->Tg : nullptr; }},
      {"relaxation.tau_g", "s",
       [](P& p) { return p.calorimetry ? &p.calorimetry->tau_g : nullptr; }},
  };
  return all;
}

double& parameter(Parameters& parameters, const std::string& name) {
  for (const auto& entry : parameter_entries())
    if (entry.name == name)
      if (double* value = entry.at(parameters)) return *value;
  throw base::InputError(fmt::format("there is no parameter {}", name));
}

}  // namespace vitreous::models::nanomold
