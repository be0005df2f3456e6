#include "study/study_template.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.hpp"
#include "io/potential_source.hpp"
#include "study/alloy_reading.hpp"

namespace vitreous::study {
namespace {

// Annamareddy, Voyles, Perepezko and Morgan, Acta Mater. 209, 116794 (2021)
const std::string published_composition = "Cu50Zr50";
const std::string published_potential = "kim:MO_600021860456_005";  // Mendelev et al. 2009

std::vector<std::string> symbols_of(const std::string& composition) {
  std::vector<std::string> symbols;
  for (const auto& [symbol, share] : parse_composition(composition)) symbols.push_back(symbol);
  return symbols;
}

/// The end of a model's name, which says which one it is.
std::string short_name(const std::string& model) {
  const auto part = model.rfind("__");
  return "kim:" + (part == std::string::npos ? model : model.substr(part + 2));
}

std::string alloy_section(const TemplateAlloy& alloy, int atoms) {
  return fmt::format(
      R"toml([alloy]
composition = "{}"
atoms = {}
# kim: and any unique part of an installed model's name, or the path of a setfl file;
# `vitreous potential list {}` names the models that describe this alloy
potential = "{}"
)toml",
      alloy.composition, atoms, fmt::join(symbols_of(alloy.composition), " "), alloy.potential);
}

/// An alloy whose liquid's diffusion is published, with the potential that it was found with.
bool has_published_diffusion(const TemplateAlloy& alloy) {
  return alloy.composition == published_composition && alloy.potential == published_potential;
}

std::string diffusion(const TemplateAlloy& alloy) {
  std::string text = fmt::format(
      R"toml(# How fast do the atoms of liquid {0} move, and how does that depend on temperature?
#
#   vitreous check FILE    reads this file: says what it understood, or what is wrong and where
#   vitreous plan FILE     shows every branch and what it costs
#   vitreous run FILE      runs it; interrupted, the same command goes on
#
# Quantities carry their unit. `vitreous help stage`, `help hold`, `help msd` explain the keys.

title = "Diffusion in liquid {0}"

)toml",
      alloy.composition);
  text += alloy_section(alloy, 1400);
  text += R"toml(
[engine]
timestep = "2 fs"
seed = 1

# A random liquid, held hot until it has forgotten how it was made.
[[stage]]
name = "melt"
kind = "hold"
temperature = "2000 K"
duration = "20 ps"

# Cooled on the way to each temperature below. Cooled this fast, 1000 K in 20 ps, it lags behind a
# little; the `equilibrate` of the liquid makes up for that.
[[stage]]
name = "quench"
kind = "quench"
from = "melt"
schedule = [{ to = "1000 K", rate = "5e13 K/s" }]

# Six temperatures, each a branch of its own that leaves the quench where that stood there.
# `equilibrate` runs at zero pressure; what is observed then runs at the mean volume of its second
# half. At one volume for all temperatures the cold ones would be under tension, and Q too low.
[[stage]]
name = "liquid"
kind = "hold"
from = "quench"
ensemble = "nvt"
temperature = { from = "2000 K", to = "1000 K", step = "200 K" }
equilibrate = "10 ps"
duration = "40 ps"
observe = [
  "msd",                                                # D, per species and of all atoms
  { kind = "intermediate_scattering", q = "2.7 1/A" },  # tau_alpha, at the peak of S(q)
  "non_gaussian",
  "rdf",
]

# ln D against 1/T: the activation energy Q and the prefactor D0.
[[fit]]
law = "arrhenius"
of = "liquid.D"
)toml";
  if (has_published_diffusion(alloy))
    text += R"toml(
# Published with the same potential; there 16384 atoms, 21 temperatures and a melt of 2 ns.
[fit.compare]
Q = "0.432(7) eV"
ln_D0 = "-16.36(6)"   # of D0 in m^2/s
source = "Annamareddy et al., Acta Mater. 209, 116794 (2021), Table 1"
conditions = "16384 atoms, 2000-1000 K in steps of 50 K"
)toml";
  return text;
}

std::string quench(const TemplateAlloy& alloy) {
  return fmt::format(
             R"toml(# At which temperature does {0} become a glass, and how does that depend on the rate?
#
#   vitreous check FILE    reads this file: says what it understood, or what is wrong and where
#   vitreous plan FILE     shows every branch and what it costs
#   vitreous run FILE      runs it; interrupted, the same command goes on

title = "Glass transition of {0}"

)toml",
             alloy.composition) +
         alloy_section(alloy, 2000) + R"toml(
[engine]
timestep = "2 fs"
seed = 1

# Three random liquids: glasses differ from each other more than a glass from itself in time, so
# only replicas tell the error.
[[stage]]
name = "melt"
kind = "hold"
temperature = "2000 K"
duration = "50 ps"
replicas = 3

# Down to 1000 K fast, for the liquid keeps up.
[[stage]]
name = "cool"
kind = "quench"
from = "melt"
schedule = [{ to = "1000 K", rate = "1e13 K/s" }]

# A list of rates makes a branch of each. Ten times slower takes ten times longer.
[[stage]]
name = "quench"
kind = "quench"
from = "cool"
schedule = [{ to = "300 K", rate = ["1e12 K/s", "1e13 K/s"] }]

# Tg is where the straight lines of glass and liquid meet, in volume and in enthalpy.
[[fit]]
name = "volume"
law = "glass_transition"
of = "quench.V"

[[fit]]
name = "enthalpy"
law = "glass_transition"
of = "quench.H"
)toml";
}

}  // namespace

TemplateAlloy template_alloy(const std::string& composition, const std::string& potential) {
  TemplateAlloy alloy{composition, potential};
  std::erase(alloy.composition, ' ');
  const auto symbols = symbols_of(composition);
  if (!potential.empty()) return alloy;
  const auto models = io::list_kim_models(symbols);
  if (models.empty())
    throw base::InputError(
        fmt::format("no installed KIM model describes {}", fmt::join(symbols, " and ")),
        "a setfl file (eam.alloy, eam.fs) can be named by its path",
        {fmt::format("vitreous new {} --potential FILE", alloy.composition)});
  std::vector<std::string> names;
  for (const auto& model : models) names.push_back(short_name(model));
  const bool is_published =
      std::find(names.begin(), names.end(), published_potential) != names.end() &&
      symbols.size() == symbols_of(published_composition).size();
  alloy.potential = is_published ? published_potential : names.front();
  return alloy;
}

const std::vector<StudyTemplate>& study_templates() {
  static const std::vector<StudyTemplate> all = {
      {"diffusion", "diffusion in the liquid at six temperatures, with Arrhenius' law; minutes",
       diffusion},
      {"quench", "the glass transition on cooling at two rates; a quarter of an hour", quench},
  };
  return all;
}

const StudyTemplate& study_template(const std::string& name) {
  std::vector<std::string> names;
  for (const auto& candidate : study_templates()) {
    if (candidate.name == name) return candidate;
    names.push_back(candidate.name);
  }
  const std::string nearest = base::nearest_name(name, names);
  throw base::InputError(
      fmt::format("no template is called \"{}\"", name),
      fmt::format("there are {}", fmt::join(names, ", ")),
      nearest.empty() ? std::vector<std::string>{} : std::vector<std::string>{nearest});
}

}  // namespace vitreous::study
