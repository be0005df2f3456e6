// `vitreous fit` as its user meets it: tables in, quantities with errors out, refusals and
// mistakes.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/constants.hpp"
#include "cli/json_quantity.hpp"
#include "cli/run_command.hpp"
#include "io/scratch_folder.hpp"

namespace vitreous::cli {
namespace {

using test::json_quantity;
using test::json_value;
using test::vitreous_command;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

double D_of(double T) { return std::exp(-16.36 - 0.432 / (base::boltzmann * T)); }

/// As `analyze` and `run` write it: species, replicas, states, a refused row.
std::string diffusion_csv() {
  std::string csv = "temperature_K,replica,species,D_m2_per_s,D_m2_per_s_se,state,reason\n";
  for (const double T : {2000.0, 1600.0, 1300.0, 1000.0})
    for (int replica = 1; replica <= 3; ++replica)
      for (const auto& [species, factor] : {std::pair{"Cu", 1.3}, std::pair{"all", 1.0}}) {
        const double D = factor * D_of(T) * (1.0 + 0.02 * (replica - 2));
        csv += fmt::format("{},{},{},{},{},equilibrium,\n", T, replica, species, D, 0.04 * D);
      }
  csv += "700,1,all,1e-13,1e-14,glass,4 ns is 0.7 tau_alpha\n";
  csv += "640,1,all,,,refused,6Dt stays below the cage\n";
  return csv;
}

class FitCommand : public testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& text) {
    test::put(folder_ / name, text);
    return folder_ / name;
  }
  std::string table() { return write("diffusion.csv", diffusion_csv()); }

  test::ScratchFolder folder_;
};

TEST_F(FitCommand, PrintsQuantitiesWithErrorsAndWhatWasLeftOut) {
  const auto fit = vitreous_command({"fit", "arrhenius", table()});
  EXPECT_EQ(fit.status, 0);
  EXPECT_THAT(fit.out, AllOf(StartsWith("arrhenius of D, 4 points\n"), HasSubstr("Q "),
                             HasSubstr("eV"), HasSubstr("jackknife of 3 whole replicas"),
                             HasSubstr("700 K    state is glass (4 ns is 0.7 tau_alpha"),
                             HasSubstr("640 K    refused: 6Dt stays below the cage")));
  EXPECT_THAT(fit.err, AllOf(HasSubstr("note: species = all (of Cu, all)"),
                             HasSubstr("next: vitreous fit vft ")));
}

TEST_F(FitCommand, WritesTheSameAsJson) {
  const auto fit = vitreous_command({"fit", "arrhenius", table(), "--json", "--where", "species=Cu",
                                     "--where", "temperature=1300K..2000K"});
  const auto Q = json_quantity(fit.out, "Q"), ln_D0 = json_quantity(fit.out, "ln_D0");
  EXPECT_NEAR(Q["value"].get<double>(), 0.432, 1e-9);
  EXPECT_NEAR(ln_D0["value"].get<double>(), -16.36 + std::log(1.3), 1e-8);
  EXPECT_EQ(Q["status"], "ok");
  EXPECT_EQ(Q["law"], "arrhenius");
  EXPECT_EQ(Q["of"], "D");
  EXPECT_EQ(Q["n"], 3);
  EXPECT_EQ(Q["where"], "species=Cu, temperature=1300K..2000K");
  // Replicas that differ by common factors: +-2 % of ln D0, sd 0.02/sqrt(3) times Student's 1.32.
  EXPECT_NEAR(ln_D0["standard_error"].get<double>(), 0.02 / std::sqrt(3.0) * 1.3213, 1e-4);
}

