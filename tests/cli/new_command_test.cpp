// `vitreous new`: a study to start from, that the other commands can read.
#include <gmock/gmock.h>

#include "../io/scratch_folder.hpp"
#include "io/safe_file.hpp"
#include "run_command.hpp"

namespace vitreous {
namespace {

using test::vitreous_command;
using testing::AllOf;
using testing::HasSubstr;

TEST(NewCommand, PrintsAStudyThatCheckFindsSound) {
  const test::ScratchFolder folder;
  const auto outcome = vitreous_command({"new", "Al90Sm10"});
  EXPECT_EQ(outcome.status, 0);
  test::put(folder / "study.toml", outcome.out);
  const auto check = vitreous_command({"check", folder / "study.toml"});
  EXPECT_EQ(check.status, 0) << check.err;
  EXPECT_THAT(check.out, HasSubstr("atoms of Al90Sm10, kim:MO_338600200739_000"));
}

TEST(NewCommand, WritesAFileAndNeverOverOne) {
  const test::ScratchFolder folder;
  const std::string file = folder / "study.toml";
  const auto first = vitreous_command({"new", "--template", "quench", "--out", file});
  EXPECT_EQ(first.status, 0);
  EXPECT_EQ(first.out, "");
  EXPECT_THAT(first.err, AllOf(HasSubstr("wrote " + file), HasSubstr("vitreous check " + file)));
  const std::string text = io::read_file(file);
  const auto second = vitreous_command({"new", "--out", file});
  EXPECT_EQ(second.status, 2);
  EXPECT_THAT(second.err, HasSubstr("is there already"));
  EXPECT_EQ(io::read_file(file), text);
}

TEST(NewCommand, WritesATableOfLengthsThatCanBeFitted) {
  const test::ScratchFolder folder;
  const std::string file = folder / "lengths.csv";
  const auto written = vitreous_command({"new", "--template", "nanomold", "--out", file});
  EXPECT_EQ(written.status, 0);
  EXPECT_THAT(written.err, HasSubstr("next: vitreous nanomold fit " + file));
  EXPECT_THAT(
      io::read_file(file),
      HasSubstr("\ndiameter_nm,length_nm,length_se_nm,temperature_C,pressure_MPa,time_s\n"));
  const auto fitted = vitreous_command({"nanomold", "fit", file, "--write", folder / "alloy.toml"});
  EXPECT_EQ(fitted.status, 0);
  EXPECT_THAT(fitted.out, AllOf(HasSubstr("eta (temperature = 297 C)"), HasSubstr("viscosity.T0")));
  EXPECT_THAT(fitted.err, HasSubstr("wrote " + (folder / "alloy.toml")));
  EXPECT_THAT(vitreous_command({"new", "--template", "nanomolt"}).err, HasSubstr("try: nanomold"));
}

TEST(NewCommand, ListsItsTemplatesAndSuggestsTheNearest) {
  EXPECT_THAT(vitreous_command({"new", "--help"}).out,
              AllOf(HasSubstr("diffusion: "), HasSubstr("quench: ")));
  const auto outcome = vitreous_command({"new", "--template", "difusion"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("try: diffusion"));
}

TEST(NewCommand, TakesAPotentialByItsName) {
  EXPECT_THAT(vitreous_command({"new", "Cu64Zr36", "--potential", "my.eam.fs"}).out,
              HasSubstr("potential = \"my.eam.fs\"\n"));
  EXPECT_EQ(vitreous_command({"new", "Cu64Xx36"}).status, 2);
}

}  // namespace
}  // namespace vitreous
