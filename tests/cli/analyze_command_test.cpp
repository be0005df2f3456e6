// `vitreous analyze` as its user meets it: files yield what observers in memory yield, and what a
// file cannot say is asked for.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <numeric>

#include "analysis/walkers.hpp"
#include "cli/progress.hpp"
#include "cli/run_command.hpp"
#include "io/csv.hpp"
#include "io/extended_xyz.hpp"
#include "io/packed.hpp"
#include "io/results_json.hpp"
#include "io/safe_file.hpp"
#include "io/scratch_folder.hpp"
#include "io/small_disk.hpp"

namespace vitreous::cli {
namespace {

using analysis::ObserverRequest;
using analysis::ObserverSet;
using analysis::testing::World;
using test::vitreous_command;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::int64_t frames = 120, every = 50;

/// A random walk, kept frame by frame, in the words of any file.
class Walk {
 public:
  Walk() : world_(30, 20) {
    world_.timestep = 0.002;
    base::RandomStream random(5, "walk");
    for (std::int64_t k = 0; k < frames; ++k) {
      if (k > 0)
        analysis::testing::diffuse(world_, random, [](auto kind) { return kind ? 0.01 : 0.04; });
      positions_.push_back(world_.atoms.position);
    }
  }

  /// Ids in another order in every frame.
  std::string dump(const std::string& columns, const std::string& head = "") const {
    base::RandomStream random(6, "order");
    std::string text;
    for (std::int64_t k = 0; k < frames; ++k) {
      std::vector<std::size_t> order(world_.atoms.size());
      std::iota(order.begin(), order.end(), std::size_t{0});
      for (std::size_t i = order.size(); i > 1; --i)
        std::swap(order[i - 1], order[random.below(i)]);
      text += fmt::format(
          "{}ITEM: TIMESTEP\n{}\nITEM: NUMBER OF ATOMS\n{}\nITEM: BOX BOUNDS pp pp pp\n"
          "0 20\n0 20\n0 20\nITEM: ATOMS {}\n",
          head, k * every, order.size(), columns);
      for (const std::size_t i : order) {
        const math::Vec3 r = positions_[static_cast<std::size_t>(k)][i];
        text += fmt::format("{} {} {} {} {}\n", i + 1, word(i, columns), r.x, r.y, r.z);
      }
    }
    return text;
  }

  std::string extended_xyz() {
    std::string text;
    each_frame([&](const core::Frame& frame) {
      io::ExtendedXyzFields fields;
      fields.step = frame.step;
      fields.time = frame.time;
      text += io::to_extended_xyz(*frame.box, *frame.atoms, fields);
    });
    return text;
  }

  /// The same frames through observers in memory.
  core::Result observed(const std::string& list) {
    std::vector<std::int64_t> steps;
    for (std::int64_t k = 0; k < frames; ++k) steps.push_back(k * every);
    ObserverSet set(world_.setting(steps.back(), steps), analysis::parse_observer_list(list));
    each_frame([&](const core::Frame& frame) { set.take(frame); });
    return set.result();
  }

  /// Every observer that a file of positions can feed, as the list declares them now; windows of
  /// 200 ps do not fit this one, and of no file is it known where a slab was opened.
  std::string every_observer() {
    std::string list;
    for (const auto& declaration : analysis::observer_declarations()) {
      bool offline = declaration.name != "depth_profile" && declaration.name != "hops";
      for (const auto& option : declaration.options)
        offline = offline && option.default_text != "required";
      if (!offline) continue;
      std::vector<std::int64_t> steps;
      for (std::int64_t k = 0; k < frames; ++k) steps.push_back(k * every);
      const std::string words = declaration.name == "cage_jumps"
                                    ? "cage_jumps(window=1.6 ps, u2=0.06 A^2)"
                                    : declaration.name;
      const ObserverSet alone(world_.setting(steps.back(), steps),
                              analysis::parse_observer_list(words));
      for (std::int64_t s = alone.next_step(-1); s <= steps.back(); s = alone.next_step(s))
        offline = offline && !alone.needs_thermo_at(s) && !alone.needs_velocities_at(s);
      if (offline) list += (list.empty() ? "" : ",") + words;
    }
    return list;
  }

