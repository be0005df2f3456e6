// The time at which a curve of lags first falls to a level, with its error.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/pair_curves.hpp"
#include "core/measured.hpp"

namespace vitreous::analysis {

/// A liquid is more mobile now and less then, as a whole, and remembers it for several relaxation
/// times: blocks of errors are so many of them long. docs/agreement.md tells how that was found.
inline constexpr double relaxations_to_forget = 10.0;
/// That in steps; 0 where no relaxation time is known.
double steps_to_forget(const std::optional<core::Measured>& tau_alpha, double timestep);

/// Where the weighted average of channels first falls to `level`, linear in log t between lags; the
/// error is that of the curve there, divided by its slope. Empty where it does not within the lags.
std::optional<core::Measured> relaxation_time(const PairCurves& curves,
                                              const std::vector<double>& weights, double level,
                                              double timestep);

/// Whether what was seen of a run is long enough to be a liquid in equilibrium, ten relaxation
/// times; else it is a glass, and the reason says so.
struct RunState {
  std::string state;   ///< equilibrium or glass
  std::string reason;  ///< "" in equilibrium
};
RunState judge_run(const std::optional<core::Measured>& tau_alpha, const PairCurves& curves,
                   double timestep);

}  // namespace vitreous::analysis
