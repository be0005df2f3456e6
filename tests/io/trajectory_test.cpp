#include "io/trajectory.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <cmath>
#include <cstdlib>

#include "base/random.hpp"
#include "expect_message.hpp"
#include "io/extended_xyz.hpp"
#include "io/safe_file.hpp"
#include "packed.hpp"
#include "scratch_folder.hpp"

namespace vitreous::io {
namespace {

using test::input_error;
using test::put;
using test::put_gzipped;
using test::ScratchFolder;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

const TrajectoryOptions told{.species = {"Cu", "Zr"}, .timestep = 0.002};

std::vector<Configuration> read_all(const std::vector<std::string>& files,
                                    const TrajectoryOptions& options = told) {
  const auto reader = open_trajectory(scan_trajectory(files, options));
  std::vector<Configuration> frames;
  for (Configuration frame; reader->next(frame);) frames.push_back(frame);
  return frames;
}

/// A walk of a few atoms in a box that changes, as text in any flavor.
class Walk {
 public:
  explicit Walk(std::size_t atoms = 5, std::size_t frames = 6) {
    base::RandomStream random(3, "walk");
    math::Vectors s(atoms);
    for (std::size_t i = 0; i < atoms; ++i)
      s.set(i, {random.uniform(), random.uniform(), random.uniform()});
    for (std::size_t k = 0; k < frames; ++k) {
      const double grow = 1.0 + 0.01 * static_cast<double>(k);
      boxes.emplace_back(math::Mat3{{math::Vec3{8 * grow, 0, 0}, math::Vec3{1.25, 9, 0},
                                     math::Vec3{-2, -0.5, 10}}},
                         math::Vec3{-1, 0.5, 2 * grow});
      fractional.push_back(s);
      for (std::size_t i = 0; i < atoms; ++i)
        s.add(i, {0.6 * (random.uniform() - 0.5), 0.6 * (random.uniform() - 0.5),
                  0.6 * (random.uniform() - 0.5)});
    }
  }

  math::Vec3 position(std::size_t frame, std::size_t i) const {
    return boxes[frame].cartesian(fractional[frame][i]);
  }
  std::size_t atoms() const { return fractional[0].size(); }
  static int species(std::size_t i) { return i % 2 ? 2 : 1; }

  /// Columns of one frame; atoms stand in another order in every frame.
  std::string dump(std::size_t frame, const std::string& columns,
                   const std::string& before = "") const {
    const core::Box& b = boxes[frame];
    const math::Mat3& h = b.cell();
    const double xy = h(0, 1), xz = h(0, 2), yz = h(1, 2);
    const math::Vec3 lo = b.origin();
    std::string text = fmt::format("{}ITEM: TIMESTEP\n{}\nITEM: NUMBER OF ATOMS\n{}\n", before,
                                   100 * frame, atoms());
    text +=
        fmt::format("ITEM: BOX BOUNDS xy xz yz pp pp pp\n{} {} {}\n{} {} {}\n{} {} {}\n",
                    lo.x + std::min({0.0, xy, xz, xy + xz}),
                    lo.x + h(0, 0) + std::max({0.0, xy, xz, xy + xz}), xy, lo.y + std::min(0.0, yz),
                    lo.y + h(1, 1) + std::max(0.0, yz), xz, lo.z, lo.z + h(2, 2), yz);
    text += "ITEM: ATOMS " + columns + "\n";
    for (std::size_t k = 0; k < atoms(); ++k)
      text += row((atoms() - 1 - k + frame) % atoms(), frame, columns) + "\n";
    return text;
  }

  std::string all(const std::string& columns) const {
    std::string text;
    for (std::size_t k = 0; k < boxes.size(); ++k) text += dump(k, columns);
    return text;
  }

  std::vector<core::Box> boxes;
  std::vector<math::Vectors> fractional;

