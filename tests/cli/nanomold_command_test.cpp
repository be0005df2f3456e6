// `vitreous nanomold` as its user meets it: what the paper prints from one file of parameters,
// errors carried through, mistakes pointed at.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/json_quantity.hpp"
#include "cli/nanomold/alloy_file.hpp"
#include "cli/run_command.hpp"
#include "io/csv.hpp"
#include "io/scratch_folder.hpp"

namespace vitreous::cli {
namespace {

using test::json_quantity;
using test::json_value;
using test::Outcome;
using test::vitreous_command;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string nickel = VITREOUS_EXAMPLES "/liu2023/ni-bmg.toml";

class NanomoldCommand : public testing::Test {
 protected:
  Outcome run(std::vector<std::string> words, const std::string& parameters = nickel) {
    words.insert(words.begin(), "nanomold");
    words.insert(words.end(), {"--parameters", parameters});
    return vitreous_command(words);
  }
  /// The least that a file must hold, and `more`.
  std::string write(const std::string& more = "",
                    const std::string& viscosity = default_viscosity) {
    const std::string path = folder_ / "alloy.toml";
    test::put(path,
              "[alloy]\natomic_volume = \"12.4 A^3\"\n[viscosity]\n" + viscosity +
                  "[interface]\nD0 = \"1.4e-3 m^2/s\"\nQ = \"1.58 eV\"\ndelta = \"0.29 nm\"\n" +
                  more);
    return path;
  }
  static constexpr const char* default_viscosity =
      "eta0 = \"3.4e-5 Pa s\"\nB = \"5581 K\"\nT0 = \"413 K\"\n";

