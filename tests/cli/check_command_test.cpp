// `vitreous check` on what experiments bring: files of parameters, tables of lengths.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/run_command.hpp"
#include "io/scratch_folder.hpp"

namespace vitreous::cli {
namespace {

using test::vitreous_command;
using testing::AllOf;
using testing::HasSubstr;

TEST(CheckCommand, ReadsParametersAndLengthsAsTheirCommandsDo) {
  const std::string examples = VITREOUS_EXAMPLES;
  const auto alloy = vitreous_command({"check", examples + "/liu2023/ni-bmg.toml"});
  EXPECT_EQ(alloy.status, 0) << alloy.err;
  EXPECT_THAT(alloy.out, AllOf(HasSubstr("ni-bmg.toml: sound"), HasSubstr("prefactor 32"),
                               HasSubstr("relaxation, bulk, composition"), HasSubstr("327 C")));
  EXPECT_THAT(alloy.err, HasSubstr("next: vitreous nanomold critical-size --parameters"));
  const auto map =
      vitreous_command({"check", examples + "/chang2022/experiments/synthetic-branches.toml"});
  EXPECT_EQ(map.status, 0) << map.err;
  EXPECT_THAT(map.out, AllOf(HasSubstr("alpha"), HasSubstr("a line")));
  EXPECT_THAT(map.err, HasSubstr("next: vitreous relaxation map --parameters"));
  const auto lengths = vitreous_command({"check", examples + "/liu2023/lengths.csv"});
  EXPECT_EQ(lengths.status, 0) << lengths.err;
  EXPECT_THAT(lengths.out, AllOf(HasSubstr("column 'diameter_nm': diameter, nm, 66 numbers"),
                                 HasSubstr("327 C: 6 lengths, diameters 20 to 200 nm")));
  EXPECT_THAT(lengths.err, HasSubstr("next: vitreous nanomold fit"));
}

TEST(CheckCommand, PointsAtMistakesOfParametersAndLengths) {
  const test::ScratchFolder folder;
  test::put(folder / "alloy.toml",
            "[alloy]\natomic_volume = \"12 A^3\"\n[viscosity]\neta0 = \"1 nm\"\n");
  const auto alloy = vitreous_command({"check", folder / "alloy.toml"});
  EXPECT_EQ(alloy.status, 2);
  EXPECT_THAT(alloy.err, HasSubstr("alloy.toml:4: viscosity.eta0: \"1 nm\" is a length"));
  test::put(folder / "map.toml", "[fast]\nE = \"0.6 eV\"\nspeed = 3\n");
  const auto map = vitreous_command({"check", folder / "map.toml"});
  EXPECT_EQ(map.status, 2);
  EXPECT_THAT(map.err, HasSubstr("map.toml:3: fast.speed"));
  test::put(folder / "lengths.csv",
            "diameter_nm,length_nm,temperature_C,pressure_MPa,time_s\n20,-50,287,2000,900\n");
  const auto lengths = vitreous_command({"check", folder / "lengths.csv"});
  EXPECT_EQ(lengths.status, 2);
  EXPECT_THAT(lengths.err, HasSubstr("lengths.csv:2: length_nm: the length is -50 nm"));
}

TEST(CheckCommand, TakesWhatIsNeitherForAStudy) {
  const test::ScratchFolder folder;
  test::put(folder / "study.toml", "title = \"no more\"\n");
  const auto study = vitreous_command({"check", folder / "study.toml"});
  EXPECT_EQ(study.status, 2);
  EXPECT_THAT(study.err, HasSubstr("the study has no stage"));
}

}  // namespace
}  // namespace vitreous::cli
