// What follows from the hops between inherent structures: rates, energies, barriers, with errors.
#pragma once

#include "analysis/hop_log.hpp"
#include "core/result.hpp"

namespace vitreous::analysis {

/// How hops were looked for.
struct HopConditions {
  double every = 0.0;        ///< ps between inherent structures
  double distance = 0.0;     ///< A
  std::string layer;         ///< in words; "" where all atoms are looked at
  std::int64_t asked = 0;    ///< paths that were asked for at most
  double temperature = 0.0;  ///< K; 0 where the velocities tell it
  std::string neighbors;     ///< how near they are; "" where it is not known
  std::vector<core::Species> kinds;
};

core::Result hop_result(const HopLog& log, const HopConditions& conditions);

}  // namespace vitreous::analysis