 private:
  void each_frame(const std::function<void(const core::Frame&)>& visit) {
    for (std::int64_t k = 0; k < frames; ++k) {
      world_.atoms.position = positions_[static_cast<std::size_t>(k)];
      visit(world_.frame(k * every));
    }
  }
  std::string word(std::size_t i, const std::string& columns) const {
    const bool zirconium = world_.atoms.species[i] == 1;
    if (columns.find("element") != columns.npos) return zirconium ? "Zr" : "Cu";
    return zirconium ? "2" : "1";
  }

  World world_;
  std::vector<math::Vectors> positions_;
};

class AnalyzeCommand : public testing::Test {
 protected:
  /// Folders are named from where the command is run.
  void SetUp() override {
    before_ = std::filesystem::current_path();
    std::filesystem::current_path(folder_.path());
  }
  void TearDown() override { std::filesystem::current_path(before_); }

  void expect_tables(const core::Result& expected, const std::string& folder) {
    for (const auto& table : expected.tables)
      EXPECT_EQ(io::read_file(folder + "/" + table.name + ".csv"), io::to_csv(table)) << table.name;
    EXPECT_EQ(io::read_file(folder + "/results.json"),
              io::to_results_json({true, expected.quantities}));
  }

  test::ScratchFolder folder_;
  std::filesystem::path before_;
  Walk walk_;
};

TEST_F(AnalyzeCommand, AShuffledGzippedDumpYieldsTheMsdOfTheFramesInMemory) {
  test::put_gzipped("walk.dump.gz", walk_.dump("id type xu yu zu"));
  const auto done = vitreous_command(
      {"analyze", "walk.dump.gz", "--observe", "msd", "--timestep", "2fs", "--species", "Cu,Zr"});
  ASSERT_EQ(done.status, 0) << done.err;
  expect_tables(walk_.observed("msd"), "walk.dump.gz-analysis");
  EXPECT_THAT(done.out, HasSubstr("walk.dump.gz-analysis/msd.csv"));
  EXPECT_THAT(done.err, HasSubstr("next: vitreous report walk.dump.gz-analysis"));
  EXPECT_THAT(done.err, Not(HasSubstr("left")));  // no progress where nobody watches

  // The walk's own law: three variances a frame, and a frame every 0.1 ps. 50 atoms and 119 frames
  // tell it to 2 %, and the center of mass takes 2 % away.
  const core::Table msd = io::read_csv("walk.dump.gz-analysis/msd.csv");
  const auto time = analysis::testing::numbers(msd, "time");
  const auto value = analysis::testing::numbers(msd, "msd");
  const auto species = analysis::testing::words(msd, "species");
  for (std::size_t k = 0; k < time.size(); ++k) {
    if (species[k] == "all" || time[k] > 0.15) continue;
    EXPECT_NEAR(value[k], time[k] / 0.1 * 3 * (species[k] == "Zr" ? 0.01 : 0.04), 0.05 * value[k]);
  }
}

TEST_F(AnalyzeCommand, EveryObserverYieldsOnFilesWhatItYieldsInSitu) {
  const std::string all = walk_.every_observer();
  EXPECT_THAT(all, HasSubstr("msd"));
  const core::Result expected = walk_.observed(all);
  test::put("walk.dump", walk_.dump("id element xu yu zu"));
  test::put("walk.extxyz", walk_.extended_xyz());
  const auto dump = vitreous_command(
      {"analyze", "walk.dump", "--observe", all, "--timestep", "2fs", "--out", "from-dump"});
  ASSERT_EQ(dump.status, 0) << dump.err;
  expect_tables(expected, "from-dump");
  const auto xyz =
      vitreous_command({"analyze", "walk.extxyz", "--observe", all, "--out", "from-xyz"});
  ASSERT_EQ(xyz.status, 0) << xyz.err;
  expect_tables(expected, "from-xyz");
}

TEST_F(AnalyzeCommand, OfASlabLayersAndDepthsAreThoseOfAStudy) {
  const std::string layers =
      "msd(layer=2.5 A),msd(layer=2.5 A, region=inner),depth_profile(cutoff=4 A)";
  test::put("slab.dump", walk_.dump("id element xu yu zu"));
  const auto analyze = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"analyze", "slab.dump", "--timestep", "2fs", "--observe", layers});
    return vitreous_command(words);
  };
  const auto done = analyze({"--gap", "4A"});
  ASSERT_EQ(done.status, 0) << done.err;
  expect_tables(walk_.observed(layers), "slab.dump-analysis");
  const auto json = nlohmann::json::parse(io::read_file("slab.dump-analysis/analysis.json"));
  EXPECT_EQ(json["slab"].dump(), R"({"axis":"z","gap":"4A"})");

  const auto across = analyze({"--gap", "4A", "--axis", "x", "--out", "across-x"});
  ASSERT_EQ(across.status, 0) << across.err;
  EXPECT_NE(io::read_file("across-x/msd.csv"), io::read_file("slab.dump-analysis/msd.csv"));

  EXPECT_THAT(analyze({}).err, HasSubstr("--gap \"10 A\""));
  EXPECT_THAT(analyze({"--axis", "x"}).err, HasSubstr("--gap"));
  EXPECT_THAT(analyze({"--gap", "10A"}).err,
              HasSubstr("two gaps of 10 A leave no slab in a box 20 A high along z"));
}

