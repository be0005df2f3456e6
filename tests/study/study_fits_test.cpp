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

  /// The liquid's branches, each with what `quantities_at` its temperature tells.
  core::Result fit(const std::string& fits,
                   const std::function<std::vector<core::Reported>(double)>& quantities_at) {
    plan_ = read(study(fits));
    std::vector<GatheredBranch> branches;
    for (const auto& branch : plan_.branches) {
      GatheredBranch gathered{&branch, BranchStatus::done, {}, {}};
      if (branch.stage == "liquid") {
        gathered.result.emplace();
        gathered.result->result.quantities =
            quantities_at(find_axis(branch.axes, "temperature")->value);
      }
      branches.push_back(std::move(gathered));
    }
    return study_fits(plan_, branches);
  }

  static core::Reported quantity(const core::Result& result, const std::string& name) {
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

}  // namespace
}  // namespace vitreous::study
