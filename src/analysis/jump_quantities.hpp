// Rates and lengths of jumps as quantities: each with its error, or with the reason why it has
// none.
#pragma once

#include <map>

#include "analysis/jump_tally.hpp"
#include "analysis/relaxation_time.hpp"
#include "core/result.hpp"

namespace vitreous::analysis {

/// What the quantities of a run share.
struct JumpConditions {
  RunState run;
  std::map<std::string, std::string> how;
  std::string refusal;         ///< why none of them has a value; "" where they may
  double share_flagged = 0.0;  ///< of all windows
  double window = 0.0;         ///< ps
};

/// Gamma, length, l_squared, D_jumps and D_ratio of a row of species. `tally` may be null where all
/// are refused; `D` is that of the MSD.
std::vector<core::Reported> jump_quantities(const JumpTally* tally, const SpeciesRow& row,
                                            const core::Reported& D,
                                            const JumpConditions& conditions);

/// Gamma_CONVENTION and length_CONVENTION.
std::vector<core::Reported> convention_quantities(const JumpTally* tally, const SpeciesRow& row,
                                                  const std::string& convention,
                                                  const JumpConditions& conditions);

}  // namespace vitreous::analysis
