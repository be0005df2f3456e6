// `vitreous bench` as its user meets it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "cli/run_command.hpp"

namespace vitreous::cli {
namespace {

using test::vitreous_command;
using testing::HasSubstr;

TEST(BenchCommand, TellsWhatAStepCostsAndByWhichKernel) {
  const auto got = vitreous_command({"bench", "--atoms", "800", "--rounds", "2", "--json"});
  ASSERT_EQ(got.status, 0) << got.err;
  const auto json = nlohmann::json::parse(got.out);
  EXPECT_EQ(json["atoms"], 800);
  EXPECT_THAT(json["kernel"].get<std::string>(), HasSubstr("native"));
  EXPECT_GT(json["us_per_atom_step"].get<double>(), 0.01);
  EXPECT_GT(json["ns_per_day"].get<double>(), 0.0);
  if (json.contains("share")) {
    EXPECT_GT(json["share"]["force"].get<double>(), 0.0);
  }
}

TEST(BenchCommand, TimesLammpsOnTheSameConfiguration) {
  if (std::system("command -v lmp > /dev/null") != 0) GTEST_SKIP() << "no lmp";
  const auto got = vitreous_command(
      {"bench", "--atoms", "800", "--rounds", "1", "--json", "--against", "lammps"});
  ASSERT_EQ(got.status, 0) << got.err;
  const auto json = nlohmann::json::parse(got.out);
  EXPECT_GT(json["lammps_us_per_atom_step"].get<double>(), 0.1);
  EXPECT_NEAR(
      json["ratio"].get<double>(),
      json["lammps_us_per_atom_step"].get<double>() / json["us_per_atom_step"].get<double>(),
      1e-9 + 1e-6 * json["ratio"].get<double>());
}

TEST(BenchCommand, SaysWhatIsMissingWhereLammpsDoesNotRun) {
  const auto got = vitreous_command({"bench", "--atoms", "300", "--precision", "double",
                                     "--against", "lammps", "--lammps", "/no/such/lmp"});
  EXPECT_EQ(got.status, 1);
  EXPECT_THAT(got.err, HasSubstr("cannot run /no/such/lmp"));
}

TEST(BenchCommand, RefusesATemperatureWithoutUnit) {
  const auto got = vitreous_command({"bench", "--temperature", "1000"});
  EXPECT_EQ(got.status, 2);
  EXPECT_THAT(got.err, HasSubstr("--temperature"));
}

}  // namespace
}  // namespace vitreous::cli
