// Arrhenius' law: exact lines, closed-form errors, states, replicas, refusals.
#include "models/arrhenius.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "math/statistics.hpp"
#include "synthetic_points.hpp"

namespace vitreous::models {
namespace {

using testing::HasSubstr;

const std::vector<double> arrhenius_temperatures = {2000, 1800, 1600, 1400, 1200, 1000};

double arrhenius_D(double T) { return std::exp(-16.36 - 0.432 / (base::boltzmann * T)); }

core::Result arrhenius_of(const FitInput& input,
                          const std::map<std::string, std::string>& given = {}) {
  return fit_law("arrhenius", input, options_of("arrhenius", given));
}

TEST(Arrhenius, AnExactLineGivesBackItsParameters) {
  for (const char* weights : {"errors", "none"}) {
    const auto result = arrhenius_of(exact_points(arrhenius_temperatures, 0.05, arrhenius_D),
                                     {{"weights", weights}});
    EXPECT_NEAR(value(result, "Q"), 0.432, 1e-12);
    EXPECT_NEAR(value(result, "ln_D0"), -16.36, 1e-11);
    EXPECT_NEAR(value(result, "D0") / std::exp(-16.36), 1.0, 1e-10);
    EXPECT_EQ(quantity(result, "Q").how.at("n"), "6");
    EXPECT_EQ(quantity(result, "Q").how.at("law"), "arrhenius");
    EXPECT_EQ(quantity(result, "Q").state, "equilibrium");
  }
}

TEST(Arrhenius, OfARateOrALengthTellsThePrefactorInItsOwnUnit) {
  for (const auto& [name, unit] : {std::pair{"Gamma", "1/ns"}, {"l_squared", "angstrom^2"}}) {
    auto input = exact_points({640, 660, 680, 700}, 0.05, [](double T) {
      return 3e10 * std::exp(-1.5 / (base::boltzmann * T));
    });
    input.quantity = name;
    input.unit = unit;
    const auto result = arrhenius_of(input);
    EXPECT_NEAR(value(result, "Q"), 1.5, 1e-9);
    EXPECT_NEAR(value(result, std::string("ln_") + name + "0"), std::log(3e10), 1e-8);
    EXPECT_EQ(quantity(result, std::string(name) + "0").measured->unit, unit);
  }
}

TEST(Arrhenius, TellsItsLineWhereItIsAskedTo) {
  auto input = exact_points(arrhenius_temperatures, 0.05, arrhenius_D);
  EXPECT_EQ(arrhenius_of(input).tables.size(), 2u);  // the curve and the points
  input.predict_at = {900.0, 2500.0};
  const auto predicted = arrhenius_of(input).tables.at(1);
  EXPECT_EQ(predicted.name, "arrhenius_prediction");
  for (std::size_t k = 0; k < 2; ++k)
    EXPECT_NEAR(std::get<std::vector<double>>(predicted.columns[1].values)[k] /
                    arrhenius_D(input.predict_at[k]),
                1.0, 1e-9);
}

TEST(Arrhenius, ErrorsOfThePointsGiveTheTextbookErrorOfQ) {
  const auto result = arrhenius_of(exact_points(arrhenius_temperatures, 0.05, arrhenius_D));
  double mean = 0.0, sxx = 0.0;
  for (const double T : arrhenius_temperatures) mean += 1.0 / (base::boltzmann * T) / 6.0;
  for (const double T : arrhenius_temperatures)
    sxx += std::pow(1.0 / (base::boltzmann * T) - mean, 2);
  EXPECT_NEAR(error(result, "Q"), 0.05 / std::sqrt(sxx), 1e-9);
  EXPECT_NEAR(error(result, "ln_D0"), 0.05 * std::sqrt(1.0 / 6.0 + mean * mean / sxx), 1e-9);
  EXPECT_NEAR(error(result, "D0") / value(result, "D0"), error(result, "ln_D0"), 1e-9);
}

TEST(Arrhenius, UnweightedErrorsScaleWithTheScatterAndNotWithTheToldErrors) {
  base::RandomStream random(3, "test: arrhenius scatter");
  const auto input = noisy(exact_points(arrhenius_temperatures, 0.05, arrhenius_D), random);
  auto other = input;
  for (auto& point : other.points) point.y_se *= 7.0;
  const auto a = arrhenius_of(input, {{"weights", "none"}}),
             b = arrhenius_of(other, {{"weights", "none"}});
  EXPECT_EQ(error(a, "Q"), error(b, "Q"));
  EXPECT_NEAR(error(arrhenius_of(other), "Q") / error(arrhenius_of(input), "Q"), 7.0, 1e-9);
  EXPECT_GT(error(a, "Q"), 0.0);
}

TEST(Arrhenius, DoesNotDependOnTheUnitOfD) {
  auto input = exact_points(arrhenius_temperatures, 0.05, arrhenius_D);
  auto other = input;
  other.unit = "angstrom^2/ps";
  for (auto& point : other.points) point.y *= 1e8, point.y_se *= 1e8;
  const auto a = arrhenius_of(input), b = arrhenius_of(other);
  EXPECT_NEAR(value(b, "ln_D0"), value(a, "ln_D0"), 1e-10);
  EXPECT_NEAR(error(b, "Q"), error(a, "Q"), 1e-12);
  EXPECT_EQ(quantity(b, "D0").measured->unit, "m^2/s");
}

TEST(Arrhenius, TimesGrowOnCoolingWithAPositiveQ) {
  auto input = exact_points(arrhenius_temperatures, 0.05,
                            [](double T) { return 1e-3 / arrhenius_D(T) * 1e-8; });
  input.quantity = "tau_alpha";
  input.unit = "ps";
  const auto result = arrhenius_of(input);
  EXPECT_NEAR(value(result, "Q"), 0.432, 1e-12);
  EXPECT_NEAR(value(result, "ln_tau0"), std::log(1e-11) + 16.36, 1e-10);
  EXPECT_EQ(quantity(result, "tau0").measured->unit, "ps");
}

TEST(Arrhenius, TellsALackOfFit) {
  const auto curved = exact_points(arrhenius_temperatures, 0.01,
                                   [](double T) { return std::exp(-18 - 1000 / (T - 600)); });
  const auto& Q = quantity(arrhenius_of(curved), "Q");
  EXPECT_THAT(Q.reason, HasSubstr("lack of fit"));
  EXPECT_LT(std::stod(Q.how.at("lack_of_fit")), 1e-6);
  EXPECT_EQ(
      quantity(arrhenius_of(exact_points(arrhenius_temperatures, 0.01, arrhenius_D)), "Q").reason,
      "");
}

TEST(Arrhenius, TakesOneStateAndListsTheOthers) {
  auto input = exact_points(arrhenius_temperatures, 0.05, arrhenius_D);
  const auto before = arrhenius_of(input);
  Point cold;
  cold.x = 700, cold.y = 1e-14, cold.y_se = 1e-15, cold.state = "glass", cold.label = "700 K r1";
  cold.note = "4 ns is 0.7 tau_alpha";
  Point bound;
  bound.x = 640, bound.state = "upper_bound", bound.note = "6Dt stays below the cage";
  input.points.push_back(cold);
  input.points.push_back(bound);
  const auto result = arrhenius_of(input);
  EXPECT_EQ(value(result, "Q"), value(before, "Q"));
  EXPECT_EQ(quantity(result, "Q").how.at("left_out"),
            "700 K r1   state is glass (4 ns is 0.7 tau_alpha); this fit takes equilibrium points\n"
            "640 K      upper bound only: 6Dt stays below the cage");
  EXPECT_EQ(quantity(result, "Q").reason, "without 700 K r1, 640 K");
}

TEST(Arrhenius, OfTheGlassLeavesEquilibriumOut) {
  auto input = exact_points({700, 680, 660, 640}, 0.1, arrhenius_D);
  for (auto& point : input.points) point.state = "glass";
  input.points.push_back(exact_points({1000}, 0.1, arrhenius_D).points.front());
  const auto result = arrhenius_of(input, {{"state", "glass"}});
  EXPECT_NEAR(value(result, "Q"), 0.432, 1e-11);
  EXPECT_EQ(quantity(result, "Q").how.at("n"), "4");
  EXPECT_EQ(quantity(result, "Q").state, "glass");
  EXPECT_THAT(quantity(result, "Q").how.at("left_out"), HasSubstr("this fit takes glass points"));
}

TEST(Arrhenius, RefusesTwoPoints) {
  auto input = exact_points({2000, 1000, 900}, 0.05, arrhenius_D);
  input.points.back().state = "glass";
  const auto result = arrhenius_of(input);
  ASSERT_EQ(result.quantities.size(), 3u);
  for (const auto& q : result.quantities) {
    EXPECT_EQ(q.status, core::Status::refused);
    EXPECT_FALSE(q.measured);
  }
  EXPECT_TRUE(result.tables.empty());
  EXPECT_EQ(refusal_text(quantity(result, "Q")),
            "2 usable points, 3 needed for a line with an error\n"
            "  900 K    state is glass; this fit takes equilibrium points");
}

TEST(Arrhenius, RefusesPointsOfOneTemperature) {
  const auto result = arrhenius_of(exact_points({1000, 1000, 1000}, 0.05, arrhenius_D));
  EXPECT_EQ(quantity(result, "Q").reason, "all 3 usable points are at 1000 K");
}

TEST(Arrhenius, LeavesOutWhatHasNoLogarithm) {
  auto input = exact_points(arrhenius_temperatures, 0.05, arrhenius_D);
  input.points[2].y = -1e-12;
  const auto result = arrhenius_of(input);
  EXPECT_EQ(quantity(result, "Q").how.at("n"), "5");
  EXPECT_THAT(quantity(result, "Q").how.at("left_out"), HasSubstr("D is not positive"));
}

TEST(Arrhenius, IsUnweightedWhereAnErrorIsUnknown) {
  auto input = exact_points(arrhenius_temperatures, 0.05, arrhenius_D);
  input.points[1].y_se = 0.0;
  EXPECT_EQ(quantity(arrhenius_of(input), "Q").how.at("weights"),
            "unweighted: no error is known of 1800 K");
}

TEST(Arrhenius, PredictsThePointsItWasFittedTo) {
  const auto result = arrhenius_of(exact_points(arrhenius_temperatures, 0.05, arrhenius_D));
  ASSERT_EQ(result.tables.size(), 2u);
  const auto& curve = result.tables[0];
  EXPECT_EQ(curve.rows(), 101u);
  EXPECT_EQ(core::column_name(curve.columns[1]), "D_m2_per_s");
  const auto& T = std::get<std::vector<double>>(curve.columns[0].values);
  const auto& D = std::get<std::vector<double>>(curve.columns[1].values);
  for (std::size_t k = 0; k < T.size(); ++k) EXPECT_NEAR(D[k] / arrhenius_D(T[k]), 1.0, 1e-10);
  // The error of a line's value is least where its points are, below that of one point.
  EXPECT_LT(curve.columns[1].standard_error[50] / D[50], 0.05 / std::sqrt(5.0));
}

/// Replicas that differ by a common factor: ln D0 scatters, Q does not.
FitInput replicas_of_common_factor(int replicas, double spread, base::RandomStream& random) {
  auto input = exact_points(arrhenius_temperatures, 0.01, arrhenius_D);
  std::vector<double> factors;
  for (int r = 0; r < replicas; ++r) factors.push_back(std::exp(spread * random.normal()));
  for (auto& point : input.points) {
    double sum = 0.0;
    for (const double f : factors) {
      point.replicas.push_back(point.y * f);
      sum += point.y * f;
    }
    point.y = sum / replicas;
  }
  return input;
}

TEST(Arrhenius, ResamplesWholeReplicas) {
  base::RandomStream random(5, "test: whole replicas");
  const auto result = arrhenius_of(replicas_of_common_factor(8, 0.1, random));
  EXPECT_THAT(quantity(result, "Q").how.at("error"), HasSubstr("8 whole replicas"));
  EXPECT_LT(error(result, "Q"), 1e-10);
  // 0.1/sqrt(8) = 0.035 with a relative error of 27 %: three of them.
  EXPECT_NEAR(error(result, "ln_D0"), 0.035, 0.028);
}

TEST(Arrhenius, ErrorsOfThreeReplicasCover) {
  // 68.27 % of 2000 ensembles of 3 replicas: binomial error 1.04 %, four of them, and 1 % for the
  // logarithm of a mean.
  base::RandomStream random(6, "test: coverage of three replicas");
  int inside = 0;
  for (int run = 0; run < 2000; ++run) {
    const auto result = arrhenius_of(replicas_of_common_factor(3, 0.05, random));
    inside += std::abs(value(result, "ln_D0") + 16.36) < error(result, "ln_D0");
  }
  EXPECT_NEAR(inside / 2000.0, 0.6827, 0.052);
}

TEST(Laws, SuggestTheNearestName) {
  try {
    fit_law("arhenius", {}, {});
    FAIL();
  } catch (const base::InputError& e) {
    EXPECT_THAT(e.what(), HasSubstr("arrhenius"));
  }
}

TEST(Laws, DeclareEveryOptionWithUnitDefaultAndSentence) {
  for (const auto& law : law_declarations()) {
    EXPECT_FALSE(law.one_line.empty() || law.formula.empty() || law.source.empty()) << law.name;
    EXPECT_FALSE(law.derived.empty()) << law.name;
    for (const auto& option : law.options)
      EXPECT_FALSE(option.unit.empty() || option.default_text.empty() || option.sentence.empty())
          << law.name << "." << option.name;
    EXPECT_NO_THROW(core::parse_options(law, {})) << law.name;
  }
}

TEST(Arrhenius, ErrorsThatAreThemselvesUncertainWeighLess) {
  auto input = exact_points(arrhenius_temperatures, 0.05, arrhenius_D);
  const auto known = arrhenius_of(input);
  double last = 1.0;
  for (const double degrees : {200.0, 19.0, 7.0}) {
    for (auto& point : input.points) point.degrees = degrees;
    const auto uncertain = arrhenius_of(input);
    const double wider = error(uncertain, "Q") / error(known, "Q");
    EXPECT_EQ(value(uncertain, "Q"), value(known, "Q"));
    EXPECT_GT(wider, last);
    last = wider;
  }
  // No point can count for more than one without leverage.
  EXPECT_LT(last, std::sqrt(1.0 + 4.0 / 7.0) / math::student_factor(7.0));
}

}  // namespace
}  // namespace vitreous::models
