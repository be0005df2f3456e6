// What a study that cannot be run is told: line, key, marked part, why, try.
#include <gmock/gmock.h>

#include "study_text.hpp"

namespace vitreous::study {
namespace {

using test::melt_quench_liquid;
using test::study_head;
using testing::AllOf;
using testing::HasSubstr;

class StudyMessages : public test::StudyText {
 protected:
  std::string changed(const std::string& from, const std::string& to) {
    std::string text = study_head + melt_quench_liquid;
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return refusal(text.replace(at, from.size(), to));
  }
};

TEST_F(StudyMessages, PointAtTheQuantityWithFileLineAndMark) {
  const std::string text = changed("1e14 K/s", "100 K/6 ns");
  EXPECT_THAT(text, AllOf(HasSubstr(path() + ":12: quench.schedule[0].rate: "),
                          HasSubstr("12 | schedule = [{ to = \"1000 K\", rate = \"100 K/6 ns\" }]"),
                          HasSubstr("\n     |                                      ^^^^^^^^^^\n"),
                          HasSubstr("K/(6 ns)")));
}

TEST_F(StudyMessages, OfAnUnknownKeyNameTheNearest) {
  EXPECT_THAT(
      refusal_of_melt("presure = \"1 bar\"\n"),
      AllOf(HasSubstr(":8: melt.presure: hold has no key \"presure\""),
            HasSubstr("8 | presure = \"1 bar\"\n    | ^^^^^^^\n"), HasSubstr("try: pressure")));
  EXPECT_THAT(refusal("titel = \"x\"\n" + study_head), HasSubstr("try: title"));
  EXPECT_THAT(changed("seed = 7", "sead = 7"),
              AllOf(HasSubstr(":2: engine.sead"), HasSubstr("try: seed")));
  EXPECT_THAT(refusal_of_melt("[defaults]\nthermostatt = \"nose_hoover\"\n"),
              AllOf(HasSubstr(":9: defaults.thermostatt"), HasSubstr("try: thermostat")));
}

TEST_F(StudyMessages, OfABareNumberNameTheUnit) {
  EXPECT_THAT(changed("temperature = \"2000 K\"", "temperature = 2000"),
              AllOf(HasSubstr(":6: melt.temperature: 2000 has no unit"),
                    HasSubstr("try: temperature = \"2000 K\"")));
  EXPECT_THAT(changed("temperature = \"2000 K\"", "temperature = \"2000\""),
              HasSubstr(":6: melt.temperature: "));
  EXPECT_THAT(changed("\"1500 K\"", "1500"),
              AllOf(HasSubstr(":18: liquid.temperature: 1500 has no unit"),
                    HasSubstr("                          ^^^^\n")));
}

TEST_F(StudyMessages, OfAWrongDimensionNameBoth) {
  EXPECT_THAT(changed("duration = \"10 ps\"", "duration = \"10 A\""),
              HasSubstr(":7: melt.duration: \"10 A\" is a length, not a time"));
}

TEST_F(StudyMessages, OfAValueOutOfRangeSaySo) {
  EXPECT_THAT(changed("temperature = \"2000 K\"", "temperature = \"-5 K\""),
              HasSubstr(":6: melt.temperature: must be above zero"));
  EXPECT_THAT(changed("\"1500 K\"", "\"-1 K\""),
              HasSubstr(":18: liquid.temperature: must be above zero"));
  EXPECT_THAT(changed("duration = \"10 ps\"", "duration = \"0 ps\""),
              HasSubstr(":7: melt.duration: must be above zero"));
  EXPECT_THAT(changed("duration = \"10 ps\"", "duration = \"-1 ps\""),
              HasSubstr(":7: melt.duration: must be above zero"));
  EXPECT_THAT(changed("equilibrate = \"5 ps\"", "equilibrate = \"-5 ps\""),
              HasSubstr(":19: liquid.equilibrate: must not be negative"));
  EXPECT_THAT(changed("1e14 K/s", "-1e14 K/s"),
              HasSubstr(":12: quench.schedule[0].rate: must be above zero"));
  EXPECT_THAT(changed("\"2 fs\"", "\"0 fs\""), HasSubstr(":2: engine.timestep: must be above"));
  EXPECT_THAT(refusal_of_melt("replicas = 0\n"), HasSubstr(":8: melt.replicas: 0 is too few"));
  EXPECT_THAT(changed("atoms = 500", "atoms = 0"), HasSubstr(":1: alloy.atoms: 0 is too few"));
}

TEST_F(StudyMessages, OfAKeyThatMeansNothingToTheEngineSaySo) {
  EXPECT_THAT(changed("seed = 7", "kind = \"lammps\", precision = \"double\""),
              HasSubstr(":2: engine.precision: means nothing to engine lammps"));
  EXPECT_THAT(changed("seed = 7", "pair_style = \"eam/alloy\""),
              AllOf(HasSubstr(":2: engine.pair_style: means nothing to engine native"),
                    HasSubstr("try: kind = \"lammps\"")));
  EXPECT_THAT(changed("seed = 7", "kind = \"lammps\", pair_style = \"eam/alloy\""),
              HasSubstr("engine.pair_style: needs pair_coeff beside it"));
  EXPECT_THAT(changed("seed = 7", "kind = \"lammps\", pair_coeff = \"* * x Cu Zr\""),
              HasSubstr("engine.pair_coeff: needs pair_style beside it"));
  EXPECT_THAT(changed("seed = 7", "kind = \"lamps\""),
              AllOf(HasSubstr(":2: engine.kind: "), HasSubstr("try: kind = \"lammps\"")));
}

TEST_F(StudyMessages, OfAnObserverWhoseForcesLammpsAloneKnowsSaySo) {
  std::string text = study_head + melt_quench_liquid + "observe = [\"hops\"]\n";
  const std::string style =
      "kind = \"lammps\", pair_style = \"eam/alloy\", pair_coeff = \"* * x Cu Zr\"";
  EXPECT_THAT(refusal(text.replace(text.find("seed = 7"), 8, style)),
              HasSubstr("hops needs forces of its own, and knows none of pair_style eam/alloy"));
}

TEST_F(StudyMessages, OfAnElementThatThePotentialLacks) {
  EXPECT_THAT(changed("Cu50Zr50", "Cu50Zr40Al10"),
              AllOf(HasSubstr(":1: alloy.composition: the potential"),
                    HasSubstr("does not describe Al"), HasSubstr("it describes Cu, Zr")));
  EXPECT_THAT(changed("Cu50Zr50", "Cu50Xx50"),
              AllOf(HasSubstr(":1: alloy.composition"), HasSubstr("\"Xx\" is not the symbol")));
  EXPECT_THAT(changed(test::small_potential(), "cuzr.eam.fs"), HasSubstr(":1: alloy.potential: "));
}

TEST_F(StudyMessages, OfAStageThatIsNotThere) {
  EXPECT_THAT(changed("from = \"quench\"", "from = \"quinch\""),
              AllOf(HasSubstr(":16: liquid.from: the study has no stage \"quinch\""),
                    HasSubstr("try: from = \"quench\"")));
  EXPECT_THAT(changed("from = \"melt\"", "from = \"liquid\""),
              HasSubstr("start from each other in a circle"));
  EXPECT_THAT(changed("kind = \"quench\"\nfrom = \"melt\"", "kind = \"quench\""),
              HasSubstr("a quench needs `from`"));
}

TEST_F(StudyMessages, OfNamesThatStandTwice) {
  EXPECT_THAT(changed("name = \"quench\"", "name = \"melt\""),
              AllOf(HasSubstr(":9: stage.name: two stages are called \"melt\""),
                    HasSubstr("the first stands in line 4")));
  EXPECT_THAT(changed("\"1500 K\"", "\"1000 K\""),
              HasSubstr(":18: liquid.temperature: 1000K stands twice"));
  EXPECT_THAT(changed("name = \"quench\"", "name = \"../x\""), HasSubstr("cannot name a folder"));
}

TEST_F(StudyMessages, OfAKindThatIsNotThere) {
  EXPECT_THAT(changed("kind = \"quench\"", "kind = \"qench\""),
              AllOf(HasSubstr(":10: quench.kind: \"qench\" is not a kind of stage"),
                    HasSubstr("try: kind = \"quench\"")));
}

TEST_F(StudyMessages, OfATemperatureOutsideTheRamp) {
  EXPECT_THAT(changed("\"1500 K\"", "\"900 K\""),
              AllOf(HasSubstr(":18: liquid.temperature: "), HasSubstr("never stands at 900 K"),
                    HasSubstr("                           ^^^^^")));
}

TEST_F(StudyMessages, OfARampThatTurnsBack) {
  EXPECT_THAT(changed("to = \"1000 K\"", "to = \"2500 K\""),
              AllOf(HasSubstr(":12: quench.schedule[0].to"),
                    HasSubstr("quench cannot go from 2000 K to 2500 K")));
}

TEST_F(StudyMessages, OfAnNvtRunWithoutItsVolume) {
  EXPECT_THAT(changed("equilibrate = \"5 ps\"", ""),
              AllOf(HasSubstr("liquid.equilibrate: "), HasSubstr("volume = \"inherit\"")));
}

TEST_F(StudyMessages, OfARangeThatMissesItsEnd) {
  EXPECT_THAT(changed("[\"2000 K\", \"1500 K\", \"1000 K\"]",
                      "{ from = \"2000 K\", to = \"1000 K\", step = \"300 K\" }"),
              AllOf(HasSubstr(":18: liquid.temperature.step: steps of 300 K do not lead from 2000"),
                    HasSubstr("both of its ends")));
}

TEST_F(StudyMessages, OfObserversAndTheirOptions) {
  const std::string text = study_head + melt_quench_liquid;
  EXPECT_THAT(refusal(text + "observe = [\"mds\"]\n"),
              AllOf(HasSubstr(":21: liquid.observe[0]: no observer is called \"mds\""),
                    HasSubstr("try: msd")));
  EXPECT_THAT(refusal(text + "observe = [{ kind = \"msd\", max_tim = \"5 ps\" }]\n"),
              AllOf(HasSubstr(":21: liquid.observe[0].max_tim"), HasSubstr("try: max_time")));
  EXPECT_THAT(refusal(text + "observe = [{ kind = \"msd\", max_time = \"5 A\" }]\n"),
              AllOf(HasSubstr(":21: liquid.observe[0].max_time"), HasSubstr("not a time")));
  EXPECT_THAT(refusal(text + "save = { every = \"1 fs\" }\n"),
              HasSubstr(":21: liquid.save.every: is shorter than the timestep"));
}

TEST_F(StudyMessages, OfOverrides) {
  const std::string text = study_head + melt_quench_liquid;
  EXPECT_THAT(
      refusal(text, {"", {"liqud.duration=1 ps"}}),
      AllOf(HasSubstr("--set: liqud: the study has no stage \"liqud\""), HasSubstr("try: liquid")));
  EXPECT_THAT(refusal(text, {"", {"liquid.duration=1 A"}}),
              AllOf(HasSubstr("--set: liquid.duration: "), HasSubstr("| liquid.duration=1 A\n"),
                    HasSubstr("                ^^^")));
  EXPECT_THAT(refusal(text, {"", {"duration"}}), HasSubstr("STAGE.KEY=VALUE"));
  EXPECT_THAT(refusal(text, {"small", {}}), HasSubstr("the study has no scale \"small\""));
  EXPECT_THAT(refusal(text + "[scale.small]\nlquid.duration = \"1 ps\"\n"),
              AllOf(HasSubstr(":22: scale.small.lquid"), HasSubstr("try: liquid")));
}

TEST_F(StudyMessages, OfReplicasThatFindNoParent) {
  EXPECT_THAT(refusal_of_melt("replicas = 2\n[[stage]]\nname = \"more\"\nkind = \"hold\"\n"
                              "from = \"melt\"\ntemperature = \"900 K\"\nduration = \"1 ps\"\n"
                              "replicas = 3\n"),
              HasSubstr(":15: more.replicas: 3 replicas cannot start from the 2 of melt"));
}

TEST_F(StudyMessages, OfFits) {
  const std::string text = study_head + melt_quench_liquid + "observe = [\"msd\"]\n[[fit]]\n";
  const std::string of_D = text + "law = \"arrhenius\"\nof = \"liquid.D\"\n";
  EXPECT_THAT(refusal(text + "law = \"arrhenius\"\nof = \"liqid.D\"\n"),
              AllOf(HasSubstr(":24: fit.of: "), HasSubstr("try: liquid.D")));
  EXPECT_THAT(refusal(text + "law = \"arhenius\"\nof = \"liquid.D\"\n"),
              AllOf(HasSubstr(":23: fit.law: "), HasSubstr("try: arrhenius")));
  EXPECT_THAT(refusal(of_D + "compare = { Q = \"0.4 foo\" }\n"), HasSubstr(":25: fit.compare.Q: "));
  EXPECT_THAT(refusal(of_D + "compare = { ln_D = \"-16.36(6)\" }\n"),
              AllOf(HasSubstr(":25: fit.compare.ln_D: "), HasSubstr("try: ln_D0")));
  EXPECT_THAT(refusal(of_D + "where = { temperature = [\"1 K\"] }\n"),
              HasSubstr(":25: fit.where.temperature: "));
}

TEST_F(StudyMessages, OfOptionsOfALaw) {
  const std::string text = study_head + melt_quench_liquid + "observe = [\"msd\"]\n[[fit]]\n";
  const std::string of_D = text + "law = \"arrhenius\"\nof = \"liquid.D\"\n";
  EXPECT_THAT(refusal(of_D + "wieghts = \"none\"\n"),
              AllOf(HasSubstr(":25: fit.wieghts: "), HasSubstr("try: weights")));
  EXPECT_THAT(refusal(of_D + "state = \"glas\"\n"),
              AllOf(HasSubstr(":25: fit.state: "), HasSubstr("try: state = \"glass\"")));
  const std::string Tg = text + "law = \"glass_transition\"\nof = \"quench.V\"\n";
  EXPECT_THAT(refusal(Tg + "glass_to = 600\n"),
              AllOf(HasSubstr(":25: fit.glass_to: "), HasSubstr("try: glass_to = \"600 K\"")));
  EXPECT_THAT(refusal(Tg + "state = \"glass\"\n"), HasSubstr(":25: fit.state: "));
}

TEST_F(StudyMessages, OfTwoFitsThatWouldYieldTheSameQuantity) {
  const std::string fit = "[[fit]]\nlaw = \"arrhenius\"\nof = \"liquid.D\"\n";
  const std::string text = study_head + melt_quench_liquid + "observe = [\"msd\"]\n" + fit;
  EXPECT_THAT(refusal(text + fit), HasSubstr("fit.name: two fits would yield liquid.Q"));
  EXPECT_THAT(refusal(text + fit + "name = \"liquid\"\n"), HasSubstr(":28: fit.name: "));
  EXPECT_NO_THROW(read(text + fit + "name = \"again\"\n"));
}

TEST_F(StudyMessages, OfAFitOfWhatNoObserverMeasures) {
  const std::string text = study_head + melt_quench_liquid + "[[fit]]\nlaw = \"arrhenius\"\n";
  EXPECT_THAT(refusal(text + "of = \"liquid.D.Cu\"\n"),
              AllOf(HasSubstr(":23: fit.of: liquid yields no \"D.Cu\""),
                    HasSubstr("try: observe = [\"msd\"] in [[stage]] liquid")));
}

TEST_F(StudyMessages, OfTextThatIsNotToml) {
  EXPECT_THAT(refusal(study_head + "[[stage]\nname = \"x\"\n"), HasSubstr(path() + ":3: "));
  EXPECT_THAT(test::input_error([] { read_study("nowhere.toml"); }), HasSubstr("nowhere.toml"));
}

/// A slab cut from the liquid, then a hold of it.
std::string slab_and_hold(const std::string& slab, const std::string& hold) {
  return study_head + melt_quench_liquid +
         "[[stage]]\nname = \"surface\"\nkind = \"free_surface\"\nfrom = \"liquid\"\n"
         "duration = \"10 ps\"\n" +
         slab + "[[stage]]\nname = \"after\"\nkind = \"hold\"\nfrom = \"surface\"\n" +
         "duration = \"10 ps\"\n" + hold;
}

TEST_F(StudyMessages, NoneOfAStageThatGoesOnAtTheTemperatureOfAHold) {
  const auto plan = read(study_head + "[[stage]]\nname = \"melt\"\nkind = \"hold\"\n" +
                         "temperature = \"2000 K\"\nduration = \"10 ps\"\n" +
                         "[[stage]]\nname = \"surface\"\nkind = \"free_surface\"\n" +
                         "from = \"melt\"\nduration = \"10 ps\"\n");
  EXPECT_EQ(plan.branches.at(1).options.number("temperature"), 2000.0);
}

TEST_F(StudyMessages, OfALayerWhereNothingIsOpened) {
  const std::string kept = "ensemble = \"nvt\"\nvolume = \"inherit\"\n",
                    observe = "observe = [{ kind = \"msd\", layer = \"2.5 A\" }]\n";
  EXPECT_EQ(read(slab_and_hold(observe, kept)).branches.size(), 11u);
  EXPECT_THAT(refusal(slab_and_hold("", kept + observe)),
              AllOf(HasSubstr("after.observe: a `layer` is that of a slab"),
                    HasSubstr("observe the layer in a stage of kind")));
}

TEST_F(StudyMessages, OfAnObserverThatTheRunIsTooShortFor) {
  const std::string jumps = "observe = [\"rdf\", { kind = \"cage_jumps\", window = \"2 ps\" }]\n";
  EXPECT_THAT(
      refusal_of_melt(jumps),
      AllOf(HasSubstr(":8: melt.observe: cage_jumps: 10 ps hold 5 windows of 2 ps, 6.5 needed"),
            HasSubstr("try: window = \"1.5 ps\""), HasSubstr("a run of 13 ps")));
}

TEST_F(StudyMessages, OfSlabsWhoseBoxMustBeKept) {
  const std::string kept = "ensemble = \"nvt\"\nvolume = \"inherit\"\n";
  EXPECT_EQ(read(slab_and_hold("", kept)).branches.size(), 11u);
  EXPECT_THAT(refusal(slab_and_hold("", "ensemble = \"npt\"\n")),
              HasSubstr("after.from: a slab between free surfaces has no volume to relax"));
  EXPECT_THAT(refusal(slab_and_hold("", "ensemble = \"nvt\"\nequilibrate = \"5 ps\"\n")),
              HasSubstr("a slab between free surfaces has no volume to relax"));
  EXPECT_THAT(refusal(slab_and_hold("gap = \"1 A\"\n", kept)),
              AllOf(HasSubstr("surface.gap: a gap of 1 A on both sides leaves 2 A"),
                    HasSubstr("they would feel each other")));
  EXPECT_THAT(refusal(slab_and_hold("ensemble = \"npt\"\n", kept)), HasSubstr("surface.ensemble"));
  EXPECT_THAT(refusal(study_head + "[[stage]]\nname = \"surface\"\nkind = \"free_surface\"\n"
                                   "temperature = \"900 K\"\nduration = \"10 ps\"\n"),
              HasSubstr("a free_surface needs `from`"));
}

}  // namespace
}  // namespace vitreous::study
