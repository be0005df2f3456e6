// `vitreous check` and `vitreous plan`: what a study means, what is wrong with it, what it costs.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "../study/study_text.hpp"
#include "run_command.hpp"
#include "study/branch_record.hpp"
#include "study/run_folder.hpp"

namespace vitreous {
namespace {

using test::melt_quench_liquid;
using test::put;
using test::study_head;
using test::vitreous_command;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class StudyCommands : public test::StudyText {
 protected:
  StudyCommands() { put(path(), text_); }

  const std::string text_ = "title = \"A liquid\"\n" + study_head + melt_quench_liquid +
                            "observe = [\"msd\"]\n"
                            "[[fit]]\nlaw = \"arrhenius\"\nof = \"liquid.D\"\n"
                            "compare = { Q = \"0.432(7) eV\", source = \"a paper\" }\n"
                            "[scale.big]\nalloy.atoms = 4000\n";
};

TEST_F(StudyCommands, CheckTellsWhatItUnderstood) {
  const auto outcome = vitreous_command({"check", path()});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr(path() + ": sound\n  A liquid\n  500 atoms of Cu50Zr50"),
                    HasSubstr("melt: hold of a random liquid, 1 branch\n"),
                    HasSubstr("liquid: hold from quench at its temperature, 3 branches\n"
                              "    temperature: 2000K, 1500K, 1000K\n"),
                    HasSubstr("duration 20 ps, equilibrate 5 ps, ensemble nvt\n"),
                    HasSubstr("observes msd(")));
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("fit liquid: arrhenius of liquid.D\n"),
                                 HasSubstr("published Q: 0.432 +- 0.007 eV"),
                                 HasSubstr("scale big: sound, 4000 atoms, 5 branches\n")));
  EXPECT_THAT(outcome.out, Not(HasSubstr("pressure_damping")));  // a default
  EXPECT_THAT(outcome.err, HasSubstr("next: vitreous plan " + path()));
}

TEST_F(StudyCommands, CheckTakesAScaleAndSettings) {
  const auto outcome =
      vitreous_command({"check", path(), "--scale", "big", "--set", "liquid.duration=60 ps"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("at scale big: sound"), HasSubstr("4000 atoms"),
                                 HasSubstr("duration 60 ps")));
  EXPECT_THAT(outcome.err, HasSubstr("--scale big --set 'liquid.duration=60 ps'"));
}

TEST_F(StudyCommands, CheckTellsEveryMistakeInTheOrderOfTheLines) {
  std::string text = text_;
  const auto change = [&](const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
  };
  change("seed = 7", "sead = 7");                                    // line 3
  change("temperature = \"2000 K\"", "temperature = 2000");          // line 7
  change("duration = \"10 ps\"", "duration = \"10 A\"\npresure=1");  // lines 8, 9
  change("alloy.atoms = 4000", "alloi.atoms = 4000");
  put(path(), text);
  const auto outcome = vitreous_command({"check", path()});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.out, "");
  std::size_t at = 0;
  for (const char* mistake : {":3: engine.sead", ":7: melt.temperature", ":8: melt.duration",
                              ":9: melt.presure", ":29: scale.big.alloi", "mend the 5 mistakes"}) {
    const auto found = outcome.err.find(mistake, at);
    EXPECT_NE(found, std::string::npos) << mistake << "\n" << outcome.err;
    at = std::min(found, outcome.err.size());
  }
}

TEST_F(StudyCommands, CheckTellsWhatDoesNotGoTogetherInEveryStage) {
  put(path(), study_head + melt_quench_liquid +
                  "[[stage]]\nname = \"more\"\nkind = \"quench\"\nfrom = \"melt\"\n"
                  "schedule = [{ to = \"2500 K\", rate = \"1e14 K/s\" }]\n"
                  "[[stage]]\nname = \"on_it\"\nlike = \"liquid\"\nfrom = \"more\"\n"
                  "[[stage]]\nname = \"cold\"\nlike = \"liquid\"\ntemperature = \"900 K\"\n");
  const auto outcome = vitreous_command({"check", path()});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr(":25: more.schedule"), HasSubstr(": cold.temperature"),
                                 HasSubstr("mend the 2 mistakes")));
}

TEST_F(StudyCommands, CheckFindsMistakesThatOnlyAScaleMakes) {
  put(path(), text_ + "quench.schedule = [{ to = \"1500 K\", rate = \"1e14 K/s\" }]\n");
  const auto outcome = vitreous_command({"check", path()});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("scale big: error: "), HasSubstr("mend the mistake")));
  EXPECT_THAT(outcome.err, HasSubstr("liquid.temperature"));
}

TEST_F(StudyCommands, CheckOfAMistakeInDefaultsTellsItOnce) {
  put(path(), text_ + "[defaults]\nthermostatt = \"nose_hoover\"\n");
  EXPECT_THAT(vitreous_command({"check", path()}).err, HasSubstr("mend the mistake"));
}

