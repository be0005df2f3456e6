// A table asked for its columns by what they are; and what is said of tables that are damaged.
#include "io/data_table.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <chrono>
#include <cmath>

#include "base/error.hpp"
#include "base/random.hpp"
#include "expect_message.hpp"
#include "math/statistics.hpp"
#include "scratch_folder.hpp"

namespace vitreous::io {
namespace {

using test::input_error;
using test::put;
using test::ScratchFolder;
using testing::AllOf;
using testing::DoubleEq;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::NanSensitiveDoubleEq;

const ColumnRequest diameter{"diameter", {"d"}, "nm"};
const ColumnRequest length{"length", {"L"}, "nm"};
const ColumnRequest temperature{"temperature", {"T"}, "K"};
const ColumnRequest diffusivity{"D", {"diffusivity"}, "m^2/s"};

class DataTables : public testing::Test {
 protected:
  DataTable table(const std::string& text) {
    put(folder_ / "lengths.csv", text);
    return DataTable::read(folder_ / "lengths.csv");
  }
  std::string refusal(const std::string& text, const ColumnRequest& request) {
    return input_error([&] { table(text).column(request); });
  }

  ScratchFolder folder_;
};

TEST_F(DataTables, OneTableWrittenInManyWaysIsTheSame) {
  const std::vector<std::string> written = {
      "T (°C),d [nm],L/nm\n287,20,353.6\n-73.15,120.5,475\n",
      "\xef\xbb\xbfT (°C);d [nm];L/nm\r\n287;20;353,6\r\n-73,15;120,5;475\r\n",
      "T (\xb0"
      "C)\td [nm]\tL/nm\n287\t20\t353.6\n-73.15\t120.5\t475\n",
      "T (°C)  d [nm]  L/nm\n287 20 353.6\n−73.15 120.5 475\n",
      "# measured in May\ntemperature_C,diameter_nm,length_nm\n\n287,20,353.6\n-73.15,120.5,475\n",
      "Temperature (℃),Diameter (nm),Length (µm)\n287,20,0.3536\n-73.15,120.5,0.475\n",
      "Temperature [deg C];diameter (m);length "
      "[Å];;\n287;2e-8;3536;;\n-73,15;120,5e-9;4750;;\n;;;;\n",
      "T_K,\"d, the inner one (nm)\",d (nm),L (nm)\n560.15,1,20,353.6\n200,1,120.5,475\n",
      "# T_K d_nm L_nm\n560.15 20 353.6\n200 120.5 475\n",
  };
  for (const auto& text : written) {
    SCOPED_TRACE(text);
    const auto read = table(text);
    EXPECT_THAT(read.column(temperature).values, ElementsAre(DoubleEq(560.15), DoubleEq(200.0)));
    EXPECT_THAT(read.column(diameter).values, ElementsAre(DoubleEq(20.0), DoubleEq(120.5)));
    EXPECT_THAT(read.column(length).values,
                ElementsAre(DoubleNear(353.6, 1e-12), DoubleNear(475, 1e-12)));
    EXPECT_FALSE(read.column(length).has_errors());
  }
}

TEST_F(DataTables, UnitsOfHeadersAreUnderstoodAsPapersWriteThem) {
  for (const char* header :
       {"D (m²/s)", "D (m² s⁻¹)", "D / m2 s-1", "D [m^2 s^-1]", "D (10^-4 cm^2/s)",
        "D (10⁻⁴ cm²/s)", "D_m2_per_s", "D (1e12 um^2/s)", "D (m²·s⁻¹)"}) {
    SCOPED_TRACE(header);
    const auto field = parse_header_field(header);
    EXPECT_EQ(field.name, "D");
    const double factor = std::string(header).find("cm") != std::string::npos ? 1e-8 : 1.0;
    EXPECT_THAT(table(fmt::format("T_K,{}\n1,3\n", header)).column(diffusivity).values,
                ElementsAre(DoubleNear(3.0 * factor, 1e-15 * factor)));
  }
  EXPECT_EQ(parse_header_field("L/d").unit, "1");
  EXPECT_EQ(parse_header_field("1000/T").unit, "1");
  EXPECT_EQ(parse_header_field("1000/T (1/K)").name, "1000/T");
}

TEST_F(DataTables, AColumnOfAnotherDimensionIsNotMeant) {
  const auto read = table("D_m2_per_s,d_nm\n1e-9,20\n");
  EXPECT_THAT(read.column(diameter).values, ElementsAre(20.0));
  EXPECT_THAT(read.column(diffusivity).values, ElementsAre(1e-9));
  EXPECT_THAT(table("D (nm)\n7\n").column(diameter).values, ElementsAre(7.0));
  EXPECT_FALSE(read.find(temperature));
}

TEST_F(DataTables, AnErrorOfATemperatureIsADifference) {
  const auto celsius = table("T (°C),T_se\n100,2\n").column(temperature);
  EXPECT_THAT(celsius.standard_errors, ElementsAre(2.0));
  const auto mixed = table("T (°C),T_se (K)\n100,2\n").column(temperature);
  EXPECT_THAT(mixed.standard_errors, ElementsAre(2.0));
  const auto back = table("T_K,T_se_C\n100,2\n").column(temperature);
  EXPECT_THAT(back.standard_errors, ElementsAre(2.0));
  EXPECT_THAT(table("T (°C),T_sd,n\n100,2,1\n").column(temperature).standard_errors,
              ElementsAre(2.0));
}

TEST_F(DataTables, ADeviationOfNBecomesAStandardErrorThatCovers68Percent) {
  const auto L = table("L_nm,L_sd,n\n100,8,16\n100,8,1\n100,,\n").column(length);
  EXPECT_THAT(L.standard_errors, ElementsAre(DoubleEq(2.0 * math::student_factor(15.0)), 8.0,
                                             NanSensitiveDoubleEq(std::nan(""))));
  EXPECT_THAT(L.degrees, ElementsAre(15.0, INFINITY, INFINITY));
  EXPECT_THAT(table("L_nm,L_nm_sd,L_n\n100,8,4\n").column(length).degrees, ElementsAre(3.0));
  EXPECT_THAT(table("L_nm,L_sd_um,n\n100,0.008,1\n").column(length).standard_errors,
              ElementsAre(DoubleNear(8.0, 1e-12)));
  EXPECT_THAT(table("L_um,L_se,L_dof\n1,0.1,5\n").column(length).standard_errors,
              ElementsAre(DoubleNear(100.0, 1e-12)));
  EXPECT_THAT(refusal("L_nm,L_sd\n100,8\n", length),
              AllOf(HasSubstr("L_sd: is a standard deviation, and no column tells of how many"),
                    HasSubstr("L_se in its place")));
  EXPECT_THAT(refusal("L_nm,L_sd,n\n100,8,2.5\n", length),
              HasSubstr("lengths.csv:2: n: 2.5 is not a number of measurements"));
  EXPECT_THAT(refusal("L_nm,L_se\n100,-8\n", length),
              HasSubstr("lengths.csv:2: L_nm: a standard error of -8"));
}

TEST_F(DataTables, TellsHowItReadEachColumn) {
  const auto read =
      table("T (°C);d [nm];L_um;L_sd;n;who\n287;20;0,353;0,01;3;me\n;20,5;1;1;3;you\n");
  const auto lines = read.reading({read.column(temperature), read.column(length)});
  EXPECT_THAT(lines,
              ElementsAre(HasSubstr("lengths.csv: 2 rows, separator semicolon, decimal comma"),
                          "column 'T (°C)': temperature, °C -> K, 1 number, 1 empty",
                          "column 'd [nm]': 2 numbers, not used",
                          "column 'L_um': length, um -> nm, 2 numbers, errors from L_sd and n",
                          "column 'L_sd': 2 numbers, for the errors of L_um",
                          "column 'n': 2 numbers, for the errors of L_um",
                          "column 'who': 2 words, not used"));
}

TEST_F(DataTables, ACommaIsDecimalOnlyWhereTheTableLeavesNoDoubt) {
  EXPECT_THAT(table("T_K;L_nm\n300;1,234\n400;0,5\n").column(length).values,
              ElementsAre(1.234, 0.5));
  EXPECT_THAT(table("T_K;L_nm\n300;1,234e2\n").column(length).values, ElementsAre(123.4));
  EXPECT_THAT(table("T_K,L_nm\n300,\"1,5\"\n").column(length).values, ElementsAre(1.5));
  EXPECT_THAT(refusal("T_K;L_nm\n300;1,234\n", length),
              AllOf(HasSubstr("lengths.csv:2: \"1,234\" can be 1.234 or 1234"),
                    HasSubstr("no other number of the table tells")));
  EXPECT_THAT(refusal("T_K;L_nm\n300.5;1\n310;1,5\n", length),
              HasSubstr("lengths.csv:3: \"1,5\" here, but \"300.5\" in line 2"));
  EXPECT_THAT(refusal("T_K;L_nm\n300;1\n310;1.234,5\n", length),
              HasSubstr("lengths.csv:3: L: \"1.234,5\" has marks between its thousands"));
  EXPECT_THAT(refusal("T_K,L_nm\n300,5,1,5\n", length),
              AllOf(HasSubstr("lengths.csv:2: 4 cells, but the header names 2 columns"),
                    HasSubstr("decimal commas cannot be told")));
  // Words with commas are words.
  EXPECT_THAT(*table("T_K;what\n300;a, b\n").words({"What"}), ElementsAre("a, b"));
}

TEST_F(DataTables, AFaultyCellIsMarkedInItsLine) {
  EXPECT_THAT(refusal("T_K;µ;L_nm\n300;ä;1,5x\n", length),
              HasSubstr("lengths.csv:2: L: \"1,5x\" is not a number\n"
                        "  2 | 300;ä;1,5x\n"
                        "    |       ^^^^"));
}

TEST_F(DataTables, WhatIsMissingOrDoubtfulIsNamed) {
  EXPECT_THAT(refusal("T_K,x\n300,1\n", length),
              AllOf(HasSubstr("there is no column \"length\""), HasSubstr("its columns are T_K, x"),
                    HasSubstr("name a column \"length (nm)\" (or L)")));
  EXPECT_THAT(refusal("length\n300\n", length),
              AllOf(HasSubstr("length: has no unit in the header"),
                    HasSubstr("\"length_nm\" or \"length (nm)\"")));
  EXPECT_THAT(refusal("L_s\n300\n", length),
              HasSubstr("L_s: is a time, and the length is a length"));
  EXPECT_THAT(refusal("length_furlong\n300\n", length),
              HasSubstr("length_furlong: ends in no unit that is known"));
  EXPECT_THAT(refusal("d_nm,diameter_um\n1,1\n", diameter),
              HasSubstr("both \"d_nm\" and \"diameter_um\" can be the diameter"));
  EXPECT_THAT(refusal("L_nm,L_se_s\n1,1\n", length),
              AllOf(HasSubstr("lengths.csv:1: L_se_s"), HasSubstr("a time")));
  EXPECT_THAT(refusal("L_nm,\n1,4\n", length),
              HasSubstr("lengths.csv:2: \"4\" stands in column 2, which has no name"));
  EXPECT_THAT(refusal("L_nm\n1\n1l\n", length),
              HasSubstr("lengths.csv:3: L: \"1l\" is not a number"));
  EXPECT_THAT(refusal("\xff\xfeT\0_\0", length), HasSubstr("UTF-16"));
}

/// Cells, marks and ends of lines that damaged tables hold.
std::string malformed(base::RandomStream& random) {
  const std::vector<std::string> pieces = {
      "T_K", "L (nm)", "L_se", "L_sd", "n",       ",",
      ";",   "\t",     " ",    "\n",   "\r\n",    "\"",
      "#",   "1",      "-2.5", "1,5",  "1.234,5", "1,234",
      "nan", "1e400",  "−3",   "°C",   "\xb0",    "\xef\xbb\xbf",
      "(",   "]",      "/nm",  "",     "_se",     "m²",
      "⁻",   "10^-",   "--",   "+-",   "0x1p3",   "999999999999999999999"};
  std::string text;
  const auto count = 1 + static_cast<int>(60.0 * random.uniform());
  for (int k = 0; k < count; ++k)
    text += pieces[static_cast<std::size_t>(random.uniform() * static_cast<double>(pieces.size()))];
  return text;
}

TEST_F(DataTables, NoMalformedTableDoesMoreThanSayWhatIsWrong) {
  base::RandomStream random(7, "malformed tables");
  int read = 0, refused = 0;
  for (int k = 0; k < 3000; ++k) {
    const std::string text = malformed(random);
    try {
      const auto file = table(text);
      for (const auto& column : file.table().columns) {
        ASSERT_EQ(column.size(), file.rows()) << text;
        if (!column.standard_error.empty()) {
          ASSERT_EQ(column.standard_error.size(), file.rows()) << text;
        }
      }
      ++read;
      file.column(length);
    } catch (const base::InputError& error) {
      EXPECT_FALSE(error.message().file.empty()) << text << "\n" << error.what();
      EXPECT_FALSE(error.message().problem.empty()) << text;
      ++refused;
    }
  }
  EXPECT_GT(read, 30);
  EXPECT_GT(refused, 1000);
}

TEST_F(DataTables, AnyTableReadsBackFromAnyDialect) {
  base::RandomStream random(11, "tables in dialects");
  for (int k = 0; k < 300; ++k) {
    const char delimiter = ",;\t "[k % 4];
    const bool comma = delimiter != ',' && k % 3 == 0;
    const std::string end = k % 2 == 0 ? "\n" : "\r\n";
    std::string text = fmt::format("T (°C){0}L_nm{0}L_se{1}", delimiter, end);
    std::vector<double> values;
    for (int row = 0; row < 5; ++row) {
      values.push_back(std::exp(10.0 * random.normal()));
      // One with four decimals: the mark is beyond doubt.
      std::string line = fmt::format("20.5000{0}{1}{0}{1}", delimiter, values.back());
      if (comma) std::replace(line.begin(), line.end(), '.', ',');
      text += line + end;
    }
    const auto L = table(text).column(length);
    EXPECT_EQ(L.values, values) << text;
    EXPECT_EQ(L.standard_errors, values) << text;
  }
}

TEST_F(DataTables, ThousandsOfLinesTakeAMoment) {
  std::string text = "T (°C);d_um;L_nm;L_se;note\n";
  for (int row = 0; row < 50000; ++row) text += fmt::format("{},5;0,02;{};1;\"a; b\"\n", row, row);
  put(folder_ / "lengths.csv", text);
  const auto before = std::chrono::steady_clock::now();
  const auto read = DataTable::read(folder_ / "lengths.csv");
  EXPECT_EQ(read.column(temperature).values.back(), 49999.5 + 273.15);
  EXPECT_EQ(read.column(diameter).values.size(), 50000u);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - before;
  EXPECT_LT(took.count(), 20.0);  // 0.1 s on a free core; the bound holds under sanitizers too
}

}  // namespace
}  // namespace vitreous::io
