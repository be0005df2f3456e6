#include <gmock/gmock.h>

#include <cmath>

#include "base/error.hpp"
#include "synthetic_points.hpp"

namespace vitreous::models {
namespace {

using testing::HasSubstr;

const std::vector<double> diameters = {10, 15, 25, 40, 70, 120};

FitInput wires(double error, double exponent) {
  auto input = exact_points(diameters, error,
                            [=](double d) { return 350.0 * std::pow(d / 20.0, exponent); });
  input.quantity = "L";
  input.unit = "nm";
  input.x_name = "diameter";
  input.x_unit = "nm";
  return input;
}

core::Result power_law_of(const FitInput& input,
                          const std::map<std::string, std::string>& given = {}) {
  return fit_law("power_law", input, options_of("power_law", given));
}

TEST(PowerLaw, ExactPointsGiveBackTheLaw) {
  for (const double exponent : {-0.5, 1.0, 2.37}) {
    const auto result = power_law_of(wires(0.05, exponent), {{"reference", "0.02 um"}});
    EXPECT_NEAR(value(result, "exponent"), exponent, 1e-10);
    EXPECT_NEAR(value(result, "amplitude"), 350.0, 1e-10 * 350.0);
    EXPECT_EQ(quantity(result, "amplitude").measured->unit, "nm");
    EXPECT_EQ(quantity(result, "amplitude").how.at("reference"), "20 nm");
  }
}

TEST(PowerLaw, ErrorsAreThoseOfALineInTheLogarithms) {
  const auto result = power_law_of(wires(0.05, -0.5));
  double mean = 0.0, square = 0.0;
  for (const double d : diameters) mean += std::log(d) / 6.0;
  for (const double d : diameters) square += std::pow(std::log(d) - mean, 2);
  EXPECT_NEAR(error(result, "exponent"), 0.05 / std::sqrt(square), 1e-12);
  // At the geometric mean of x the amplitude is the mean of ln y.
  EXPECT_NEAR(error(result, "amplitude") / value(result, "amplitude"), 0.05 / std::sqrt(6.0),
              1e-12);
}

TEST(PowerLaw, IntervalsCoverTheTruth) {
  base::RandomStream random(4, "coverage of power laws");
  int exponent = 0, amplitude = 0;
  constexpr int runs = 1000;
  for (int run = 0; run < runs; ++run) {
    const auto result = power_law_of(noisy(wires(0.05, -0.5), random), {{"reference", "20 nm"}});
    exponent += std::abs(value(result, "exponent") + 0.5) < error(result, "exponent");
    amplitude += std::abs(value(result, "amplitude") - 350.0) < error(result, "amplitude");
  }
  // Binomial sd 1.5 %: three and a half of them.
  EXPECT_NEAR(exponent / double(runs), 0.683, 0.05);
  EXPECT_NEAR(amplitude / double(runs), 0.683, 0.05);
}

TEST(PowerLaw, RefusesAndNamesWhatItCannotTake) {
  auto input = wires(0.05, 1.0);
  input.points[0].x = 0.0;
  EXPECT_THAT(quantity(power_law_of(input), "exponent").how.at("left_out"),
              HasSubstr("diameter is not positive"));
  input.points.resize(3);
  EXPECT_THAT(quantity(power_law_of(input), "exponent").reason, HasSubstr("2 usable points, 3"));
  input = wires(0.05, 1.0);
  for (auto& point : input.points) point.x = 20.0;
  EXPECT_THAT(quantity(power_law_of(input), "exponent").reason, HasSubstr("at one diameter"));
  EXPECT_THROW(power_law_of(wires(0.05, 1.0), {{"reference", "3 s"}}), base::InputError);
  EXPECT_THROW(fit_law("arrhenius", wires(0.05, 1.0), options_of("arrhenius")), base::InputError);
}

}  // namespace
}  // namespace vitreous::models