TEST_F(FitCommand, TakesOptionsOfTheLaw) {
  const auto fit = vitreous_command({"fit", "arrhenius", table(), "--weights", "none", "--where",
                                     "replica=1", "--where", "temperature=1000K.."});
  EXPECT_THAT(fit.out, AllOf(HasSubstr("unweighted"), HasSubstr("4 points")));
  const auto wrong = vitreous_command({"fit", "arrhenius", table(), "--weights", "some"});
  EXPECT_EQ(wrong.status, 2);
  EXPECT_THAT(wrong.err, HasSubstr("\"some\" is not one of errors, none"));
  const auto other = vitreous_command({"fit", "arrhenius", table(), "--glass-from", "500K"});
  EXPECT_EQ(other.status, 2);
  EXPECT_THAT(other.err, HasSubstr("arrhenius has no option \"glass_from\""));
}

TEST_F(FitCommand, ARefusedFitIsAResult) {
  const auto fit =
      vitreous_command({"fit", "arrhenius", table(), "--where", "temperature=600K..1300K"});
  EXPECT_EQ(fit.status, 0);
  EXPECT_THAT(fit.out,
              AllOf(StartsWith("refused: fit of "),
                    HasSubstr("(arrhenius of D): 2 usable points, 3 needed for a line"),
                    HasSubstr("\n  700 K    state is glass (4 ns is 0.7 tau_alpha; one replica"),
                    HasSubstr("\n  640 K    refused: 6Dt stays below the cage"),
                    HasSubstr("try: --state glass")));
  const auto json = vitreous_command(
      {"fit", "arrhenius", table(), "--json", "--where", "temperature=600K..1300K"});
  const auto Q = json_quantity(json.out, "Q");
  EXPECT_EQ(Q["status"], "refused");
  EXPECT_TRUE(Q["value"].is_null());
}

TEST_F(FitCommand, SuggestsTheNearestColumn) {
  const auto file = write("d.csv", "T_K,Diff_m2_per_s\n1000,1e-10\n1200,2e-10\n1400,4e-10\n");
  const auto fit = vitreous_command({"fit", "arrhenius", file, "--y", "Dif"});
  EXPECT_EQ(fit.status, 2);
  EXPECT_THAT(fit.err, AllOf(HasSubstr("there is no column \"Dif\""),
                             HasSubstr("its columns are T, Diff"), HasSubstr("try: --y Diff")));
  EXPECT_EQ(fit.out, "");
}

TEST_F(FitCommand, ReadsTablesOfOthers) {
  std::string csv = "T (K)\tD (cm^2/s)\n";
  for (const double T : {1000, 1200, 1400, 1600}) csv += fmt::format("{}\t{}\n", T, 1e4 * D_of(T));
  const auto fit = vitreous_command({"fit", "arrhenius", write("other.tsv", csv), "--json"});
  EXPECT_NEAR(json_value(fit.out, "ln_D0"), -16.36, 1e-8);
  EXPECT_EQ(json_quantity(fit.out, "D0")["unit"], "m^2/s");
}

/// As a study's diffusion.csv is: replicas combined, refused rows kept. `dof` behind every error.
std::string stage_table(const std::string& dof) {
  std::string csv =
      "temperature_K,species,D_m2_per_s,D_m2_per_s_se,D_dof,D_upper_bound_m2_per_s,state,remark\n";
  for (const double T : {2000.0, 1700.0, 1400.0, 1100.0})
    csv += fmt::format("{},all,{},{},{},,equilibrium,\n", T, D_of(T), 0.05 * D_of(T), dof);
  csv += "800,all,3e-13,2e-14,,,glass,\"4 ns is 0.7 tau_alpha; 3 of 4 replicas\"\n";
  csv += "700,all,,,,2e-13,upper_bound,upper bound only: 6Dt stays below the cage\n";
  return csv + "600,all,,,,,refused,no lag beyond fit_from\n";
}

TEST_F(FitCommand, LeavesOutTheRefusedRowsOfAStagesTable) {
  const auto fit = vitreous_command({"fit", "arrhenius", write("d.csv", stage_table(""))});
  EXPECT_THAT(fit.out,
              AllOf(StartsWith("arrhenius of D, 4 points\n"),
                    HasSubstr("800 K    state is glass (4 ns is 0.7 tau_alpha; 3 of 4 replicas);"),
                    HasSubstr("700 K    upper bound only: 6Dt stays below the cage\n"),
                    HasSubstr("600 K    refused: no lag beyond fit_from\n")));
}

