// Least squares against closed forms: lines, means, correlated pairs, scaling.
#include "math/least_squares.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.hpp"
#include "base/random.hpp"

namespace vitreous::math {
namespace {

const std::vector<double> x = {1, 2, 4, 7, 11};
const std::vector<double> y = {2.1, 2.9, 5.2, 7.8, 12.3};

TEST(FitLine, OfAnExactLineGivesBackItsParameters) {
  std::vector<double> exact;
  for (const double t : x) exact.push_back(-16.36 + 0.432 * t);
  const auto fit = fit_line(x, exact, {});
  EXPECT_NEAR(fit.parameters[0], -16.36, 1e-13);
  EXPECT_NEAR(fit.parameters[1], 0.432, 1e-14);
  EXPECT_NEAR(fit.chi_squared, 0.0, 1e-25);
}

TEST(FitLine, UnweightedHasTheTextbookCovariance) {
  const auto fit = fit_line(x, y, {});
  const double n = 5, mean = 5.0;
  double sxx = 0, sxy = 0, ss = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sxx += (x[i] - mean) * (x[i] - mean);
  for (std::size_t i = 0; i < x.size(); ++i) sxy += (x[i] - mean) * y[i];
  const double b = sxy / sxx, a = (2.1 + 2.9 + 5.2 + 7.8 + 12.3) / n - b * mean;
  for (std::size_t i = 0; i < x.size(); ++i) ss += std::pow(y[i] - a - b * x[i], 2);
  const double s2 = ss / (n - 2);
  EXPECT_NEAR(fit.parameters[0], a, 1e-13);
  EXPECT_NEAR(fit.parameters[1], b, 1e-14);
  EXPECT_NEAR(fit.covariance(1, 1), s2 / sxx, 1e-15);
  EXPECT_NEAR(fit.covariance(0, 0), s2 * (1 / n + mean * mean / sxx), 1e-14);
  EXPECT_NEAR(fit.covariance(0, 1), -s2 * mean / sxx, 1e-15);
  EXPECT_NEAR(fit.covariance(1, 0), -s2 * mean / sxx, 1e-15);
  EXPECT_NEAR(fit.chi_squared, ss, 1e-13);
  EXPECT_EQ(fit.degrees, 3);
  EXPECT_EQ(fit.lack_of_fit(), 1.0);
}

TEST(FitLinear, OfAConstantIsTheWeightedMean) {
  Matrix ones(3, 1);
  ones.values = {1, 1, 1};
  const auto fit = fit_linear(ones, std::vector<double>{1, 2, 4}, std::vector<double>{1, 2, 0.5});
  const double weight = 1 + 0.25 + 4;
  const double mean = (1 + 2 * 0.25 + 4 * 4) / weight;
  EXPECT_NEAR(fit.parameters[0], mean, 1e-14);
  EXPECT_NEAR(fit.covariance(0, 0), 1 / weight, 1e-15);
  EXPECT_NEAR(fit.chi_squared,
              std::pow(1 - mean, 2) + 0.25 * std::pow(2 - mean, 2) + 4 * std::pow(4 - mean, 2),
              1e-13);
}

TEST(FitLinear, WithTwoDegreesLeftHasAnExponentialLackOfFit) {
  Matrix ones(3, 1);
  ones.values = {1, 1, 1};
  const auto fit = fit_linear(ones, std::vector<double>{-3, 0, 3}, std::vector<double>{1, 1, 1});
  EXPECT_NEAR(fit.chi_squared, 18.0, 1e-13);
  EXPECT_NEAR(fit.lack_of_fit(), std::exp(-9.0), 1e-15);
}

TEST(FitLinear, DoesNotDependOnUnits) {
  const std::vector<double> errors = {0.1, 0.2, 0.1, 0.3, 0.2};
  const auto fit = fit_line(x, y, errors);
  std::vector<double> far_x, far_y, far_errors;
  for (const double t : x) far_x.push_back(1e-7 * t);
  for (const double v : y) far_y.push_back(1e9 * v);
  for (const double e : errors) far_errors.push_back(1e9 * e);
  const auto far = fit_line(far_x, far_y, far_errors);
  EXPECT_NEAR(far.parameters[1] / fit.parameters[1], 1e16, 1e4);
  EXPECT_NEAR(far.covariance(1, 1) / fit.covariance(1, 1), 1e32, 1e20);
  EXPECT_NEAR(far.chi_squared, fit.chi_squared, 1e-9 * fit.chi_squared);
  EXPECT_NEAR(far.correlation(0, 1), fit.correlation(0, 1), 1e-12);
}

TEST(FitLinear, RefusesPointsThatDoNotDetermineTheParameters) {
  const std::vector<double> same = {1000, 1000, 1000};
  const std::vector<double> three = {1, 2, 3};
  EXPECT_THROW(fit_line(same, three, {}), base::RunError);
  const std::vector<double> two = {1, 2};
  EXPECT_THROW(fit_line(two, two, {}), base::RunError);
  const auto exact = fit_line(two, two, std::vector<double>{0.1, 0.1});
  EXPECT_NEAR(exact.parameters[1], 1.0, 1e-14);
  EXPECT_EQ(exact.degrees, 0);
}

TEST(FitGeneralized, OfADiagonalCovarianceIsTheWeightedFit) {
  const std::vector<double> errors = {0.1, 0.2, 0.1, 0.3, 0.2};
  Matrix covariance(5, 5), design(5, 2);
  for (std::size_t i = 0; i < 5; ++i) {
    covariance(i, i) = errors[i] * errors[i];
    design(i, 0) = 1.0;
    design(i, 1) = x[i];
  }
  const auto general = fit_generalized(design, y, covariance);
  const auto weighted = fit_line(x, y, errors);
  for (std::size_t k = 0; k < 2; ++k)
    EXPECT_NEAR(general.parameters[k], weighted.parameters[k], 1e-13);
  for (std::size_t k = 0; k < 4; ++k)
    EXPECT_NEAR(general.covariance.values[k], weighted.covariance.values[k], 1e-15);
  EXPECT_NEAR(general.chi_squared, weighted.chi_squared, 1e-11);
}

TEST(FitGeneralized, OfTwoCorrelatedReadingsIsTheirOptimalMean) {
  // Readings of variances 1 and 4 with covariance c: weights (4 - c), (1 - c) over 5 - 2c.
  const double c = 0.8;
  Matrix covariance(2, 2), ones(2, 1);
  covariance.values = {1, c, c, 4};
  ones.values = {1, 1};
  const auto fit = fit_generalized(ones, std::vector<double>{10, 13}, covariance);
  EXPECT_NEAR(fit.parameters[0], (10 * (4 - c) + 13 * (1 - c)) / (5 - 2 * c), 1e-13);
  EXPECT_NEAR(fit.covariance(0, 0), (4 - c * c) / (5 - 2 * c), 1e-14);
  covariance.values = {1, 2, 2, 1};
  EXPECT_THROW(fit_generalized(ones, std::vector<double>{1, 2}, covariance), base::RunError);
}

TEST(FitNonlinear, OfALinearModelIsTheLinearFit) {
  const std::vector<double> errors = {0.1, 0.2, 0.1, 0.3, 0.2};
  const Model line = [](std::span<const double> p) {
    std::vector<double> v;
    for (const double t : x) v.push_back(p[0] + p[1] * t);
    return v;
  };
  for (const auto& used : {errors, std::vector<double>{}}) {
    const auto linear = fit_line(x, y, used);
    const auto fit = fit_nonlinear(line, std::vector<double>{0, 0}, y, used);
    for (std::size_t k = 0; k < 2; ++k) EXPECT_NEAR(fit.parameters[k], linear.parameters[k], 1e-8);
    for (std::size_t k = 0; k < 4; ++k)
      EXPECT_NEAR(fit.covariance.values[k], linear.covariance.values[k], 1e-8);
    EXPECT_NEAR(fit.chi_squared, linear.chi_squared, 1e-9);
  }
}

TEST(FitNonlinear, RecoversAnExponentialFromNoiselessData) {
  std::vector<double> decay;
  for (const double t : x) decay.push_back(3.0 * std::exp(-t / 4.0));
  const Model model = [](std::span<const double> p) {
    std::vector<double> v;
    for (const double t : x) v.push_back(p[0] * std::exp(-t / p[1]));
    return v;
  };
  const auto fit = fit_nonlinear(model, std::vector<double>{1.0, 1.0}, decay, {});
  EXPECT_NEAR(fit.parameters[0], 3.0, 1e-9);
  EXPECT_NEAR(fit.parameters[1], 4.0, 1e-9);
}

TEST(FitNonlinear, RefusesAModelThatIsNotFinite) {
  const Model model = [](std::span<const double> p) {
    return std::vector<double>(5, std::log(-1.0 - p[0] * p[0]));
  };
  EXPECT_THROW(fit_nonlinear(model, std::vector<double>{1.0}, y, {}), base::RunError);
}

TEST(FitLinear, HasErrorsThatCoverTheTruth) {
  // 68.27 % of 3000 fits; the binomial error is 0.85 %, the bound four of them.
  base::RandomStream random(1, "test: coverage of a weighted line");
  int inside = 0;
  for (int run = 0; run < 3000; ++run) {
    std::vector<double> noisy, errors;
    for (const double t : x) {
      errors.push_back(0.1 + 0.05 * t);
      noisy.push_back(1.0 - 0.3 * t + errors.back() * random.normal());
    }
    const auto fit = fit_line(x, noisy, errors);
    inside += std::abs(fit.parameters[1] + 0.3) < fit.standard_error(1);
  }
  EXPECT_NEAR(inside / 3000.0, 0.6827, 0.034);
}

}  // namespace
}  // namespace vitreous::math
