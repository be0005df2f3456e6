// The Vogel-Fulcher-Tammann law: exact points, profile intervals, degeneracy, refusals.
#include "models/vft.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/constants.hpp"
#include "models/vft_profile.hpp"
#include "synthetic_points.hpp"

namespace vitreous::models {
namespace {

using testing::HasSubstr;

const std::vector<double> vft_temperatures = {1400, 1300, 1200, 1100, 1000, 950,
                                              900,  850,  800,  775,  750};

double vft_D(double T) { return std::exp(-17.5 - 2000.0 / (T - 480.0)); }

core::Result vft_of(const FitInput& input, const std::map<std::string, std::string>& given = {}) {
  return fit_law("vft", input, options_of("vft", given));
}

TEST(Vft, RecoversTheParametersOfNoiselessData) {
  for (const char* weights : {"errors", "none"}) {
    const auto result = vft_of(exact_points(vft_temperatures, 0.03, vft_D), {{"weights", weights}});
    EXPECT_NEAR(value(result, "T0") / 480.0, 1.0, 1e-6);
    EXPECT_NEAR(value(result, "B") / 2000.0, 1.0, 1e-6);
    EXPECT_NEAR(value(result, "kB_B") / (2000.0 * base::boltzmann), 1.0, 1e-6);
    EXPECT_NEAR(value(result, "strength") / (2000.0 / 480.0), 1.0, 2e-6);
    EXPECT_NEAR(value(result, "ln_D0") / -17.5, 1.0, 1e-6);
  }
}

TEST(Vft, OfViscositiesHasTheOtherSign) {
  auto input = exact_points(vft_temperatures, 0.03, [](double T) { return 1e-12 / vft_D(T); });
  input.quantity = "viscosity";
  input.unit = "Pa s";
  const auto result = vft_of(input);
  EXPECT_NEAR(value(result, "T0") / 480.0, 1.0, 1e-6);
  EXPECT_NEAR(value(result, "ln_eta0"), std::log(1e-12) + 17.5, 1e-4);
}

TEST(Vft, ErrorsGrowWithThoseOfThePoints) {
  // Errors small enough that the profile is a parabola: its half width is linear in them, and is
  // the linearized standard error.
  const auto small = vft_of(exact_points(vft_temperatures, 1e-4, vft_D));
  const auto larger = vft_of(exact_points(vft_temperatures, 3e-4, vft_D));
  for (const char* name : {"T0", "B", "strength", "ln_D0"})
    EXPECT_NEAR(error(larger, name) / error(small, name), 3.0, 0.01) << name;
  const auto covariance = quantity(small, "T0").how.at("covariance");
  const auto last = covariance.rfind(", ", covariance.find("]]"));
  EXPECT_NEAR(error(small, "T0") / std::sqrt(std::stod(covariance.substr(last + 2))), 1.0, 0.01);
}

TEST(Vft, TellsHowDegenerateItsParametersAre) {
  const auto result = vft_of(exact_points(vft_temperatures, 0.03, vft_D));
  const auto text = quantity(result, "T0").how.at("correlation");
  const double correlation = std::stod(text.substr(text.find("T0") + 2));
  EXPECT_LT(correlation, -0.97);
  EXPECT_GT(correlation, -1.0);
  EXPECT_THAT(quantity(result, "T0").how.at("interval_68"), HasSubstr(" to "));
}

TEST(Vft, PredictsBetterThanItsParametersAreKnown) {
  const auto result = vft_of(exact_points(vft_temperatures, 0.03, vft_D));
  const auto& D = result.tables[0].columns[1];
  const double relative = D.standard_error[50] / std::get<std::vector<double>>(D.values)[50];
  EXPECT_LT(relative, 0.03);
  EXPECT_GT(error(result, "ln_D0"), 3 * relative);
}

TEST(VftProfile, RisesByTheRiseAtItsEnds) {
  // Checked by brute force: chi^2 of the best line at the interval's ends.
  base::RandomStream random(2, "test: vft profile");
  const auto input = noisy(exact_points(vft_temperatures, 0.03, vft_D), random);
  const auto logs = logarithms(input.points, "errors");
  const VftProfile profile(logs, -1.0);
  const auto best = profile.best();
  const auto interval = profile.interval(VftParameter::T0, best, 1.0).value();
  for (const double T0 : {interval.low, interval.high}) {
    std::vector<double> u;
    for (const double T : logs.x) u.push_back(-1.0 / (T - T0));
    EXPECT_NEAR(math::fit_line(u, logs.y, logs.errors).chi_squared, best.chi_squared + 1.0, 1e-6);
  }
  EXPECT_LT(interval.low, best.T0);
  EXPECT_GT(interval.high, best.T0);
}

TEST(VftProfile, TendsToItsLimits) {
  base::RandomStream random(2, "test: vft limits");
  const auto input = noisy(exact_points(vft_temperatures, 0.03, vft_D), random);
  const auto logs = logarithms(input.points, "errors");
  const auto chi_squared = [&](double T0) {
    std::vector<double> u;
    for (const double T : logs.x) u.push_back(1e6 * (1.0 / (T - T0) - 1.0 / (1000.0 - T0)));
    return math::fit_line(u, logs.y, logs.errors).chi_squared;
  };
  const VftProfile profile(logs, -1.0);
  EXPECT_NEAR(profile.limit_below() / chi_squared(-1e7), 1.0, 1e-3);
  EXPECT_NEAR(profile.limit_at_lowest() / chi_squared(750 - 1e-5), 1.0, 1e-3);
}

TEST(Vft, RefusesThreePointsForThreeParameters) {
  const auto result = vft_of(exact_points({1400, 1000, 800}, 0.03, vft_D));
  ASSERT_EQ(result.quantities.size(), 5u);
  for (const auto& q : result.quantities) EXPECT_EQ(q.status, core::Status::refused);
  EXPECT_THAT(quantity(result, "T0").reason, HasSubstr("3 usable points, 4 needed"));
}

TEST(Vft, RefusesPointsThatLeaveT0Unbounded) {
  const auto result = vft_of(exact_points({1400, 1300, 1200, 1100, 1000}, 0.5, vft_D));
  EXPECT_THAT(quantity(result, "T0").reason, HasSubstr("unbounded below"));
  EXPECT_EQ(quantity(result, "B").status, core::Status::refused);
}

TEST(Vft, RefusesAT0ThatReachesTheLowestTemperature) {
  // Flat but for the coldest point: T0 may as well stand right below it.
  const auto input = exact_points({1000, 950, 900, 850, 800}, 0.1,
                                  [](double T) { return T < 810 ? 1e-12 : 1e-9; });
  const auto result = vft_of(input);
  EXPECT_THAT(quantity(result, "T0").reason, HasSubstr("reaches the lowest temperature, 800 K"));
}

TEST(Vft, RefusesADiffusionThatGrowsOnCooling) {
  const auto input =
      exact_points(vft_temperatures, 0.03, [](double T) { return 1e-20 / vft_D(T); });
  EXPECT_THAT(quantity(vft_of(input), "T0").reason, HasSubstr("no positive B"));
}

TEST(Vft, OfArrheniusPointsFindsAT0OfZeroWithinItsInterval) {
  const auto input = exact_points(vft_temperatures, 0.03, [](double T) {
    return std::exp(-16.36 - 0.432 / (base::boltzmann * T));
  });
  const auto result = vft_of(input);
  EXPECT_NEAR(value(result, "T0"), 0.0, 0.1);
  EXPECT_THAT(quantity(result, "T0").reason, HasSubstr("Arrhenius"));
  EXPECT_EQ(quantity(result, "strength").status, core::Status::refused);
}

TEST(Vft, ResamplesWholeReplicas) {
  base::RandomStream random(9, "test: vft replicas");
  auto input = exact_points(vft_temperatures, 0.02, vft_D);
  std::vector<double> shifts;
  for (int r = 0; r < 6; ++r) shifts.push_back(10.0 * random.normal());
  for (auto& point : input.points) {
    for (const double shift : shifts) point.replicas.push_back(vft_D(point.x - shift));
    point.y = 0.0;
    for (const double y : point.replicas) point.y += y / 6.0;
  }
  const auto result = vft_of(input);
  EXPECT_THAT(quantity(result, "T0").how.at("error"), HasSubstr("6 whole replicas"));
  // 10 K/sqrt(6) = 4.1 K with a relative error of 32 %: three of them.
  EXPECT_NEAR(error(result, "T0"), 4.1, 3.9);
}

}  // namespace
}  // namespace vitreous::models
