// The thermo tables of a log as one table: runs in a row, restarts, ramps in intervals.
#include "io/lammps_log_table.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cmath>

#include "base/random.hpp"
#include "expect_message.hpp"
#include "io/data_table.hpp"
#include "io/lammps_log.hpp"
#include "scratch_folder.hpp"

namespace vitreous::io {
namespace {

using test::put;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<double> column(const CsvFile& file, const std::string& name) {
  for (const auto& c : file.table.columns)
    if (c.name == name) return std::get<std::vector<double>>(c.values);
  throw std::out_of_range(name);
}

class LogTables : public testing::Test {
 protected:
  std::string log(const std::string& text) {
    put(folder_ / "log.lammps", "LAMMPS (29 Sep 2021)\nunits metal\n" + text);
    return folder_ / "log.lammps";
  }
  test::ScratchFolder folder_;
};

TEST_F(LogTables, StandBelowEachOtherAndALaterRunTellsItsFirstStep) {
  const auto file =
      lammps_log_table(log("Step Temp Volume\n0 300 10\n10 310 11\nLoop time of 1\n"
                           "   Step          Temp          Volume     PotEng\n10 310 11 -5\n20 320 "
                           "12 -6\nLoop time of 1\n"));
  EXPECT_THAT(column(file, "run"), ElementsAre(1, 2, 2));
  EXPECT_THAT(column(file, "Step"), ElementsAre(0, 10, 20));
  EXPECT_THAT(column(file, "Temp"), ElementsAre(300, 310, 320));
  EXPECT_TRUE(std::isnan(column(file, "PotEng")[0]));
  EXPECT_EQ(column(file, "PotEng")[2], -6.0);
  EXPECT_EQ(file.table.columns[3].unit, "angstrom^3");
  EXPECT_EQ(file.form, "LAMMPS log of 2 runs, 1 row told again later left out");
  EXPECT_THAT(file.lines, ElementsAre(4, 8, 9));
}

TEST_F(LogTables, OfARestartReplaceWhatItDoesAgain) {
  const std::string first = "Step Temp\n0 1\n10 2\n20 3\n30 4\n";
  const auto restarted = lammps_log_table(log(
      first + "LAMMPS (29 Sep 2021)\nread_restart r.10\nStep Temp\n10 5\n20 6\nLoop time of 1\n"));
  EXPECT_THAT(column(restarted, "Temp"), ElementsAre(1, 5, 6));
  const auto anew = lammps_log_table(
      log(first + "Loop time of 1\nreset_timestep 0\nStep Temp\n0 5\n10 6\nLoop time of 1\n"));
  EXPECT_THAT(column(anew, "Temp"), ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST_F(LogTables, LeaveOutALastRowThatIsCutShort) {
  const auto path = log("Step Temp\n0 300\n10 310\n20 3");
  EXPECT_THAT(column(lammps_log_table(path), "Temp"), ElementsAre(300, 310));
  EXPECT_THAT(read_lammps_log(path).warnings,
              ElementsAre("line 6: the last row is cut short; the rows before it are used"));
  EXPECT_THAT(test::input_error([&] { lammps_log_table(log("run 0\n")); }),
              HasSubstr("holds no thermo table"));
}

TEST_F(LogTables, AreReadAsAnyOtherTable) {
  const auto table = DataTable::read(log("Step Temp Press\n0 300 10000\n10 310 20000\n"));
  EXPECT_THAT(table.column({"pressure", {"Press"}, "GPa"}).values, ElementsAre(1.0, 2.0));
  EXPECT_THAT(table.column({"temperature", {"Temp"}, "K"}).values, ElementsAre(300.0, 310.0));
  put(folder_ / "real", "LAMMPS (29 Sep 2021)\nunits real\nStep Press PotEng\n0 1 23.06054783\n");
  const auto real = DataTable::read(folder_ / "real");
  EXPECT_NEAR(real.column({"E", {"PotEng"}, "eV"}).values[0], 1.0, 1e-8);
  EXPECT_NEAR(real.column({"p", {"Press"}, "bar"}).values[0], 1.01325, 1e-12);
}

/// A ramp of 200 K with white noise: twenty intervals of 10 K, each on the line within its error.
TEST_F(LogTables, OfRampsAreAveragedOverTenKelvin) {
  base::RandomStream random(1, "log table");
  std::string text = "Step Temp Volume\n";
  for (int k = 0; k < 2000; ++k) {
    const double T = 800.0 - 0.1 * k;
    text +=
        fmt::format("{} {} {}\n", 100 * k, T + 20.0 * random.normal(), 5000 + T + random.normal());
  }
  const auto file = averaged_along_ramps(lammps_log_table(log(text + "Loop time of 1\n")));
  ASSERT_EQ(file.table.rows(), 20u);
  const auto V = column(file, "Volume");
  const auto& error = file.table.columns[3].standard_error;
  int inside = 0;
  for (std::size_t k = 0; k < 20; ++k) {
    const double middle = 800.0 - 10.0 * (static_cast<double>(k) + 0.5) + 0.05;
    EXPECT_NEAR(column(file, "Temp")[k], middle, 5.0 * 20.0 / 10.0);
    EXPECT_NEAR(error[k], 0.1, 0.08);
    inside += std::abs(V[k] - 5000.0 - middle) < 2.0 * error[k];
  }
  EXPECT_GE(inside, 17);  // of 20 at two standard errors; 16 or fewer come once in seventy times
}

}  // namespace
}  // namespace vitreous::io
