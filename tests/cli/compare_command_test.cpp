// `vitreous compare`: runs side by side, in units of their errors.
#include <gmock/gmock.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "../io/scratch_folder.hpp"
#include "io/results_json.hpp"
#include "run_command.hpp"

namespace vitreous {
namespace {

using test::put;
using test::vitreous_command;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

core::Reported reported(const std::string& name, const core::Measured& measured) {
  core::Reported quantity;
  quantity.name = name;
  quantity.measured = measured;
  quantity.state = "equilibrium";
  return quantity;
}

const std::string study =
    "title = \"A liquid\"\n[alloy]\natoms = 500\n[[stage]]\nname = \"liquid\"\nduration = \"20 "
    "ps\"\nobserve = [{ kind = \"msd\", layer = \"2.5 A\" }, { kind = \"rdf\" }]\n";

class CompareCommand : public testing::Test {
 protected:
  void write(const std::string& run, const std::vector<core::Reported>& quantities,
             const std::string& text = study) {
    std::filesystem::create_directories(path(run));
    put(path(run) + "/results.json", io::to_results_json({true, quantities, "A liquid"}));
    put(path(run) + "/study.toml", text);
  }
  std::string path(const std::string& run) const { return folder_ / run; }
  nlohmann::json compared(const std::vector<std::string>& runs) const {
    std::vector<std::string> words = {"compare", "--json"};
    for (const auto& run : runs) words.push_back(path(run));
    return nlohmann::json::parse(vitreous_command(words).out);
  }

  test::ScratchFolder folder_;
};

TEST_F(CompareCommand, TellsTheDifferenceInUnitsOfItsError) {
  write("a", {reported("liquid.D", {0.5, 0.03, "angstrom^2/ps"})});
  write("b", {reported("liquid.D", {4.0e-9, 0.4e-9, "m^2/s"})});
  const auto row = compared({"a", "b"})["quantities"][0];
  EXPECT_NEAR(row["differences"][0]["value"].get<double>(), 0.1, 1e-12);
  EXPECT_NEAR(row["differences"][0]["standard_error"].get<double>(), 0.05, 1e-12);
  EXPECT_NEAR(row["differences"][0]["pull"].get<double>(), 2.0, 1e-12);
  EXPECT_EQ(row["differences"][0]["unit"], "angstrom^2/ps");
}

TEST_F(CompareCommand, TellsThePaperBesideAndWhyAValueIsNotThere) {
  auto Q = reported("liquid.Q", {0.44, 0.01, "eV"});
  Q.reference = core::Reference{0.432, 0.007, "eV", "se", "", "a paper"};
  write("a", {Q});
  write("b", {core::Reported::refused("liquid.Q", "2 usable points, 3 needed")});
  write("c", {});
  const auto text = vitreous_command({"compare", path("a"), path("b"), path("c")}).out;
  EXPECT_THAT(text, AllOf(HasSubstr("0.440(10) eV"), HasSubstr("0.432(7) eV"), HasSubstr("+0.7"),
                          HasSubstr("refused: 2 usable points, 3 needed")));
  const auto row = compared({"a", "b", "c"})["quantities"][0];
  EXPECT_EQ(row["differences"][0], nullptr);
  EXPECT_EQ(row["values"][1]["status"], "refused");
  EXPECT_EQ(row["values"][2], nullptr);
}

TEST_F(CompareCommand, MatchesQuantitiesByNameAndAxes) {
  auto hot = reported("liquid.D", {5.0, 0.1, "1"}), cold = reported("liquid.D", {1.0, 0.1, "1"});
  hot.how["where"] = "temperature = 2000 K";
  cold.how["where"] = "temperature = 1000 K";
  write("a", {hot, cold});
  write("b", {cold});
  const auto rows = compared({"a", "b"})["quantities"];
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0]["values"][1], nullptr);
  EXPECT_EQ(rows[1]["differences"][0]["value"], 0.0);
}

TEST_F(CompareCommand, ListsTheKeysInWhichTheStudiesDiffer) {
  std::string other = study;
  other.replace(other.find("500"), 3, "900").replace(other.find("2.5 A"), 5, "5 A");
  write("a", {});
  write("b", {}, other + "save = { every = \"1 ps\" }\n");
  const auto json = compared({"a", "b"})["studies"];
  const nlohmann::json expected = {
      {{"key", "alloy.atoms"}, {"values", {"500", "900"}}},
      {{"key", "liquid.observe.msd.layer"}, {"values", {"2.5 A", "5 A"}}},
      {{"key", "liquid.save.every"}, {"values", {"", "1 ps"}}}};
  EXPECT_EQ(json, expected);
  EXPECT_THAT(vitreous_command({"compare", path("a"), path("a")}).out,
              HasSubstr("the resolved studies are the same"));
}

TEST_F(CompareCommand, TakesFoldersOfAnalysesAndRefusesOthers) {
  std::filesystem::create_directories(path("a"));
  put(path("a") + "/results.json",
      io::to_results_json({true, {reported("msd.D", {1.0, 0.1, "1"})}}));
  const auto sound = vitreous_command({"compare", path("a"), path("a")});
  EXPECT_EQ(sound.status, 0);
  EXPECT_THAT(sound.out, Not(HasSubstr("differ in")));
  const auto refused = vitreous_command({"compare", path("a"), path("none")});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("none: holds no results.json"));
  EXPECT_EQ(vitreous_command({"compare", path("a")}).status, 2);
}

}  // namespace
}  // namespace vitreous
