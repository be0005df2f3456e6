// `vitreous show` as its user meets it: what it tells of every kind of file and folder, what it
// finds by name, and what it says of damage.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/run_command.hpp"
#include "core/crystal.hpp"
#include "core/velocities.hpp"
#include "io/checkpoint.hpp"
#include "io/csv.hpp"
#include "io/extended_xyz.hpp"
#include "io/lammps_data.hpp"
#include "io/results_json.hpp"
#include "io/safe_file.hpp"
#include "io/scratch_folder.hpp"
#include "study/branch_record.hpp"

namespace vitreous::cli {
namespace {

using nlohmann::json;
using test::vitreous_command;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class ShowCommand : public testing::Test {
 protected:
  test::Outcome show(const std::string& path, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"show", folder_ / path});
    return vitreous_command(more);
  }
  json show_json(const std::string& path, std::vector<std::string> more = {}) const {
    more.push_back("--json");
    const auto shown = show(path, more);
    EXPECT_EQ(shown.status, 0) << shown.err;
    return json::parse(shown.out);
  }

  /// A run of one branch, with a result, a refusal and a table.
  void make_run() {
    core::Reported q;
    q.name = "liquid.Q";
    q.measured = core::Measured{0.437, 0.008, "eV"};
    q.state = "equilibrium";
    q.how = {{"law", "arrhenius"}, {"n", "6"}};
    q.reference = core::Reference{0.432, 0.007, "eV", "se", "16384 atoms", "a paper"};
    const auto refused = core::Reported::refused("glass.Q", "2 usable points, 3 needed");
    std::filesystem::create_directories(folder_ / "run/liquid/1000K-r1");
    test::put(folder_ / "run/results.json", io::to_results_json({false, {q, refused}}));
    const core::Table msd{"msd",
                          {{"species", "1", std::vector<std::string>{"Cu", "Cu"}, {}},
                           {"time", "ps", std::vector<double>{0.1, 0.2}, {}},
                           {"msd", "angstrom^2", std::vector<double>{0.31, 0.52}, {0.01, 0.02}}},
                          {}};
    test::put(folder_ / "run/liquid/msd.csv", io::to_csv(msd));
    study::BranchRecord record;
    record.id = "liquid/1000K-r1";
    record.physics = {{"temperature", "1000 K"}};
    record.state = "failed";
    record.problem = "the force on atom 7 is not a finite number";
    study::write_record(folder_ / "run/liquid/1000K-r1", record);
  }

  void make_checkpoint() {
    std::filesystem::create_directories(folder_ / "branch");
    for (std::int64_t step : {100, 200})
      io::save_checkpoint(folder_ / "branch", [&](core::Archive& archive) {
        const core::Archive::Group group(archive, "state");
        archive.transfer("step", step);
        std::vector<double> heat = {0.5, 0.25};
        archive.transfer("heat", heat);
        std::string kernel = "reference";
        archive.transfer("kernel", kernel);
      });
  }

  test::ScratchFolder folder_;
};

TEST_F(ShowCommand, TellsWhatAConfigurationIs) {
  core::Crystal crystal =
      core::supercell(core::b2_cell(3.2), {{"Cu", 63.546}, {"Zr", 91.224}}, 5, 5, 4);
  base::RandomStream random(2, "velocities");
  core::draw_velocities(crystal.atoms, 300.0, random);
  test::put(folder_ / "b2.data", io::to_lammps_data(crystal.box, crystal.atoms, 0, true).text);
  const auto shown = show("b2.data");
  EXPECT_EQ(shown.status, 0) << shown.err;
  EXPECT_THAT(shown.out, AllOf(HasSubstr("a LAMMPS data file"), HasSubstr("(50 %)"),
                               HasSubstr("16  16  12.8 angstrom")));
  const json facts = show_json("b2.data");
  EXPECT_EQ(facts["atoms"], 200);
  EXPECT_NEAR(facts["volume_angstrom3"].get<double>(), 16 * 16 * 12.8, 1e-9);
  EXPECT_NEAR(facts["volume_per_atom_angstrom3"].get<double>(), std::pow(3.2, 3) / 2, 1e-9);
  EXPECT_NEAR(facts["density_g_per_cm3"].get<double>(),
              (63.546 + 91.224) * 1.66053906660 / (3.2 * 3.2 * 3.2), 1e-9);
  EXPECT_NEAR(facts["temperature_K"].get<double>(), 300.0, 1e-6);

  io::ExtendedXyzFields fields;
  fields.energy = -12.5;
  test::put(folder_ / "b2.extxyz", io::to_extended_xyz(crystal.box, crystal.atoms, fields));
  EXPECT_EQ(show_json("b2.extxyz", {"energy"})["energy_eV"], -12.5);
}

