// How a study becomes a plan: axes, replicas, inheritance, overrides, identity.
#include "study/study_file.hpp"

#include <gmock/gmock.h>

#include <set>

#include "study/branch_record.hpp"
#include "study_text.hpp"

namespace vitreous::study {
namespace {

using test::branch_of;
using test::ids;
using test::melt_quench_liquid;
using test::study_head;
using testing::ElementsAre;
using testing::HasSubstr;

class StudyFile : public test::StudyText {};

const std::string body = study_head + melt_quench_liquid;

TEST_F(StudyFile, FansOutOverTemperaturesWithParentsFirst) {
  EXPECT_THAT(ids(read(body)), ElementsAre("melt/r1", "quench/r1", "liquid/2000K-r1",
                                           "liquid/1500K-r1", "liquid/1000K-r1"));
}

TEST_F(StudyFile, HoldsBothEndsOfARange) {
  const auto plan =
      read(study_head +
           "[[stage]]\nname = \"a\"\nkind = \"hold\"\nduration = \"1 ps\"\n"
           "temperature = { from = \"2000 K\", to = \"1000 K\", step = \"200 K\" }\n");
  ASSERT_EQ(plan.branches.size(), 6u);
  EXPECT_EQ(plan.branches.front().options.number("temperature"), 2000.0);
  EXPECT_EQ(plan.branches.back().options.number("temperature"), 1000.0);
}

TEST_F(StudyFile, MultipliesAxesWithReplicasAndInheritsThemAlongFrom) {
  const auto plan =
      read("alloy = { composition = [\"Cu50Zr50\", \"Cu54 Zr46\"], atoms = 500, potential = \"" +
           test::small_potential() +
           "\" }\n"
           "[[stage]]\nname = \"melt\"\nkind = \"hold\"\ntemperature = \"2000 K\"\n"
           "duration = \"10 ps\"\nreplicas = 2\npressure = [\"0 GPa\", \"5 GPa\"]\n"
           "[[stage]]\nname = \"q\"\nkind = \"quench\"\nfrom = \"melt\"\n"
           "schedule = [{ to = \"500 K\", rate = [\"1e13 K/s\", \"1e12 K/s\"] }]\n"
           "[[stage]]\nname = \"glass\"\nkind = \"hold\"\nfrom = \"q\"\nduration = \"1 ps\"\n"
           "temperature = [\"700 K\", \"600 K\", \"500 K\"]\n");
  std::map<std::string, int> count;
  for (const auto& branch : plan.branches) ++count[branch.stage];
  EXPECT_EQ(count["melt"], 2 * 2 * 2);
  EXPECT_EQ(count["q"], 2 * 2 * 2 * 2);
  EXPECT_EQ(count["glass"], 2 * 2 * 2 * 2 * 3);
  const auto& branch = branch_of(plan, "glass/Cu54Zr46-5GPa-1e12K_per_s-600K-r2");
  EXPECT_EQ(branch.parent, "q/Cu54Zr46-5GPa-1e12K_per_s-r2");
  EXPECT_EQ(branch.options.number("pressure"), 5.0);
  EXPECT_DOUBLE_EQ(branch.alloy.fractions[0].second, 0.54);
  const auto& quench = branch_of(plan, branch.parent);
  EXPECT_EQ(quench.parent, "melt/Cu54Zr46-5GPa-r2");
  EXPECT_DOUBLE_EQ(quench.options.numbers("schedule.rate")[0], 1.0);
  std::set<std::string> identities;
  for (const auto& b : plan.branches) identities.insert(b.identity);
  EXPECT_EQ(identities.size(), plan.branches.size());
}

TEST_F(StudyFile, LeavesARampWhereItStandsAtTheBranchsTemperature) {
  const auto plan = read(body);
  EXPECT_EQ(branch_of(plan, "liquid/1500K-r1").leaves_at, 1500.0);
  EXPECT_THAT(branch_of(plan, "quench/r1").left_at, ElementsAre(2000.0, 1500.0, 1000.0));
  EXPECT_FALSE(branch_of(plan, "quench/r1").leaves_at);
}

TEST_F(StudyFile, StartsManyReplicasFromAParentWithOne) {
  const auto plan = read(body + "replicas = 3\n");
  EXPECT_EQ(plan.branches.size(), 2u + 9u);
  EXPECT_EQ(branch_of(plan, "liquid/1000K-r3").parent, "quench/r1");
}

TEST_F(StudyFile, TakesAParentsAxisPointWhereAChildNamesIt) {
  const auto plan = read(body +
                         "[[stage]]\nname = \"longer\"\nkind = \"hold\"\nfrom = \"liquid\"\n"
                         "temperature = \"1500 K\"\nduration = \"50 ps\"\n");
  EXPECT_EQ(branch_of(plan, "longer/1500K-r1").parent, "liquid/1500K-r1");
}

TEST_F(StudyFile, IdentityIgnoresSpellingOrderAndComments) {
  const auto plan = read(body);
  const auto other = read(R"(# the same in other words
title = "something else"
engine = { seed = 7, timestep = "0.002 ps" }
[alloy]
potential = ")" + test::small_potential() +
                          R"("
atoms = 500
composition = "Cu0.5Zr0.5"
[[stage]]
kind = "hold"         # a comment
duration = "0.01ns"
temperature = "2e3 K"
pressure = "0 bar"
name = "melt"
[[stage]]
name = "quench"
from = "melt"
kind = "quench"
schedule = [{ rate = "100 K/ps", to = "1000. K", step = "0 K" }]
[[stage]]
name = "liquid"
kind = "hold"
from = "quench"
duration = "2e4 fs"
equilibrate = "5ps"
ensemble = "nvt"
temperature = { from = "2000 K", to = "1000 K", step = "500 K" }
)");
  ASSERT_EQ(ids(plan), ids(other));
  for (std::size_t k = 0; k < plan.branches.size(); ++k)
    EXPECT_EQ(plan.branches[k].identity, other.branches[k].identity) << plan.branches[k].id;
}

TEST_F(StudyFile, IdentityFollowsPhysicsOfABranchAndItsAncestors) {
  const auto plan = read(body);
  const auto differs = [&](const std::string& setting) {
    const auto other = read(body, {"", {setting}});
    std::string changed;
    for (std::size_t k = 0; k < plan.branches.size(); ++k)
      changed += plan.branches[k].identity == other.branches[k].identity ? '.' : 'X';
    return changed;
  };
  EXPECT_EQ(differs("engine.seed=8"), "XXXXX");
  EXPECT_EQ(differs("melt.temperature=2100 K"), "XXXXX");
  EXPECT_EQ(differs("melt.duration=11 ps"), ".XXXX");  // may grow: but children start later
  EXPECT_EQ(differs("quench.thermostat=velocity_rescaling"), ".XXXX");
  EXPECT_EQ(differs("liquid.equilibrate=6 ps"), "..XXX");
  EXPECT_EQ(differs("liquid.duration=60 ps"), ".....");
  EXPECT_EQ(differs("liquid.observe=[\"msd\"]"), ".....");
  EXPECT_EQ(differs("liquid.save={ every = \"1 ps\" }"), ".....");
}

TEST_F(StudyFile, ANewTemperatureOrReplicaLeavesOtherBranchesAsTheyWere) {
  const auto plan = read(body);
  const auto more = read(
      body, {"", {"liquid.temperature=[\"1200 K\", \"2000 K\", \"1000 K\"]", "liquid.replicas=2"}});
  EXPECT_EQ(branch_of(more, "liquid/1000K-r1").identity,
            branch_of(plan, "liquid/1000K-r1").identity);
  EXPECT_EQ(branch_of(more, "quench/r1").identity, branch_of(plan, "quench/r1").identity);
  EXPECT_EQ(branch_of(more, "liquid/1200K-r2").leaves_at, 1200.0);
}

TEST_F(StudyFile, ScaleAndSetOverrideByStageAndSetWins) {
  const std::string scaled = body +
                             "[scale.small]\nalloy.atoms = 200\nengine.timestep = \"1 fs\"\n"
                             "liquid = { duration = \"2 ps\", temperature = [\"1000 K\"] }\n"
                             "quench.schedule = [{ to = \"900 K\", rate = \"1e15 K/s\" }]\n";
  const auto plan = read(scaled, {"small", {"liquid.duration=3 ps"}});
  EXPECT_EQ(plan.scale, "small");
  EXPECT_THAT(ids(plan), ElementsAre("melt/r1", "quench/r1", "liquid/1000K-r1"));
  EXPECT_EQ(plan.branches[2].options.number("duration"), 3.0);
  EXPECT_EQ(plan.branches[0].alloy.atoms, 200);
  EXPECT_EQ(plan.branches[0].engine.timestep, 0.001);
  EXPECT_EQ(plan.branches[1].options.numbers("schedule.to")[0], 900.0);
  EXPECT_EQ(read(scaled).branches[0].alloy.atoms, 500);
}

TEST_F(StudyFile, DefaultsHoldForEveryStageThatHasTheKeyUnlessItSaysOtherwise) {
  const auto plan =
      read(body +
           "thermostat = \"nose_hoover\"\n"
           "[defaults]\nthermostat = \"velocity_rescaling\"\nequilibrate = \"7 ps\"\n");
  EXPECT_EQ(branch_of(plan, "quench/r1").options.text("thermostat"), "velocity_rescaling");
  EXPECT_EQ(branch_of(plan, "melt/r1").options.number("equilibrate"), 7.0);
  EXPECT_EQ(branch_of(plan, "liquid/1000K-r1").options.text("thermostat"), "nose_hoover");
  EXPECT_EQ(branch_of(plan, "liquid/1000K-r1").options.number("equilibrate"), 5.0);
}

TEST_F(StudyFile, LikeCopiesAStageButForWhatIsSaidAnew) {
  const auto plan =
      read(body + "[[stage]]\nname = \"twin\"\nlike = \"liquid\"\nduration = \"40 ps\"\n");
  const auto& twin = branch_of(plan, "twin/1500K-r1");
  EXPECT_EQ(twin.parent, "quench/r1");
  EXPECT_EQ(twin.options.number("duration"), 40.0);
  EXPECT_EQ(twin.options.number("equilibrate"), 5.0);
}

TEST_F(StudyFile, ObserversAndSavesReachEveryBranchOfTheirStage) {
  const auto plan = read(body +
                         "observe = [\"msd\", { kind = \"msd\", max_time = \"5 ps\" }]\n"
                         "save = { every = \"1 ps\", format = \"extxyz\" }\n");
  const auto& branch = branch_of(plan, "liquid/1000K-r1");
  ASSERT_EQ(branch.observe.size(), 2u);
  EXPECT_EQ(branch.observe[1].options.at("max_time"), "5 ps");
  ASSERT_TRUE(branch.save);
  EXPECT_EQ(branch.save->every, 1.0);
  EXPECT_EQ(branch.save->format, "extxyz");
  EXPECT_FALSE(branch_of(plan, "melt/r1").save);
}

const std::string fits = R"toml(
[[fit]]
law = "arrhenius"
of = "liquid.D"
where = { temperature = ["2000 K", "1000 K"] }
compare = { Q = "0.432(7) eV", ln_D0 = "-16.36(6)", source = "Annamareddy 2021, Table 1" }
[[compare]]
quantity = "liquid.D"
at = { temperature = "1000 K" }
value = "5.3e-10 +- 1e-11 m^2/s"
source = "somewhere"
kind = "sd"
)toml";

TEST_F(StudyFile, ReadsFitsWithPublishedValues) {
  const auto plan = read(body + "observe = [\"msd\"]\n" + fits);
  ASSERT_EQ(plan.fits.size(), 1u);
  const auto& fit = plan.fits[0];
  EXPECT_EQ(fit.name, "liquid");
  EXPECT_EQ(fit.where.at("temperature"), std::pair(1000.0, 2000.0));
  EXPECT_DOUBLE_EQ(fit.compare.at("Q").value, 0.432);
  EXPECT_DOUBLE_EQ(fit.compare.at("Q").standard_error, 0.007);
  EXPECT_EQ(fit.compare.at("Q").unit, "eV");
  EXPECT_EQ(fit.compare.at("ln_D0").unit, "1");
  EXPECT_DOUBLE_EQ(fit.compare.at("ln_D0").value, -16.36);
  EXPECT_EQ(fit.compare.at("ln_D0").source, "Annamareddy 2021, Table 1");
  ASSERT_EQ(plan.compares.size(), 1u);
  EXPECT_EQ(plan.compares[0].at.at("temperature"), "1000 K");
  EXPECT_EQ(plan.compares[0].reference.unit, "m^2/s");
  EXPECT_EQ(plan.compares[0].reference.kind, "sd");
  EXPECT_DOUBLE_EQ(plan.compares[0].reference.standard_error, 1e-11);
}

void expect_same_references(const core::Reference& a, const core::Reference& b) {
  EXPECT_EQ(a.value, b.value);
  EXPECT_EQ(a.standard_error, b.standard_error);
  EXPECT_EQ(a.unit, b.unit);
  EXPECT_EQ(a.kind, b.kind);
  EXPECT_EQ(a.conditions, b.conditions);
  EXPECT_EQ(a.source, b.source);
}

void expect_same_plans(const Plan& a, const Plan& b) {
  ASSERT_EQ(ids(a), ids(b));
  EXPECT_EQ(a.title, b.title);
  for (std::size_t k = 0; k < a.branches.size(); ++k) {
    const auto& x = a.branches[k];
    const auto& y = b.branches[k];
    EXPECT_EQ(x.identity, y.identity) << x.id;
    EXPECT_EQ(x.parent, y.parent);
    EXPECT_EQ(x.options.all(), y.options.all()) << x.id;
    EXPECT_EQ(x.left_at, y.left_at);
    EXPECT_EQ(compare_branch(x, record_of(y)).status, BranchStatus::resumed) << x.id;
  }
  ASSERT_EQ(a.fits.size(), b.fits.size());
  for (std::size_t k = 0; k < a.fits.size(); ++k) {
    EXPECT_EQ(a.fits[k].law, b.fits[k].law);
    EXPECT_EQ(a.fits[k].of, b.fits[k].of);
    EXPECT_EQ(a.fits[k].name, b.fits[k].name);
    EXPECT_EQ(a.fits[k].where, b.fits[k].where);
    EXPECT_EQ(a.fits[k].options, b.fits[k].options);
    ASSERT_EQ(a.fits[k].compare.size(), b.fits[k].compare.size());
    for (const auto& [name, reference] : a.fits[k].compare)
      expect_same_references(reference, b.fits[k].compare.at(name));
  }
  ASSERT_EQ(a.compares.size(), b.compares.size());
  for (std::size_t k = 0; k < a.compares.size(); ++k) {
    EXPECT_EQ(a.compares[k].quantity, b.compares[k].quantity);
    EXPECT_EQ(a.compares[k].at, b.compares[k].at);
    expect_same_references(a.compares[k].reference, b.compares[k].reference);
  }
}

TEST_F(StudyFile, ResolvedStudyReadsBackToTheSamePlan) {
  const std::string text =
      "title = \"a \\\"quoted\\\" title\\twith a tab\"\n" + body +
      "replicas = 2\nobserve = [{ kind = \"msd\", max_time = \"3 ps\" }]\n"
      "save = { every = \"0.1 ps\" }\n"
      "[[stage]]\nname = \"twin\"\nlike = \"liquid\"\nduration = \"0.0407 ns\"\n"
      "[[stage]]\nname = \"pressed\"\nkind = \"hold\"\ntemperature = [\"1900 K\", \"1800 C\"]\n"
      "pressure = [\"1 bar\", \"3 kbar\"]\nduration = \"1 ps\"\n"
      "[[stage]]\nname = \"reheat\"\nkind = \"heat\"\nfrom = \"pressed\"\n"
      "schedule = [{ to = \"2500 K\", rate = [\"100 K/(6 ps)\", \"1e14 K/s\"], step = \"7 K\" }]\n"
      "[defaults]\ntemperature_damping = \"0.3 ps\"\nreplicas = 1\n"
      "[scale.small]\nalloy.atoms = 300\n" +
      fits;
  const auto plan = read(text, {"small", {"engine.seed=11"}});
  EXPECT_THAT(plan.resolved_toml, HasSubstr("pressure_damping = \"1 ps\""));
  EXPECT_THAT(plan.resolved_toml, HasSubstr("atoms = 300"));
  const auto again = read(plan.resolved_toml);
  expect_same_plans(plan, again);
  EXPECT_EQ(branch_of(again, "reheat/0.3GPa-1e14K_per_s-1900K-r1").parent,
            "pressed/0.3GPa-1900K-r1");
}

TEST_F(StudyFile, LammpsIsAnEngineByNameOrWithItsKeys) {
  const auto with = [&](const std::string& engine) {
    std::string text = study_head + melt_quench_liquid;
    const std::string old = "{ timestep = \"2 fs\", seed = 7 }";
    return read(text.replace(text.find(old), old.size(), engine));
  };
  const auto native = with("{}");
  const auto plain = with("\"lammps\"");
  EXPECT_EQ(plain.branches.front().engine.kind, "lammps");
  EXPECT_NE(plain.branches.front().identity, native.branches.front().identity);
  const auto faster = with("{ kind = \"lammps\", arguments = \"-sf opt\" }");
  EXPECT_EQ(faster.branches.front().engine.lammps.arguments,
            (std::vector<std::string>{"-sf", "opt"}));
  EXPECT_EQ(faster.branches.front().identity, plain.branches.front().identity);

  const std::string own =
      "{ kind = \"lammps\", pair_style = \"eam/alloy\", pair_coeff = [\"* * my.eam Cu Zr\"], "
      "commands = \"neighbor 2.0 bin\" }";
  test::put(folder_ / "my.eam", "one");
  const auto first = with(own);
  EXPECT_EQ(first.branches.front().engine.lammps.pair_coeff.front(),
            "* * " + (folder_ / "my.eam") + " Cu Zr");
  expect_same_plans(first, read(first.resolved_toml));
  test::put(folder_ / "my.eam", "another");
  EXPECT_NE(with(own).branches.front().identity, first.branches.front().identity);
}

}  // namespace
}  // namespace vitreous::study
