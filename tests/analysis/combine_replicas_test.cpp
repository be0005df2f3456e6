#include "analysis/combine_replicas.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/error_degrees.hpp"
#include "base/random.hpp"
#include "math/statistics.hpp"

namespace vitreous::analysis {
namespace {

core::Reported value(double v, double se, const std::string& state = "equilibrium") {
  core::Reported reported;
  reported.name = "D";
  reported.measured = core::Measured{v, se, "m^2/s"};
  reported.state = state;
  return reported;
}

TEST(CombineReplicas, ThatAgreeShareTheirErrorsAsIndependentMeasurements) {
  const auto combined = combine_replicas({value(1.0, 0.1), value(1.1, 0.1), value(0.9, 0.1)});
  EXPECT_NEAR(combined.measured->value, 1.0, 1e-12);
  EXPECT_NEAR(combined.measured->standard_error, 0.1 / std::sqrt(3.0), 1e-12);
  EXPECT_EQ(combined.how.at("n"), "3");
}

TEST(CombineReplicas, KnowTheirCommonErrorBetterThanEachItsOwn) {
  auto one = value(1.0, 0.1), other = value(1.1, 0.1);
  EXPECT_TRUE(std::isinf(error_degrees(combine_replicas({one, other}))));
  set_error_degrees(one, 7.0);
  set_error_degrees(other, 7.0);
  EXPECT_EQ(error_degrees(combine_replicas({one})), 7.0);
  EXPECT_EQ(error_degrees(combine_replicas({one, other})), 14.0);
  one.state = other.state = "glass";
  EXPECT_EQ(error_degrees(combine_replicas({one, other})), 1.0);
}

TEST(CombineReplicas, ThatScatterBeyondTheirErrorsAreNotTrustedToThem) {
  const auto combined = combine_replicas({value(1.0, 0.01), value(2.0, 0.01)});
  EXPECT_NEAR(combined.measured->standard_error, 0.5, 1e-9);  // chi^2 = 5000 of 1
}

TEST(CombineReplicas, OfAGlassTakeTheirErrorFromTheirScatterAlone) {
  const auto combined = combine_replicas(
      {value(1.0, 0.5, "glass"), value(1.2, 0.5, "glass"), value(1.4, 0.5, "glass")});
  const std::vector<double> values = {1.0, 1.2, 1.4};
  EXPECT_NEAR(combined.measured->standard_error, math::independent_mean(values).standard_error,
              1e-12);
  EXPECT_EQ(combined.state, "glass");
}

TEST(CombineReplicas, OneGlassSaysThatItsErrorIsALowerBound) {
  const auto combined = combine_replicas({value(1.0, 0.1, "glass")});
  EXPECT_EQ(combined.measured->standard_error, 0.1);
  EXPECT_NE(combined.reason.find("lower bound"), std::string::npos);
}

TEST(CombineReplicas, TellHowManyHaveAWidenedErrorInsteadOfWhatOneSaysOfItself) {
  auto doubted = value(1.0, 0.3);
  doubted.how["widened"] = "from 10 %";
  doubted.reason = "D may drift: 0.8 in the first half";
  EXPECT_EQ(combine_replicas({doubted}).reason, doubted.reason);
  const auto combined = combine_replicas({doubted, value(1.1, 0.1), value(0.9, 0.1)});
  EXPECT_EQ(combined.reason, "1 of 3 replicas may drift, with a wider error");
  EXPECT_FALSE(combined.how.contains("widened"));
}

TEST(CombineReplicas, OneUnsettledReplicaUnsettlesAll) {
  EXPECT_EQ(combine_replicas({value(1, 1), value(1, 1, "glass")}).state, "glass");
}

TEST(CombineReplicas, RefusedOnesAreLeftOutAndTold) {
  const auto refused = core::Reported::refused("D", "too short");
  const auto combined = combine_replicas({refused, value(3.0, 0.3)});
  EXPECT_EQ(combined.measured->value, 3.0);
  EXPECT_NE(combined.reason.find("1 of 2"), std::string::npos);
  EXPECT_EQ(combine_replicas({refused, refused}).reason, "too short");
}

/// 2000 triples of equal truth: the error must hold the truth in 68.3 +- 3 %.
TEST(CombineReplicas, ErrorsOfEqualReplicasCoverTheTruth) {
  base::RandomStream random(11, "coverage of combined replicas");
  int covered = 0;
  constexpr int triples = 2000;
  for (int k = 0; k < triples; ++k) {
    std::vector<core::Reported> replicas;
    for (int r = 0; r < 3; ++r)
      replicas.push_back(value(5.0 + 0.2 * random.normal(), 0.2, "glass"));
    const auto combined = combine_replicas(replicas);
    covered += std::abs(combined.measured->value - 5.0) < combined.measured->standard_error;
  }
  EXPECT_NEAR(covered / double(triples), 0.683, 0.03);
}

}  // namespace
}  // namespace vitreous::analysis
