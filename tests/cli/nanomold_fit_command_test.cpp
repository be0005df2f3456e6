// `vitreous nanomold fit`: tables in, mobilities and a file of parameters out, which the other
// verbs read; refusals and mistakes.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/json_quantity.hpp"
#include "cli/nanomold/alloy_file.hpp"
#include "cli/run_command.hpp"
#include "io/safe_file.hpp"
#include "io/scratch_folder.hpp"
#include "models/nanomold_experiment.hpp"

namespace vitreous::cli {
namespace {

using test::json_value;
using test::Outcome;
using test::vitreous_command;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string published_alloy = VITREOUS_EXAMPLES "/liu2023/ni-bmg.toml";
const std::string published_lengths = VITREOUS_EXAMPLES "/liu2023/lengths.csv";

class NanomoldFitCommand : public testing::Test {
 protected:
  Outcome fit(const std::string& table, std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"nanomold", "fit", table, "--write", parameters()};
    words.insert(words.end(), more.begin(), more.end());
    return vitreous_command(words);
  }
  std::string parameters() const { return folder_ / "parameters.toml"; }
  std::string write(const std::string& text) {
    const std::string path = folder_ / "lengths.csv";
    test::put(path, text);
    return path;
  }
  /// Exact lengths by the published alloy, to all digits.
  std::string exact_table(models::nanomold::Rule rule) {
    auto alloy = test::nickel_glass();
    alloy.rule = rule;
    std::string text = "diameter_nm,length_nm,length_se_nm,temperature_K,pressure_Pa,time_s\n";
    for (const auto& at : test::molded_at_all(alloy, test::mold_diameters_nm, 0.02))
      for (const auto& w : at.wires)
        text +=
            fmt::format("{},{},{},{},{},{}\n", w.d * 1e9, w.L * 1e9, w.L_se * 1e9, at.T, w.p, w.t);
    return write(text);
  }

