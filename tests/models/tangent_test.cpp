// Onsets of heating curves by tangents: exact broken lines, steps, exotherms, noise, refusals.
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "synthetic_points.hpp"

namespace vitreous::models {
namespace {

using testing::HasSubstr;

double baseline(double T) { return 0.2 + 1e-3 * (T - 600.0); }

/// A broken line: level, a flank from 654 K on, level again.
double broken_line(double T) { return baseline(T) + 0.05 * std::clamp(T - 654.0, 0.0, 30.0); }

/// Heat flow: a glass transition (logistic step about 664 K, w = 5 K) and an exotherm at 760
/// K.
double heat_flow(double T) {
  return baseline(T) + 0.4 / (1.0 + std::exp(-(T - 664.0) / 5.0)) -
         3.0 * std::exp(-0.5 * std::pow((T - 760.0) / 8.0, 2));
}

FitInput heated(const std::function<double(double)>& y, double noise, base::RandomStream& random) {
  FitInput input{"heat_flow", "1", {}};
  for (double T = 580.0; T <= 800.0; T += 0.5) {
    Point point;
    point.x = T;
    point.y = y(T) + noise * random.normal();
    point.state = "glass";
    input.points.push_back(point);
  }
  return input;
}

core::Result tangent_of(const FitInput& input, std::map<std::string, std::string> given) {
  return fit_law("tangent", input, options_of("tangent", given));
}

const std::map<std::string, std::string> step_windows = {
    {"baseline_from", "590 K"}, {"baseline_to", "635 K"}, {"flank_to", "700 K"}};
const std::map<std::string, std::string> exotherm_windows = {{"baseline_from", "695 K"},
                                                             {"baseline_to", "730 K"}};

TEST(Tangent, OfABrokenLineIsItsCorner) {
  base::RandomStream random(1, "broken heating curves");
  const auto result = tangent_of(heated(broken_line, 0.0, random), step_windows);
  EXPECT_NEAR(value(result, "T_onset"), 654.0, 1e-9);
  EXPECT_LT(error(result, "T_onset"), 1e-9);
}

TEST(Tangent, OfAStepAndOfAnExothermLieTwoWidthsBeforeTheirMiddles) {
  base::RandomStream random(1, "smooth heating curves");
  const auto curve = heated(heat_flow, 0.0, random);
  auto narrow = step_windows;
  narrow["width"] = "2 K";
  // A logistic step's tangent reaches its foot 2 w before the middle, a Gaussian's 2 sigma.
  EXPECT_NEAR(value(tangent_of(curve, narrow), "T_onset"), 654.0, 0.15);
  narrow = exotherm_windows;
  narrow["width"] = "3 K";
  EXPECT_NEAR(value(tangent_of(curve, narrow), "T_onset"), 744.0, 0.3);
  // A wide tangent is less steep: the onset moves out, and the error tells of it.
  const auto wide = tangent_of(curve, step_windows);
  EXPECT_NEAR(value(wide, "T_onset"), 654.0, 2.0);
  EXPECT_GT(error(wide, "T_onset"), 0.05);
}

TEST(Tangent, DoesNotDependOnScaleOriginOrOrder) {
  base::RandomStream random(2, "scaled heating curves");
  auto curve = heated(heat_flow, 0.01, random);
  const auto before = tangent_of(curve, step_windows);
  for (auto& point : curve.points) point.y = 7.0 - 3.0 * point.y;
  std::reverse(curve.points.begin(), curve.points.end());
  EXPECT_NEAR(value(tangent_of(curve, step_windows), "T_onset"), value(before, "T_onset"), 1e-8);
}

TEST(Tangent, ItsErrorCoversTheNoise) {
  base::RandomStream random(3, "noisy heating curves");
  base::RandomStream silent(3, "silent heating curves");
  auto fixed = step_windows;
  fixed["shift"] = "0 K";
  const double truth = value(tangent_of(heated(heat_flow, 0.0, silent), fixed), "T_onset");
  int covered = 0;
  double square = 0.0, claimed = 0.0;
  constexpr int runs = 150;
  for (int run = 0; run < runs; ++run) {
    const auto result = tangent_of(heated(heat_flow, 0.01, random), fixed);
    const double off = value(result, "T_onset") - truth;
    covered += std::abs(off) < error(result, "T_onset");
    square += off * off / runs;
    claimed += std::pow(error(result, "T_onset"), 2) / runs;
  }
  // The choice of windows is in the error too, which makes it larger than the noise alone.
  EXPECT_GT(covered / double(runs), 0.60);
  EXPECT_LT(std::sqrt(claimed / square), 2.5);
}

TEST(Tangent, OfAnEnthalpyThatFallsIsTheOnsetOfCrystallization) {
  base::RandomStream random(4, "enthalpies");
  const auto enthalpy = [](double T) {
    return 2e-4 * (T - 600.0) - 0.05 / (1.0 + std::exp(-(T - 737.0) / 3.0));
  };
  auto input = heated(enthalpy, 2e-5, random);
  input.quantity = "H";
  input.unit = "eV";
  const auto result =
      tangent_of(input, {{"baseline_from", "650 K"}, {"baseline_to", "710 K"}, {"width", "3 K"}});
  EXPECT_NEAR(value(result, "T_onset"), 731.0, 3.0 * error(result, "T_onset") + 0.3);
}

TEST(Tangent, RefusesWhereNothingHappensOrTooLittleIsSeen) {
  base::RandomStream random(5, "dull heating curves");
  const auto reason = [](const core::Result& r) { return quantity(r, "T_onset").reason; };
  EXPECT_THAT(reason(tangent_of(heated(baseline, 0.01, random), step_windows)),
              HasSubstr("nothing happens beyond the noise"));
  auto narrow = step_windows;
  narrow["width"] = "0.5 K";
  EXPECT_THAT(reason(tangent_of(heated(heat_flow, 0.0, random), narrow)),
              HasSubstr("fewer than 3 points"));
  try {
    tangent_of(heated(heat_flow, 0.0, random), {});
    FAIL();
  } catch (const base::InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("where the baseline lies was not told"));
  }
  EXPECT_THROW(tangent_of(heated(heat_flow, 0.0, random),
                          {{"baseline_from", "700 K"}, {"baseline_to", "600 K"}}),
               base::InputError);
}

}  // namespace
}  // namespace vitreous::models