TEST_F(FitCommand, TakesTheDegreesOfFreedomThatATableTells) {
  const auto Q_with = [&](const std::string& dof) {
    const auto file = write("d.csv", stage_table(dof));
    return json_quantity(vitreous_command({"fit", "arrhenius", file, "--json"}).out, "Q");
  };
  const auto known = Q_with(""), surely = Q_with("1e9"), hardly = Q_with("8");
  const auto error = [](const nlohmann::json& Q) { return Q["standard_error"].get<double>(); };
  EXPECT_EQ(known["how"]["error"], "from the errors of the points");
  EXPECT_THAT(hardly["how"]["error"].get<std::string>(), HasSubstr("their own uncertainty"));
  EXPECT_NEAR(error(surely), error(known), 1e-8 * error(known));
  // Each point's share in the covariance grows by 1 + 4 (1 - leverage)/dof at most.
  EXPECT_GT(error(hardly), 1.01 * error(known));
  EXPECT_LT(error(hardly), std::sqrt(1.5) * error(known));
}

TEST_F(FitCommand, WantsUnitsOfTemperature) {
  const auto file = write("bare.csv", "T,D_m2_per_s\n1000,1e-10\n1200,2e-10\n1400,4e-10\n");
  const auto fit = vitreous_command({"fit", "arrhenius", file});
  EXPECT_EQ(fit.status, 2);
  EXPECT_THAT(fit.err, AllOf(HasSubstr("has no unit"), HasSubstr("T_K")));
}

TEST_F(FitCommand, NamesAColumnThatEndsInNoUnit) {
  const auto file = write("far.csv", "T_K,D_furlong\n1000,1e-10\n1200,2e-10\n1400,4e-10\n");
  const auto fit = vitreous_command({"fit", "arrhenius", file});
  EXPECT_EQ(fit.status, 2);
  EXPECT_THAT(fit.err, AllOf(HasSubstr("D_furlong: ends in no unit that is known"),
                             HasSubstr("D_m2_per_s")));
}

TEST_F(FitCommand, SaysThatBareNumbersAreFittedAsSuch) {
  const auto file = write("bare.csv", "T_K,D\n1000,1e-10\n1200,2e-10\n1400,4e-10\n");
  const auto fit = vitreous_command({"fit", "arrhenius", file, "--json"});
  EXPECT_EQ(fit.status, 0);
  EXPECT_THAT(fit.err, HasSubstr("note: D has no unit in its header"));
  EXPECT_EQ(json_quantity(fit.out, "D0")["unit"], "1");
}

TEST_F(FitCommand, RefusesToMixSpecies) {
  std::string csv = "temperature_K,species,D_m2_per_s\n";
  for (const double T : {1000, 1200, 1400})
    csv += fmt::format("{},Cu,{}\n{},Zr,{}\n", T, D_of(T), T, 0.7 * D_of(T));
  const auto fit = vitreous_command({"fit", "arrhenius", write("two.csv", csv)});
  EXPECT_EQ(fit.status, 2);
  EXPECT_THAT(fit.err, AllOf(HasSubstr("holds several: Cu, Zr"), HasSubstr("--where species=Cu")));
}

TEST_F(FitCommand, NamesConditionsThatCannotBeMet) {
  const auto none = vitreous_command({"fit", "arrhenius", table(), "--where", "temperature=5000K"});
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.err, HasSubstr("no row is left by --where temperature=5000K"));
  const auto unit = vitreous_command({"fit", "arrhenius", table(), "--where", "temperature=5 eV"});
  EXPECT_EQ(unit.status, 2);
  EXPECT_THAT(unit.err, HasSubstr("temperature=5 eV"));
  const auto name = vitreous_command({"fit", "arrhenius", table(), "--where", "temperatur=1000K"});
  EXPECT_EQ(name.status, 2);
  EXPECT_THAT(name.err, HasSubstr("--where temperature=..."));
}

