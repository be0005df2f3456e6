// The alloy of a study.
#pragma once

#include "study/plan.hpp"
#include "study/value.hpp"

namespace vitreous::study {

/// Elements with atomic fractions, in the order in which they are written: "Cu50Zr50",
/// "Al86.5La13.5"; an element without a number counts once ("CuZr"). Throws InputError for what is
/// no element, stands twice, or has no share.
std::vector<std::pair<std::string, double>> parse_composition(const std::string& text);

/// A composition with the place where it is written.
struct PlacedComposition {
  std::string text;
  std::vector<std::pair<std::string, double>> fractions;
  Place place;
};

/// One composition, or a list of several.
std::vector<PlacedComposition> read_compositions(const Value& value, const std::string& key);

/// What the whole study shares.
struct AlloyChoice {
  std::vector<PlacedComposition> compositions;
  bool composition_is_list = false;
  std::int64_t atoms = 0;
  std::string potential;              ///< as written
  std::string potential_source;       ///< its path as seen from here, or kim:NAME
  std::string potential_fingerprint;  ///< of what its tables hold
  std::shared_ptr<const potential::EamTables> tables;
  Place atoms_place;
};

/// Reads the potential too. A relative path is seen from the study's folder.
AlloyChoice read_alloy(const Value& alloy, const std::string& study_folder);

/// The alloy of one composition. Throws InputError where the potential lacks an element, or an
/// element would be left without an atom.
Alloy make_alloy(const AlloyChoice& choice, const PlacedComposition& composition);

}  // namespace vitreous::study
