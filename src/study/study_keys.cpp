#include "study/study_keys.hpp"

#include <algorithm>

namespace vitreous::study {
namespace {

using core::Declaration;
using enum core::OptionType;

Declaration study() {
  Declaration d;
  d.name = "study";
  d.one_line = "a study file (TOML): an alloy, an engine, stages, fits, published values";
  d.formula = "vitreous new Cu50Zr50 > study.toml writes one to start from";
  d.options = {
      {"title", text, "1", "automatic", "what the report is headed with", {}},
      {"alloy", words, "1", "required", "what is made of what: see `help alloy`", {}},
      {"engine", words, "1", "automatic", "how time is stepped: see `help engine`", {}},
      {"defaults", words, "1", "automatic", "keys that hold for every stage", {}},
      {"scale",
       words,
       "1",
       "automatic",
       "[scale.NAME] overrides keys of stages, alloy and engine where --scale NAME is given",
       {}},
      {"stage", words, "1", "required", "[[stage]], one or several: see `help stage`", {}},
      {"fit", words, "1", "automatic", "[[fit]]: a law fitted to what was found", {}},
      {"compare", words, "1", "automatic", "[[compare]]: a published value beside ours", {}},
  };
  return d;
}

Declaration alloy() {
  Declaration d;
  d.name = "alloy";
  d.one_line = "composition, number of atoms and potential";
  d.formula =
      "alloy = { composition = \"Cu50Zr50\", atoms = 2000, potential = "
      "\"kim:MO_600021860456_005\" }";
  d.options = {
      {"composition",
       text,
       "1",
       "required",
       "elements with their shares; a list makes a branch of each",
       {}},
      {"atoms", integer, "1", "required", "how many atoms; the composition is met exactly", {}},
      {"potential",
       text,
       "1",
       "required",
       "kim: and any unique part of an installed model's name, or the path of a setfl file",
       {}},
  };
  return d;
}

Declaration engine() {
  Declaration d;
  d.name = "engine";
  d.one_line = "what moves the atoms, time step, random seed and arithmetic";
  d.formula = "engine = { timestep = \"2 fs\", seed = 7 }, or engine = \"lammps\"";
  d.options = {
      {"kind",
       text,
       "1",
       "native",
       "our own engine, or LAMMPS, for other potentials and machines: docs/engine-lammps.md",
       {"native", "lammps"}},
      {"timestep", number, "ps", "1 fs", "time step of the integrator", {}},
      {"seed", integer, "1", "1", "every random stream is drawn from it and the branch's name", {}},
      {"precision",
       text,
       "1",
       "auto",
       "double computes forces in double precision; auto takes the fast form, whose pair terms are "
       "in single precision, where nothing objects to it",
       {"auto", "double"}},
      {"pair_style",
       text,
       "1",
       "automatic",
       "lammps: moves the atoms by this, e.g. \"eam/alloy\", instead of the alloy's potential, "
       "which "
       "then only makes the first liquid",
       {}},
      {"pair_coeff",
       words,
       "1",
       "automatic",
       "lammps: what stands behind the command, e.g. \"* * CuZr.eam.alloy Cu Zr\"; a list for "
       "several",
       {}},
      {"commands",
       words,
       "1",
       "automatic",
       "lammps: further commands once the atoms are there, e.g. [\"neighbor 2.0 bin\"]",
       {}},
      {"arguments",
       text,
       "1",
       "automatic",
       "lammps: words of its command line, e.g. \"-sf kk -k on g 1\"",
       {}},
  };
  return d;
}

Declaration stage_keys() {
  Declaration d;
  d.name = "stage";
  d.one_line = "the keys that every kind of stage has";
  d.formula = "[[stage]] name = \"liquid\", kind = \"hold\", from = \"quench\", ...";
  d.options = {
      {"name", text, "1", "required", "the stage's folder, and how others refer to it", {}},
      {"kind", text, "1", "required", "what is done: `list stages`", {}},
      {"from",
       text,
       "1",
       "automatic",
       "the stage it starts from: a hold at its end, a ramp where it stood at this temperature; "
       "without it, a random liquid",
       {}},
      {"like", text, "1", "automatic", "another stage whose keys hold unless written here", {}},
      {"composition",
       text,
       "1",
       "automatic",
       "instead of the alloy's, where the liquid is made; a list makes a branch of each",
       {}},
      {"replicas",
       integer,
       "1",
       "1",
       "independent copies; those of a stage without `from` each have their own random start",
       {}},
      {"observe", words, "1", "automatic", "what is measured on the way: `list observers`", {}},
      {"save", words, "1", "automatic", "a trajectory beside the last configuration", {}},
  };
  return d;
}

Declaration save() {
  Declaration d;
  d.name = "save";
  d.one_line = "a trajectory of a stage's observed part";
  d.formula = "save = { every = \"1 ps\", format = \"dump\" }";
  d.options = {
      {"every", number, "ps", "required", "time between frames", {}},
      {"format", text, "1", "dump", "LAMMPS text or extended XYZ", {"dump", "extxyz"}},
  };
  return d;
}

Declaration fit() {
  Declaration d;
  d.name = "fit";
  d.one_line = "a law fitted to what the stages found; the law's own options stand beside these";
  d.formula = "[[fit]] law = \"arrhenius\", of = \"liquid.D\"";
  d.options = {
      {"law", text, "1", "required", "`list laws`", {}},
      {"of", words, "1", "required", "STAGE.QUANTITY, one or several", {}},
      {"name", text, "1", "automatic", "results are NAME.Q; the stage's name if not given", {}},
      {"where",
       words,
       "1",
       "automatic",
       "ranges of axes: where = { temperature = [\"1000 K\", \"2000 K\"] }",
       {}},
      {"compare",
       words,
       "1",
       "automatic",
       "published parameters: { Q = \"0.432(7) eV\", source = \"paper 1, Table 1\" }, with `kind` "
       "(se, sd, range) and `conditions` where they matter",
       {}},
  };
  return d;
}

Declaration compare() {
  Declaration d;
  d.name = "compare";
  d.one_line = "a published value of one quantity";
  d.formula =
      "[[compare]] quantity = \"liquid.D\", at = { temperature = \"1000 K\" }, value = "
      "\"5.3(1)e-10 m^2/s\", source = \"...\"";
  d.options = {
      {"quantity", text, "1", "required", "STAGE.QUANTITY", {}},
      {"over",
       text,
       "1",
       "automatic",
       "STAGE.QUANTITY that it is divided by, at the same axes: \"glass.D\" for that of the "
       "surface over "
       "that of the bulk",
       {}},
      {"at", words, "1", "automatic", "the values of axes at which it holds", {}},
      {"value", text, "1", "required", "with its error: \"0.432(7) eV\", \"0.4 +- 0.1 eV\"", {}},
      {"source", text, "1", "automatic", "where it is published", {}},
      {"kind",
       text,
       "1",
       "se",
       "what its error is: of the mean, of one sample, or a range",
       {"se", "sd", "range"}},
      {"conditions", text, "1", "automatic", "what else it depends on: size, rate, state", {}},
  };
  return d;
}

}  // namespace

const std::vector<Declaration>& section_declarations() {
  static const std::vector<Declaration> all = {study(), alloy(), engine(), stage_keys(),
                                               save(),  fit(),   compare()};
  return all;
}

const Declaration& section_declaration(const std::string& name) {
  const auto& all = section_declarations();
  return *std::find_if(all.begin(), all.end(), [&](const auto& d) { return d.name == name; });
}

std::vector<std::string> section_keys(const std::string& name) {
  std::vector<std::string> keys;
  for (const auto& option : section_declaration(name).options) keys.push_back(option.name);
  return keys;
}

}  // namespace vitreous::study
