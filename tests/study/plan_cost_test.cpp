// What a plan costs: steps, time, disk.
#include "study/plan_cost.hpp"

#include <gmock/gmock.h>

#include "study_text.hpp"

namespace vitreous::study {
namespace {

using test::branch_of;
using test::melt_quench_liquid;
using test::study_head;

class PlanCost : public test::StudyText {
 protected:
  Plan plan_ = read(study_head + melt_quench_liquid + "save = { every = \"0.1 ps\" }\n");
};

TEST_F(PlanCost, CountsTheStepsOfEveryLeg) {
  // 10 ps; 1000 K at 1e14 K/s; 5 + 20 ps; all in steps of 2 fs
  EXPECT_EQ(cost_of(plan_, branch_of(plan_, "melt/r1")).steps, 5000);
  EXPECT_EQ(cost_of(plan_, branch_of(plan_, "quench/r1")).steps, 5000);
  const auto liquid = cost_of(plan_, branch_of(plan_, "liquid/1500K-r1"));
  EXPECT_EQ(liquid.steps, 12500);
  EXPECT_DOUBLE_EQ(liquid.duration, 25.0);
  EXPECT_DOUBLE_EQ(liquid.atom_steps(), 12500.0 * 500.0);
}

/// Five inherent structures and ten paths.
TEST_F(PlanCost, CountsWhatObserversEvaluate) {
  const std::string hops = "observe = [{ kind = \"hops\", barriers = 10 }]\n";
  const Plan watched = read(study_head + melt_quench_liquid + hops);
  const auto cost = cost_of(watched, branch_of(watched, "liquid/1500K-r1"));
  EXPECT_EQ(cost.steps, 12500);
  EXPECT_GT(cost.evaluations, 5 * 100.0 + 10 * 300.0);
  EXPECT_LT(cost.evaluations, 5 * 1000.0 + 10 * 3000.0);
  EXPECT_DOUBLE_EQ(cost.atom_steps(), (12500.0 + cost.evaluations) * 500.0);
}

TEST_F(PlanCost, OfTheDiskGrowsWithEveryFrameThatIsSaved) {
  const Branch& saved = branch_of(plan_, "liquid/1500K-r1");
  Branch quiet = saved;
  quiet.save.reset();
  const double frames = 200.0;  // 20 ps every 0.1 ps
  const double a_frame = (cost_of(plan_, saved).bytes - cost_of(plan_, quiet).bytes) / frames;
  EXPECT_GT(a_frame, 500 * 40.0);
  EXPECT_LT(a_frame, 500 * 120.0);
}

TEST_F(PlanCost, ElapsedTimeFollowsParentsAndCores) {
  // melt 10 s, quench 20 s, then three liquids of 30 s each
  const std::vector<double> seconds = {10.0, 20.0, 30.0, 30.0, 30.0};
  EXPECT_DOUBLE_EQ(elapsed_time(plan_, seconds, 1), 120.0);
  EXPECT_DOUBLE_EQ(elapsed_time(plan_, seconds, 2), 90.0);
  EXPECT_DOUBLE_EQ(elapsed_time(plan_, seconds, 3), 60.0);
  EXPECT_DOUBLE_EQ(elapsed_time(plan_, seconds, 100), 60.0);
  EXPECT_DOUBLE_EQ(elapsed_time(plan_, {0.0, 0.0, 0.0, 0.0, 30.0}, 2), 30.0);
}

TEST_F(PlanCost, OfAStepIsMeasured) {
  const double cost = measure_step_cost(plan_);
  EXPECT_GT(cost, 0.01);  // us an atom: some hundred operations take that long at the least
  EXPECT_LT(cost, 1e4);
}

TEST_F(PlanCost, LeavesOutWhatIsDone) {
  const RunFolder run(folder_ / "run");
  const Branch& melt = branch_of(plan_, "melt/r1");
  BranchRecord record = record_of(melt);
  make_folder(run.branch(melt.id));
  write_record(run.branch(melt.id), record);
  EXPECT_EQ(part_to_do(view_plan(plan_, run)[0], run), 1.0);  // begun: nothing tells how far
  record.state = "done";
  write_record(run.branch(melt.id), record);
  EXPECT_EQ(part_to_do(view_plan(plan_, run)[0], run), 0.0);
  record.duration = 7.5;  // of 10 ps
  write_record(run.branch(melt.id), record);
  EXPECT_DOUBLE_EQ(part_to_do(view_plan(plan_, run)[0], run), 0.25);
  EXPECT_EQ(part_to_do(view_plan(plan_, run)[1], run), 1.0);
}

}  // namespace
}  // namespace vitreous::study
