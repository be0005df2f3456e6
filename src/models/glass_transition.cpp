#include "models/glass_transition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/error.hpp"
#include "math/statistics.hpp"
#include "models/parameter_errors.hpp"
#include "models/thermal_law.hpp"

namespace vitreous::models {
namespace {

struct Window {
  double from = 0.0, to = 0.0;  ///< K, both ends included

  std::string text() const { return fmt::format("{:g} to {:g} K", from, to); }
};

struct Meeting {
  Window glass, liquid;
  double Tg = 0.0;
  double scatter_error = 0.0;  ///< from the scatter about both lines
};

constexpr double center =
    700.0;  // K: lines are fitted around here, where a and b are not degenerate

/// y = a + b (T - center) through the points inside; nothing where fewer than three temperatures.
std::optional<math::Fit> line_in(const Window& window, const std::vector<Point>& points) {
  std::vector<double> T, y;
  for (const auto& point : points) {
    if (point.x < window.from || point.x > window.to) continue;
    T.push_back(point.x - center);
    y.push_back(point.y);
  }
  std::vector<double> temperatures = T;
  std::sort(temperatures.begin(), temperatures.end());
  temperatures.erase(std::unique(temperatures.begin(), temperatures.end()), temperatures.end());
  if (temperatures.size() < 3) return {};
  return math::fit_line(T, y, {});
}

std::optional<Meeting> meeting(const Window& glass, const Window& liquid,
                               const std::vector<Point>& points) {
  const auto cold = line_in(glass, points), hot = line_in(liquid, points);
  if (!cold || !hot) return {};
  const double slope = hot->parameters[1] - cold->parameters[1];
  const double T = (cold->parameters[0] - hot->parameters[0]) / slope;
  if (!std::isfinite(T)) return {};
  // Tg moves by -(da + T db)/slope with either line; the lines share no points.
  double variance = 0.0;
  for (const auto* line : {&*cold, &*hot}) {
    const double student = math::student_factor(line->degrees);
    variance += student * student *
                (line->covariance(0, 0) + 2.0 * T * line->covariance(0, 1) +
                 T * T * line->covariance(1, 1));
  }
  return Meeting{glass, liquid, center + T, std::sqrt(variance) / std::abs(slope)};
}

/// The meetings over all shifts of the four edges, as far as there are points.
std::vector<Meeting> meetings(const Window& glass, const Window& liquid, double shift,
                              const std::vector<Point>& points) {
  std::vector<Meeting> all;
  for (int edges = 0; edges < 81; ++edges) {
    const auto moved = [&](double edge, int place) {
      return edge + (edges / place % 3 - 1) * shift;
    };
    const auto found = meeting({moved(glass.from, 1), moved(glass.to, 3)},
                               {moved(liquid.from, 9), moved(liquid.to, 27)}, points);
    if (found) all.push_back(*found);
    if (shift == 0.0) break;
  }
  return all;
}

double quantile(std::vector<double> values, double fraction) {
  std::sort(values.begin(), values.end());
  const double place = fraction * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

std::vector<double> temperatures_of(const std::vector<Meeting>& all) {
  std::vector<double> Tg;
  for (const auto& m : all) Tg.push_back(m.Tg);
  return Tg;
}

/// The standard error of Tg at fixed windows, and how it was had.
std::pair<double, std::string> statistical_error(const std::vector<Meeting>& all,
                                                 const std::vector<Point>& points,
                                                 const Estimator& median) {
  if (const std::size_t replicas = shared_replicas(points); replicas > 0)
    return {std::sqrt(jackknife_covariance(points, median)(0, 0)),
            fmt::format("jackknife of {} whole replicas, with Student's factor", replicas)};
  std::vector<double> errors;
  for (const auto& m : all) errors.push_back(m.scatter_error);
  return {
      quantile(errors, 0.5),
      "scatter about the lines; a lower bound, for replicas of the quench are fewer than three"};
}

core::Table window_table(const std::vector<Meeting>& all) {
  std::vector<double> columns[5], errors;
  for (const auto& m : all) {
    const double row[] = {m.glass.from, m.glass.to, m.liquid.from, m.liquid.to, m.Tg};
    for (std::size_t k = 0; k < 5; ++k) columns[k].push_back(row[k]);
    errors.push_back(m.scatter_error);
  }
  return {"glass_transition_windows",
          {{"glass_from", "K", columns[0], {}},
           {"glass_to", "K", columns[1], {}},
           {"liquid_from", "K", columns[2], {}},
           {"liquid_to", "K", columns[3], {}},
           {"Tg", "K", columns[4], errors}},
          {{"Tg", "where the two lines meet; its error is from the scatter about them"}}};
}

}  // namespace

core::Declaration glass_transition_declaration() {
  using enum core::OptionType;
  return {"glass_transition",
          "Tg as the meeting of the glass's and the liquid's lines in V(T) or H(T) of a quench",
          "a_glass + b_glass Tg = a_liquid + b_liquid Tg",
          {{"glass_from", number, "K", "500 K", "cold end of the glass's window", {}},
           {"glass_to", number, "K", "600 K", "hot end of the glass's window", {}},
           {"liquid_from", number, "K", "740 K", "cold end of the liquid's window", {}},
           {"liquid_to", number, "K", "860 K", "hot end of the liquid's window", {}},
           {"shift", number, "K", "20 K", "how far each edge is moved to see what it matters", {}}},
          {{"glass_from", "K", "cold end of the glass's window"},
           {"glass_to", "K", "hot end of the glass's window"},
           {"liquid_from", "K", "cold end of the liquid's window"},
           {"liquid_to", "K", "hot end of the liquid's window"},
           {"Tg", "K", "where the two lines meet"}},
          {{"Tg", "K", "glass-transition temperature at the quench's rate"}},
          "M. D. Ediger, C. A. Angell and S. R. Nagel, J. Phys. Chem. 100, 13200 (1996), Fig. 1"};
}

core::Result fit_glass_transition(const FitInput& input, const core::Options& options) {
  const Window glass{options.number("glass_from"), options.number("glass_to")};
  const Window liquid{options.number("liquid_from"), options.number("liquid_to")};
  const double shift = options.number("shift");
  if (!(glass.from < glass.to && glass.to + shift < liquid.from - shift &&
        liquid.from < liquid.to && shift >= 0.0))
    throw base::InputError(
        fmt::format("glass_transition: windows {} and {} with a shift of {:g} K are not in order",
                    glass.text(), liquid.text(), shift),
        "the glass's window lies below the liquid's, and stays there when its edges are moved");
  UsablePoints usable;
  usable.input = {input.quantity, input.unit, {}};
  for (const auto& point : input.points)
    if (std::isfinite(point.y)) usable.input.points.push_back(point);
  const auto& points = usable.input.points;

  for (const auto& [name, window] : {std::pair{"glass", glass}, std::pair{"liquid", liquid}})
    if (!line_in(window, points))
      return refuse_all(
          {"Tg"},
          fmt::format("fewer than 3 temperatures in the {}'s window, {}", name, window.text()),
          usable);
  const auto all = meetings(glass, liquid, shift, points);
  const auto Tg = temperatures_of(all);
  const double median = quantile(Tg, 0.5);
  if (median < glass.from - shift || median > liquid.to + shift)
    return refuse_all({"Tg"},
                      fmt::format("the lines meet at {:.4g} K, outside of both windows: {} has no "
                                  "bend between them",
                                  median, input.quantity),
                      usable);
  const double low = quantile(Tg, 0.1587), high = quantile(Tg, 0.8413);
  const auto [statistical,
              source] = statistical_error(all, points, [&](const std::vector<Point>& resampled) {
    return std::vector{quantile(temperatures_of(meetings(glass, liquid, shift, resampled)), 0.5)};
  });
  core::Reported reported;
  reported.name = "Tg";
  reported.measured = core::Measured{median, std::hypot(statistical, 0.5 * (high - low)), "K"};
  reported.how = {
      {"n", std::to_string(points.size())},
      {"windows", fmt::format("glass {}, liquid {}, every edge moved by 0 and +-{:g} K: {} pairs",
                              glass.text(), liquid.text(), shift, all.size())},
      {"window_spread",
       fmt::format("68 % of the pairs give {:.5g} to {:.5g} K, all {:.5g} to {:.5g} K", low, high,
                   *std::min_element(Tg.begin(), Tg.end()),
                   *std::max_element(Tg.begin(), Tg.end()))},
      {"statistical_error", fmt::format("{:.3g} K: {}", statistical, source)},
      {"error", "statistical error and half of the windows' 68 % spread, in quadrature"},
  };
  core::Result result;
  result.quantities = {std::move(reported)};
  result.tables = {window_table(all)};
  return result;
}

}  // namespace vitreous::models
