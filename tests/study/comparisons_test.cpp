// The [[compare]] blocks of a study: published values beside ours, and quotients of ours.
#include "study/comparisons.hpp"

#include <gmock/gmock.h>

#include "base/error.hpp"
#include "study_text.hpp"

namespace vitreous::study {
namespace {

using test::melt_quench_liquid;
using test::study_head;
using testing::HasSubstr;

core::Reported compared(const std::string& name, const std::string& where, double value,
                        const std::string& unit, const std::string& state = "equilibrium") {
  core::Reported reported;
  reported.name = name;
  reported.measured = core::Measured{value, 0.1 * value, unit};
  reported.state = state;
  reported.how["where"] = where;
  return reported;
}

class Comparisons : public test::StudyText {
 protected:
  /// A study with a liquid and a slab of it, both at 2000, 1500 and 1000 K.
  static std::string slab_study(const std::string& compare) {
    return study_head + melt_quench_liquid + "observe = [\"msd\"]\n" +
           "[[stage]]\nname = \"slab\"\nkind = \"free_surface\"\nfrom = \"liquid\"\n"
           "gap = \"10 A\"\nduration = \"10 ps\"\nobserve = [\"msd\", \"thermo\"]\n" +
           compare;
  }

  std::vector<core::Reported> attach(const std::string& compare,
                                     std::vector<core::Reported> quantities) {
    const Plan plan = read(slab_study(compare));
    std::vector<GatheredBranch> branches;
    for (const auto& branch : plan.branches)
      branches.push_back({&branch, BranchStatus::done, {}, {}});
    attach_references(plan, quantities, branches);
    return quantities;
  }
};

const std::string at_1000 = "temperature = 1000K", at_1500 = "temperature = 1500K";
const std::string faster_above =
    "[[compare]]\nquantity = \"slab.D\"\nover = \"liquid.D\"\nat = { temperature = \"1000 K\" }\n"
    "value = \"3 +- 1\"\nsource = \"a paper\"\n";

TEST_F(Comparisons, StandBesideTheQuantityAtTheirPlaceAlone) {
  const auto all = attach(
      "[[compare]]\nquantity = \"liquid.D\"\nat = { temperature = \"1000 K\" }\n"
      "value = \"5.3(1)e-10 m^2/s\"\nsource = \"a paper\"\n",
      {compared("liquid.D", at_1500, 2e-9, "m^2/s"),
       compared("liquid.D", at_1000, 5e-10, "m^2/s")});
  ASSERT_EQ(all.size(), 2u);
  EXPECT_FALSE(all[0].reference);
  ASSERT_TRUE(all[1].reference);
  EXPECT_EQ(all[1].reference->source, "a paper");
}

TEST_F(Comparisons, OfAQuotientDivideAtTheSamePlaceWhateverTheUnits) {
  const auto all =
      attach(faster_above, {compared("liquid.D", at_1500, 2e-9, "m^2/s"),
                            compared("liquid.D", at_1000, 5e-10, "m^2/s"),
                            compared("slab.D", at_1000, 0.1, "angstrom^2/ps", "glass")});
  ASSERT_EQ(all.size(), 4u);
  const core::Reported& ratio = all.back();
  EXPECT_EQ(ratio.name, "slab.D / liquid.D");
  ASSERT_TRUE(ratio.measured);
  EXPECT_NEAR(ratio.measured->value, 2.0, 1e-12);
  EXPECT_NEAR(ratio.measured->standard_error, 2.0 * std::sqrt(0.02), 1e-12);
  EXPECT_EQ(ratio.measured->unit, "1");
  EXPECT_EQ(ratio.state, "glass");
  EXPECT_EQ(ratio.how.at("where"), at_1000);
  EXPECT_EQ(ratio.reference->value, 3.0);
}

TEST_F(Comparisons, OfAQuotientSayWhichPartHasNoValue) {
  auto below = core::Reported::refused("liquid.D", "the motion is not diffusive yet");
  below.how["where"] = at_1000;
  const auto refused = attach(faster_above, {below, compared("slab.D", at_1000, 1e-9, "m^2/s")});
  EXPECT_EQ(refused.back().status, core::Status::refused);
  EXPECT_EQ(refused.back().reason, "liquid.D has no value: the motion is not diffusive yet");
  const auto missing = attach(faster_above, {compared("slab.D", at_1000, 1e-9, "m^2/s")});
  EXPECT_EQ(missing.back().status, core::Status::not_run);
  EXPECT_EQ(missing.back().name, "slab.D / liquid.D");
}

TEST_F(Comparisons, OfAQuotientRefuseQuantitiesOfTwoDimensions) {
  try {
    read(slab_study(
        "[[compare]]\nquantity = \"slab.D\"\nover = \"liquid.P\"\nvalue = \"3 +- 1\"\n"));
    FAIL() << "was read";
  } catch (const base::InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("their quotient is no plain number"));
  }
}

}  // namespace
}  // namespace vitreous::study
