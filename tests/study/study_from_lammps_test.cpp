// LAMMPS runs as studies: what realistic scripts become, and what they leave unsaid.
#include "study/study_from_lammps.hpp"

#include <gmock/gmock.h>

#include "io/lammps_commands.hpp"
#include "study_text.hpp"

namespace vitreous::study {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const std::string start = R"(units metal
atom_style atomic
lattice fcc 3.9
region box block 0 5 0 5 0 5
create_box 2 box
create_atoms 1 box
set group all type/ratio 2 0.36 4711
pair_style eam/fs
pair_coeff * * CuZr.eam.fs Cu Zr
neighbor 2.0 bin
)";

class FromLammps : public test::StudyText {
 protected:
  LammpsHistory history(const std::string& script) {
    test::put(folder_ / "in.melt", script);
    return lammps_history(io::read_lammps_commands(folder_ / "in.melt"));
  }
  StudyFromLammps written(const std::string& script, FromLammpsOptions options = {}) {
    if (options.potential.empty()) options.potential = test::small_potential();
    return study_from_lammps(history(script), options);
  }
  /// The study, as `vitreous check` reads it.
  Plan plan(const std::string& script) { return read(written(script).text); }
};

TEST_F(FromLammps, AMeltQuenchAndHoldIsAStudyOfThatName) {
  const auto plan = this->plan(start + R"(timestep 0.002
velocity all create 2000 77 mom yes
thermo 100
fix 1 all npt temp 2000 2000 0.2 iso 0 0 2.0
run 50000
fix 1 all npt temp 2000 1000 0.2 iso 0 0 2.0
run 100000
fix 1 all npt temp 1000 300 0.2 iso 0 0 2.0
run 350000
unfix 1
compute m all msd
dump d all custom 500 prod.dump id type xu yu zu
fix 1 all nvt temp 300 300 0.2
run 100000
)");
  ASSERT_EQ(plan.branches.size(), 3u);
  const auto &melt = plan.branches[0], &quench = plan.branches[1], &hold = plan.branches[2];
  EXPECT_EQ(melt.alloy.atoms, 500);
  EXPECT_EQ(melt.alloy.composition, "Cu64Zr36");
  EXPECT_EQ(melt.engine.timestep, 0.002);
  EXPECT_EQ(melt.engine.seed, 77u);
  EXPECT_EQ(melt.stage, "melt");
  EXPECT_EQ(melt.options.number("duration"), 100.0);
  EXPECT_EQ(melt.options.number("temperature_damping"), 0.2);
  EXPECT_EQ(melt.options.number("pressure_damping"), 2.0);
  EXPECT_EQ(quench.kind, "quench");
  EXPECT_THAT(quench.options.numbers("schedule.to"), ElementsAre(1000.0, 300.0));
  EXPECT_NEAR(quench.options.numbers("schedule.rate")[0], 5.0, 1e-9);  // 1000 K in 200 ps
  EXPECT_NEAR(quench.options.numbers("schedule.rate")[1], 1.0, 1e-9);
  EXPECT_EQ(hold.options.text("ensemble"), "nvt");
  EXPECT_EQ(hold.options.text("volume"), "inherit");
  ASSERT_TRUE(hold.save);
  EXPECT_EQ(hold.save->every, 1.0);
  EXPECT_EQ(hold.observe.size(), 2u);
  EXPECT_EQ(plan.fits.at(0).law, "glass_transition");
}

TEST_F(FromLammps, HeatingUpIsLeftOutAndAnNptRunBeforeNvtIsItsEquilibration) {
  const auto out = written(start + R"(velocity all create 300 1
fix 1 all npt temp 300 1500 0.1 iso 0 0 1.0
run 1000
fix 1 all npt temp 1500 1500 0.1 iso 0 0 1.0
run 20000
unfix 1
fix 1 all nvt temp 1500 1500 0.1
run 30000
)");
  EXPECT_THAT(out.text, HasSubstr("# line 13: heated until here"));
  const auto plan = read(out.text);
  ASSERT_EQ(plan.branches.size(), 1u);
  EXPECT_EQ(plan.branches[0].options.number("equilibrate"), 20.0);
  EXPECT_EQ(plan.branches[0].options.number("duration"), 30.0);
  EXPECT_EQ(plan.branches[0].options.text("volume"), "relaxed");
}

TEST_F(FromLammps, HoldsThatStepDownAreAStaircase) {
  std::string script = start + "velocity all create 1000 1\n";
  for (int T = 1000; T >= 700; T -= 50)
    script += "fix 1 all npt temp " + std::to_string(T) + " " + std::to_string(T) +
              " 0.1 iso 0 0 1.0\nrun " + (T == 1000 ? "50000" : "20000") + "\n";
  const auto plan = this->plan(script);
  ASSERT_EQ(plan.branches.size(), 2u);
  const auto& quench = plan.branches[1].options;
  EXPECT_THAT(quench.numbers("schedule.to"), ElementsAre(700.0));
  EXPECT_THAT(quench.numbers("schedule.step"), ElementsAre(50.0));
  EXPECT_NEAR(quench.numbers("schedule.rate")[0], 2.5, 1e-9);
}