TEST_F(ShowCommand, TellsFramesStepsAndWhatADumpDoesNotSay) {
  std::string text;
  for (const int step : {0, 500, 1000})
    text += fmt::format(
        "ITEM: TIMESTEP\n{}\nITEM: NUMBER OF ATOMS\n2\nITEM: BOX BOUNDS xy xz yz pp pp pp\n"
        "0 12 0\n0 14 2\n0 12 0\nITEM: ATOMS id type x y z\n9 2 3 3 3\n4 1 0.5 3 3\n",
        step);
  test::put(folder_ / "prod.dump", text + "ITEM: TIMESTEP\n1500\nITEM: NUM");
  const auto shown = show("prod.dump");
  EXPECT_EQ(shown.status, 0);
  EXPECT_THAT(shown.out, AllOf(HasSubstr("a LAMMPS dump with 3 frames"), HasSubstr("(every 500)"),
                               HasSubstr("timestep         not known"),
                               HasSubstr("its element is not known")));
  EXPECT_THAT(shown.err, AllOf(HasSubstr("warning: "), HasSubstr("the 3 frames before are used"),
                               HasSubstr("next: vitreous analyze")));
  const json facts = show_json("prod.dump");
  EXPECT_EQ(facts["steps"], json({0, 1000}));
  EXPECT_NEAR(facts["angles"][1].get<double>(), std::atan2(12.0, 2.0) * 180 / M_PI, 1e-9);
}

TEST_F(ShowCommand, ListsTheDatasetsOfACheckpointAndPrintsOne) {
  make_checkpoint();
  const auto shown = show("branch/checkpoint.h5");
  EXPECT_EQ(shown.status, 0) << shown.err;
  EXPECT_THAT(
      shown.out,
      AllOf(HasSubstr("a sound checkpoint, 3 datasets"), HasSubstr("state/heat    real    2"),
            HasSubstr("state/kernel  text    reference"), HasSubstr("state/step    integer 200")));
  EXPECT_EQ(show("branch/checkpoint.h5", {"state/heat"}).out, "0.5\n0.25\n");
  EXPECT_EQ(show("branch/checkpoint.previous.h5", {"state/step"}).out, "100\n");
  EXPECT_EQ(show_json("branch/checkpoint.h5", {"state/heat"}), json({{"state/heat", {0.5, 0.25}}}));
}

TEST_F(ShowCommand, NamesTheDamageOfACheckpoint) {
  make_checkpoint();
  std::string bytes = io::read_file(folder_ / "branch/checkpoint.h5");
  bytes[bytes.size() / 2] ^= 1;
  test::put(folder_ / "branch/checkpoint.h5", bytes);
  const auto flipped = show("branch/checkpoint.h5");
  EXPECT_EQ(flipped.status, 1);
  EXPECT_THAT(flipped.err, AllOf(HasSubstr("this checkpoint is damaged: its checksum"),
                                 HasSubstr("checkpoint.previous.h5, which is sound")));
  test::put(folder_ / "branch/checkpoint.previous.h5", bytes.substr(0, 100));
  const auto cut = show("branch/checkpoint.previous.h5");
  EXPECT_EQ(cut.status, 1);
  EXPECT_THAT(cut.err, HasSubstr("its end is missing"));
}

