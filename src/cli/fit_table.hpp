// The points of a fit from a tidy table: rows chosen, replicas combined, states kept.
#pragma once

#include <string>
#include <vector>

#include "models/law.hpp"

namespace vitreous::cli {

struct FitTableRequest {
  std::string file;                ///< for messages
  std::string x = "temperature";   ///< a column's name; converted to K
  std::string y;                   ///< a column's name, or two with a '*' between (D*tau_alpha)
  std::vector<std::string> where;  ///< "temperature=1000K..2000K", "species=Cu"; all must hold
};

struct FitTable {
  models::FitInput input;
  std::vector<std::string> notes;  ///< what was chosen without being told
};

/// Rows of one x (of one `target`, where the table of a ramp has that column) are replicas of one
/// point. A column X_dof tells the degrees of freedom behind the errors of X, which are taken as
/// known without it. A column `state` tells their state (equilibrium without one), `reason` or
/// `remark` why; a row whose y is empty is refused for its reason. Where `species` holds several
/// and "all" is among them, that is taken. Throws InputError: a column that is missing (with the
/// nearest name), a condition that cannot be read or that no row meets, other columns of words that
/// hold several.
FitTable fit_table(const core::Table& table, const FitTableRequest& request);

}  // namespace vitreous::cli
