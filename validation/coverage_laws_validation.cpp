// Do the error bars of a kink, a power law and a stretched exponential cover? Synthetic runs: 68 %
// intervals must contain the truth in 68 +- 5 % of them. 2000 runs a case: binomial sd 1.0 %.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <functional>
#include <map>

#include "base/constants.hpp"
#include "base/random.hpp"
#include "models/law.hpp"

namespace vitreous::models {
namespace {

constexpr std::size_t runs = 2000;

/// A law, its truth and the points of one run.
struct Truth {
  std::map<std::string, double> parameters;
  std::function<double(double)> y;
};

struct Coverage {
  std::size_t given = 0;
  std::map<std::string, double> inside;
};

Coverage coverage(const std::string& law, const std::map<std::string, std::string>& options,
                  const FitInput& form, const std::function<Truth(base::RandomStream&)>& draw,
                  const std::function<double(double)>& error_of) {
  Coverage out;
  for (std::size_t run = 0; run < runs; ++run) {
    base::RandomStream random(run, "coverage of " + law);
    const Truth truth = draw(random);
    FitInput input = form;
    for (auto& point : input.points) {
      const double y = truth.y(point.x), error = error_of(y);
      point.y = y + error * random.normal();
      point.y_se = error;
    }
    const auto result = fit_law(law, input, core::parse_options(law_declaration(law), options));
    if (result.quantities.front().status != core::Status::ok) continue;
    ++out.given;
    for (const auto& q : result.quantities)
      if (const auto found = truth.parameters.find(q.name); found != truth.parameters.end())
        out.inside[q.name] +=
            std::abs(q.measured->value - found->second) <= q.measured->standard_error;
  }
  for (auto& [name, inside] : out.inside) {
    inside /= static_cast<double>(out.given);
    std::printf("%-22s %-10s given in %zu of %zu; 1 se covers %.1f %%\n", law.c_str(), name.c_str(),
                out.given, runs, 100.0 * inside);
  }
  return out;
}

void expect_coverage(const Coverage& found) {
  EXPECT_GE(found.given, 0.9 * runs);
  for (const auto& [name, inside] : found.inside) EXPECT_NEAR(inside, 0.6827, 0.05) << name;
}

FitInput points_at(FitInput input, const std::vector<double>& xs) {
  for (const double x : xs) {
    Point point;
    point.x = x;
    input.points.push_back(point);
  }
  return input;
}

/// Twelve points of a supercooled liquid and its glass.
FitInput kink_points() {
  return points_at({"D", "m^2/s", {}},
                   {900, 840, 780, 730, 680, 640, 590, 560, 530, 500, 480, 460});
}

/// Two branches that meet somewhere among them.
Truth draw_kink(base::RandomStream& random) {
  const double T_k = 550.0 + 120.0 * random.uniform();
  return Truth{{{"T_k", T_k}, {"Q_hot", 0.43}, {"Q_cold", 0.81}}, [T_k](double T) {
                 const double Q = T > T_k ? 0.43 : 0.81;
                 return std::exp(-25.0 - Q / base::boltzmann * (1.0 / T - 1.0 / T_k));
               }};
}

TEST(CoverageOfLaws, Kink) {
  for (const double relative : {0.03, 0.1})
    expect_coverage(
        coverage("kink", {}, kink_points(), draw_kink, [=](double y) { return relative * y; }));
}

TEST(CoverageOfLaws, KinkWithErrorsFromTheScatter) {
  expect_coverage(coverage("kink", {{"weights", "none"}}, kink_points(), draw_kink,
                           [](double y) { return 0.05 * y; }));
}

TEST(CoverageOfLaws, PowerLaw) {
  const auto form = points_at({"L", "nm", {}, "diameter", "nm"}, {10, 15, 25, 40, 70, 120});
  const auto draw = [](base::RandomStream&) {
    return Truth{{{"exponent", -0.5}, {"amplitude", 350.0}},
                 [](double d) { return 350.0 * std::sqrt(20.0 / d); }};
  };
  for (const char* weights : {"errors", "none"})
    expect_coverage(coverage("power_law", {{"reference", "20 nm"}, {"weights", weights}}, form,
                             draw, [](double y) { return 0.05 * y; }));
}

TEST(CoverageOfLaws, StretchedExponential) {
  std::vector<double> times;
  for (double t = 0.1; t < 300.0; t *= 1.6) times.push_back(t);
  const auto form = points_at({"F", "1", {}, "time", "ps"}, times);
  for (const double beta : {0.5, 1.0}) {
    const auto draw = [beta](base::RandomStream&) {
      const double mean = 12.0 / beta * std::tgamma(1.0 / beta);
      return Truth{{{"tau", 12.0}, {"beta", beta}, {"amplitude", 0.8}, {"mean_tau", mean}},
                   [beta](double t) { return 0.8 * std::exp(-std::pow(t / 12.0, beta)); }};
    };
    for (const char* weights : {"errors", "none"})
      expect_coverage(coverage("stretched_exponential", {{"weights", weights}}, form, draw,
                               [](double) { return 0.02; }));
  }
}

}  // namespace
}  // namespace vitreous::models