  test::ScratchFolder folder_;
};

TEST_F(NanomoldFitCommand, GivesBackWhatMadeExactLengths) {
  for (const std::string rule : {"fastest", "additive"}) {
    const auto table = exact_table(rule == "additive" ? models::nanomold::Rule::additive
                                                      : models::nanomold::Rule::fastest);
    EXPECT_EQ(fit(table, {"--assume", published_alloy, "--rule", rule}).status, 0);
    const auto best = read_alloy_file(parameters()).parameters.best;
    EXPECT_NEAR(best.viscosity.T0 / 412.92, 1.0, 1e-10);
    EXPECT_NEAR(best.viscosity.B / 5581.0, 1.0, 1e-10);
    EXPECT_NEAR(best.viscosity.glass->kink / 560.15, 1.0, 1e-10);
    EXPECT_NEAR(best.viscosity.glass->Q / 0.8717, 1.0, 1e-10);
    EXPECT_NEAR(best.interface.Q / 1.58, 1.0, 1e-10);
    EXPECT_NEAR(best.interface.ln_delta_D0, test::nickel_glass().interface.ln_delta_D0, 1e-9);
    const auto told = vitreous_command({"nanomold", "critical-size", "--parameters", parameters(),
                                        "--temperature", "287 C", "--json"});
    EXPECT_NEAR(json_value(told.out, "d_c"), 100.679542, 1e-5);
  }
}

TEST_F(NanomoldFitCommand, FindsThePublishedSizesInTheExample) {
  const auto told = fit(published_lengths, {"--assume", published_alloy, "--json"});
  for (const auto& [C, d_c] : {std::pair{317, 19}, std::pair{307, 31}, std::pair{297, 62},
                               std::pair{287, 97}, std::pair{267, 85}})
    EXPECT_NEAR(json_value(told.out, "d_c", fmt::format("temperature = {} C", C)), d_c, 0.05);
  // Not one line in 1/T: 297 C lies off, and the fit says so.
  EXPECT_THAT(told.out, HasSubstr("lack of fit"));
  EXPECT_THAT(told.err, AllOf(HasSubstr("errors from length_sd_nm and n"), HasSubstr("wrote ")));
}

TEST_F(NanomoldFitCommand, WritesErrorsThatTheOtherVerbsCarryThrough) {
  fit(exact_table(models::nanomold::Rule::fastest), {"--assume", published_alloy});
  const auto file = read_alloy_file(parameters());
  EXPECT_EQ(file.parameters.names.size(), 7u);
  EXPECT_EQ(file.moldings.size(), 7u);
  EXPECT_EQ(file.title, "Ni45Pd35P16B4");
  EXPECT_THAT(io::read_file(parameters()),
              AllOf(HasSubstr("# Fitted to"), HasSubstr("[covariance]")));
  const auto json = nlohmann::json::parse(
      vitreous_command({"nanomold", "transitions", "--parameters", parameters(), "--json"}).out);
  for (const auto& q : json["quantities"]) {
    if (q["value"].is_null()) continue;
    EXPECT_GT(q["standard_error"].get<double>(), 0.0) << q["name"];
  }
}

TEST_F(NanomoldFitCommand, ReadsTablesAsPeopleHaveThem) {
  const auto plain = fit(published_lengths, {"--assume", published_alloy, "--json"});
  // The same with other units, semicolons and decimal commas.
  std::string text = "d/nm;L [um];L_sd [um];n;T (K);p [GPa];t (min)\r\n";
  const std::string original = io::read_file(published_lengths);
  std::size_t at = original.find("time_s\n") + 7;
  while (at < original.size()) {
    const auto end = original.find('\n', at);
    double c[7];
    std::sscanf(original.substr(at, end - at).c_str(), "%lf,%lf,%lf,%lf,%lf,%lf,%lf", c, c + 1,
                c + 2, c + 3, c + 4, c + 5, c + 6);
    std::string row = fmt::format("{};{};{};{};{};{};{}\r\n", c[0], c[1] / 1000, c[2] / 1000, c[3],
                                  c[4] + 273.15, c[5] / 1000, c[6] / 60);
    for (char& ch : row) ch = ch == '.' ? ',' : ch;
    text += row;
    at = end + 1;
  }
  const auto other = fit(write(text), {"--assume", published_alloy, "--json"});
  EXPECT_EQ(other.status, 0) << other.err;
  EXPECT_THAT(other.err, HasSubstr("decimal comma"));
  for (const char* name : {"viscosity.T0", "interface.Q", "viscosity.kink"})
    EXPECT_NEAR(json_value(other.out, name) / json_value(plain.out, name), 1.0, 1e-6) << name;
}

TEST_F(NanomoldFitCommand, SaysWhatItAssumes) {
  const auto told = fit(published_lengths);
  EXPECT_THAT(told.err, AllOf(HasSubstr("atomic volume of 12.4 A^3 is assumed"),
                              HasSubstr("delta = 0.2875 nm is assumed")));
  const auto given = fit(published_lengths, {"--delta", "0.3 nm", "--atomic-volume", "13 A^3"});
  EXPECT_THAT(given.err, Not(HasSubstr("is assumed")));
  EXPECT_NEAR(read_alloy_file(parameters()).parameters.best.interface.delta, 0.3e-9, 1e-20);
  const auto sixteen = fit(published_lengths, {"--hp-prefactor", "16"});
  EXPECT_THAT(sixteen.out, HasSubstr("prefactor 16 (the integral of the flow law)"));
}

TEST_F(NanomoldFitCommand, RefusesWhatOneWireCannotTell) {
  const auto one =
      fit(write("diameter_nm,length_nm,length_se_nm,temperature_C,pressure_MPa,time_s\n"
                "50,100,5,287,2000,36000\n50,120,5,297,2000,36000\n"));
  EXPECT_EQ(one.status, 0);  // a refused fit is a result
  EXPECT_THAT(one.out,
              AllOf(HasSubstr("refused"), HasSubstr("one length at one diameter: two are needed")));
  EXPECT_THAT(one.err, HasSubstr("no file of parameters was written"));
  EXPECT_FALSE(std::filesystem::exists(parameters()));
}

struct TableMistake {
  const char* table;
  const char* message;
};

TEST_F(NanomoldFitCommand, PointsAtMistakesOfTheTable) {
  for (const auto& [table, message] : std::vector<TableMistake>{
           {"diameter_nm,length_nm,length_se_nm,temperature_C,pressure_MPa,time_s\n50,-100,5,287,"
            "2000,900\n",
            "lengths.csv:2: length_nm: the length is -100 nm, and must be above zero"},
           {"diameter_nm,length_nm,length_se_nm,temperature_C,pressure_MPa,time_s\n50,,5,287,2000,"
            "900\n",
            "lengths.csv:2: length_nm: the length is missing"},
           {"diameter_nm,length_nm,temperature_C,time_s\n50,100,287,900\n",
            "there is no column \"pressure\""},
           {"diameter_nm,length_nm,temperature_nm,pressure_MPa,time_s\n50,100,287,2000,900\n",
            "is a length, and the temperature is a temperature"},
           {"diameter_nm,length,temperature_C,pressure_MPa,time_s\n50,100,287,2000,900\n",
            "has no unit"},
           {"diameter_nm,length_nm,length_sd_nm,temperature_C,pressure_MPa,time_s\n50,100,9,287,"
            "2000,900\n",
            "no column tells of how many"},
           {"diameter_nm,length_nm,length_se_nm,temperature_C,pressure_MPa,time_s\n50,100,5,287,"
            "2000,900\n"
            "60,100,,287,2000,900\n",
            "lengths.csv:3: length_se_nm: the length has no error here, and others have one"},
           {"diameter_nm,length_nm,length_se_nm,temperature_C,pressure_MPa,time_s\n50,100,5,287,"
            "2000,900\n"
            "60,100,0,287,2000,900\n",
            "lengths.csv:3: length_se_nm: the length has no error here"},
           {"diameter_nm,length_nm,temperature_C,pressure_MPa,time_s\n50,100,287,2000,900\n"
            "90,120,287,2000,900\n",
            "lengths.csv: the lengths have no errors, and are too few to show their scatter"}}) {
    const auto told = fit(write(table));
    EXPECT_EQ(told.status, 2) << table;
    EXPECT_THAT(told.err, HasSubstr(message)) << table;
  }
}

TEST_F(NanomoldFitCommand, WritesNothingWhereItsFolderCannotBe) {
  const std::string file = folder_ / "a_file";
  test::put(file, "mine\n");
  const auto told = fit(published_lengths, {"--out", file});
  EXPECT_EQ(told.status, 2);
  EXPECT_EQ(told.out, "");
  EXPECT_THAT(told.err, HasSubstr("a_file: is a file, and the tables need a folder"));
  EXPECT_FALSE(std::filesystem::exists(parameters()));
  EXPECT_EQ(io::read_file(file), "mine\n");
}

TEST_F(NanomoldFitCommand, PointsAtMistakesOfTheCommandLine) {
  EXPECT_THAT(fit(published_lengths, {"--rule", "fast"}).err,
              HasSubstr("neither fastest nor additive"));
  EXPECT_THAT(fit(published_lengths, {"--hp-prefactor", "30"}).err, HasSubstr("neither 32 nor 16"));
  EXPECT_THAT(fit(published_lengths, {"--kink", "287"}).err, HasSubstr("--kink"));
  EXPECT_THAT(fit(published_lengths, {"--kink", "287 C"}).out,
              HasSubstr("560.15 K            given"));
  EXPECT_EQ(fit(published_lengths).status, 0);  // its own file may be written again
  test::put(parameters(), io::read_file(parameters()) +
                              "[relaxation]\ntime = \"10 h\"\nTg = \"317 C\"\ntau_g = \"76 s\"\n");
  EXPECT_THAT(fit(published_lengths).err, HasSubstr("this fit would lose it"));
  EXPECT_EQ(fit(published_lengths, {"--assume", parameters()}).status, 0);
  EXPECT_TRUE(read_alloy_file(parameters()).parameters.best.calorimetry);
  test::put(parameters(), "# mine\n");
  EXPECT_THAT(fit(published_lengths).err, HasSubstr("no fit has written it"));
  EXPECT_EQ(io::read_file(parameters()), "# mine\n");
}

}  // namespace
}  // namespace vitreous::cli
