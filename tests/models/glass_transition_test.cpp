// The glass transition: lines that meet, windows that matter, replicas, refusals.
#include "models/glass_transition.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "synthetic_points.hpp"

namespace vitreous::models {
namespace {

using testing::HasSubstr;

/// V (angstrom^3 an atom) of two exact lines that meet at Tg.
double two_lines(double T, double Tg) { return 17.0 + (T > Tg ? 1.6e-3 : 0.8e-3) * (T - Tg); }

FitInput ramp(double Tg, double noise, base::RandomStream& random, int replicas = 0,
              double replica_spread = 0.0) {
  FitInput input{"V", "angstrom^3", {}};
  for (double T = 440; T <= 1000; T += 10) {
    Point point;
    point.x = T;
    input.points.push_back(point);
  }
  for (int r = 0; r < std::max(replicas, 1); ++r) {
    const double here = Tg + replica_spread * random.normal();
    for (auto& point : input.points)
      point.replicas.push_back(two_lines(point.x, here) + noise * random.normal());
  }
  for (auto& point : input.points) {
    for (const double V : point.replicas) point.y += V / static_cast<double>(point.replicas.size());
    if (replicas == 0) point.replicas.clear();
  }
  return input;
}

core::Result glass_transition_of(const FitInput& input,
                                 const std::map<std::string, std::string>& given = {}) {
  return fit_law("glass_transition", input, options_of("glass_transition", given));
}

TEST(GlassTransition, OfTwoExactLinesIsTheirMeeting) {
  base::RandomStream random(1, "test: exact lines");
  const auto result = glass_transition_of(ramp(683.0, 0.0, random));
  EXPECT_NEAR(value(result, "Tg"), 683.0, 1e-8);
  EXPECT_NEAR(error(result, "Tg"), 0.0, 1e-6);
  EXPECT_EQ(result.tables[0].rows(), 81u);
  EXPECT_THAT(
      quantity(result, "Tg").how.at("windows"),
      HasSubstr("glass 500 to 600 K, liquid 740 to 860 K, every edge moved by 0 and +-20 K: "
                "81 pairs"));
}

TEST(GlassTransition, DoesNotDependOnTheScaleOrOriginOfTheProperty) {
  base::RandomStream random(2, "test: scale of V");
  const auto volume = ramp(683.0, 1e-3, random);
  auto enthalpy = volume;
  enthalpy.quantity = "H";
  enthalpy.unit = "eV";
  for (auto& point : enthalpy.points) point.y = -5.0 + 0.3 * point.y;
  EXPECT_NEAR(value(glass_transition_of(enthalpy), "Tg"), value(glass_transition_of(volume), "Tg"),
              1e-7);
  EXPECT_NEAR(error(glass_transition_of(enthalpy), "Tg") / error(glass_transition_of(volume), "Tg"),
              1.0, 1e-6);
}

TEST(GlassTransition, ACurvedLiquidSpreadsOverTheWindows) {
  base::RandomStream random(3, "test: curved liquid");
  auto input = ramp(683.0, 0.0, random);
  for (auto& point : input.points)
    if (point.x > 683) point.y += 1e-6 * std::pow(point.x - 683, 2);
  // The line of 13 points of c t^2 (t = T - 683, mean m = 117, variance v = 1400) is
  // c (2 m t - m^2 + v): it meets the glass's where t (0.8e-3 + 2 m c) = c (m^2 - v).
  const auto unmoved = glass_transition_of(input, {{"shift", "0 K"}});
  EXPECT_NEAR(value(unmoved, "Tg"), 683.0 + 1e-6 * (117 * 117 - 1400) / (0.8e-3 + 2 * 117e-6),
              1e-6);
  const auto result = glass_transition_of(input);
  const double wide = error(result, "Tg");
  EXPECT_GT(wide, 2.0);
  EXPECT_LT(error(unmoved, "Tg"), wide);
  // The extremes of the windows stand in the table.
  const auto& Tg = std::get<std::vector<double>>(result.tables[0].columns[4].values);
  EXPECT_GT(*std::max_element(Tg.begin(), Tg.end()) - *std::min_element(Tg.begin(), Tg.end()),
            wide);
}

TEST(GlassTransition, TakesTheSpreadOfWholeReplicas) {
  base::RandomStream random(4, "test: replicas of Tg");
  const auto result = glass_transition_of(ramp(683.0, 0.0, random, 8, 12.0));
  // 12 K/sqrt(8) = 4.2 K, relative error 27 %: three of them. Rounding of the bend between the
  // replicas leaves the windows untouched.
  EXPECT_NEAR(error(result, "Tg"), 4.2, 3.4);
  EXPECT_NEAR(value(result, "Tg"), 683.0, 4 * 4.2);
  EXPECT_THAT(quantity(result, "Tg").how.at("statistical_error"), HasSubstr("8 whole replicas"));
}

TEST(GlassTransition, ErrorsCoverAtFixedWindows) {
  // 68.27 % of 1000 ramps with noise: binomial error 1.5 %, four of them.
  base::RandomStream random(5, "test: coverage of Tg");
  int inside = 0;
  for (int run = 0; run < 1000; ++run) {
    const auto result = glass_transition_of(ramp(683.0, 5e-3, random), {{"shift", "0 K"}});
    inside += std::abs(value(result, "Tg") - 683.0) < error(result, "Tg");
  }
  EXPECT_NEAR(inside / 1000.0, 0.6827, 0.06);
}

TEST(GlassTransition, RefusesARampThatEndsAboveTheGlass) {
  base::RandomStream random(6, "test: short ramp");
  auto input = ramp(683.0, 0.0, random);
  std::erase_if(input.points, [](const Point& p) { return p.x < 590; });
  EXPECT_EQ(quantity(glass_transition_of(input), "Tg").reason,
            "fewer than 3 temperatures in the glass's window, 500 to 600 K");
}

TEST(GlassTransition, RefusesAStraightLine) {
  FitInput input{"V", "angstrom^3", {}};
  base::RandomStream random(7, "test: no bend");
  for (double T = 440; T <= 1000; T += 10) {
    Point point;
    point.x = T;
    point.y = 17.0 + 1e-3 * T + (T > 700 ? 0.05 : 0.0);
    input.points.push_back(point);
  }
  EXPECT_EQ(quantity(glass_transition_of(input), "Tg").status, core::Status::refused);
}

TEST(GlassTransition, RefusesWindowsOutOfOrder) {
  base::RandomStream random(8, "test: windows");
  EXPECT_THROW(glass_transition_of(ramp(683.0, 0.0, random), {{"glass_to", "750 K"}}),
               base::InputError);
  EXPECT_THROW(glass_transition_of(ramp(683.0, 0.0, random), {{"shift", "80 K"}}),
               base::InputError);
}

}  // namespace
}  // namespace vitreous::models