 private:
  std::string row(std::size_t i, std::size_t frame, const std::string& columns) const {
    const math::Vec3 s = fractional[frame][i], r = position(frame, i);
    const math::Vec3 n{std::floor(s.x), std::floor(s.y), std::floor(s.z)};
    const math::Vec3 w = boxes[frame].cartesian(s - n);
    std::string text;
    std::size_t at = 0;
    while (at < columns.size()) {
      const std::size_t stop = std::min(columns.find(' ', at), columns.size());
      text += value(columns.substr(at, stop - at), i, s, r, n, w) + " ";
      at = stop + 1;
    }
    return text;
  }

  static std::string value(const std::string& name, std::size_t i, const math::Vec3& s,
                           const math::Vec3& r, const math::Vec3& n, const math::Vec3& w) {
    if (name == "id") return std::to_string(i + 1);
    if (name == "type") return std::to_string(species(i));
    if (name == "element") return species(i) == 1 ? "Cu" : "Zr";
    const auto axis = static_cast<std::size_t>(name.find_first_of("xyz"));
    const std::size_t k = static_cast<std::size_t>(name[axis] - 'x');
    if (name[0] == 'i') return fmt::format("{}", static_cast<int>(n[k]));
    if (name[0] == 'v')
      return fmt::format("{}", 0.1 * static_cast<double>(i) + static_cast<double>(k));
    const std::string flavor = name.substr(1);
    return fmt::format("{}", flavor == "s"    ? s[k] - n[k]
                             : flavor == "su" ? s[k]
                             : flavor == "u"  ? r[k]
                                              : w[k]);
  }
};

TEST(Trajectory, EveryFlavorOfADumpGivesTheSameUnwrappedPositions) {
  const ScratchFolder folder;
  const Walk walk;
  for (const std::string columns :
       {"id type xu yu zu", "zsu id xsu type ysu", "id type x y z", "ix iy iz id type x y z",
        "type zs ys xs id", "type xs ys zs id ix iy iz", "id type x y z xu yu zu",
        "element id x y z"}) {
    put(folder / "a.dump", walk.all(columns));
    const auto frames = read_all({folder / "a.dump"});
    ASSERT_EQ(frames.size(), walk.boxes.size()) << columns;
    const math::Vec3 shift{};
    for (std::size_t k = 0; k < frames.size(); ++k) {
      EXPECT_EQ(frames[k].step, static_cast<std::int64_t>(100 * k));
      EXPECT_DOUBLE_EQ(*frames[k].time, 0.2 * static_cast<double>(k));
      EXPECT_NEAR(frames[k].box.volume(), walk.boxes[k].volume(), 1e-10);
      for (std::size_t i = 0; i < walk.atoms(); ++i) {
        EXPECT_EQ(frames[k].atoms.id[i], static_cast<std::int64_t>(i + 1));
        EXPECT_EQ(frames[k].atoms.species[i] + 1, Walk::species(i));
        EXPECT_LT(math::norm(frames[k].atoms.position[i] - walk.position(k, i) - shift), 1e-12)
            << columns;
      }
    }
  }
}

TEST(Trajectory, VelocitiesAndTimeOfUnitsRealAreConverted) {
  const ScratchFolder folder;
  const Walk walk(3, 2);
  put(folder / "a.dump",
      walk.dump(0, "id element xu yu zu vx vy vz", "ITEM: UNITS\nreal\nITEM: TIME\n0\n") +
          walk.dump(1, "id element xu yu zu vx vy vz", "ITEM: TIME\n200\n"));
  const auto summary = scan_trajectory({folder / "a.dump"}, {});
  EXPECT_DOUBLE_EQ(summary.timestep, 0.002);
  const auto frames = read_all({folder / "a.dump"}, {});
  EXPECT_TRUE(frames[0].has_velocities);
  EXPECT_DOUBLE_EQ(frames[0].atoms.velocity.y[2], 1200.0);
}

TEST(Trajectory, TellsKindsAndCounts) {
  const ScratchFolder folder;
  put_gzipped(folder / "a.dump.gz", Walk().all("id type xu yu zu"));
  const auto summary = scan_trajectory({folder / "a.dump.gz"}, told);
  EXPECT_THAT(summary.steps, ElementsAre(0, 100, 200, 300, 400, 500));
  EXPECT_EQ(summary.atoms, 5u);
  ASSERT_EQ(summary.kinds.size(), 2u);
  EXPECT_EQ(summary.kinds[0].name, "Cu");
  EXPECT_EQ(summary.kinds[1].mass, 91.224);
  EXPECT_THAT(summary.counts, ElementsAre(3, 2));
  EXPECT_TRUE(summary.warnings.empty());
}

TEST(Trajectory, WhatADumpCannotSayIsDemanded) {
  const ScratchFolder folder;
  const std::string path = folder / "prod.dump";
  put(path, Walk().all("id type xu yu zu"));
  EXPECT_EQ(input_error([&] { scan_trajectory({path}, {}); }),
            fmt::format("error: {0}: msd needs time and species; the file has only steps (0, 100, "
                        "...) and types 1, 2\n"
                        "  why: it has no \"ITEM: TIME\" and no `element` column\n"
                        "  try: vitreous analyze {0} --log log.lammps --observe msd\n"
                        "   or: vitreous analyze {0} --timestep 1fs --species Cu,Zr --observe msd",
                        path));
  EXPECT_THAT(input_error([&] {
                scan_trajectory({path}, {.species = {"Cu", "Zr"}});
              }),
              HasSubstr("msd needs time; the file has only steps (0, 100, ...)"));
  EXPECT_THAT(
      input_error([&] { scan_trajectory({path}, {.timestep = 0.001, .wanted_by = "rdf"}); }),
      HasSubstr("rdf needs species; the file has only types 1, 2"));
  EXPECT_EQ(scan_trajectory({path}, {.species = {"Cu", "Zr"}, .needs_time = false}).timestep, 0.0);
  EXPECT_THAT(input_error([&] { scan_trajectory({path}, {.species = {"Cu"}, .timestep = 0.001}); }),
              HasSubstr("type 2 has no element"));
  std::string carbon = Walk().all("id type element xu yu zu");
  for (std::size_t at = 0;
       (at = carbon.find(" Cu ")) != carbon.npos || (at = carbon.find(" Zr ")) != carbon.npos;)
    carbon.replace(at, 4, " C ");
  put(path, carbon);
  EXPECT_THAT(input_error([&] { scan_trajectory({path}, {.timestep = 0.001}); }),
              HasSubstr("says C for every atom"));
}

TEST(Trajectory, ALogSaysWhatADumpCannot) {
  const ScratchFolder folder;
  put(folder / "a.dump", Walk().all("id type xu yu zu"));
  put(folder / "log.lammps",
      "units metal\npair_coeff * * CuZr.eam.fs Cu Zr\nmass 2 91.2\ntimestep 0.003\n");
  const auto summary = scan_trajectory({folder / "a.dump"}, {.log = folder / "log.lammps"});
  EXPECT_EQ(summary.timestep, 0.003);
  EXPECT_EQ(summary.kinds[0].mass, 63.546);
  EXPECT_EQ(summary.kinds[1].mass, 91.2);
}

TEST(Trajectory, ACutLastFrameIsAWarningAndTheRestIsUsed) {
  const ScratchFolder folder;
  const Walk walk;
  const std::string text = walk.all("id type x y z");
  put(folder / "a.dump", text.substr(0, text.size() - 3));
  put_gzipped(folder / "whole.gz", text);
  const std::string packed = read_file(folder / "whole.gz");
  put(folder / "b.dump.gz", packed.substr(0, packed.size() - 30));
  for (const std::string name : {"a.dump", "b.dump.gz"}) {
    const auto summary = scan_trajectory({folder / name}, told);
    EXPECT_EQ(summary.steps.size(), 5u);
    EXPECT_THAT(summary.warnings,
                testing::Contains(AllOf(HasSubstr(name), HasSubstr("it ends within the frame"),
                                        HasSubstr("the 5 frames before are used"))));
    EXPECT_EQ(read_all({folder / name}).size(), 5u);
  }
}

TEST(Trajectory, DamageInTheMiddleIsAnErrorWithItsLine) {
  const ScratchFolder folder;
  const Walk walk;
  const std::string good = walk.dump(0, "id type x y z");
  const auto message = [&](const std::string& text) {
    put(folder / "a.dump", text);
    return input_error([&] { read_all({folder / "a.dump"}); });
  };
  const auto without_last_line = [](const std::string& text) {
    return text.substr(0, text.rfind('\n', text.size() - 2) + 1);
  };
  EXPECT_THAT(message(without_last_line(good) + walk.dump(1, "id type x y z")),
              AllOf(HasSubstr("a.dump:14: a new frame starts before the last one is complete"),
                    HasSubstr("line 1 promises 5 atoms")));
  std::string bad = walk.dump(1, "id type x y z");
  bad.replace(bad.rfind(' ', bad.size() - 10), 2, " ?");
  EXPECT_THAT(message(good + bad + walk.dump(2, "id type x y z")),
              AllOf(HasSubstr("a.dump:28: not a finite number"), HasSubstr("^")));
  EXPECT_THAT(message(good + "garbage\n" + walk.dump(1, "id type x y z")),
              HasSubstr("a.dump:15: a frame must start"));
  EXPECT_THAT(message(good + without_last_line(walk.dump(1, "id type x y z")) + "1 1 0.5 0.5\n"),
              HasSubstr("a.dump:28: 4 columns, but ITEM: ATOMS names 5"));
  EXPECT_THAT(message(good + Walk(4, 2).dump(1, "id type x y z")),
              HasSubstr("a.dump:15: this frame has 4 atoms, those before it 5"));
  EXPECT_THAT(message(walk.dump(0, "id type x y")), HasSubstr("no columns with positions"));
  EXPECT_THAT(message(walk.dump(0, "id xu yu zu")), HasSubstr("neither a `type` nor an `element`"));
  EXPECT_THAT(message(walk.all("type xu yu zu")), HasSubstr("no `id` column"));
  EXPECT_THAT(message(walk.dump(0, "id type x y z", "ITEM: UNITS\nlj\n")),
              HasSubstr("a.dump:2: units lj are not read"));
  std::string twice = walk.dump(0, "id type x y z");
  twice.replace(twice.find("\n4 2"), 4, "\n1 1");
  EXPECT_THAT(message(twice), HasSubstr("atom id 1 occurs twice"));
  EXPECT_THAT(message("ITEM: TIMESTEP\nx\n"),
              HasSubstr("a.dump:2: a step (a whole number) is expected"));
  EXPECT_THAT(message("ITEM: TIM"), HasSubstr("holds no whole frame"));
}

TEST(Trajectory, RestartedFilesDropWhatIsToldAgain) {
  const ScratchFolder folder;
  const Walk walk;
  const std::string columns = "id type xu yu zu";
  put(folder / "a.dump", walk.dump(0, columns) + walk.dump(1, columns) + walk.dump(2, columns) +
                             walk.dump(3, columns));
  put(folder / "b.dump", walk.dump(3, columns) + walk.dump(4, columns) + walk.dump(5, columns));
  for (const auto& files : {std::vector<std::string>{folder / "a.dump", folder / "b.dump"},
                            {folder / "b.dump", folder / "a.dump"}}) {
    const auto summary = scan_trajectory(files, told);
    EXPECT_THAT(summary.steps, ElementsAre(0, 100, 200, 300, 400, 500));
    EXPECT_THAT(summary.warnings, testing::Contains(HasSubstr("a.dump: 1 frame is dropped")));
    EXPECT_EQ(read_all(files).size(), 6u);
  }
  put(folder / "one.dump", walk.dump(0, columns) + walk.dump(1, columns) + walk.dump(2, columns) +
                               walk.dump(2, columns) + walk.dump(3, columns));
  EXPECT_THAT(scan_trajectory({folder / "one.dump"}, told).steps, ElementsAre(0, 100, 200, 300));
  EXPECT_THAT(input_error([&] {
                scan_trajectory({folder / "a.dump", folder / "a.dump"}, told);
              }),
              HasSubstr("are all told by another file too"));
  put(folder / "reset.dump", walk.dump(1, columns) + walk.dump(2, columns) + walk.dump(3, columns) +
                                 walk.dump(0, columns));
  EXPECT_THAT(input_error([&] { scan_trajectory({folder / "reset.dump"}, told); }),
              HasSubstr("the steps go back so far that 3 of 4 frames would be dropped"));
}

TEST(Trajectory, AMoveOfMoreThanAThirdOfTheBoxIsRefusedWithoutImages) {
  const ScratchFolder folder;
  Walk walk(3, 2);
  walk.fractional[1] = walk.fractional[0];
  walk.fractional[1].add(1, {0.0, 0.4, 0.0});
  put(folder / "a.dump", walk.all("id type x y z"));
  EXPECT_THAT(
      input_error([&] { read_all({folder / "a.dump"}); }),
      AllOf(HasSubstr("a.dump:13: atom id 2 moves 0.40 of the box along b between steps 0 and 100"),
            HasSubstr("xu yu zu")));
  put(folder / "a.dump", walk.all("id type x y z ix iy iz"));
  EXPECT_EQ(read_all({folder / "a.dump"}).size(), 2u);
}

TEST(Trajectory, TimesThatDoNotRunWithTheStepsAreRefused) {
  const ScratchFolder folder;
  const Walk walk(3, 3);
  std::string text;
  for (std::size_t k = 0; k < 3; ++k)
    text += walk.dump(k, "id element xu yu zu",
                      fmt::format("ITEM: TIME\n{}\n", k == 2 ? 0.5 : 0.1 * static_cast<double>(k)));
  put(folder / "a.dump", text);
  EXPECT_THAT(input_error([&] { scan_trajectory({folder / "a.dump"}, {}); }),
              HasSubstr("time does not run with the steps"));
}

TEST(Trajectory, ExtendedXyzWithManyFrames) {
  const ScratchFolder folder;
  const Walk walk;
  std::string ours, others;
  for (std::size_t k = 0; k < walk.boxes.size(); ++k) {
    core::Atoms atoms;
    atoms.kinds = {{"Cu", 63.546}, {"Zr", 91.224}};
    atoms.resize(walk.atoms());
    ExtendedXyzFields fields;
    fields.step = static_cast<std::int64_t>(50 * k);
    fields.time = 0.1 * static_cast<double>(k);
    std::string wrapped = fmt::format("{}\nLattice=\"", walk.atoms());
    for (const auto& edge : walk.boxes[k].cell().column)
      wrapped += fmt::format("{} {} {} ", edge.x, edge.y, edge.z);
    wrapped += "\" Properties=species:S:1:pos:R:3 pbc=\"T T T\"\n";
    for (std::size_t i = 0; i < walk.atoms(); ++i) {
      atoms.id[i] = static_cast<std::int64_t>(i + 1);
      atoms.species[i] = Walk::species(i) - 1;
      atoms.position.set(i, walk.position(k, i));
      const math::Vec3 s = walk.fractional[k][i];
      const math::Vec3 w =
          walk.boxes[k].cell() *
          math::Vec3{s.x - std::floor(s.x), s.y - std::floor(s.y), s.z - std::floor(s.z)};
      wrapped += fmt::format("{} {} {} {}\n", Walk::species(i) == 1 ? "Cu" : "Zr", w.x, w.y, w.z);
    }
    ours += to_extended_xyz(walk.boxes[k], atoms, fields);
    others += wrapped;
  }
  put(folder / "ours.extxyz", ours);
  const auto summary = scan_trajectory({folder / "ours.extxyz"}, {});
  EXPECT_DOUBLE_EQ(summary.timestep, 0.002);
  EXPECT_TRUE(summary.warnings.empty());
  const auto frames = read_all({folder / "ours.extxyz"}, {});
  ASSERT_EQ(frames.size(), walk.boxes.size());
  for (std::size_t k = 0; k < frames.size(); ++k)
    for (std::size_t i = 0; i < walk.atoms(); ++i)
      EXPECT_EQ(frames[k].atoms.position[i], walk.position(k, i));

  // Without steps, origins and images: a step is a frame, and positions follow the nearest image.
  put(folder / "others.xyz", others);
  const auto counted = scan_trajectory({folder / "others.xyz"}, {.timestep = 0.5});
  EXPECT_THAT(counted.steps, ElementsAre(0, 1, 2, 3, 4, 5));
  EXPECT_EQ(counted.warnings.size(), 2u);
  const auto followed = read_all({folder / "others.xyz"}, {.timestep = 0.5});
  for (std::size_t i = 0; i < walk.atoms(); ++i) {
    const math::Vec3 moved = walk.boxes[5].cell() * (walk.fractional[5][i] - walk.fractional[0][i]);
    const math::Vec3 start =
        walk.boxes[5].cell() *
        walk.boxes[0].fractional(followed[0].atoms.position[i] + walk.boxes[0].origin());
    EXPECT_LT(math::norm(followed[5].atoms.position[i] - start - moved), 1e-10);
  }
}

TEST(Trajectory, NoPrefixOfAGoodFileCrashes) {
  const ScratchFolder folder;
  const Walk walk(3, 3);
  const std::string text = walk.dump(0, "id element x y z", "ITEM: UNITS\nmetal\nITEM: TIME\n0\n") +
                           walk.dump(1, "id element x y z", "ITEM: TIME\n0.1\n") +
                           walk.dump(2, "id element x y z", "ITEM: TIME\n0.2\n");
  std::size_t refused = 0;
  for (std::size_t length = 0; length < text.size(); ++length) {
    put(folder / "p", text.substr(0, length));
    try {
      ASSERT_LE(read_all({folder / "p"}).size(), 2u) << length;
    } catch (const base::InputError&) {
      ++refused;
    }
  }
  EXPECT_LT(refused, text.size() / 2);
}

/// The same run written by LAMMPS itself in every flavor.
TEST(Trajectory, WhatLammpsWritesAgreesInEveryFlavor) {
  if (std::system("command -v lmp > /dev/null 2>&1") != 0) GTEST_SKIP() << "lmp is not installed";
  const ScratchFolder folder;
  put(folder / "in", R"(units metal
lattice fcc 4.1
region r prism 0 4 0 4 0 4 0.3 -0.2 0.4
create_box 2 r
create_atoms 1 box
set type 1 type/fraction 2 0.5 7
mass 1 63.546
mass 2 91.224
pair_style lj/cut 6.5
pair_coeff * * 0.25 2.4
velocity all create 6000 11
timestep 0.002
fix 1 all npt temp 4000 4000 0.1 iso 0 0 1.0
thermo 200
dump xu all custom 20 xu.dump id type xu yu zu
dump xsu all custom 20 xsu.dump zsu id xsu type ysu
dump x all custom 20 x.dump id type x y z
dump xi all custom 20 xi.dump ix iy iz id type x y z vx vy vz element
dump xs all atom 20 xs.dump
dump xsi all custom 20 xsi.dump type xs ys zs id ix iy iz
dump bin all custom 20 bin.bin vx vy vz x y z ix iy iz element id fx
dump_modify bin element Cu Zr time yes units yes
dump_modify xi element Cu Zr time yes units yes
dump_modify xu format float %.15g
dump_modify xsu format float %.17g
dump_modify x format float %.15g
dump_modify xi format float %.15g
dump_modify xsi format float %.17g
dump_modify xs format line "%d %d %.17g %.17g %.17g"
run 400
write_data final.data
)");
  ASSERT_EQ(
      std::system(("cd " + folder.path() + " && lmp -in in -log log -screen none > /dev/null 2>&1")
                      .c_str()),
      0);
  TrajectoryOptions options = told;
  const auto expected = read_all({folder / "xu.dump"}, options);
  ASSERT_EQ(expected.size(), 21u);
  double furthest = 0.0;
  for (std::size_t i = 0; i < 256; ++i) {
    const math::Vec3 s = expected[20].box.fractional(expected[20].atoms.position[i]);
    furthest = std::max({furthest, std::abs(s.x - 0.5), std::abs(s.y - 0.5), std::abs(s.z - 0.5)});
  }
  EXPECT_GT(furthest, 0.5) << "no atom crossed a face: the test would prove nothing";
  for (const std::string name : {"xsu", "x", "xi", "xs", "xsi"}) {
    const auto frames =
        read_all({folder / (name + ".dump")}, name == "xi" ? TrajectoryOptions{} : options);
    ASSERT_EQ(frames.size(), expected.size()) << name;
    for (std::size_t k = 0; k < frames.size(); ++k)
      for (std::size_t i = 0; i < 256; ++i) {
        ASSERT_LT(math::norm(frames[k].atoms.position[i] - expected[k].atoms.position[i]),
                  2e-13 * 40)
            << name << " frame " << k << " atom " << i + 1;
        ASSERT_EQ(frames[k].atoms.species[i], expected[k].atoms.species[i]);
      }
  }
  const auto binary = read_all({folder / "bin.bin"}, {.species = {"Cu", "Zr"}});
  const auto text = read_all({folder / "xi.dump"}, {});
  ASSERT_EQ(binary.size(), text.size());
  for (std::size_t k = 0; k < text.size(); ++k) {
    EXPECT_EQ(binary[k].step, text[k].step);
    EXPECT_EQ(binary[k].time, text[k].time);
    EXPECT_EQ(binary[k].atoms.species, text[k].atoms.species);
    for (std::size_t i = 0; i < 256; ++i) {
      ASSERT_LT(math::norm(binary[k].atoms.position[i] - expected[k].atoms.position[i]), 8e-12);
      ASSERT_LT(math::norm(binary[k].atoms.velocity[i] - text[k].atoms.velocity[i]), 1e-3);
    }
  }
  const std::string whole = read_file(folder / "bin.bin");
  put(folder / "cut.bin", whole.substr(0, whole.size() - 5));
  const auto summary = scan_trajectory({folder / "cut.bin"}, {.species = {"Cu", "Zr"}});
  EXPECT_THAT(summary.warnings, testing::Contains(HasSubstr("it ends within frame 21; the 20 "
                                                            "frames before are used")));
  put(folder / "bad.bin",
      std::string(whole).replace(whole.size() / 2, 16, std::string(16, '\xff')));
  EXPECT_THAT(input_error([&] {
                read_all({folder / "bad.bin"}, {.species = {"Cu", "Zr"}});
              }),
              HasSubstr("bad.bin: frame 1"));
  options = {.species = {"Cu", "Zr"}, .log = folder / "log"};
  EXPECT_EQ(scan_trajectory({folder / "x.dump"}, options).timestep, 0.002);
  const Configuration final = read_configuration(folder / "final.data");
  EXPECT_EQ(final.atoms.kinds.at(1).name, "Zr");
  EXPECT_EQ(final.step, 400);
  for (std::size_t i = 0; i < 256; ++i)
    EXPECT_LT(math::norm(final.atoms.position[i] - expected[20].atoms.position[i]), 1e-12);
}

}  // namespace
}  // namespace vitreous::io
