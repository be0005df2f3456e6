// Stages that minimize: where they start, what they refuse, what stands after them.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "stage/minimize.hpp"
#include "study/lammps_scripts.hpp"
#include "study/methods.hpp"
#include "study/plan_cost.hpp"
#include "study/start_state.hpp"
#include "study_text.hpp"

namespace vitreous::study {
namespace {

using test::branch_of;
using test::melt_quench_liquid;
using test::study_head;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string head = study_head + melt_quench_liquid;  // 20 lines

std::string minima(const std::string& lines) {
  return "[[stage]]\nname = \"minima\"\nkind = \"minimize\"\n" + lines;
}

class MinimizeStudy : public test::StudyText {};

TEST_F(MinimizeStudy, FansOutOverWhatItStandsOn) {
  const Plan plan = read(head + minima("from = \"liquid\"\n"));
  for (const char* T : {"2000K", "1500K", "1000K"}) {
    const Branch& branch = branch_of(plan, fmt::format("minima/{}-r1", T));
    EXPECT_EQ(branch.parent, fmt::format("liquid/{}-r1", T));
    EXPECT_FALSE(branch.leaves_at);
    const BranchCost cost = cost_of(plan, branch);
    EXPECT_EQ(cost.steps, 0);
    EXPECT_EQ(cost.evaluations, double(stage::usual_moves(1e-4)));
  }
}

TEST_F(MinimizeStudy, LeavesARampAtTheTemperaturesItNames) {
  const Plan plan =
      read(head + minima("from = \"quench\"\ntemperature = [\"1800 K\", \"1200 K\"]\n"));
  EXPECT_EQ(branch_of(plan, "minima/1800K-r1").leaves_at, 1800.0);
  EXPECT_THAT(branch_of(plan, "quench/r1").left_at,
              ElementsAre(2000.0, 1800.0, 1500.0, 1200.0, 1000.0));
  EXPECT_THAT(refusal(head + minima("from = \"quench\"\n")), HasSubstr("lacks `temperature`"));
}

TEST_F(MinimizeStudy, TakesNoOtherTemperatureThanThatOfItsStart) {
  EXPECT_THAT(refusal(head + minima("from = \"melt\"\ntemperature = \"300 K\"\n")),
              AllOf(HasSubstr(":25: minima.temperature: melt/r1 stands at 2000 K"),
                    HasSubstr("leave out `temperature`")));
  const Plan plan =
      read(head + minima("from = \"melt\"\n") + "[defaults]\ntemperature = \"300 K\"\n");
  EXPECT_EQ(branch_of(plan, "minima/r1").options.number("temperature"), 2000.0);
}

TEST_F(MinimizeStudy, NeedsAStartAndAForce) {
  EXPECT_THAT(refusal(head + minima("temperature = \"300 K\"\n")),
              AllOf(HasSubstr("a minimize needs `from`"), HasSubstr("minimizes what that one")));
  EXPECT_THAT(refusal(head + minima("from = \"liquid\"\nforce = \"0 eV/A\"\n")),
              HasSubstr(":25: minima.force: must be above zero"));
  EXPECT_THAT(refusal(head + minima("from = \"liquid\"\nduration = \"1 ps\"\n")),
              HasSubstr("minimize has no key \"duration\""));
}

TEST_F(MinimizeStudy, IsWatchedByNothing) {
  for (const std::string line :
       {"observe = [\"rdf\"]\n", "save = { every = \"1 ps\", format = \"dump\" }\n"})
    EXPECT_THAT(refusal(head + minima("from = \"liquid\"\n" + line)),
                AllOf(HasSubstr(":25: minima."), HasSubstr("no time passes here")));
  const Plan plan =
      read(head + minima("from = \"liquid\"\n") + "[defaults]\nobserve = [\"rdf\"]\n");
  EXPECT_TRUE(branch_of(plan, "minima/1000K-r1").observe.empty());
  EXPECT_FALSE(branch_of(plan, "liquid/1000K-r1").observe.empty());
  EXPECT_NO_THROW(read(plan.resolved_toml));
}

TEST_F(MinimizeStudy, GivesVelocitiesToWhatStartsFromIt) {
  const std::string after =
      "[[stage]]\nname = \"again\"\nkind = \"hold\"\nfrom = \"minima\"\nduration = \"1 ps\"\n";
  const Plan plan = read(head + minima("from = \"liquid\"\n") + after);
  const Branch& again = branch_of(plan, "again/1500K-r1");
  EXPECT_TRUE(draws_velocities(plan, again));
  EXPECT_EQ(first_temperature(plan, again), 1500.0);
  EXPECT_FALSE(draws_velocities(plan, branch_of(plan, "minima/1500K-r1")));
  EXPECT_FALSE(draws_velocities(plan, branch_of(plan, "liquid/1500K-r1")));
  EXPECT_THAT(methods_text(plan, {}), AllOf(HasSubstr("with velocities drawn at its temperature"),
                                            HasSubstr("exceeds 0.0001 eV/A")));
}

TEST_F(MinimizeStudy, IsACommandOfLammps) {
  const Plan plan = read(head + minima("from = \"liquid\"\nforce = \"1e-3 eV/A\"\n"));
  std::string script;
  for (const auto& [name, text] : lammps_scripts(plan).files)
    if (name == "minima-1500K-r1.in") script = text;
  EXPECT_THAT(script, AllOf(HasSubstr("read_data liquid-1500K-r1.data"),
                            HasSubstr("min_modify norm inf\nminimize 0 0.001 "),
                            HasSubstr("velocity all set 0 0 0")));
}

TEST_F(MinimizeStudy, IsToldToWhomeverLooksForItElsewhere) {
  const auto told = [&](const std::string& kind) {
    return refusal(head + "[[stage]]\nname = \"paths\"\nfrom = \"liquid\"\nkind = \"" + kind +
                   "\"\n");
  };
  for (const char* kind : {"barriers", "neb"})
    EXPECT_THAT(told(kind), AllOf(HasSubstr("is not a kind of stage"),
                                  HasSubstr("observe = [{ kind = \"hops\", barriers = 40 }]")));
  for (const char* kind : {"minimise", "minimiser", "relax", "inherent_structure"})
    EXPECT_THAT(told(kind), HasSubstr("try: kind = \"minimize\"")) << kind;
}

}  // namespace
}  // namespace vitreous::study