TEST_F(FromLammps, ARampInPartsAndOtherThermostatsAreRead) {
  const auto out = written(start + R"(velocity all create 1200 1
fix 1 all nph iso 0 0 1
fix 1 all nve
fix 2 all langevin 1200 1200 0.1 48279
run 1000
unfix 2
unfix 1
fix 1 all npt temp 1200 800 0.1 iso 10000 10000 1.0
run 1000 start 0 stop 5000
run 5000 upto start 0 stop 5000
)");
  const auto plan = read(out.text);
  ASSERT_EQ(plan.branches.size(), 3u);
  EXPECT_EQ(plan.branches[0].options.text("thermostat"), "velocity_rescaling");
  EXPECT_EQ(plan.branches[0].options.text("ensemble"), "nvt");
  // `start 0` counts the steps before: at step 1000 a fifth of the ramp has passed.
  EXPECT_EQ(plan.branches[1].options.number("temperature"), 1120.0);
  EXPECT_THAT(plan.branches[2].options.numbers("schedule.to"), ElementsAre(1040.0, 800.0));
  EXPECT_NEAR(plan.branches[2].options.number("pressure"), 1.0, 1e-9);  // GPa
  EXPECT_THAT(out.remarks,
              AllOf(Contains(HasSubstr("line 12: not read: fix 1 all nph")),
                    Contains(HasSubstr("line 14: fix 2 all langevin 1200 1200 0.1 48279: velocity "
                                       "rescaling instead"))));
  EXPECT_THAT(out.text, AllOf(HasSubstr("# 1120 K is set at once there"),
                              HasSubstr("#   line 12: not read: fix 1 all nph iso 0 0 1")));
}

/// A hold that goes on from a ramp at another temperature than its end would leave it on its way.
TEST_F(FromLammps, ATemperatureThatIsSetAtOnceIsPassedThrough) {
  const auto plan = this->plan(start + R"(velocity all create 2000 1
fix 1 all npt temp 2000 2000 0.1 iso 0 0 1.0
run 1000
fix 1 all npt temp 2000 600 0.1 iso 0 0 1.0
run 1000
fix 1 all npt temp 1000 1000 0.1 iso 0 0 1.0
run 1000
fix 1 all npt temp 300 900 0.1 iso 0 0 1.0
run 1000
)");
  std::vector<double> ends;
  for (const auto& branch : plan.branches)
    ends.push_back(branch.kind == "hold" ? branch.options.number("temperature")
                                         : branch.options.numbers("schedule.to").back());
  EXPECT_THAT(ends, ElementsAre(2000.0, 600.0, 600.0, 1000.0, 300.0, 900.0));
  EXPECT_FALSE(plan.branches[3].leaves_at);
  EXPECT_EQ(plan.branches[5].kind, "heat");
}

TEST_F(FromLammps, RealUnitsBecomeThoseOfAStudy) {
  const auto run = history(R"(units real
pair_style eam/alloy
pair_coeff * * my.eam.alloy Al
create_atoms 1 random 100 1 NULL
timestep 2.0
velocity all create 900 1
fix 1 all npt temp 900 900 100.0 iso 1.0 1.0 1000.0
run 500
)");
  ASSERT_EQ(run.stretches.size(), 1u);
  EXPECT_NEAR(run.stretches[0].duration, 1.0, 1e-12);
  EXPECT_NEAR(run.stretches[0].pressure, 1.01325, 1e-12);
  EXPECT_NEAR(run.stretches[0].temperature_damping, 0.1, 1e-12);
  EXPECT_NEAR(run.stretches[0].pressure_damping, 1.0, 1e-12);
}

TEST_F(FromLammps, AKimModelIsNamedAsAStudyDoes) {
  const auto run = history(R"(units metal
kim init EAM_Dynamo_MendelevKramerOtt_2009_CuZr__MO_600021860456_005 metal
create_atoms 1 random 100 1 NULL
create_atoms 2 random 300 1 NULL
kim interactions Cu Zr
velocity all create 900 1
fix 1 all nvt/omp temp 900 900 0.1
run 500
)");
  const auto out = study_from_lammps(run, {});
  const auto plan = read(out.text);
  const auto& alloy = plan.branches[0].alloy;
  EXPECT_EQ(alloy.composition, "Cu25Zr75");
  EXPECT_EQ(alloy.atoms, 400);
  EXPECT_THAT(alloy.potential, HasSubstr("kim:EAM_Dynamo_MendelevKramerOtt_2009_CuZr"));
}