TEST_F(StudyCommands, CheckWritesJson) {
  const auto sound = nlohmann::json::parse(vitreous_command({"check", path(), "--json"}).out)[0];
  ASSERT_EQ(sound["readings"].size(), 2u);
  EXPECT_EQ(sound["readings"][0]["sound"], true);
  EXPECT_EQ(sound["readings"][1]["scale"], "big");
  EXPECT_EQ(sound["readings"][0]["branches"][2], "liquid/2000K-r1");
  put(path(), text_ + "[defaults]\nthermostatt = \"nose_hoover\"\n");
  const auto outcome = vitreous_command({"check", path(), "--json"});
  EXPECT_EQ(outcome.status, 2);
  const auto mistake = nlohmann::json::parse(outcome.out)[0]["readings"][0]["mistakes"][0];
  EXPECT_EQ(mistake["line"], 30);
  EXPECT_EQ(mistake["key"], "defaults.thermostatt");
}

TEST_F(StudyCommands, CheckReadsPotentialsTrajectoriesAndTablesWhole) {
  const auto potential = vitreous_command({"check", "kim:MO_600021860456_005"});
  EXPECT_EQ(potential.status, 0);
  EXPECT_THAT(potential.out, AllOf(HasSubstr("005: sound\n"), HasSubstr("Cu, Zr")));
  const std::string frame = "1\nLattice=\"9 0 0 0 9 0 0 0 9\" Properties=species:S:1:pos:R:3\n";
  const std::string file = folder_ / "walk.xyz";
  put(file, frame + "Cu 1 2 3\n" + frame + "Cu 1 2 4\n");
  EXPECT_EQ(vitreous_command({"check", file}).status, 0);
  put(file, frame + "Cu 1 2 3\n" + frame + "Cu 1 two 4\n");  // show reads the first frame alone
  const auto damaged = vitreous_command({"check", file, path()});
  EXPECT_EQ(damaged.status, 2);
  EXPECT_THAT(damaged.err, HasSubstr(file + ":6"));
  EXPECT_THAT(damaged.out, HasSubstr(path() + ": sound"));  // goes on with the next
  put(file, frame + "Cu 1 2 3\n" + frame);
  const auto cut = vitreous_command({"check", file});
  EXPECT_EQ(cut.status, 2);
  EXPECT_THAT(cut.out, HasSubstr(": not sound"));
  put(folder_ / "t.csv", "time_ps,msd_angstrom2\n1,2\n");
  EXPECT_EQ(vitreous_command({"check", folder_ / "t.csv"}).status, 0);
  EXPECT_EQ(vitreous_command({"check", folder_ / "none.csv"}).status, 2);
}

TEST_F(StudyCommands, CheckOfARunFindsWhatIsDamagedInIt) {
  const study::RunFolder run(folder_ / "run");
  const study::Plan plan = study::read_study(path());
  const study::Branch& melt = plan.branches.front();
  study::make_folder(run.branch(melt.id));
  study::write_record(run.branch(melt.id), study::record_of(melt));
  put(run.file("study.toml"), text_);
  EXPECT_EQ(vitreous_command({"check", run.path()}).status, 0);
  put(run.branch_file(melt.id, "checkpoint.h5"), "nonsense");
  const auto outcome = vitreous_command({"check", run.path()});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("melt/r1/checkpoint.h5: "));
}

TEST_F(StudyCommands, PlanShowsEveryBranchWithItsCost) {
  const auto outcome =
      vitreous_command({"plan", path(), "--cost", "2 us", "--jobs", "2", "--out", folder_ / "run"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(
      outcome.out,
      AllOf(HasSubstr("liquid/1500K-r1  quench/r1  hold"), HasSubstr("5 branches, 0.095 ns in all"),
            HasSubstr("at 2 us an atom and step of engine native on one core, as --cost says")));
  EXPECT_THAT(outcome.err, HasSubstr("--out " + (folder_ / "run")));
}

TEST_F(StudyCommands, PlanAddsUpAtomsStepsAndTime) {
  const auto json =
      nlohmann::json::parse(vitreous_command({"plan", path(), "--scale", "big", "--cost", "2 us",
                                              "--jobs", "3", "--json"})
                                .out);
  // 5000 + 5000 + 3 x 12500 steps of 4000 atoms
  EXPECT_DOUBLE_EQ(json["core_seconds"], 47500.0 * 4000.0 * 2e-6);
  EXPECT_DOUBLE_EQ(json["elapsed_seconds"], 22500.0 * 4000.0 * 2e-6);
  EXPECT_EQ(json["branches"][3]["axes"]["temperature"], "1500K");
  EXPECT_EQ(json["branches"][3]["parent"], "quench/r1");
  EXPECT_EQ(json["branches"][3]["steps"], 12500);
  EXPECT_EQ(json["folder"], "study-big");
}

TEST_F(StudyCommands, PlanMeasuresWhatAStepCosts) {
  const auto json = nlohmann::json::parse(vitreous_command({"plan", path(), "--json"}).out);
  EXPECT_GT(json["us_per_atom_step"], 0.01);
}

TEST_F(StudyCommands, PlanRefusesACostThatIsNoTime) {
  EXPECT_EQ(vitreous_command({"plan", path(), "--cost", "2 A"}).status, 2);
  EXPECT_EQ(vitreous_command({"plan", path(), "--cost", "0 s"}).status, 2);
}

}  // namespace
}  // namespace vitreous