TEST_F(FitCommand, FindsTgOfARampsTableWithItsReplicas) {
  std::string csv = "replica,target_K,temperature_K,V_angstrom3_per_atom,H_eV_per_atom\n";
  for (int replica = 1; replica <= 3; ++replica)
    for (double T = 1000; T >= 440; T -= 20) {
      const double Tg = 680 + 6 * (replica - 2);
      const double bend = (T > Tg ? 2.0 : 1.0) * (T - Tg);
      csv += fmt::format("{},{},{},{},{}\n", replica, T, T + 0.01 * replica, 17 + 8e-4 * bend,
                         -5 + 3e-4 * bend);
    }
  const auto file = write("ramp.csv", csv);
  for (const char* y : {"V", "H"}) {
    const auto fit = vitreous_command({"fit", "glass_transition", file, "--y", y, "--json"});
    EXPECT_NEAR(json_value(fit.out, "Tg"), 680.0, 0.1);
    // 6 K/sqrt(3) times Student's 1.32; the lines are exact, so that windows do not matter.
    EXPECT_NEAR(json_quantity(fit.out, "Tg")["standard_error"].get<double>(),
                6 / std::sqrt(3.0) * 1.3213, 0.05);
  }
}

TEST_F(FitCommand, TellsWhereThePointsLieBesideTheWindows) {
  std::string csv = "T_K,V_angstrom3_per_atom\n";
  for (int T = 1200; T <= 1800; T += 100) csv += fmt::format("{},{}\n", T, 17 + 1e-3 * T);
  const auto fit = vitreous_command({"fit", "glass_transition", write("hot.csv", csv)});
  EXPECT_EQ(fit.status, 0);
  EXPECT_THAT(fit.out,
              AllOf(HasSubstr("fewer than 3 temperatures in the glass's window"),
                    HasSubstr("the points lie at 1200 to 1800 K"), HasSubstr("try: --glass-from")));
}

TEST_F(FitCommand, NamesTheTablesOfAFolder) {
  table();
  write("other.csv", "T_K,V_angstrom3\n1000,17\n");
  write("damaged.csv", "T_K,D_m2_per_s\n1000,many\n");
  const auto fit = vitreous_command({"fit", "arrhenius", std::string(folder_ / "")});
  EXPECT_EQ(fit.status, 2);
  EXPECT_THAT(fit.err, AllOf(HasSubstr("is a folder, and a fit takes one table"),
                             HasSubstr("try: vitreous fit arrhenius "), HasSubstr("diffusion.csv"),
                             Not(HasSubstr("other.csv"))));
}

TEST_F(FitCommand, FitsTheProductOfTwoColumns) {
  std::string csv = "temperature_K,D_m2_per_s,D_m2_per_s_se,tau_alpha_ps,tau_alpha_ps_se\n";
  for (const double T : {1000, 1200, 1400, 1600})
    csv += fmt::format("{},{},{},{},{}\n", T, D_of(T), 0.03 * D_of(T), 3e-8 / D_of(T),
                       0.04 * 3e-8 / D_of(T));
  const auto fit = vitreous_command({"fit", "stokes_einstein", write("d.csv", csv), "--json"});
  EXPECT_NEAR(json_value(fit.out, "D_tau"), 3.0, 1e-9);
  EXPECT_NEAR(json_value(fit.out, "growth"), 1.0, 1e-9);
}

