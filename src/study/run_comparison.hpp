// Runs side by side: their quantities in units of their errors, and what their studies ask for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/measured.hpp"

namespace vitreous::study {

/// One quantity in every run.
struct QuantityRow {
  std::string name, where;                            ///< "liquid.D", "temperature = 1000 K"
  std::vector<std::optional<core::Reported>> values;  ///< empty where a run has none of that name
  std::optional<core::Reference> reference;           ///< the paper's, from the first that has it
};

/// What a run's folder holds, or that of an analysis.
struct ComparedRun {
  std::string path, title;
  bool complete = true;
  std::vector<core::Reported> quantities;
};

/// Throws InputError where the folder holds no results.
ComparedRun read_run(const std::string& path);

/// In the order of the first run; what only later runs have comes behind.
std::vector<QuantityRow> side_by_side(const std::vector<ComparedRun>& runs);

/// a - b in the unit of a, with the error of independent values.
struct Difference {
  core::Measured difference;
  std::optional<double> pull;  ///< (a-b)/sqrt(se_a^2 + se_b^2); empty where neither has an error
};

/// Empty where one has no value, or their dimensions differ.
std::optional<Difference> difference(const std::optional<core::Reported>& a,
                                     const std::optional<core::Reported>& b);

/// A key of the resolved studies and what each run says to it; "" where one lacks it.
struct StudyDifference {
  std::string key;
  std::vector<std::string> values;
};

/// Keys that are not the same in all runs: "alloy.atoms", "liquid.duration",
/// "liquid.observe.msd.layer". A folder without a study counts as one that lacks every key.
std::vector<StudyDifference> study_differences(const std::vector<ComparedRun>& runs);

/// How many branches of the runs `a` and `b` have the same physics, seed and start: their values
/// are the same, not independent.
std::size_t shared_branches(const ComparedRun& a, const ComparedRun& b);

}  // namespace vitreous::study
