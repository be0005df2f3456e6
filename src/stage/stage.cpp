#include "stage/stage.hpp"

namespace vitreous::stage {
namespace {

using core::OptionDeclaration;
using core::OptionType;

void append(std::vector<OptionDeclaration>& options, const std::vector<OptionDeclaration>& more) {
  options.insert(options.end(), more.begin(), more.end());
}

OptionDeclaration temperature_option() {
  return {"temperature",
          OptionType::number,
          "K",
          "required",
          "the temperature; a list, or { from, to, step }, makes a branch of each",
          {}};
}

OptionDeclaration duration_option() {
  return {"duration",
          OptionType::number,
          "ps",
          "required",
          "how long is observed; a longer one continues a run",
          {}};
}

/// What every kind of stage that moves atoms understands.
std::vector<OptionDeclaration> thermostat_options() {
  return {{"thermostat",
           OptionType::text,
           "1",
           "nose_hoover",
           "Nose-Hoover chains, or stochastic velocity rescaling",
           {"nose_hoover", "velocity_rescaling"}},
          {"temperature_damping",
           OptionType::number,
           "ps",
           "0.1 ps",
           "how fast the thermostat reacts",
           {}}};
}

/// Of the kinds whose box may breathe.
std::vector<OptionDeclaration> barostat_options() {
  return {
      {"pressure", OptionType::number, "GPa", "0 bar", "the pressure that the barostat holds", {}},
      {"pressure_damping", OptionType::number, "ps", "1 ps", "how fast the barostat reacts", {}}};
}

core::Declaration hold() {
  core::Declaration d;
  d.name = "hold";
  d.one_line = "holds a temperature: equilibrates, then produces";
  d.formula =
      "equilibrate runs npt at the pressure; nvt and nve then run in the mean box of its second "
      "half, whose standard error s_V is part of those of V, P and H: s_P = kB T s_V / var(V)";
  d.options = {
      temperature_option(),
      duration_option(),
      {"equilibrate",
       OptionType::number,
       "ps",
       "0 ps",
       "how long is run at the pressure before, unobserved",
       {}},
      {"ensemble",
       OptionType::text,
       "1",
       "npt",
       "what is held while it is observed",
       {"nve", "nvt", "npt"}},
      {"volume",
       OptionType::text,
       "1",
       "relaxed",
       "nvt and nve: the box relaxed by `equilibrate`, or the one that comes in (equilibrate then "
       "runs nvt)",
       {"relaxed", "inherit"}},
  };
  append(d.options, barostat_options());
  append(d.options, thermostat_options());
  d.source = "Annamareddy, Voyles, Perepezko and Morgan, Acta Mater. 209, 116794 (2021)";
  return d;
}

core::Declaration free_surface() {
  core::Declaration d;
  d.name = "free_surface";
  d.one_line = "opens the box along an axis and holds the slab between two free surfaces";
  d.formula = "the edge along `axis` grows from L to L + 2 gap; atoms and the other edges stay";
  d.options = {temperature_option(),
               duration_option(),
               {"gap",
                OptionType::number,
                "angstrom",
                "10 angstrom",
                "empty space on both sides: twice this lies between the two surfaces",
                {}},
               {"axis",
                OptionType::text,
                "1",
                "z",
                "the edge that is opened: x, y, z for a, b, c",
                {"x", "y", "z"}},
               {"equilibrate",
                OptionType::number,
                "ps",
                "0 ps",
                "how long the surfaces settle before, unobserved, at the temperature",
                {}},
               {"ensemble",
                OptionType::text,
                "1",
                "nvt",
                "what is held while it is observed; the box is kept",
                {"nve", "nvt"}}};
  append(d.options, thermostat_options());
  d.source = "Annamareddy, Voyles, Perepezko and Morgan, Acta Mater. 209, 116794 (2021)";
  return d;
}

core::Declaration minimize() {
  core::Declaration d;
  d.name = "minimize";
  d.one_line = "brings the atoms to rest in their inherent structure, in the box they come in";
  d.formula = "downhill by L-BFGS until no component of any force exceeds `force`";
  d.options = {{"temperature",
                OptionType::number,
                "K",
                "required",
                "that of the configurations: where a ramp is left; of a hold it is known",
                {}},
               {"force",
                OptionType::number,
                "eV/angstrom",
                "1e-4 eV/angstrom",
                "no component of any force is larger at the end",
                {}}};
  d.columns = {{"e_IS", "eV/atom", "potential energy of the inherent structure"},
               {"P", "GPa", "its pressure"},
               {"V", "angstrom^3/atom", "volume per atom"},
               {"largest_force", "eV/angstrom", "what is left of the forces"},
               {"moves", "1", "evaluations of the forces that it took"}};
  d.derived = {{"e_IS", "eV/atom", "potential energy of the inherent structure"},
               {"P", "GPa", "its pressure"}};
  d.source = "Stillinger and Weber, Phys. Rev. A 25, 978 (1982)";
  return d;
}

core::Declaration ramp(const std::string& name, const std::string& one_line) {
  core::Declaration d;
  d.name = name;
  d.one_line = one_line;
  d.formula = "T(t) = T0 + rate * t, or plateaus `step` apart that last step/rate each";
  d.options = {
      {"schedule.to",
       OptionType::numbers,
       "K",
       "required",
       "the temperature at the end of each segment",
       {}},
      {"schedule.rate",
       OptionType::numbers,
       "K/ps",
       "required",
       "how fast the temperature changes in each segment",
       {}},
      {"schedule.step",
       OptionType::numbers,
       "K",
       "automatic",
       "plateaus instead of a slope, this far apart; 0 is a slope",
       {}},
  };
  append(d.options, barostat_options());
  append(d.options, thermostat_options());
  d.columns = {{"temperature", "K", "mean over an interval of the ramp"},
               {"V", "angstrom^3/atom", "volume per atom"},
               {"H", "eV/atom", "enthalpy per atom"}};
  d.derived = {{"V", "angstrom^3/atom", "against temperature, for glass_transition"},
               {"H", "eV/atom", "against temperature, for glass_transition"}};
  d.source = "Annamareddy, Voyles, Perepezko and Morgan, Acta Mater. 209, 116794 (2021)";
  return d;
}

}  // namespace

const std::vector<core::Declaration>& stage_declarations() {
  static const std::vector<core::Declaration> all = {
      hold(), ramp("quench", "cools along a schedule of temperatures at constant pressure"),
      ramp("heat", "warms along a schedule of temperatures at constant pressure"), free_surface(),
      minimize()};
  return all;
}

}  // namespace vitreous::stage