TEST_F(FitCommand, TellsHowItReadATableOfAnExperimentAndFitsItsKink) {
  std::string csv = "T (°C);D (10⁻⁹ m²/s);D_sd;n\n";
  for (const double T : {900, 840, 780, 730, 680, 640, 590, 560, 530, 500, 480, 460}) {
    const double Q = T > 600.0 ? 0.43 : 0.81;
    const double D = std::exp(-Q / base::boltzmann * (1.0 / T - 1.0 / 600.0));
    csv += fmt::format("{:.2f};{:.12e};{:.4e};9\n", T - 273.15, D, 0.2 * D);
  }
  std::replace(csv.begin(), csv.end(), '.', ',');
  const auto fit = vitreous_command({"fit", "kink", write("surface.csv", csv), "--json"});
  EXPECT_THAT(fit.err, AllOf(HasSubstr("surface.csv: 12 rows, separator semicolon, decimal comma"),
                             HasSubstr("column 'T (°C)': T, °C -> K, 12 numbers"),
                             HasSubstr("errors from D_sd and n")));
  EXPECT_NEAR(json_value(fit.out, "T_k"), 600.0, 1e-6);
  EXPECT_NEAR(json_value(fit.out, "ln_D0_cold"), std::log(1e-9) + 0.81 / (base::boltzmann * 600.0),
              1e-6);
}

TEST_F(FitCommand, TakesTheFirstNumbersOfATableForALawOfAnyX) {
  std::string csv = "who,d [nm],L/nm,L_se\n";
  for (const double d : {10, 20, 40, 80})
    csv += fmt::format("me,{},{},{}\n", d, 350.0 * std::sqrt(20.0 / d), 5);
  const auto out = folder_ / "wires";
  const auto fit = vitreous_command({"fit", "power_law", write("wires.csv", csv), "--reference",
                                     "0.02 um", "--json", "--out", out});
  EXPECT_THAT(fit.err, AllOf(HasSubstr("note: --x d\nnote: --y L\n"), HasSubstr("power_law.png")));
  EXPECT_NEAR(json_value(fit.out, "exponent"), -0.5, 1e-10);
  EXPECT_NEAR(json_value(fit.out, "amplitude"), 350.0, 1e-8);
  EXPECT_EQ(json_quantity(fit.out, "amplitude")["unit"], "nm");
  for (const char* file : {"power_law_curve.csv", "power_law_points.csv", "results.json",
                           "power_law.svg", "power_law.png"})
    EXPECT_GT(std::filesystem::file_size(out + "/" + file), 100u) << file;
  const auto wrong =
      vitreous_command({"fit", "arrhenius", folder_ / "wires.csv", "--x", "d", "--y", "L"});
  EXPECT_EQ(wrong.status, 2);
  EXPECT_THAT(wrong.err, HasSubstr("is in nm, not a temperature"));
}

TEST_F(FitCommand, FindsTheOnsetOfAMeasuredHeatingCurve) {
  std::string csv = "Temp./°C\tDSC/(mW/mg)\n";
  for (double T = 320.0; T <= 420.0; T += 0.5)
    csv += fmt::format("{}\t{:.6f}\n", T,
                       0.2 + 0.05 * std::clamp(T - 380.85, 0.0, 20.0) + 1e-4 * std::sin(7.0 * T));
  const auto file = write("dsc.txt", csv);
  const auto out = folder_ / "onset";
  const auto fit = vitreous_command({"fit", "tangent", file, "--x", "Temp.", "--baseline-from",
                                     "330 °C", "--baseline-to", "370 °C", "--json", "--out", out});
  EXPECT_THAT(fit.err, AllOf(HasSubstr("column 'Temp./°C': Temp., °C -> K, 201 numbers"),
                             HasSubstr("note: --y DSC")));
  EXPECT_NEAR(json_value(fit.out, "T_onset"), 654.0, 0.05);
  EXPECT_GT(std::filesystem::file_size(out + "/tangent.png"), 100u);
  const auto untold = vitreous_command({"fit", "tangent", file, "--x", "Temp."});
  EXPECT_EQ(untold.status, 2);
  EXPECT_THAT(untold.err, HasSubstr("try: --baseline-from"));
}

TEST_F(FitCommand, SuggestsTheNearestLaw) {
  const auto fit = vitreous_command({"fit", "arrenius", table()});
  EXPECT_EQ(fit.status, 2);
  EXPECT_THAT(fit.err, AllOf(HasSubstr("no law is called \"arrenius\""), HasSubstr("arrhenius")));
}

}  // namespace
}  // namespace vitreous::cli
