#include "io/lammps_log.hpp"

#include <gmock/gmock.h>

#include "expect_message.hpp"
#include "scratch_folder.hpp"

namespace vitreous::io {
namespace {

using test::input_error;
using test::put;
using test::ScratchFolder;
using testing::HasSubstr;

const std::string log_text = R"(LAMMPS (29 Sep 2021)
variable dt equal 0.002
units metal
mass 1 63.546
mass 2 91.224
pair_style eam/fs
pair_coeff * * ${pot} &
   Cu Zr
pair_coeff * * CuZr.eam.fs Cu Zr
timestep ${dt}
timestep 0.002
run 1000
Per MPI rank memory allocation (min/avg/max) = 3.4 | 3.4 | 3.4 Mbytes
Step Temp Press Volume PotEng Enthalpy 
       0         3000    20142.366    3796.4 -400.5 -300.25
WARNING: something harmless
    1000    2500.5    1.5    3900    -410   -310
Loop time of 0.29 on 1 procs for 1000 steps with 256 atoms
Step 0 of nothing
timestep 0.001
run 500
   Step          Temp          Press   
      1000   2500.5         1.5
      1500   2400           2.5
Loop time of 0.1 on 1 procs
)";

TEST(LammpsLog, TellsWhatADumpCannot) {
  const ScratchFolder folder;
  put(folder / "log", log_text);
  const LammpsLog log = read_lammps_log(folder / "log");
  EXPECT_EQ(log.units, "metal");
  EXPECT_THAT(log.types.name, testing::ElementsAre("Cu", "Zr"));
  EXPECT_THAT(log.types.mass, testing::ElementsAre(63.546, 91.224));
  EXPECT_EQ(log.timestep, 0.001);
  ASSERT_EQ(log.runs.size(), 2u);
  EXPECT_EQ(log.runs[0].timestep, 0.002);
  EXPECT_EQ(log.runs[0].last_step, 1000);
  ASSERT_EQ(log.runs[0].thermo.columns.size(), 6u);
  const core::Column& enthalpy = log.runs[0].thermo.columns[5];
  EXPECT_EQ(enthalpy.name, "Enthalpy");
  EXPECT_EQ(enthalpy.unit, "eV");
  EXPECT_THAT(std::get<std::vector<double>>(enthalpy.values),
              testing::ElementsAre(-300.25, -310.0));
}

TEST(LammpsLog, TheTimeStepIsThatOfTheRunsThatCoverTheFrames) {
  const ScratchFolder folder;
  put(folder / "log", log_text);
  const LammpsLog log = read_lammps_log(folder / "log");
  EXPECT_EQ(timestep_of_steps(log, "log", 0, 800), 0.002);
  EXPECT_EQ(timestep_of_steps(log, "log", 1000, 1500), 0.001);
  EXPECT_EQ(timestep_of_steps(log, "log", 9000, 9500), 0.001);
  EXPECT_THAT(
      input_error([&] { timestep_of_steps(log, "log", 500, 1200); }),
      HasSubstr("the time step changes within steps 500 to 1200: 0.002 ps, later 0.001 ps"));
}

TEST(LammpsLog, DefaultTimeStepsAreThoseOfTheUnits) {
  const ScratchFolder folder;
  put(folder / "metal", "units metal\n");
  put(folder / "real", "units real\n");
  EXPECT_EQ(read_lammps_log(folder / "metal").timestep, 0.001);
  EXPECT_EQ(read_lammps_log(folder / "real").timestep, 0.001);
  put(folder / "real2", "units real\ntimestep 2.0\n");
  EXPECT_EQ(read_lammps_log(folder / "real2").timestep, 0.002);
}

TEST(LammpsLog, OtherUnitsAndOtherFilesAreRefused) {
  const ScratchFolder folder;
  put(folder / "lj", "units lj\n");
  EXPECT_THAT(input_error([&] { read_lammps_log(folder / "lj"); }),
              HasSubstr("lj:1: units lj are not read"));
  put(folder / "other", "a letter\nof two lines\n");
  EXPECT_THAT(input_error([&] { read_lammps_log(folder / "other"); }),
              HasSubstr("is no LAMMPS log"));
}

TEST(LammpsLog, NoPrefixCrashes) {
  const ScratchFolder folder;
  for (std::size_t length = 0; length <= log_text.size(); ++length) {
    put(folder / "p", log_text.substr(0, length));
    try {
      for (const auto& run : read_lammps_log(folder / "p").runs)
        for (const auto& column : run.thermo.columns) ASSERT_EQ(column.size(), run.thermo.rows());
    } catch (const base::InputError&) {
    }
  }
}

}  // namespace
}  // namespace vitreous::io