TEST_F(ShowCommand, ShowsARunWithItsQuantitiesBranchesAndTables) {
  make_run();
  const auto shown = show("run");
  EXPECT_EQ(shown.status, 0) << shown.err;
  EXPECT_THAT(
      shown.out,
      AllOf(HasSubstr("liquid.Q  0.437(8) eV  equilibrium; published 0.432(7) eV, pull +0.5"),
            HasSubstr("glass.Q   refused      2 usable points, 3 needed"),
            HasSubstr("branches are missing"), HasSubstr("branches: 1 failed"),
            HasSubstr("the force on atom 7"), HasSubstr("liquid.msd")));
  const auto q = show("run", {"liquid.Q"});
  EXPECT_THAT(q.out, AllOf(HasSubstr("liquid.Q = 0.437(8) eV"), HasSubstr("arrhenius"),
                           HasSubstr("a paper"), HasSubstr("16384 atoms")));
  EXPECT_EQ(show_json("run", {"liquid.Q"})[0]["value"], 0.437);
  EXPECT_THAT(show("run", {"liquid.msd"}).out,
              AllOf(HasSubstr("time_ps"), HasSubstr("0.310(10)"), HasSubstr("0.52(2)")));
  EXPECT_THAT(show("run", {"liquid"}).out, AllOf(HasSubstr("liquid.Q"), HasSubstr("msd: 2 rows"),
                                                 HasSubstr("1000K-r1"), Not(HasSubstr("glass"))));
  EXPECT_THAT(show("run/liquid/1000K-r1").out,
              AllOf(HasSubstr("failed: the force on atom 7"), HasSubstr("1000 K")));
}

TEST_F(ShowCommand, ABranchTellsWhichCheckpointsAreSound) {
  make_run();
  make_checkpoint();
  std::filesystem::rename(folder_ / "branch/checkpoint.previous.h5",
                          folder_ / "run/liquid/1000K-r1/checkpoint.previous.h5");
  test::put(folder_ / "run/liquid/1000K-r1/checkpoint.h5", "torn");
  const json facts = show_json("run/liquid/1000K-r1");
  EXPECT_EQ(facts["checkpoint.previous.h5"], "sound");
  EXPECT_THAT(facts["checkpoint.h5"].get<std::string>(), HasSubstr("damaged: it is cut short"));
}

TEST_F(ShowCommand, SuggestsTheNearestNameForAnUnknownQuantity) {
  make_run();
  const auto unknown = show("run", {"liqid.Q"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err,
              AllOf(HasSubstr("has nothing called \"liqid.Q\""),
                    HasSubstr("it has liquid.Q, glass.Q"), HasSubstr("run liquid.Q\n")));
  EXPECT_TRUE(unknown.out.empty());
  EXPECT_EQ(show("run/results.json", {"Tg"}).status, 2);
}

TEST_F(ShowCommand, ShowsAColumnOfATableWithWhatItsRowsAreOf) {
  test::put(folder_ / "D.csv",
            "T (K),D_m2_per_s,D_m2_per_s_se,eta_Pa_s,eta_Pa_s_se\n"
            "1000,1e-9,1e-11,0.1,0.02\n1200,2.05e-9,2e-11,0.05,0.01\n");
  const auto all = show("D.csv");
  EXPECT_EQ(all.status, 0) << all.err;
  EXPECT_THAT(all.out, AllOf(HasSubstr("D: 2 rows"), HasSubstr("T_K  1000 ... 1200"),
                             HasSubstr("2.05(2)e-9")));
  const auto column = show("D.csv", {"D"});
  EXPECT_THAT(column.out, AllOf(HasSubstr("1200  2.05(2)e-9"), Not(HasSubstr("eta"))));
  EXPECT_EQ(show_json("D.csv", {"D"})["columns"][1]["standard_error"], json({1e-11, 2e-11}));
}

TEST_F(ShowCommand, RefusesWhatItDoesNotKnow) {
  EXPECT_THAT(show("missing").err, HasSubstr("is not there"));
  test::put(folder_ / "notes.txt", "nothing\n");
  EXPECT_THAT(show("notes.txt").err, HasSubstr("nothing that can be shown"));
  std::filesystem::create_directories(folder_ / "empty");
  EXPECT_THAT(show("empty").err, HasSubstr("folder of no run"));
  test::put(folder_ / "other.json", "{}");
  for (const char* path : {"missing", "notes.txt", "empty", "other.json"})
    EXPECT_EQ(show(path).status, 2) << path;
}

}  // namespace
}  // namespace vitreous::cli
