// `vitreous potential` as its user meets it: what it prints, what it refuses, its exit status.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "run_command.hpp"

namespace vitreous::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

test::Outcome run_command(std::vector<std::string> words) {
  words.insert(words.begin(), "potential");
  return test::vitreous_command(words);
}

class PotentialCommand : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("vitreous-potential-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string path(const char* name) const { return (folder_ / name).string(); }

  std::filesystem::path folder_;
};

TEST_F(PotentialCommand, ListsModelsThatKnowAllElements) {
  const auto listed = run_command({"list", "Ni,Zr"});
  EXPECT_EQ(listed.status, 0);
  EXPECT_THAT(listed.out, AllOf(HasSubstr("kim:EAM_Dynamo_MendelevKramerHao_2012_NiZr__MO_1491046"),
                                HasSubstr("WilsonMendelev_2015_NiZr")));
  EXPECT_THAT(listed.err, HasSubstr("next: vitreous potential show kim:"));
  const auto json = nlohmann::json::parse(run_command({"list", "Ni", "Zr", "--json"}).out);
  EXPECT_EQ(json.size(), 2u);
}

TEST_F(PotentialCommand, ShowsWhereFunctionsEndAndReferenceCrystals) {
  const auto shown = run_command({"show", "kim:MO_600021860456_005"});
  EXPECT_EQ(shown.status, 0);
  EXPECT_THAT(shown.out,
              AllOf(HasSubstr("Philosophical Magazine 89, 967-987 (2009)"),
                    HasSubstr("cutoff       7.6 A"), HasSubstr("Cu       fcc     3.639085"),
                    HasSubstr("-3.283116"), HasSubstr("Zr       hcp")));
  const auto json =
      nlohmann::json::parse(run_command({"show", "kim:MO_600021860456_005", "--json"}).out);
  EXPECT_EQ(json["elements"][1]["symbol"], "Zr");
  EXPECT_NEAR(json["elements"][0]["reference_crystals"][0]["a_angstrom"].get<double>(), 3.639085,
              1e-6);
  // rho ends before phi does: 5.6 A for Zr at Zr, 7.6 A for the pair.
  for (const auto& f : json["functions"]) {
    const std::string of = f["of"];
    const double end = f["ends_at_angstrom"];
    EXPECT_NEAR(end, of == "Zr at Zr" ? 5.6 : (of == "Cu-Zr" || of == "Zr-Zr" ? 7.6 : 6.0), 3e-3)
        << of;
  }
}

TEST_F(PotentialCommand, PlotsAPictureAndTheTableBehindIt) {
  const std::string picture = path("al.svg");
  const auto shown = run_command(
      {"show", "kim:ErcolessiAdams_1994_Al__MO_123629422045", "--plot", picture.c_str()});
  EXPECT_EQ(shown.status, 0) << shown.err;
  EXPECT_GT(std::filesystem::file_size(picture), 10000u);
  std::ifstream table(path("al.csv"));
  std::string row;
  std::getline(table, row);
  EXPECT_EQ(row, "function,of,x,x_unit,value,value_unit");
  std::size_t rows = 0;
  while (std::getline(table, row)) {
    ++rows;
    EXPECT_EQ(row.find("nan"), row.npos);
    EXPECT_EQ(row.find("inf"), row.npos);
  }
  EXPECT_EQ(rows, 499u + 500u + 500u);
  EXPECT_EQ(run_command({"show", "kim:ErcolessiAdams_1994_Al__MO_123629422045", "--plot", "x.pdf"})
                .status,
            2);
}

TEST_F(PotentialCommand, RefusesWhatItCannotReadWithStatusTwo) {
  const auto unknown = run_command({"list", "Cu", "Zz"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("\"Zz\" is not the symbol of an element"));
  EXPECT_EQ(run_command({"show", "kim:CuZr"}).status, 2);
  EXPECT_EQ(run_command({"show", path("missing.eam.fs").c_str()}).status, 2);
  EXPECT_EQ(run_command({}).status, 2);

  const std::string file = path("cut.eam.alloy");
  std::ofstream(file) << "a\nb\nc\n1 Cu\n5 0.1 5 0.5 2.0\n29 63.5 3.6 fcc\n0 1 2\n";
  const auto cut = run_command({"show", file.c_str()});
  EXPECT_EQ(cut.status, 2);
  EXPECT_THAT(cut.err, HasSubstr("cut.eam.alloy:7: F(rho) of Cu: the file ends here"));
  EXPECT_TRUE(cut.out.empty());
}

}  // namespace
}  // namespace vitreous::cli
