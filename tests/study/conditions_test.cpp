#include "study/conditions.hpp"

#include "study_text.hpp"

namespace vitreous::study {
namespace {

core::Reference published(const std::string& conditions) {
  return {700.0, 10.0, "K", "se", conditions, "a paper"};
}

core::Reported ours(const std::string& differs) {
  core::Reported reported;
  reported.measured = core::Measured{720.0, 0.0, "K"};
  reported.reference = published("");
  reported.reference->differs = differs;
  return reported;
}

TEST(Conditions, AreTheSameWithinAFactorOfThreeInTheCoolingRate) {
  EXPECT_EQ(differing_conditions(published("16384 atoms, 1.7e9 K/s"), 5.0e9, ""), "");
  EXPECT_EQ(differing_conditions(published("16384 atoms, 1.7e9 K/s"), 0.6e9, ""), "");
  EXPECT_EQ(differing_conditions(published("16384 atoms, 1.7e9 K/s"), 1e11, ""),
            "ours was cooled at 1e+11 K/s, theirs at 1.7e+09 K/s");
  EXPECT_EQ(differing_conditions(published("1.7e9K/s"), 1e8, ""),
            "ours was cooled at 1e+08 K/s, theirs at 1.7e+09 K/s");
}

TEST(Conditions, ThatAreNotToldDoNotDiffer) {
  EXPECT_EQ(differing_conditions(published(""), 1e14, "glass"), "");
  EXPECT_EQ(differing_conditions(published("16384 atoms"), 1e14, "equilibrium"), "");
  EXPECT_EQ(differing_conditions(published("1.7e9 K/s"), 0.0, ""), "");
}

TEST(Conditions, DifferBetweenAGlassAndALiquidInEquilibrium) {
  EXPECT_NE(differing_conditions(published("glass"), 0.0, "equilibrium"), "");
  EXPECT_NE(differing_conditions(published("in equilibrium"), 0.0, "glass"), "");
  EXPECT_EQ(differing_conditions(published("glass"), 0.0, "glass"), "");
}

TEST(Conditions, ThatDifferLeaveNoPull) {
  EXPECT_DOUBLE_EQ(core::pull(ours("")).value(), 2.0);
  EXPECT_FALSE(core::pull(ours("cooled faster")));
}

using CoolingRate = test::StudyText;

TEST_F(CoolingRate, IsThatOfTheNearestRampAndItsSlowestSegment) {
  const Plan plan = read(test::study_head + test::melt_quench_liquid +
                         "[[stage]]\nname = \"slow\"\nkind = \"quench\"\nfrom = \"liquid\"\n"
                         "schedule = [{ to = \"800 K\", rate = \"1e13 K/s\" },"
                         " { to = \"700 K\", rate = \"2e12 K/s\" },"
                         " { to = \"500 K\", rate = \"1e13 K/s\" }]\n");
  EXPECT_EQ(cooling_rate(plan, test::branch_of(plan, "melt/r1")), 0.0);
  EXPECT_DOUBLE_EQ(cooling_rate(plan, test::branch_of(plan, "quench/r1")), 1e14);
  EXPECT_DOUBLE_EQ(cooling_rate(plan, test::branch_of(plan, "liquid/1500K-r1")), 1e14);
  EXPECT_DOUBLE_EQ(cooling_rate(plan, test::branch_of(plan, "slow/1500K-r1")), 2e12);
}

}  // namespace
}  // namespace vitreous::study
