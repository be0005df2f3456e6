// The lags at which pairs of frames are compared, and the spacings of what is sampled in situ. Both
// are made of powers of two, so that those of a run that turns out longer hold those of its
// beginning: it goes on with what was learned.
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
inline constexpr double shortest_lag = 0.01;  ///< ps, in situ

/// The smallest power of two (1 included) that is not below `x`.
std::int64_t power_of_two_above(double x);

/// Spacing of origins (steps) in situ, a power of two: 95 to 189 a run.
std::int64_t origin_spacing(const Timeline& timeline);

/// The option `max_time` that observers of lags share, and its value.
core::OptionDeclaration max_time_option();
std::optional<double> max_time(const core::Options& options);

/// Lags in steps, ascending: five an octave, 8, 9, 10, 12 and 14 times powers of two, up to
/// `max_time`, or else up to `share` of the timeline. On files only lags that lie between frames of
/// the file. Throws InputError where the timeline is too short to hold a lag, or `max_time` is
/// beyond half of it.
std::vector<std::int64_t> log_lags(const Timeline& timeline,
                                   std::optional<double> max_time = std::nullopt,
                                   std::optional<double> share = std::nullopt);

/// The lags nearest to `times` (ps), ascending; in situ any step can be had. Without times, the
/// longest power of ten (ps) that log_lags reaches, and three decades below it where there are
/// lags. Throws InputError as log_lags does, and for a time that is not above zero.
std::vector<std::int64_t> chosen_lags(const Timeline& timeline, const std::vector<double>& times);

}  // namespace vitreous::analysis
