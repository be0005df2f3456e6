// A study resolved into branches: what is to be computed, each with its identity. No TOML beyond
// this point.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/observer_set.hpp"
#include "core/declaration.hpp"
#include "core/measured.hpp"
#include "potential/eam_tables.hpp"

namespace vitreous::study {

/// The value of one axis on a branch: ("temperature", 1000, "K", "1000 K").
struct AxisValue {
  std::string name;
  double value = 0.0;  ///< in `unit`; not used for words such as a composition
  std::string unit = "1";
  std::string text;  ///< as it is shown and as it enters the folder's name: "1000K"
};

struct Alloy {
  std::string composition;                                ///< "Cu50Zr50"
  std::vector<std::pair<std::string, double>> fractions;  ///< element, atomic fraction; sums to 1
  std::int64_t atoms = 0;
  std::string potential;                               ///< its file, or kim:NAME
  std::shared_ptr<const potential::EamTables> tables;  ///< what the potential holds, read once
};

/// What LAMMPS is told beside the alloy's potential, or instead of it.
struct LammpsChoice {
  std::string pair_style;  ///< "" where the alloy's potential moves the atoms
  /// Each what stands behind the command; files by their whole path.
  std::vector<std::string> pair_coeff, commands;
  std::vector<std::string> pair_coeff_identity;  ///< with what files hold instead of where they lie
  std::vector<std::string> arguments;            ///< of LAMMPS' command line
};

struct EngineChoice {
  std::string kind = "native";  ///< or lammps
  double timestep = 0.001;      ///< ps
  std::uint64_t seed = 1;
  std::string precision = "double";  ///< of native
  LammpsChoice lammps;
};

/// What a branch writes beside its final configuration.
struct SaveRequest {
  double every = 0.0;           ///< ps
  std::string format = "dump";  ///< dump (LAMMPS text) or extxyz
};

/// One independent job: a stage at one point of its axes and one replica.
struct Branch {
  std::string id;      ///< "liquid/1000K-r1": the folder, and what --branch takes
  std::string stage;   ///< the stage's name in the study
  std::string kind;    ///< as a stage declares it
  std::string parent;  ///< id of the branch it starts from; "" where it starts from a random liquid
  std::vector<AxisValue> axes;
  int replica = 1;
  Alloy alloy;
  EngineChoice engine;
  core::Options options;  ///< by the declaration of the kind, in its units
  /// Where the parent is a ramp: the temperature (K) at which this branch leaves it.
  std::optional<double> leaves_at;
  /// Of a ramp: the temperatures (K) at which children leave it, in the order in which it meets
  /// them. Not part of the identity: a ramp that lacks one is replayed, to the same bits.
  std::vector<double> left_at;
  std::optional<SaveRequest> save;
  std::vector<analysis::ObserverRequest> observe;
  /// The resolved physics, key by key in canonical units ("temperature" -> "1000 K"), without what
  /// may grow (`duration` of a hold) and without observers and saves, which are compared on their
  /// own. Holds the potential's fingerprint and the parent's identity.
  std::map<std::string, std::string> physics;
  std::string identity;      ///< hash of `physics`
  double evaluations = 0.0;  ///< of the forces by its observers, about
};

/// A [[fit]] of the study.
struct FitRequest {
  std::string law;
  std::vector<std::string> of;  ///< "liquid.D"
  std::string name;             ///< the quantities are "NAME.Q"; by default the stage's name
  std::map<std::string, std::pair<double, double>>
      where;                                       ///< axis -> closed range, in the axis' unit
  std::map<std::string, std::string> options;      ///< of the law, in the user's words
  std::map<std::string, core::Reference> compare;  ///< quantity of the law -> published value
};

/// A [[compare]] of the study.
struct CompareRequest {
  std::string quantity;                   ///< "liquid.D"
  std::string over;                       ///< what it is divided by; "" where it stands alone
  std::map<std::string, std::string> at;  ///< axis -> value, e.g. temperature -> "1000 K"
  core::Reference reference;
};

struct Plan {
  std::string title;
  std::string study_file;
  std::string scale;             ///< "" where none was chosen
  std::vector<Branch> branches;  ///< parents before children
  std::vector<FitRequest> fits;
  std::vector<CompareRequest> compares;
  std::string resolved_toml;  ///< the study with every default written out
};

}  // namespace vitreous::study
