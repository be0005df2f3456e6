// One tidy table per observable and stage, all branches in it: axis columns first.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "study/gathered.hpp"

namespace vitreous::study {

struct StageTable {
  std::string stage;
  core::Table table;
};

/// Tables of the branches stacked, with a column for every axis and one for the replica; and the
/// quantities of each group as tables of their own: `diffusion` (D by species), `relaxation_time`.
/// In these X_dof are the degrees of freedom behind the error of X (empty where it is known as
/// such); a row whose value was refused has an empty value, its state (`upper_bound`, else
/// `refused`) and the reason; D_upper_bound is what D is less than there.
std::vector<StageTable> stage_tables(const std::vector<GatheredBranch>& branches);

/// Adds `table`, with a column before its own for every axis, under the table of its stage and name
/// where there is one already.
void stack(std::vector<StageTable>& tables, const std::string& stage,
           const std::vector<AxisValue>& axes, core::Table table);

/// `below` under `above`; both of the same columns. Throws RunError where they differ.
void append_rows(core::Table& above, const core::Table& below);

}  // namespace vitreous::study
