// How a run was made, in words that can stand in a paper: methods.md and references.bib.
#pragma once

#include <map>
#include <string>

#include "study/gathered.hpp"
#include "study/plan.hpp"

namespace vitreous::study {

/// What each potential of the plan holds, by its name.
std::map<std::string, const potential::EamTables*> potentials_of(const Plan& plan);

/// Markdown, a paragraph an idea: alloy and potential, dynamics, each stage with its durations and
/// rates, observers and fits with formula and source, program. Works are cited as pandoc takes it,
/// "[@key]"; the keys stand in references_text. What the branches have left tells by what forces
/// they ran, and which are missing.
std::string methods_text(const Plan& plan, const std::vector<GatheredBranch>& branches);

/// BibTeX of every work that `methods` cites: methods' papers, and of a potential what it asks its
/// users to cite.
std::string references_text(const Plan& plan, const std::string& methods);

/// The part of methods_text on stages and their branches.
std::string stages_text(const Plan& plan);

/// "a", "a and b", "a, b and c".
std::string listed(const std::vector<std::string>& words);

}  // namespace vitreous::study
