// `vitreous nucleation` as its user meets it: quantities with units and errors in, nuclei out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/json_quantity.hpp"
#include "cli/run_command.hpp"
#include "io/csv.hpp"
#include "io/scratch_folder.hpp"

namespace vitreous::cli {
namespace {

using test::json_quantity;
using test::vitreous_command;
using testing::AllOf;
using testing::HasSubstr;

std::vector<std::string> CuZr(const std::vector<std::string>& more) {
  std::vector<std::string> words = {"nucleation", "--temperature", "700 K",    "--melting",
                                    "934.85 °C",  "--volume",      "17.35 A^3"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

double number(const nlohmann::json& quantity) { return quantity["value"].get<double>(); }

TEST(NucleationCommand, TellsTheNucleusByEveryForm) {
  const auto run = vitreous_command(
      CuZr({"--alpha", "0.86(2)", "--heat", "12(1) kJ/mol", "--domain", "1 nm..2 nm", "--json"}));
  EXPECT_EQ(run.status, 0);
  const auto d = json_quantity(run.out, "thompson_spaepen.d_star");
  EXPECT_NEAR(number(d), 2.886, 0.005);
  EXPECT_EQ(d["unit"], "nm");
  // d* goes with alpha, and the heat of fusion cancels.
  EXPECT_NEAR(d["standard_error"].get<double>() / number(d), 0.02 / 0.86, 1e-6);
  const auto W = json_quantity(run.out, "linear.W_star_kT");
  EXPECT_NEAR(W["standard_error"].get<double>() / number(W),
              std::hypot(3.0 * 0.02 / 0.86, 1.0 / 12.0), 1e-5);
  EXPECT_LT(number(json_quantity(run.out, "thompson_spaepen.domain_to_over_d_star")), 1.0);
  EXPECT_EQ(json_quantity(run.out, "full.d_star")["status"], "refused");
}

TEST(NucleationCommand, MakesNoErrorOfAnInputThatCancels) {
  // alpha is exact and the heat of fusion cancels in a size, but not in a barrier.
  const auto run = vitreous_command(CuZr({"--alpha", "0.86", "--heat", "12(1) kJ/mol", "--json"}));
  for (const char* form : {"linear", "thompson_spaepen", "hoffman"}) {
    const std::string name = form;
    EXPECT_EQ(json_quantity(run.out, name + ".d_star")["standard_error"], 0.0) << form;
    const auto W = json_quantity(run.out, name + ".W_star");
    EXPECT_NEAR(W["standard_error"].get<double>() / number(W), 1.0 / 12.0, 1e-6) << form;
  }
}

TEST(NucleationCommand, TellsWhatAPublishedSizeNeeds) {
  const auto run =
      vitreous_command(CuZr({"--published", "2.88 nm", "--heat", "10.6(5) kJ/mol", "--json"}));
  EXPECT_NEAR(number(json_quantity(run.out, "linear.sigma_over_H_if_diameter")), 0.3028, 1e-4);
  EXPECT_NEAR(number(json_quantity(run.out, "thompson_spaepen.alpha_if_radius")), 1.72, 0.005);
  const auto sigma = json_quantity(run.out, "linear.sigma_if_diameter");
  EXPECT_NEAR(number(sigma), 0.307, 0.001);
  EXPECT_NEAR(sigma["standard_error"].get<double>() / number(sigma), 0.5 / 10.6, 1e-6);
}

TEST(NucleationCommand, WritesCurvesAndAFigure) {
  const test::ScratchFolder folder;
  const auto out = folder / "nucleus";
  const auto run = vitreous_command(CuZr(
      {"--sigma", "0.25 J/m^2", "--heat", "12 kJ/mol", "--delta-cp", "8 J/(mol K)", "--out", out}));
  EXPECT_EQ(run.status, 0) << run.err;
  for (const char* file : {"results.json", "nucleation.svg", "nucleation.png"})
    EXPECT_GT(std::filesystem::file_size(out + "/" + file), 100u) << file;
  const auto curve = io::read_csv(out + "/nucleation_curve.csv");
  EXPECT_EQ(curve.rows(), 404u);
  EXPECT_EQ(curve.columns.at(2).unit, "nm");
}

TEST(NucleationCommand, NamesWhatIsMissingOrWrong) {
  EXPECT_THAT(vitreous_command(CuZr({})).err, HasSubstr("what the interface costs was not told"));
  EXPECT_THAT(vitreous_command(CuZr({"--sigma", "0.2 J/m^2"})).err,
              HasSubstr("--sigma needs --heat"));
  EXPECT_THAT(vitreous_command(CuZr({"--alpha", "0.86", "--heat", "12 kJ"})).err,
              HasSubstr("try: --heat \"12 kJ/mol\""));
  EXPECT_THAT(vitreous_command(CuZr({"--alpha", "0.86", "--heat", "12 nm"})).err,
              AllOf(HasSubstr("--heat"), HasSubstr("not an energy")));
  EXPECT_THAT(vitreous_command(CuZr({"--alpha", "-1"})).err, HasSubstr("is not positive"));
  const auto hot = vitreous_command({"nucleation", "--temperature", "1300 K", "--melting", "1208 K",
                                     "--volume", "17.35 A^3", "--alpha", "0.86"});
  EXPECT_EQ(hot.status, 2);
  EXPECT_THAT(hot.err, HasSubstr("1300 K is not below the melting point"));
}

}  // namespace
}  // namespace vitreous::cli