TEST_F(AnalyzeCommand, HopsAskForAPotential) {
  test::put("walk.dump", walk_.dump("id element xu yu zu"));
  const auto refused = vitreous_command(
      {"analyze", "walk.dump", "--timestep", "2fs", "--observe", "hops(every=1 ps)"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("hops needs a potential"), HasSubstr("--potential")));
  EXPECT_FALSE(std::filesystem::exists("walk.dump-analysis"));
}

TEST_F(AnalyzeCommand, CageJumpsAreWrittenARowAnEvent) {
  test::put("walk.dump", walk_.dump("id element xu yu zu"));
  const auto done = vitreous_command({"analyze", "walk.dump", "--timestep", "2fs", "--observe",
                                      "cage_jumps(window=1.6 ps, u2=0.06 A^2)"});
  ASSERT_EQ(done.status, 0) << done.err;
  const std::string csv = io::read_file("walk.dump-analysis/cage_jumps.csv");
  EXPECT_EQ(csv.substr(0, csv.find('\n')),
            "atom,start_ps,end_ps,lx_angstrom,ly_angstrom,lz_angstrom,length_angstrom,windows");
  const core::Table events = io::read_csv("walk.dump-analysis/cage_jumps.csv");
  const auto start = analysis::testing::numbers(events, "start"),
             end = analysis::testing::numbers(events, "end");
  ASSERT_GT(start.size(), 0u);
  for (std::size_t k = 0; k < start.size(); ++k) {
    EXPECT_GE(start[k], 1.6 - 1e-9);
    EXPECT_GE(end[k], start[k] + 1.6 - 1e-9);
    EXPECT_LE(end[k], 12.0 - 1.6 + 1e-9);  // 120 frames of 0.1 ps fill 12 ps
  }
  EXPECT_THAT(done.out, AllOf(HasSubstr("cage_jumps_rates.csv"), HasSubstr("D_jumps.Zr")));
}

TEST_F(AnalyzeCommand, CageJumpsSayWhatTheyMissInAFile) {
  test::put("walk.dump", walk_.dump("id element xu yu zu"));
  const auto of = [](const std::string& timestep, const std::string& observe) {
    const auto done =
        vitreous_command({"analyze", "walk.dump", "--timestep", timestep, "--observe", observe});
    EXPECT_EQ(done.status, 2);
    return done.err;
  };
  EXPECT_THAT(of("2fs", "cage_jumps"),
              AllOf(HasSubstr("11.9 ps hold 0.0595 windows of 200 ps, 6.5 needed"),
                    HasSubstr("try: window = \"1.6 ps\"")));
  EXPECT_THAT(of("20fs", "cage_jumps(window=16ps)"),
              AllOf(HasSubstr("<u^2> cannot be told from frames 1 ps apart"),
                    HasSubstr("try: u2 = \"0.0675 A^2\"")));
  EXPECT_THAT(of("2fs", "cage_jumps(window=1.5 ps)"),
              AllOf(HasSubstr("does not hold an even number of frames, 8 or more: they are 0.1 ps"),
                    HasSubstr("try: window = \"1.6 ps\"")));
}

