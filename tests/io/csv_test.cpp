#include "io/csv.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "base/error.hpp"
#include "expect_message.hpp"
#include "scratch_folder.hpp"

namespace vitreous::io {
namespace {

using test::input_error;
using test::put;
using test::ScratchFolder;
using testing::ElementsAre;
using testing::HasSubstr;

const std::vector<double>& numbers(const core::Column& column) {
  return std::get<std::vector<double>>(column.values);
}

core::Table sample_table() {
  core::Table table;
  table.name = "sample";
  table.columns = {
      {"species", "1", std::vector<std::string>{"Cu", "all, \"both\""}, {}},
      {"time", "ps", std::vector<double>{0.1, 1e-300}, {}},
      {"D", "m^2/s", std::vector<double>{1.0 / 3.0, 2e-9}, {0.1 + 0.2, 1e-10}},
      {"rate", "1/ps", std::vector<double>{-1.0, 5.0}, {}},
  };
  return table;
}

TEST(Csv, ReadsBackTheBitsThatWereWritten) {
  const ScratchFolder folder;
  const core::Table table = sample_table();
  put(folder / "sample.csv", to_csv(table));
  const core::Table back = read_csv(folder / "sample.csv");
  EXPECT_EQ(back.name, "sample");
  ASSERT_EQ(back.columns.size(), 4u);
  for (std::size_t k = 0; k < 4; ++k) {
    EXPECT_EQ(back.columns[k].name, table.columns[k].name);
    EXPECT_EQ(back.columns[k].unit, table.columns[k].unit);
    EXPECT_EQ(back.columns[k].values, table.columns[k].values);
    EXPECT_EQ(back.columns[k].standard_error, table.columns[k].standard_error);
  }
}

TEST(Csv, AValueThatIsNotThereIsAnEmptyCellOnlyWhereAColumnMayLackValues) {
  const ScratchFolder folder;
  core::Table table = sample_table();
  table.columns[2].values = std::vector<double>{1e-9, std::nan("")};
  table.columns[2].standard_error = {1e-10, std::nan("")};
  EXPECT_THROW(to_csv(table), base::RunError);
  table.columns[2].may_lack_values = true;
  EXPECT_THAT(to_csv(table), HasSubstr("\"all, \"\"both\"\"\",1e-300,,,5\n"));
  put(folder / "sample.csv", to_csv(table));
  const core::Table back = read_csv(folder / "sample.csv");
  EXPECT_TRUE(std::isnan(numbers(back.columns[2])[1]));
  table.columns[2].values = std::vector<double>{1e-9, INFINITY};
  EXPECT_THROW(to_csv(table), base::RunError);
}

TEST(Csv, NamesColumnsByUnitAndErrors) {
  EXPECT_THAT(to_csv(sample_table()),
              HasSubstr("species,time_ps,D_m2_per_s,D_m2_per_s_se,rate_per_ps\n"));
}

TEST(Csv, AnErrorThatIsNotKnownIsAnEmptyCell) {
  const ScratchFolder folder;
  core::Table table = sample_table();
  table.columns[2].standard_error[1] = std::numeric_limits<double>::infinity();
  put(folder / "a.csv", to_csv(table));
  EXPECT_THAT(to_csv(table), HasSubstr("2e-09,,5\n"));
  EXPECT_TRUE(std::isnan(read_csv(folder / "a.csv").columns[2].standard_error[1]));
}

TEST(Csv, AValueThatIsNotFiniteIsNeverWritten) {
  core::Table table = sample_table();
  std::get<std::vector<double>>(table.columns[1].values)[0] = std::nan("");
  EXPECT_THROW(to_csv(table), base::RunError);
}

TEST(Csv, UnitsAreReadFromHeadersAsPeopleWriteThem) {
  const auto is = [](const char* header, const char* name, const char* unit) {
    const HeaderField field = parse_header_field(header);
    EXPECT_EQ(field.name, name) << header;
    EXPECT_EQ(field.unit, unit) << header;
  };
  is("T_K", "T", "K");
  is("T (K)", "T", "K");
  is("D [m^2/s]", "D", "m^2/s");
  is("D_m2_per_s", "D", "m^2/s");
  is("msd_angstrom2", "msd", "angstrom^2");
  is("q_per_angstrom", "q", "1/angstrom");
  is("rate (K/(6 ns))", "rate", "K/(6 ns)");
  is("ln_D0", "ln_D0", "1");
  is("alpha_2", "alpha_2", "1");
  is("D_Cu_m2_per_s", "D_Cu", "m^2/s");
  is("species", "species", "1");
  is("tau_alpha_ps", "tau_alpha", "ps");
}

TEST(Csv, ReadsTablesOfOtherTools) {
  const ScratchFolder folder;
  put(folder / "a.csv", "# a comment\nT (K); D [m^2/s]; D_se\n1000;1e-9;1e-10\n\n1200 ; 3e-9;-\n");
  const core::Table semicolons = read_csv(folder / "a.csv");
  ASSERT_EQ(semicolons.columns.size(), 2u);
  EXPECT_THAT(numbers(semicolons.columns[0]), ElementsAre(1000, 1200));
  EXPECT_EQ(semicolons.columns[1].standard_error[0], 1e-10);
  EXPECT_TRUE(std::isnan(semicolons.columns[1].standard_error[1]));
  put(folder / "b.dat", "T (K)  D (m^2/s)  D_se (cm^2/s)\n 1000   1e-9   1e-6\n");
  const core::Table blanks = read_csv(folder / "b.dat");
  ASSERT_EQ(blanks.columns.size(), 2u);
  EXPECT_EQ(blanks.columns[1].unit, "m^2/s");
  EXPECT_DOUBLE_EQ(blanks.columns[1].standard_error[0], 1e-10);
}

TEST(Csv, EachFaultIsNamedWithItsLine) {
  const ScratchFolder folder;
  const auto message = [&](const std::string& text) {
    put(folder / "x.csv", text);
    return input_error([&] { read_csv(folder / "x.csv"); });
  };
  EXPECT_THAT(message("T_K,D\n1000,1\n1100\n"),
              HasSubstr("x.csv:3: 1 cells, but the header names 2"));
  EXPECT_THAT(message("T_K,D\n1000,1\n1l00,2\n"),
              HasSubstr("x.csv:3: T: \"1l00\" is not a number"));
  EXPECT_THAT(message("1,2\n3,4\n"), HasSubstr("x.csv:1: the first line must name the columns"));
  EXPECT_THAT(message("T_K,T\n3,4\n"), HasSubstr("two columns are called T"));
  EXPECT_THAT(message("T_K,D\n"), HasSubstr("has a header but no rows"));
  EXPECT_THAT(message(""), HasSubstr("holds no table"));
}

}  // namespace
}  // namespace vitreous::io
