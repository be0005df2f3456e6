// The [[fit]] blocks of a study on what its branches yielded: points, states, products, reasons.
#include "study/study_fits.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "base/constants.hpp"
#include "study_text.hpp"

namespace vitreous::study {
namespace {

using test::melt_quench_liquid;
using test::study_head;
using testing::HasSubstr;
using testing::Not;

double D_of(double T) { return std::exp(-16.36 - 0.432 / (base::boltzmann * T)); }

core::Reported measured(const std::string& name, double value, const std::string& unit,
                        const std::string& state = "equilibrium") {
  core::Reported reported;
  reported.name = name;
  reported.measured = core::Measured{value, 0.05 * value, unit};
  reported.state = state;
  return reported;
}

core::Reported refused(const std::string& name, const std::string& reason,
                       const std::string& state = "") {
  auto reported = core::Reported::refused(name, reason);
  reported.state = state;
  return reported;
}

class StudyFits : public test::StudyText {
 protected:
  static std::string study(const std::string& fits) {
    std::string text = study_head + melt_quench_liquid;
    const std::string some = "[\"2000 K\", \"1500 K\", \"1000 K\"]";
    text.replace(text.find(some), some.size(),
                 "[\"2000 K\", \"1800 K\", \"1600 K\", \"1400 K\", \"1200 K\", \"1000 K\"]");
    return text + "observe = [\"msd\", \"intermediate_scattering\"]\n" + fits;
  }

  /// The branches that have temperatures, each with what `quantities_of` it tells.
  Fitted fit_study(const std::string& text,
                   const std::function<std::vector<core::Reported>(const Branch&)>& quantities_of) {
    plan_ = read(text);
    std::vector<GatheredBranch> branches;
    for (const auto& branch : plan_.branches) {
      GatheredBranch gathered{&branch, BranchStatus::done, {}, {}};
      if (find_axis(branch.axes, "temperature")) {
        gathered.result.emplace();
        gathered.result->result.quantities = quantities_of(branch);
      }
      branches.push_back(std::move(gathered));
    }
    return study_fits(plan_, branches);
  }

  Fitted fit(const std::string& fits,
             const std::function<std::vector<core::Reported>(double)>& quantities_at) {
    return fit_study(study(fits),
                     [&](const Branch& branch) { return quantities_at(temperature_of(branch)); });
  }

  static double temperature_of(const Branch& branch) {
    return find_axis(branch.axes, "temperature")->value;
  }

  static const StageTable& table(const Fitted& result, const std::string& name) {
    for (const auto& t : result.tables)
      if (t.table.name == name) return t;
    throw std::out_of_range("no table " + name);
  }

  static core::Reported quantity(const Fitted& result, const std::string& name) {
    for (const auto& q : result.quantities)
      if (q.name == name) return q;
    throw std::out_of_range("no quantity " + name);
  }

