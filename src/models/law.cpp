// The one list of laws.
#include "models/law.hpp"

#include "base/error.hpp"
#include "models/arrhenius.hpp"
#include "models/glass_transition.hpp"
#include "models/kink.hpp"
#include "models/power_law.hpp"
#include "models/stokes_einstein.hpp"
#include "models/stretched_exponential.hpp"
#include "models/tangent.hpp"
#include "models/vft.hpp"

namespace vitreous::models {
namespace {

struct Law {
  core::Declaration declaration;
  core::Result (*fit)(const FitInput&, const core::Options&);
};

const std::vector<Law>& laws() {
  static const std::vector<Law> all = {
      {arrhenius_declaration(), fit_arrhenius},
      {vft_declaration(), fit_vft},
      {glass_transition_declaration(), fit_glass_transition},
      {stokes_einstein_declaration(), fit_stokes_einstein},
      {kink_declaration(), fit_kink},
      {power_law_declaration(), fit_power_law},
      {stretched_exponential_declaration(), fit_stretched_exponential},
      {tangent_declaration(), fit_tangent},
  };
  return all;
}

const Law& law_called(const std::string& name) {
  std::vector<std::string> names;
  for (const auto& law : laws()) {
    if (law.declaration.name == name) return law;
    names.push_back(law.declaration.name);
  }
  const std::string nearest = base::nearest_name(name, names);
  throw base::InputError(
      "no law is called \"" + name + "\"", "`vitreous list laws` lists them",
      nearest.empty() ? std::vector<std::string>{} : std::vector<std::string>{nearest});
}

}  // namespace

const std::vector<core::Declaration>& law_declarations() {
  static const std::vector<core::Declaration> all = [] {
    std::vector<core::Declaration> declarations;
    for (const auto& law : laws()) declarations.push_back(law.declaration);
    return declarations;
  }();
  return all;
}

const core::Declaration& law_declaration(const std::string& law) {
  return law_called(law).declaration;
}

bool is_of_temperature(const core::Declaration& law) {
  return !law.columns.empty() && law.columns.front().unit == "K";
}

core::Result fit_law(const std::string& law, const FitInput& input, const core::Options& options) {
  const auto& called = law_called(law);
  if (is_of_temperature(called.declaration) && input.x_unit != "K")
    throw base::InputError(law + " is a law of temperature in K",
                           "x is the " + input.x_name + " in " + input.x_unit);
  auto result = called.fit(input, options);
  for (auto& quantity : result.quantities) quantity.how["law"] = law;
  return result;
}

std::string refusal_text(const core::Reported& refused) {
  std::string text = refused.reason;
  const auto left_out = refused.how.find("left_out");
  if (left_out == refused.how.end()) return text;
  text += "\n  ";
  for (const char c : left_out->second) text += c == '\n' ? std::string("\n  ") : std::string(1, c);
  return text;
}

}  // namespace vitreous::models
