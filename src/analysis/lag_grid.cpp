#include "analysis/lag_grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "base/error.hpp"

namespace vitreous::analysis {
namespace {

/// At most 64 origins are alive at once, so the longest lag is 63 spacings and a third of the run
/// holds no more.
constexpr double origins_in_a_run = 189.0;
/// Differences between the frames of an unevenly spaced file are taken from at most so many frames.
constexpr std::size_t frames_for_differences = 2000;

void require_half_of_run(const Timeline& timeline, const std::string& option, double time) {
  if (time > 0.5 * timeline.duration() * (1.0 + 1e-9))
    throw base::InputError(
        fmt::format("{} = {:.6g} ps is more than half of the {:.6g} ps that are observed", option,
                    time, timeline.duration()),
        "longer lags rest on one independent stretch of time, which has no error bar",
        {fmt::format("{} = {:.4g} ps", option, 0.5 * timeline.duration())});
}

/// The longest lag that is allowed, in steps.
std::int64_t longest(const Timeline& timeline, std::optional<double> max_time,
                     std::optional<double> share) {
  const double usual = timeline.from_file() ? longest_lag_on_files : longest_lag_in_situ;
  double lag = share.value_or(usual) * static_cast<double>(timeline.last - timeline.first);
  if (max_time) {
    lag = *max_time / timeline.timestep;
    require_half_of_run(timeline, "max_time", *max_time);
  }
  // Rounding must not cost the lag that a user named exactly.
  return static_cast<std::int64_t>(std::floor(lag * (1.0 + 1e-12) + 1e-9));
}

/// Five lags an octave from `low` to `high`, multiples of `unit`.
std::vector<std::int64_t> ladder(std::int64_t low, std::int64_t high, std::int64_t unit) {
  std::vector<std::int64_t> lags;
  const std::int64_t most = high / unit;
  for (std::int64_t eighth = 1; eighth <= 8 * most; eighth *= 2) {  // of an octave's first lag
    for (const std::int64_t part : {8, 9, 10, 12, 14}) {
      const std::int64_t lag = part * eighth / 8;
      if (part * eighth % 8 == 0 && lag <= most && lag * unit >= low) lags.push_back(lag * unit);
    }
  }
  return lags;
}

/// The longest lag that a user asked for, where the ladder stops well before it.
void add_end(std::vector<std::int64_t>& lags, std::int64_t high, std::int64_t unit) {
  constexpr double half_a_rung = 1.07;
  const std::int64_t end = high / unit * unit;
  if (!lags.empty() && static_cast<double>(end) > half_a_rung * static_cast<double>(lags.back()))
    lags.push_back(end);
}

/// Of the differences that occur, the most frequent in each fifth of an octave.
std::vector<std::int64_t> uneven_lags(const std::vector<std::int64_t>& steps, std::int64_t high) {
  const std::size_t stride = (steps.size() + frames_for_differences - 1) / frames_for_differences;
  std::unordered_map<std::int64_t, std::int64_t> occurrences;
  for (std::size_t i = 0; i < steps.size(); i += stride)
    for (std::size_t j = i + 1; j < steps.size() && steps[j] - steps[i] <= high; ++j)
      ++occurrences[steps[j] - steps[i]];
  std::unordered_map<std::int64_t, std::int64_t> best;
  for (const auto& [lag, count] : occurrences) {
    const auto bin = std::llround(std::log2(static_cast<double>(lag)) * 5.0);
    const auto [at, fresh] = best.try_emplace(bin, lag);
    const std::int64_t rival = occurrences.at(at->second);
    if (count > rival || (count == rival && lag < at->second)) at->second = lag;
  }
  std::vector<std::int64_t> lags;
  for (const auto& [bin, lag] : best) lags.push_back(lag);
  std::sort(lags.begin(), lags.end());
  return lags;
}

/// The time between the frames of an even file, in steps; 0 where frames are missing or uneven.
std::int64_t even_spacing(const std::vector<std::int64_t>& steps) {
  std::int64_t unit = 0;
  for (std::size_t i = 1; i < steps.size(); ++i) unit = std::gcd(unit, steps[i] - steps[i - 1]);
  if (unit == 0) return 0;
  const bool even =
      (steps.back() - steps.front()) / unit + 1 == static_cast<std::int64_t>(steps.size());
  return even ? unit : 0;
}

std::int64_t nearest(const std::vector<std::int64_t>& lags, double wanted) {
  return *std::min_element(lags.begin(), lags.end(), [wanted](auto a, auto b) {
    return std::abs(static_cast<double>(a) - wanted) < std::abs(static_cast<double>(b) - wanted);
  });
}

/// Every lag that an even file has, or those that are usual in an uneven one.
std::vector<std::int64_t> lags_at_hand(const std::vector<std::int64_t>& steps, std::int64_t high) {
  const auto unit = even_spacing(steps);
  if (unit == 0) return uneven_lags(steps, high);
  std::vector<std::int64_t> lags;
  for (std::int64_t lag = unit; lag <= high; lag += unit) lags.push_back(lag);
  return lags;
}

/// Powers of ten (ps), the longest below the longest of these lags and three more.
std::vector<double> decades_of(const std::vector<std::int64_t>& lags, double timestep) {
  std::vector<double> times;
  const double longest = static_cast<double>(lags.back()) * timestep;
  for (double time = std::pow(10.0, std::floor(std::log10(longest * (1.0 + 1e-9))));
       times.size() < 4 && time >= static_cast<double>(lags.front()) * timestep; time *= 0.1)
    times.push_back(time);
  return times.empty() ? std::vector<double>{longest} : times;
}

}  // namespace

std::int64_t power_of_two_above(double x) {
  std::int64_t power = 1;
  while (static_cast<double>(power) < x) power *= 2;
  return power;
}

std::int64_t origin_spacing(const Timeline& timeline) {
  return power_of_two_above(static_cast<double>(timeline.last - timeline.first) / origins_in_a_run);
}

core::OptionDeclaration max_time_option() {
  return {"max_time",
          core::OptionType::number,
          "ps",
          "automatic",
          "the longest lag; a third of the run in situ and a tenth of a file if not given",
          {}};
}

std::optional<double> max_time(const core::Options& options) {
  if (!options.has("max_time")) return std::nullopt;
  return options.number("max_time");
}

std::vector<std::int64_t> log_lags(const Timeline& timeline, std::optional<double> max_time,
                                   std::optional<double> share) {
  const std::int64_t high = longest(timeline, max_time, share);
  const std::int64_t unit = timeline.from_file() ? even_spacing(timeline.steps) : 1;
  std::vector<std::int64_t> lags;
  if (unit == 0) {
    lags = uneven_lags(timeline.steps, high);
  } else {
    const double low = timeline.from_file() ? 0.0 : shortest_lag / timeline.timestep;
    lags = ladder(std::llround(low), high, unit);
    if (max_time) add_end(lags, high, unit);
  }
  if (lags.empty())
    throw base::InputError(
        fmt::format("{:.6g} ps are too short to compare two moments", timeline.duration()),
        fmt::format("the longest lag is {:.6g} ps, and no two frames lie so close together",
                    static_cast<double>(std::max<std::int64_t>(high, 0)) * timeline.timestep),
        {"a longer run or trajectory", "max_time up to half of the time that is observed"});
  return lags;
}

std::vector<std::int64_t> chosen_lags(const Timeline& timeline, const std::vector<double>& times) {
  std::vector<std::int64_t> lags;
  for (const double time :
       times.empty() ? decades_of(log_lags(timeline), timeline.timestep) : times) {
    if (!(time > 0.0))
      throw base::InputError(fmt::format("times: {:.6g} ps is not a lag", time),
                             "a lag is above zero");
    require_half_of_run(timeline, "times", time);
    const double wanted = time / timeline.timestep;
    if (!timeline.from_file()) {
      lags.push_back(std::max<std::int64_t>(1, std::llround(wanted)));
      continue;
    }
    const auto at_hand = lags_at_hand(timeline.steps, std::llround(2.0 * wanted));
    if (at_hand.empty())
      throw base::InputError(fmt::format("times: no two frames are about {:.6g} ps apart", time));
    lags.push_back(nearest(at_hand, wanted));
  }
  std::sort(lags.begin(), lags.end());
  lags.erase(std::unique(lags.begin(), lags.end()), lags.end());
  return lags;
}

}  // namespace vitreous::analysis
