// The tables that a stage's branches share: stacked under their axes, refused values kept as such.
#include "study/stage_tables.hpp"

#include <gmock/gmock.h>

#include "io/csv.hpp"
#include "study_text.hpp"

namespace vitreous::study {
namespace {

using testing::StartsWith;

core::Reported with_how(const std::string& name, const core::Measured& value,
                        const std::map<std::string, std::string>& how = {}) {
  core::Reported reported;
  reported.name = name;
  reported.measured = value;
  reported.state = "equilibrium";
  reported.how = how;
  return reported;
}

class StageTables : public test::StudyText {
 protected:
  /// The tables of the liquid's branches, each with what `quantities_at` its temperature tells.
  std::vector<StageTable> tables_of(
      const std::function<std::vector<core::Reported>(double)>& quantities_at) {
    plan_ = read(test::study_head + test::melt_quench_liquid + "observe = [\"msd\"]\n");
    std::vector<GatheredBranch> branches;
    for (const auto& branch : plan_.branches) {
      if (branch.stage != "liquid") continue;
      GatheredBranch gathered{&branch, BranchStatus::done, {}, {}};
      gathered.result.emplace();
      gathered.result->result.quantities =
          quantities_at(find_axis(branch.axes, "temperature")->value);
      branches.push_back(std::move(gathered));
    }
    return stage_tables(branches);
  }

  Plan plan_;
};

TEST_F(StageTables, KeepARowForEveryValueThatWasRefusedWithItsStateAndTheReason) {
  const auto tables = tables_of([](double T) -> std::vector<core::Reported> {
    if (T == 2000.0) return {with_how("D", {5e-9, 1e-10, "m^2/s"}, {{"degrees", "7.5"}})};
    auto refused = core::Reported::refused("D", T == 1500.0 ? "too short" : "it stays in its cage");
    if (T == 1000.0) {
      refused.state = "upper_bound";
      refused.how["upper_bound"] = "2e-13 m^2/s";
    }
    return {refused};
  });
  ASSERT_EQ(tables.size(), 1);
  EXPECT_EQ(io::to_csv(tables.front().table),
            "temperature_K,species,D_m2_per_s,D_m2_per_s_se,D_dof,D_upper_bound_m2_per_s,state,"
            "remark\n"
            "2000,all,5e-09,1e-10,7.5,,equilibrium,\n"
            "1500,all,,,,,refused,too short\n"
            "1000,all,,,,2e-13,upper_bound,it stays in its cage\n");
}

TEST_F(StageTables, OfRefusedValuesAloneAreWrittenToo) {
  const auto tables = tables_of([](double) -> std::vector<core::Reported> {
    return {core::Reported::refused("tau_alpha", "too short")};
  });
  ASSERT_EQ(tables.size(), 1);
  EXPECT_EQ(tables.front().table.name, "relaxation_time");
  EXPECT_THAT(io::to_csv(tables.front().table),
              StartsWith("temperature_K,species,tau_alpha_ps,tau_alpha_ps_se,tau_alpha_dof,state,"
                         "remark\n2000,all,,,,refused,too short\n"));
}

TEST_F(StageTables, OfASecondObserverBearItsNumber) {
  const auto tables = tables_of([](double) -> std::vector<core::Reported> {
    return {core::Reported::refused("D.Cu", "too short"),
            core::Reported::refused("msd_2.D.Cu", "too short")};
  });
  ASSERT_EQ(tables.size(), 2);
  EXPECT_EQ(tables.front().table.name, "diffusion");
  EXPECT_EQ(tables.back().table.name, "diffusion_2");
  EXPECT_THAT(io::to_csv(tables.back().table), StartsWith("temperature_K,species,D_m2_per_s,"));
  EXPECT_THAT(io::to_csv(tables.back().table), testing::HasSubstr("\n2000,Cu,,"));
}

}  // namespace
}  // namespace vitreous::study
