// The lags at which pairs of frames are compared: 15 a decade, matched as integer steps, and placed
// so that long lags of different origins meet on the same frames.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/observer.hpp"

namespace vitreous::analysis {

/// In situ the longest lag is a third of the run, on files a tenth of what they span. `max_time`
/// (ps) overrides that, up to half of it: beyond, a lag would rest on a single independent window.
inline constexpr double longest_lag_in_situ = 1.0 / 3.0;
inline constexpr double longest_lag_on_files = 0.1;
inline constexpr int lags_per_decade = 15;
inline constexpr double shortest_lag = 0.01;  ///< ps, in situ

/// Spacing of origins (steps) in situ, about 200 a run. Lags beyond it are multiples of it.
std::int64_t origin_spacing(const Timeline& timeline);

/// The option `max_time` that observers of lags share, and its value.
core::OptionDeclaration max_time_option();
std::optional<double> max_time(const core::Options& options);

/// Lags in steps, ascending. On files only lags that lie between frames of the file. Throws
/// InputError where the timeline is too short to hold a lag, or `max_time` is beyond half of it.
std::vector<std::int64_t> log_lags(const Timeline& timeline,
                                   std::optional<double> max_time = std::nullopt);

/// The lags nearest to `times` (ps), ascending; in situ any step can be had. Without times, the
/// longest lag of log_lags and up to three more, each a decade below. Throws InputError as log_lags
/// does, and for a time that is not above zero.
std::vector<std::int64_t> chosen_lags(const Timeline& timeline, const std::vector<double>& times);

}  // namespace vitreous::analysis