  Plan plan_;
};

constexpr const char* arrhenius = "[[fit]]\nlaw = \"arrhenius\"\nof = \"liquid.D\"\n";

TEST_F(StudyFits, TellsEveryPointThatItLeftOutAndWhy) {
  const auto result = fit(arrhenius, [](double T) -> std::vector<core::Reported> {
    if (T == 1000.0)
      return {refused("D", "upper bound only: 6Dt stays below the cage", "upper_bound")};
    if (T == 1200.0) {
      auto glass = measured("D", D_of(T), "m^2/s", "glass");
      glass.reason = "state is glass (4 ps is 0.7 tau_alpha)";
      return {glass};
    }
    if (T == 1800.0) return {refused("D", "the motion is not diffusive yet")};
    return {measured("D", D_of(T), "m^2/s")};
  });
  const auto Q = quantity(result, "liquid.Q");
  EXPECT_NEAR(Q.measured.value().value, 0.432, 1e-9);
  EXPECT_EQ(Q.how.at("points"), "2000 K, 1600 K, 1400 K");
  const auto left_out = Q.how.at("left_out");
  EXPECT_THAT(left_out, HasSubstr("1800 K   refused: the motion is not diffusive yet\n"));
  EXPECT_THAT(left_out, HasSubstr("1000 K   upper bound only: 6Dt stays below the cage"));
  EXPECT_THAT(left_out, HasSubstr("1200 K   state is glass (4 ps is 0.7 tau_alpha); one replica"));
  EXPECT_THAT(left_out, HasSubstr("; this fit takes equilibrium points"));
}

TEST_F(StudyFits, WithoutOneValueAreRefusedForTheReasonsOfThePoints) {
  const auto result = fit(arrhenius, [](double) -> std::vector<core::Reported> {
    return {refused("D", "upper bound only: 6Dt stays below the cage", "upper_bound")};
  });
  const auto Q = quantity(result, "liquid.Q");
  EXPECT_EQ(Q.status, core::Status::refused);
  EXPECT_THAT(Q.reason, HasSubstr("0 usable points"));
  EXPECT_THAT(Q.how.at("left_out"), HasSubstr("2000 K   upper bound only"));
  EXPECT_EQ(quantity(result, "liquid.ln_D0").status, core::Status::refused);
}

TEST_F(StudyFits, WithoutABranchThatRanAreNotRun) {
  const auto result =
      fit(std::string(arrhenius) + "compare = { Q = \"0.432(7) eV\", source = \"a paper\" }\n",
          [](double) { return std::vector<core::Reported>{}; });
  EXPECT_EQ(quantity(result, "liquid.Q").status, core::Status::not_run);
}

// Six temperatures, the bend between the third and the fourth.
TEST_F(StudyFits, OfTwoBranchesFindTheirKinkAndCompareIt) {
  const auto result =
      fit("[[fit]]\nlaw = \"kink\"\nof = \"liquid.D\"\nsignificance = 0.01\n"
          "compare = { T_k = \"1480(30) K\", Q_cold = \"1.9(1) eV\" }\n",
          [](double T) -> std::vector<core::Reported> {
            const double Q = T > 1500.0 ? 0.4 : 2.0;
            return {measured("D", 1e-9 * std::exp(-Q / base::boltzmann * (1.0 / T - 1.0 / 1500.0)),
                             "m^2/s")};
          });
  EXPECT_NEAR(quantity(result, "liquid.T_k").measured.value().value, 1500.0, 1e-6);
  EXPECT_NEAR(quantity(result, "liquid.Q_hot").measured.value().value, 0.4, 1e-9);
  EXPECT_NEAR(core::pull(quantity(result, "liquid.Q_cold")).value(), 1.0, 0.3);
  EXPECT_EQ(table(result, "liquid_kink_points").table.rows(), 6u);
}

// As the paper of cage jumps has it: ln Gamma and ln <l^2> are lines that fall with 1/T, Q1 + Q2 =
// Q_D.
TEST_F(StudyFits, OfJumpsGiveTheBarriersOfTheirRateAndOfTheirLength) {
  const auto at = [](double Q, double ln, double T) {
    return std::exp(ln - Q / (base::boltzmann * T));
  };
  std::string text = study(
      "[[fit]]\nname = \"Q1\"\nlaw = \"arrhenius\"\nof = \"liquid.Gamma\"\nstate = \"glass\"\n"
      "[fit.compare]\nQ = \"1.28(4) eV\"\nln_Gamma0 = \"18.1(6)\"\n"
      "[[fit]]\nname = \"Q2\"\nlaw = \"arrhenius\"\nof = \"liquid.l_squared.Cu\"\n"
      "state = \"glass\"\ncompare = { Q = \"0.120(6) eV\", ln_l_squared0 = \"4.1(1)\" }\n"
      "[[fit]]\nname = \"Q_D\"\nlaw = \"arrhenius\"\nof = \"liquid.cage_jumps_2.D_jumps\"\n"
      "state = \"glass\"\n");
  const std::string some = "\"intermediate_scattering\"";
  text.replace(text.find(some), some.size(),
               "{ kind = \"cage_jumps\", window = \"2 ps\" }, "
               "{ kind = \"cage_jumps\", window = \"1 ps\" }");
  const auto result = fit_study(text, [&](const Branch& branch) -> std::vector<core::Reported> {
    const double T = temperature_of(branch);
    return {measured("Gamma", at(1.28, 18.1, T), "1/ns", "glass"),
            measured("l_squared.Cu", at(0.12, 4.1, T), "angstrom^2", "glass"),
            measured("cage_jumps_2.D_jumps", at(1.4, -0.25, T), "m^2/s", "glass")};
  });
  for (const auto& [name, value, unit] : {std::tuple{"Q1.Q", 1.28, "eV"},
                                          {"Q1.ln_Gamma0", 18.1, "1"},
                                          {"Q1.Gamma0", std::exp(18.1), "1/ns"},
                                          {"Q2.Q", 0.12, "eV"},
                                          {"Q2.ln_l_squared0", 4.1, "1"},
                                          {"Q_D.Q", 1.4, "eV"},
                                          {"Q_D.ln_D0", -0.25, "1"}}) {
    const auto found = quantity(result, name);
    ASSERT_TRUE(found.measured) << name << found.reason;
    EXPECT_NEAR(found.measured->value, value, 1e-6 * std::abs(value)) << name;
    EXPECT_EQ(found.measured->unit, unit) << name;
    EXPECT_GT(found.measured->standard_error, 0.0) << name;
  }
  EXPECT_TRUE(quantity(result, "Q2.ln_l_squared0").reference);
}

TEST_F(StudyFits, OfASecondObserverAreOfTheSameQuantity) {
  std::string text = study(
      "[[fit]]\nname = \"both\"\nlaw = \"arrhenius\"\nof = [\"liquid.D\", \"liquid.msd_2.D\"]\n");
  const std::string some = "\"intermediate_scattering\"";
  text.replace(text.find(some), some.size(), "{ kind = \"msd\", q = \"2 1/A\" }");
  const auto result = fit_study(text, [](const Branch& branch) -> std::vector<core::Reported> {
    const double T = temperature_of(branch);
    return {measured("D", D_of(T), "m^2/s"), measured("msd_2.D", 2.0 * D_of(T), "m^2/s")};
  });
  EXPECT_NEAR(quantity(result, "both.ln_D0").measured.value().value, -16.36 + 0.5 * std::log(2.0),
              1e-9);
  EXPECT_EQ(quantity(result, "both.ln_D0").how.at("n"), "12");
  EXPECT_THAT(refusal(study("[[fit]]\nlaw = \"arrhenius\"\nof = \"liquid.msd_2.D\"\n")),
              HasSubstr("liquid yields no \"msd_2.D\""));
}

TEST_F(StudyFits, OfTwoQuantitiesAreOfTheirProduct) {
  const auto result =
      fit("[[fit]]\nlaw = \"stokes_einstein\"\nof = [\"liquid.D\", \"liquid.tau_alpha\"]\n"
          "name = \"se\"\n",
          [](double T) {
            std::vector<core::Reported> both = {measured("D", D_of(T), "m^2/s")};
            both.push_back(T == 1000.0 ? refused("tau_alpha", "too short")
                                       : measured("tau_alpha", 3e-8 / D_of(T), "ps"));
            return both;
          });
  const auto product = quantity(result, "se.D_tau");
  EXPECT_EQ(product.measured.value().unit, "angstrom^2");
  EXPECT_NEAR(product.measured->value, 3.0, 1e-9);
  EXPECT_THAT(product.how.at("left_out"), HasSubstr("1000 K   refused"));
}

TEST_F(StudyFits, PutTheirTablesInTheStageTheyAreOfWhateverTheirNames) {
  const std::string slow =
      "[[stage]]\nname = \"slow\"\nkind = \"hold\"\nfrom = \"quench\"\n"
      "temperature = [\"2000 K\", \"1500 K\", \"1000 K\"]\nduration = \"90 ps\"\n"
      "observe = [\"msd\"]\n";
  const auto result =
      fit_study(study(slow + "[[fit]]\nlaw = \"arrhenius\"\nof = \"liquid.D\"\nname = \"all\"\n" +
                      "[[fit]]\nlaw = \"arrhenius\"\nof = \"slow.D\"\nname = \"all_slow\"\n"),
                [](const Branch& branch) {
                  return std::vector{measured("D", D_of(temperature_of(branch)), "m^2/s")};
                });
  EXPECT_EQ(table(result, "all_arrhenius_points").stage, "liquid");
  EXPECT_EQ(table(result, "all_slow_arrhenius_points").stage, "slow");
  EXPECT_EQ(table(result, "all_arrhenius_points").table.rows(), 6);
  EXPECT_EQ(table(result, "all_slow_arrhenius_points").table.rows(), 3);
}

TEST_F(StudyFits, OfSeveralCompositionsStackTheirTablesWithTheCompositionBeside) {
  std::string text = study(arrhenius);
  const std::string one = "\"Cu50Zr50\"";
  text.replace(text.find(one), one.size(), "[\"Cu50Zr50\", \"Cu60Zr40\"]");
  const auto result = fit_study(text, [](const Branch& branch) {
    const double factor = branch.alloy.composition == "Cu60Zr40" ? 3.0 : 1.0;
    return std::vector{measured("D", factor * D_of(temperature_of(branch)), "m^2/s")};
  });
  ASSERT_EQ(result.tables.size(), 2);
  const auto& points = table(result, "liquid_arrhenius_points").table;
  ASSERT_EQ(points.rows(), 12);
  EXPECT_EQ(points.columns[0].name, "composition");
  EXPECT_EQ(points.columns[1].name, "temperature");
  const auto& composition = std::get<std::vector<std::string>>(points.columns[0].values);
  const auto& D = std::get<std::vector<double>>(points.columns[2].values);
  for (std::size_t row = 0; row < 6; ++row) {
    EXPECT_EQ(composition[row], "Cu50Zr50");
    EXPECT_EQ(composition[row + 6], "Cu60Zr40");
    EXPECT_NEAR(D[row + 6], 3.0 * D[row], 1e-12 * D[row]);
  }
}

}  // namespace
}  // namespace vitreous::study