TEST_F(AnalyzeCommand, JsonIsTheResultsFileAndTheManifestTellsHow) {
  test::put("walk.dump", walk_.dump("id element xu yu zu"));
  const auto done = vitreous_command(
      {"analyze", "--observe", "msd:max_time=2ps", "walk.dump", "--timestep", "2fs", "--json"});
  ASSERT_EQ(done.status, 0) << done.err;
  EXPECT_EQ(done.out, io::read_file("walk.dump-analysis/results.json"));
  const auto json = nlohmann::json::parse(io::read_file("walk.dump-analysis/analysis.json"));
  EXPECT_EQ(json["frames"], frames);
  EXPECT_EQ(json["timestep_ps"], 0.002);
  EXPECT_EQ(json["species"]["Zr"]["atoms"], 20);
  EXPECT_EQ(json["observe"], "msd:max_time=2ps");
  EXPECT_THAT(json["tables"][0]["how"].dump(), HasSubstr("center of mass"));
}

TEST_F(AnalyzeCommand, AsksForTimeAndSpeciesWithCommandsThatWork) {
  test::put("walk.dump", walk_.dump("id type xu yu zu"));
  const auto both = vitreous_command({"analyze", "walk.dump", "--observe", "msd:max_time=1ps"});
  EXPECT_EQ(both.status, 2);
  EXPECT_EQ(both.err,
            "error: walk.dump: msd needs time and species; the file has only steps (0, 50, ...) "
            "and types 1, 2\n"
            "  why: it has no \"ITEM: TIME\" and no `element` column\n"
            "  try: vitreous analyze walk.dump --log log.lammps --observe msd:max_time=1ps\n"
            "   or: vitreous analyze walk.dump --timestep 1fs --species Cu,Zr --observe "
            "msd:max_time=1ps\n");
  const auto time =
      vitreous_command({"analyze", "walk.dump", "--observe", "msd", "--species", "Cu,Zr"});
  EXPECT_EQ(time.status, 2);
  EXPECT_THAT(time.err, HasSubstr("msd needs time; the file has only steps (0, 50, ...)\n"));
  const auto species =
      vitreous_command({"analyze", "walk.dump", "--observe", "msd", "--timestep", "1fs"});
  EXPECT_EQ(species.status, 2);
  EXPECT_THAT(species.err, HasSubstr("msd needs species; the file has only types 1, 2\n"));
  EXPECT_FALSE(std::filesystem::exists("walk.dump-analysis"));
}

TEST_F(AnalyzeCommand, ALogSuppliesTimeAndSpecies) {
  test::put("walk.dump", walk_.dump("id type xu yu zu"));
  test::put("log.lammps",
            "LAMMPS (29 Sep 2021 - Update 2)\nunits metal\npair_style eam/fs\n"
            "pair_coeff * * CuZr.eam.fs Cu Zr\ntimestep 0.002\nrun 5950\n"
            "Step Temp PotEng\n0 300 -5\n5950 300 -5\nLoop time of 1 on 1 procs\n");
  const auto done =
      vitreous_command({"analyze", "walk.dump", "--log", "log.lammps", "--observe", "msd"});
  ASSERT_EQ(done.status, 0) << done.err;
  expect_tables(walk_.observed("msd"), "walk.dump-analysis");
}

TEST_F(AnalyzeCommand, ATruncatedDumpIsUsedAsFarAsItsFramesAreWhole) {
  const std::string whole = walk_.dump("id element xu yu zu");
  test::put("cut.dump", whole.substr(0, whole.size() - 300));
  const auto done =
      vitreous_command({"analyze", "cut.dump", "--observe", "msd", "--timestep", "2fs"});
  EXPECT_EQ(done.status, 0);
  EXPECT_THAT(done.err, AllOf(HasSubstr("warning: cut.dump: "), HasSubstr("ends within the frame"),
                              HasSubstr("the 119 frames before are used")));
  EXPECT_EQ(nlohmann::json::parse(io::read_file("cut.dump-analysis/analysis.json"))["frames"], 119);

  test::put("short.dump", whole.substr(0, 500));
  const auto none =
      vitreous_command({"analyze", "short.dump", "--observe", "msd", "--timestep", "2fs"});
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.err, AllOf(HasSubstr("short.dump"), HasSubstr("holds no whole frame")));
  EXPECT_FALSE(std::filesystem::exists("short.dump-analysis"));
}

