#include "study/trust.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "study_text.hpp"

namespace vitreous::study {
namespace {

core::Reported with_error(const std::string& name, double value, double error,
                          const std::string& unit) {
  core::Reported reported;
  reported.name = name;
  reported.measured = core::Measured{value, error, unit};
  return reported;
}

/// A liquid of 20 ps, with quantities as its observers tell them.
class Trust : public test::StudyText {
 protected:
  GatheredBranch liquid(std::vector<core::Reported> quantities) {
    plan_ = read(test::study_head + test::melt_quench_liquid);
    GatheredBranch gathered{&test::branch_of(plan_, "liquid/1500K-r1"), BranchStatus::done, {}, {}};
    gathered.record.emplace();
    gathered.record->state = "done";
    gathered.result.emplace();
    gathered.result->duration = 20.0;
    gathered.result->complete = true;
    gathered.result->result.quantities = std::move(quantities);
    return gathered;
  }

  static double number(const core::Table& table, const std::string& name) {
    for (const auto& column : table.columns)
      if (column.name == name) return std::get<std::vector<double>>(column.values).at(0);
    throw std::out_of_range(name);
  }

  Plan plan_;
};

TEST_F(Trust, TellsTheLengthInRelaxationTimesTheDriftsAndWhatIsBehindD) {
  auto D = with_error("D", 3e-9, 1e-10, "m^2/s");
  D.state = "equilibrium";
  D.how = {{"blocks", "8.4"}, {"log_slope", "0.95"}};
  const auto table = trust_table({liquid({D, with_error("tau_alpha", 0.5, 0.01, "ps"),
                                          with_error("energy_drift", 2e-6, 1e-6, "eV/(atom ps)"),
                                          with_error("P", 0.01, 0.02, "GPa")})});
  EXPECT_DOUBLE_EQ(number(table, "duration"), 20.0);
  EXPECT_DOUBLE_EQ(number(table, "duration_over_tau_alpha"), 40.0);
  EXPECT_DOUBLE_EQ(number(table, "energy_drift"), 2e-3);
  EXPECT_DOUBLE_EQ(number(table, "blocks"), 8.4);
  EXPECT_DOUBLE_EQ(number(table, "msd_log_slope"), 0.95);
  EXPECT_TRUE(std::isnan(number(table, "volume_drift")));
}

TEST_F(Trust, WarnsOfAMeanPressureThatIsFarFromTheOneWantedByItsErrorAndInSize) {
  const auto warnings = [&](double pressure, double error) {
    return branch_warnings(liquid({with_error("P", pressure, error, "GPa")}));
  };
  EXPECT_THAT(warnings(-4.3, 0.02), testing::ElementsAre("mean pressure -4.30 GPa, not 0.00 GPa"));
  EXPECT_THAT(warnings(-4.3, 1.0), testing::IsEmpty());
  EXPECT_THAT(warnings(0.09, 0.001), testing::IsEmpty());
}

TEST_F(Trust, TellsWhyABranchHasNoD) {
  EXPECT_THAT(branch_warnings(liquid({core::Reported::refused("D", "D drifts")})),
              testing::ElementsAre("no D: D drifts"));
}

TEST_F(Trust, TellsOfAnErrorOfDThatWasWidened) {
  auto D = with_error("D", 3e-9, 1e-10, "m^2/s");
  D.reason = "D may drift";
  EXPECT_THAT(branch_warnings(liquid({D})), testing::IsEmpty());
  D.how["widened"] = "from 1 %";
  EXPECT_THAT(branch_warnings(liquid({D})), testing::ElementsAre("D may drift"));
}

TEST_F(Trust, KeepsTheWarningsOfTheRunAndTellsWhyABranchFailed) {
  auto branch = liquid({});
  branch.record->warnings = {"checkpoint.h5 is damaged"};
  branch.record->state = "failed";
  branch.record->problem = "the disk is full";
  EXPECT_THAT(branch_warnings(branch),
              testing::ElementsAre("checkpoint.h5 is damaged", "failed: the disk is full"));
}

}  // namespace
}  // namespace vitreous::study