  test::ScratchFolder folder_;
};

TEST_F(NanomoldCommand, TellsTheCriticalSizeBesideThePublishedOne) {
  const auto told = run({"critical-size", "--temperature", "287 C"});
  EXPECT_EQ(told.status, 0);
  EXPECT_THAT(told.out, AllOf(HasSubstr("prefactor 32 (as published)"),
                              HasSubstr("capillarity off"), HasSubstr("d_c (temperature = 287 C)"),
                              HasSubstr("100.68 nm"), HasSubstr("published 97 nm")));
  EXPECT_THAT(told.err, AllOf(HasSubstr("no errors"), HasSubstr("next: vitreous nanomold length")));
  // What lengths fix comes before what needs delta.
  EXPECT_LT(told.out.find("delta_D_I"), told.out.find("\nD_I"));
}

TEST_F(NanomoldCommand, TellsTheSameAsJson) {
  const auto all = run({"critical-size", "--json"});
  for (const auto& [C, d_c] :
       {std::pair{317, 20.294685297}, std::pair{297, 54.259442634}, std::pair{267, 85.025841545}})
    EXPECT_NEAR(json_value(all.out, "d_c", fmt::format("temperature = {} C", C)), d_c, 1e-6);
  EXPECT_EQ(json_quantity(all.out, "d_c", "temperature = 297 C")["reference"]["value"], 62.0);
}

TEST_F(NanomoldCommand, TellsLengthsWithTheirMechanism) {
  const auto told = run({"length", "--diameter", "20 nm", "--diameter", "120 nm", "--temperature",
                         "297 C", "--json"});
  const std::string where =
      "temperature = 297 C, diameter = {} nm, pressure = 1.25 GPa, time = 36000 s";
  const auto thin = json_quantity(told.out, "L", fmt::format(fmt::runtime(where), 20));
  EXPECT_NEAR(thin["value"].get<double>(), 353.6297934, 1e-6);
  EXPECT_EQ(thin["reason"], "interface diffusion");
  const auto thick = json_quantity(told.out, "L", fmt::format(fmt::runtime(where), 120));
  EXPECT_NEAR(thick["value"].get<double>(), 474.8233840, 1e-6);
  EXPECT_EQ(thick["reason"], "viscous flow");
}

TEST_F(NanomoldCommand, TellsWhatTheMapShows) {
  const auto told = run({"map", "--json"});
  EXPECT_NEAR(json_value(told.out, "largest_d_c"), 100.68, 0.005);
  EXPECT_NEAR(json_value(told.out, "T_of_largest_d_c"), 287.0, 1e-6);
  EXPECT_NEAR(json_value(told.out, "T_of_d_c", "d_c = 10 nm"), 100.342, 5e-4);
  EXPECT_EQ(json_quantity(told.out, "largest_d_c")["reason"], nullptr);
  EXPECT_THAT(run({"map", "--below", "1 nm"}).out, HasSubstr("refused"));
  EXPECT_THAT(run({"map", "--to", "250 C"}).out, HasSubstr("at the hot edge of the map"));
  EXPECT_THAT(run({"map", "--from", "300 C"}).out, HasSubstr("at the cold edge of the map"));
  EXPECT_THAT(run({"map", "--from", "300 C", "--to", "200 C"}).err, HasSubstr("is not below --to"));
}

TEST_F(NanomoldCommand, TellsBothGlassTransitionsAndTheBreakdown) {
  const auto told = run({"transitions", "--json"});
  EXPECT_NEAR(json_value(told.out, "T_bulk"), 288.001, 5e-4);
  EXPECT_NEAR(json_value(told.out, "T_interface"), 254.002, 5e-4);
  EXPECT_NEAR(json_value(told.out, "T_SER", "tangent"), 408.006, 5e-4);
  EXPECT_NEAR(json_value(told.out, "fragility"), 45.54, 5e-3);
  EXPECT_EQ(json_quantity(told.out, "T_SER", "crossing")["status"], "refused");
  // A longer experiment sees colder transitions.
  EXPECT_LT(json_value(run({"transitions", "--time", "100 h", "--json"}).out, "T_bulk"), 288.0);
}

TEST_F(NanomoldCommand, TellsTheCompositionOfAMeasuredTip) {
  const auto told =
      run({"composition", "--temperature", "297 C", "--tip", "0.80 +- 0.02", "--json"});
  EXPECT_NEAR(json_value(told.out, "Pe"), 1.969, 5e-4);
  EXPECT_NEAR(json_value(told.out, "ratio"), 2.037, 5e-4);
  EXPECT_NEAR(json_value(told.out, "share", "z/L = 1"), 0.80, 1e-8);
  EXPECT_NEAR(json_quantity(told.out, "share", "z/L = 1")["standard_error"].get<double>(), 0.02,
              1e-5);
  EXPECT_NEAR(json_value(told.out, "radial_fourier_number"), 1.03, 5e-3);
  EXPECT_NEAR(json_value(told.out, "onset_share"), 0.6623, 5e-5);
  EXPECT_NEAR(json_value(told.out, "crystalline_from", "time of the experiment"), 0.5, 1e-3);
  EXPECT_THAT(run({"composition"}).err, HasSubstr("at one temperature"));
}

TEST_F(NanomoldCommand, CarriesErrorsThroughByTheirCovariance) {
  // ln eta0, B and T0 as three viscosities leave them: alone each is vague, together they are not.
  const std::string more =
      "[covariance]\nof = [\"viscosity.ln_eta0\", \"viscosity.B\"]\n"
      "matrix = [[4.0, -600.0], [-600.0, 90400.0]]\n";
  const auto file = read_alloy_file(write(more)).parameters;
  ASSERT_EQ(file.names.size(), 2u);
  const auto told = run({"critical-size", "--temperature", "327 C", "--json"}, write(more));
  const auto eta = json_quantity(told.out, "eta");
  // var ln eta = 4 - 2 600 g + 90400 g^2 with g = 1/(T - T0); d_c goes as its cube root.
  const double g = 1.0 / (600.15 - 413.0);
  const double relative = std::sqrt(4.0 - 1200.0 * g + 90400.0 * g * g);
  EXPECT_NEAR(eta["standard_error"].get<double>() / eta["value"].get<double>(), relative, 1e-6);
  const auto d_c = json_quantity(told.out, "d_c");
  EXPECT_NEAR(d_c["standard_error"].get<double>() / d_c["value"].get<double>(), relative / 3.0,
              1e-6);
}

TEST_F(NanomoldCommand, CarriesErrorsOfTransitionsByDrawing) {
  const auto file = write(
      "[bulk]\nR = \"0.13 nm\"\n[relaxation]\nTg = \"317 +- 2 C\"\ntau_g = \"76 s\"\ntime = \"10 "
      "h\"\n");
  const auto told = run({"transitions", "--json"}, file);
  const auto T = json_quantity(told.out, "T_bulk");
  // B/(T - T0) = B/(Tg - T0) + const: dT/dTg = ((T - T0)/(Tg - T0))^2.
  const double slope = std::pow((T["value"].get<double>() + 273.15 - 413.0) / (590.15 - 413.0), 2);
  // A standard deviation of 1000 draws is known to 2.2 %: four of these.
  EXPECT_NEAR(T["standard_error"].get<double>(), 2.0 * slope, 0.09 * 2.0 * slope);
  EXPECT_THAT(T["how"]["interval_68"].get<std::string>(), HasSubstr(" to "));
  EXPECT_EQ(run({"transitions", "--json"}, file).out, told.out);  // draws are the same each time
}

TEST_F(NanomoldCommand, AnErrorOfDeltaMovesDAndNotTheProduct) {
  const auto path = folder_ / "product.toml";
  test::put(path,
            "[alloy]\natomic_volume = \"12.4 A^3\"\n[viscosity]\n" +
                std::string(default_viscosity) +
                "[interface]\nln_delta_D0 = -28.5\nQ = \"1.58 eV\"\ndelta = \"0.30 +- 0.03 nm\"\n");
  const auto of_product = run({"critical-size", "--temperature", "327 C", "--json"}, path);
  EXPECT_EQ(json_quantity(of_product.out, "delta_D_I")["standard_error"], 0.0);
  EXPECT_EQ(json_quantity(of_product.out, "d_c")["standard_error"], 0.0);
  const auto D = json_quantity(of_product.out, "D_I");
  EXPECT_NEAR(D["standard_error"].get<double>() / D["value"].get<double>(), 0.1, 1e-6);
  // The other way round where D0 itself is what is known.
  test::put(path,
            "[alloy]\natomic_volume = \"12.4 A^3\"\n[viscosity]\n" +
                std::string(default_viscosity) +
                "[interface]\nD0 = \"1e-3 m^2/s\"\nQ = \"1.58 eV\"\ndelta = \"0.30 +- 0.03 nm\"\n");
  const auto of_D = run({"critical-size", "--temperature", "327 C", "--json"}, path);
  const auto product = json_quantity(of_D.out, "delta_D_I");
  EXPECT_NEAR(product["standard_error"].get<double>() / product["value"].get<double>(), 0.1, 1e-6);
  EXPECT_NEAR(json_quantity(of_D.out, "D_I")["standard_error"].get<double>() /
                  json_quantity(of_D.out, "D_I")["value"].get<double>(),
              0.0, 1e-9);
}

TEST_F(NanomoldCommand, TellsTheMinimumUnderTheAdditiveRule) {
  const auto told = run({"critical-size", "--temperature", "327 C", "--json"},
                        write("[model]\nrule = \"additive\"\nhp_prefactor = 16\n"));
  EXPECT_NEAR(json_value(told.out, "d_min") / json_value(told.out, "d_c"), 0.7937, 1e-4);
  EXPECT_THAT(told.out, HasSubstr("prefactor 16 (the integral of the flow law)"));
}

struct Mistake {
  const char* more;
  const char* message;
};

TEST_F(NanomoldCommand, PointsAtMistakesOfTheFile) {
  for (const auto& [more, message] : std::vector<Mistake>{
           {"[bulk]\nD_0 = \"1 m^2/s\"\n", "[bulk] has no key \"D_0\""},
           {"[bulk]\nD_0 = \"1 m^2/s\"\n", "try: D0"},
           {"[bulc]\n", "has no key \"bulc\""},
           {"[bulk]\nR = \"0.13 K\"\n", "\"0.13 K\" is a temperature, not a length"},
           {"[bulk]\nR = 0.13\n", "0.13 has no unit"},
           {"[bulk]\nQ = \"3 eV\"\n", "bulk.D0: is missing"},
           {"[relaxation]\nTg = \"100 C\"\ntau_g = \"76 s\"\n", "does not lie above T0 = 413 K"},
           {"[model]\nhp_prefactor = 30\n", "is neither 32 nor 16"},
           {"[model]\nrule = \"fast\"\n", "is not one of fastest, additive"},
           {"[covariance]\nof = [\"viscosity.C\"]\nmatrix = [[1.0]]\n", "no parameter viscosity.C"},
           {"[covariance]\nof = [\"viscosity.B\"]\nmatrix = [[1.0, 2.0]]\n", "1 rows of 1 numbers"},
           {"[covariance]\nof = [\"viscosity.B\", \"viscosity.T0\"]\nmatrix = [[1.0, 2.0], [2.0, "
            "1.0]]\n",
            "is no covariance"},
           {"[[molding]]\ntemperature = \"287 C\"\npressure = \"1 GPa\"\n", "lacks `time`"}}) {
    const auto told = run({"critical-size", "--temperature", "327 C"}, write(more));
    EXPECT_EQ(told.status, 2) << more;
    EXPECT_THAT(told.err, HasSubstr(message)) << more;
  }
}

TEST_F(NanomoldCommand, PointsAtMistakesOfTheCommandLine) {
  const auto at = [&](const std::string& T) {
    return run({"critical-size", "--temperature", T}, write());
  };
  EXPECT_THAT(at("120 C").err, HasSubstr("393.15 K (120.00 C) is not above T0 = 413.00 K"));
  EXPECT_EQ(at("120 C").status, 2);
  EXPECT_THAT(at("287 nm").err, HasSubstr("\"287 nm\" is a length, not a temperature"));
  EXPECT_THAT(run({"critical-size"}, write()).err, HasSubstr("tells of no experiment"));
  EXPECT_THAT(run({"length", "--diameter", "20 nm", "--temperature", "327 C"}, write()).err,
              HasSubstr("pressure at 327 C"));
  EXPECT_THAT(run({"transitions"}, write()).err, HasSubstr("does not give the calorimetric Tg"));
  EXPECT_THAT(run({"length", "--diameter", "-20 nm"}).err, HasSubstr("is not positive"));
  EXPECT_THAT(run({"critical-size"}, folder_ / "none.toml").err, HasSubstr("none.toml"));
}

TEST_F(NanomoldCommand, TakesCapillarityWhereAsked) {
  const auto file =
      write("[capillarity]\nsurface_tension = \"1 N/m\"\ncontact_angle = \"120 deg\"\n");
  EXPECT_THAT(run({"critical-size", "--temperature", "327 C"}, file).err, HasSubstr("--pressure"));
  const auto on =
      run({"critical-size", "--temperature", "327 C", "--pressure", "1 GPa", "--json"}, file);
  const auto off = run({"critical-size", "--temperature", "327 C", "--json"}, write());
  EXPECT_THAT(on.out, HasSubstr("capillarity on"));
  EXPECT_GT(json_value(on.out, "d_c"), json_value(off.out, "d_c"));
}

}  // namespace
}  // namespace vitreous::cli