TEST_F(FromLammps, ASurfaceOpenedAlikeOnBothSidesIsAStage) {
  const auto plan = this->plan(start + R"(velocity all create 900 1
fix 1 all npt temp 900 900 0.1 iso 0 0 1.0
run 20000
unfix 1
change_box all z delta -12 12
fix 1 all nvt temp 900 900 0.1
run 30000
)");
  ASSERT_EQ(plan.branches.size(), 2u);
  EXPECT_EQ(plan.branches[1].kind, "free_surface");
  EXPECT_EQ(plan.branches[1].options.number("gap"), 12.0);
}

TEST_F(FromLammps, WhatItDoesNotKnowIsListedByLine) {
  const auto out = written(start + R"(pair_modify tail yes
boundary p p s
velocity all create 900 1
fix 2 all wall/reflect zlo EDGE
fix 1 all nve
frobnicate all
fix 3 all ave/time 10 10 100 c_1
run 1000
next T
jump SELF loop
)");
  EXPECT_THAT(out.remarks,
              ElementsAre(HasSubstr("line 11: not read: pair_modify"),
                          HasSubstr("line 12: not read: boundary p p s"),
                          HasSubstr("line 14: not read: fix 2 all wall/reflect"),
                          HasSubstr("line 16: not read: frobnicate all: not known here"),
                          HasSubstr("line 17: not read: fix 3 all ave/time"),
                          HasSubstr("line 19: not read: next T: loops are not followed"),
                          HasSubstr("line 20: not read: jump SELF loop")));
  EXPECT_THAT(read(out.text).branches.size(), 1u);
}

TEST_F(FromLammps, WhatALoopRepeatsIsListedOnce) {
  std::string script = start + "velocity all create 900 1\nfix 1 all nve\n";
  for (int k = 0; k < 6; ++k) script += "frobnicate all\nrun 10\n";
  EXPECT_THAT(
      written(script).remarks,
      ElementsAre("lines 13, 15, 17, 19 and 2 more: not read: frobnicate all: not known here"));
}

TEST_F(FromLammps, NoPrefixOfAScriptCrashes) {
  const std::string script = start + R"(variable T equal 1100
velocity all create $T 1 mom yes
fix 1 all npt temp $T $(v_T-100*(1+2)) $(100*dt) iso 0 0 1.0 tchain 3
dump 1 all custom 10 a.dump id
compute 1 all msd
run 100 start 0 stop 200
change_box all z delta -5 5
replicate 2 2 2
set type 1 type/fraction 2 0.5 1
)";
  for (std::size_t length = 0; length <= script.size(); length += 2) try {
      written(script.substr(0, length));
    } catch (const base::InputError&) {
    }
}

TEST_F(FromLammps, WhatARunLeavesOpenIsAsked) {
  const std::string run = "velocity all create 900 1\nfix 1 all nvt temp 900 900 0.1\nrun 100\n";
  const std::string pair = "units metal\npair_style eam/alloy\npair_coeff * * no.eam.alloy Cu Zr\n";
  EXPECT_THAT(test::input_error([&] { written(pair + "read_data no.data\n" + run); }),
              AllOf(HasSubstr("does not tell how many atoms there are of each element"),
                    HasSubstr("line 4: read_data no.data: no.data is not here"),
                    HasSubstr("try: vitreous new Cu50Zr50 --from-lammps")));
  const auto told = written(pair + "read_data no.data\n" + run, {"Cu50Zr50", "", ""});
  EXPECT_THAT(told.remarks, Contains(HasSubstr("alloy.atoms = 2000 is a guess")));
  EXPECT_EQ(read(told.text).branches[0].alloy.composition, "Cu50Zr50");
  EXPECT_THAT(test::input_error([&] { written("units lj\n" + run); }),
              HasSubstr("in.melt:1: units lj are not read"));
  EXPECT_THAT(test::input_error([&] { written(run); }), HasSubstr("does not tell its units"));
  EXPECT_THAT(test::input_error([&] { written("clear\nunits metal\nfix 1 all nve\n"); }),
              HasSubstr("there is no `run` in it"));
  EXPECT_THAT(test::input_error([&] { written("units metal\nfix 1 all nph iso 0 0 1\nrun 10\n"); }),
              AllOf(HasSubstr("no run of dynamics"), HasSubstr("line 3: run 10: no fix")));
  EXPECT_THAT(test::input_error([&] {
                study_from_lammps(history("units metal\npair_style meam\ncreate_atoms 1 random 9 1 "
                                          "NULL\npair_coeff * * Cu\n" +
                                          run),
                                  {"Cu", "", ""});
              }),
              HasSubstr("tells no potential that can be read"));
}

}  // namespace
}  // namespace vitreous::study