TEST_F(AnalyzeCommand, RefusesWhatItCannotObserveBeforeItReads) {
  test::put("walk.dump", walk_.dump("id element xu yu zu"));
  const auto refuse = [](std::vector<std::string> words) {
    words.insert(words.begin(), {"analyze", "walk.dump", "--observe"});
    const auto done = vitreous_command(words);
    EXPECT_EQ(done.status, 2) << done.out;
    return done.err;
  };
  EXPECT_THAT(refuse({"mds"}), AllOf(HasSubstr("no observer is called \"mds\""), HasSubstr("msd")));
  EXPECT_THAT(refuse({"msd:max_tme=1ps"}), HasSubstr("max_time"));
  EXPECT_THAT(refuse({"msd:max_time=1K"}), HasSubstr("max_time"));
  EXPECT_THAT(refuse({"msd", "--timestep", "1"}), HasSubstr("--timestep"));
  EXPECT_THAT(refuse({"msd", "--timestep", "-1fs"}), HasSubstr("not positive"));
  EXPECT_THAT(refuse({"msd", "--timestep", "1fs", "--species", "Cu,,Zr"}),
              HasSubstr("a name is missing"));
  EXPECT_FALSE(std::filesystem::exists("walk.dump-analysis"));
}

TEST_F(AnalyzeCommand, ReplacesAnEarlierAnalysisAndNothingElse) {
  test::put("walk.dump", walk_.dump("id element xu yu zu"));
  const auto analyze = [](const std::string& observe) {
    return vitreous_command(
        {"analyze", "walk.dump", "--observe", observe, "--timestep", "2fs", "--out", "tables"});
  };
  EXPECT_EQ(analyze("msd,msd:max_time=1ps").status, 0);
  EXPECT_TRUE(std::filesystem::exists("tables/msd_2.csv"));
  test::put("tables/notes.txt", "mine");
  EXPECT_EQ(analyze("msd").status, 0);
  EXPECT_FALSE(std::filesystem::exists("tables/msd_2.csv"));
  EXPECT_TRUE(std::filesystem::exists("tables/notes.txt"));

  std::filesystem::remove("tables/analysis.json");
  const auto refused = analyze("msd");
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("error: tables: "), HasSubstr("no analysis wrote")));
}

TEST_F(AnalyzeCommand, OnAFullDiskTheEarlierAnalysisStays) {
  const test::SmallDisk disk(folder_ / "disk", "32k");
  if (!disk.mounted()) GTEST_SKIP() << "mounting a small file system needs root";
  test::put("walk.dump", walk_.dump("id element xu yu zu"));
  const auto analyze = [](const std::string& observe, const std::string& out) {
    return vitreous_command(
        {"analyze", "walk.dump", "--observe", observe, "--timestep", "2fs", "--out", out});
  };
  EXPECT_EQ(analyze("msd", "disk/tables").status, 0);
  const std::string before = io::read_file("disk/tables/msd.csv");
  test::put("disk/ballast", std::string(16384, 'x'));
  for (const auto* out : {"disk/tables", "disk/new"}) {
    const auto full = analyze("msd:max_time=3ps,msd,msd:max_time=1ps", out);
    EXPECT_EQ(full.status, 1);
    EXPECT_THAT(full.err, HasSubstr("the disk is full"));
  }
  EXPECT_EQ(io::read_file("disk/tables/msd.csv"), before);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator("disk/tables"), {}), 3);
  EXPECT_FALSE(std::filesystem::exists("disk/new"));
}

TEST(Progress, TellsTheTimeLeftOnceItIsKnown) {
  EXPECT_EQ(progress_line("frames", 0, 200, 3.0), "0 of 200 frames (0 %)");
  EXPECT_EQ(progress_line("frames", 50, 200, 3.0), "50 of 200 frames (25 %), 9 s left");
  EXPECT_EQ(progress_line("frames", 1, 100, 10.0), "1 of 100 frames (1 %), 16 min 30 s left");
}

}  // namespace
}  // namespace vitreous::cli
