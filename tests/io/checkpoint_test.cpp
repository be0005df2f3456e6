#include "io/checkpoint.hpp"

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <limits>

#include "base/error.hpp"
#include "base/random.hpp"
#include "io/hdf5_archive.hpp"
#include "io/safe_file.hpp"
#include "scratch_folder.hpp"
#include "small_disk.hpp"

namespace vitreous::io {
namespace {

namespace fs = std::filesystem;
using test::put;
using test::ScratchFolder;
using testing::HasSubstr;

/// One of everything that an archive can hold.
struct Sample {
  double number = 0.0;
  std::int64_t count = 0;
  std::uint64_t key = 0;
  bool flag = false;
  std::string text;
  std::vector<double> numbers;
  std::vector<std::int64_t> longs;
  std::vector<std::int32_t> ints;
  std::vector<std::uint8_t> bytes;
  core::Box box;
  core::Atoms atoms;
  base::RandomStream random{0, ""};

  static Sample make(std::int64_t seed) {
    Sample s;
    base::RandomStream draw(static_cast<std::uint64_t>(seed), "checkpoint test");
    s.number = draw.normal() * 1e-300;
    s.count = seed;
    s.key = draw.bits();
    s.flag = true;
    s.text = std::string("Cu50Zr50 \0 end", 14);
    for (int k = 0; k < 1000; ++k) s.numbers.push_back(draw.normal());
    s.numbers.push_back(std::numeric_limits<double>::denorm_min());
    s.longs = {std::numeric_limits<std::int64_t>::min(), 0,
               std::numeric_limits<std::int64_t>::max()};
    s.ints = {-1, 2, 3};
    s.box = core::Box(core::Mat3{{core::Vec3{10, 0, 0}, core::Vec3{1, 9, 0}, core::Vec3{2, 3, 8}}},
                      {1, 2, 3});
    s.atoms.kinds = {{"Cu", 63.546}, {"Zr", 91.224}};
    s.atoms.resize(7);
    for (std::size_t i = 0; i < 7; ++i) {
      s.atoms.id[i] = static_cast<std::int64_t>(i) + 1;
      s.atoms.species[i] = static_cast<std::int32_t>(i % 2);
      s.atoms.position.set(i, {draw.normal(), draw.normal(), draw.normal()});
    }
    draw.normal();
    s.random = draw;
    return s;
  }

  void transfer(core::Archive& archive) {
    archive.transfer("number", number);
    archive.transfer("count", count);
    archive.transfer("key", key);
    const core::Archive::Group group(archive, "msd:q=2.7/A");
    archive.transfer("flag", flag);
    archive.transfer("text", text);
    archive.transfer("numbers", numbers);
    archive.transfer("longs", longs);
    archive.transfer("ints", ints);
    archive.transfer("bytes", bytes);
    archive.transfer("box", box);
    archive.transfer("atoms", atoms);
    archive.transfer("random", random);
  }
};

void save(const std::string& folder, std::int64_t seed) {
  save_checkpoint(folder, [&](core::Archive& archive) { Sample::make(seed).transfer(archive); });
}

struct Restored {
  LoadedCheckpoint how;
  Sample sample;
};
Restored restore(const std::string& folder) {
  Restored restored;
  restored.how =
      load_checkpoint(folder, [&](core::Archive& archive) { restored.sample.transfer(archive); });
  return restored;
}

TEST(Checkpoint, RestoresEveryBit) {
  const ScratchFolder folder;
  save(folder.path(), 3);
  Restored restored = restore(folder.path());
  EXPECT_EQ(restored.how.found, CheckpointFound::latest);
  EXPECT_EQ(restored.how.warning, "");
  Sample expected = Sample::make(3);
  EXPECT_EQ(restored.sample.number, expected.number);
  EXPECT_EQ(restored.sample.key, expected.key);
  EXPECT_EQ(restored.sample.flag, expected.flag);
  EXPECT_EQ(restored.sample.text, expected.text);
  EXPECT_EQ(restored.sample.numbers, expected.numbers);
  EXPECT_EQ(restored.sample.longs, expected.longs);
  EXPECT_EQ(restored.sample.ints, expected.ints);
  EXPECT_TRUE(restored.sample.bytes.empty());
  EXPECT_EQ(restored.sample.box.cell(), expected.box.cell());
  EXPECT_EQ(restored.sample.box.origin(), expected.box.origin());
  EXPECT_EQ(restored.sample.atoms.position.y, expected.atoms.position.y);
  EXPECT_EQ(restored.sample.atoms.kinds.at(1).name, "Zr");
  for (int k = 0; k < 3; ++k) EXPECT_EQ(restored.sample.random.normal(), expected.random.normal());
}

TEST(Checkpoint, OfTheSameStateHasTheSameBytes) {
  const ScratchFolder folder;
  save(folder.path(), 3);
  save(folder.path(), 3);
  EXPECT_EQ(read_file(folder / "checkpoint.h5"), read_file(folder / "checkpoint.previous.h5"));
}

TEST(Checkpoint, IsNotThereInAnEmptyFolder) {
  const ScratchFolder folder;
  EXPECT_EQ(restore(folder.path()).how.found, CheckpointFound::none);
}

TEST(Checkpoint, TheLastTwoAreKept) {
  const ScratchFolder folder;
  for (int step = 1; step <= 4; ++step) save(folder.path(), step);
  EXPECT_EQ(restore(folder.path()).sample.count, 4);
  fs::remove(folder / "checkpoint.h5");
  EXPECT_EQ(restore(folder.path()).sample.count, 3);
}

TEST(Checkpoint, AnyFlippedBitIsFoundAndThePreviousUsed) {
  const ScratchFolder folder;
  save(folder.path(), 1);
  save(folder.path(), 2);
  const std::string sound = read_file(folder / "checkpoint.h5");
  base::RandomStream random(11, "flipped bits");
  for (int trial = 0; trial < 200; ++trial) {
    // The last bytes, which hold the checksum itself, in half of the trials.
    const std::size_t tail = std::min<std::size_t>(sound.size(), 24);
    const std::size_t at =
        trial % 2 ? random.below(sound.size()) : sound.size() - 1 - random.below(tail);
    std::string damaged = sound;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << random.below(8)));
    put(folder / "checkpoint.h5", damaged);
    const Restored restored = restore(folder.path());
    ASSERT_EQ(restored.how.found, CheckpointFound::previous) << "byte " << at;
    ASSERT_THAT(restored.how.warning, HasSubstr("checkpoint.h5 is damaged"));
    ASSERT_EQ(restored.sample.count, 1);
  }
}

TEST(Checkpoint, AnyTruncationIsFoundAndThePreviousUsed) {
  const ScratchFolder folder;
  save(folder.path(), 1);
  save(folder.path(), 2);
  const std::string sound = read_file(folder / "checkpoint.h5");
  for (std::size_t length = 0; length < sound.size(); length += length < 64 ? 1 : length / 3) {
    put(folder / "checkpoint.h5", sound.substr(0, length));
    ASSERT_EQ(restore(folder.path()).how.found, CheckpointFound::previous) << length;
  }
  put(folder / "checkpoint.h5", sound.substr(0, sound.size() - 1));
  EXPECT_EQ(restore(folder.path()).how.found, CheckpointFound::previous);
}

TEST(Checkpoint, BothDamagedIsAnErrorThatNamesBoth) {
  const ScratchFolder folder;
  put(folder / "checkpoint.h5", "x");
  put(folder / "checkpoint.previous.h5", std::string(1000, 'y'));
  try {
    restore(folder.path());
    FAIL();
  } catch (const base::RunError& error) {
    EXPECT_THAT(error.what(), HasSubstr("checkpoint.h5 is damaged"));
    EXPECT_THAT(error.what(), HasSubstr("checkpoint.previous.h5 is damaged"));
  }
}

TEST(Checkpoint, ADamagedOneNeverReplacesASoundOne) {
  const ScratchFolder folder;
  save(folder.path(), 1);
  save(folder.path(), 2);
  put(folder / "checkpoint.h5", "damaged");
  save(folder.path(), 3);
  EXPECT_EQ(restore(folder.path()).sample.count, 3);
  fs::remove(folder / "checkpoint.h5");
  EXPECT_EQ(restore(folder.path()).sample.count, 1);
}

TEST(Checkpoint, AKeyThatIsMissingIsNamedWithItsGroup) {
  const ScratchFolder folder;
  save(folder.path(), 1);
  double value = 0.0;
  try {
    load_checkpoint(folder.path(), [&](core::Archive& archive) {
      const core::Archive::Group group(archive, "msd:q=2.7/A");
      archive.transfer("absent", value);
    });
    FAIL();
  } catch (const base::RunError& error) {
    EXPECT_THAT(error.what(), HasSubstr("checkpoint.h5: msd:q=2.7/A/absent: is missing"));
  }
}

TEST(Checkpoint, AKeySavedTwiceIsADefectThatIsNamed) {
  Hdf5Archive archive;
  double value = 1.0;
  archive.transfer("a", value);
  EXPECT_THROW(archive.transfer("a", value), base::RunError);
}

TEST(Checkpoint, OnAFullDiskTheLastTwoStay) {
  const ScratchFolder folder;
  const test::SmallDisk disk(folder / "disk", "96k");
  if (!disk.mounted()) GTEST_SKIP() << "mounting a small file system needs root";
  const std::string place = folder / "disk";
  save(place, 1);
  save(place, 2);
  std::vector<double> large(1 << 20);
  try {
    save_checkpoint(place, [&](core::Archive& archive) { archive.transfer("large", large); });
    FAIL();
  } catch (const base::RunError& error) {
    EXPECT_THAT(error.what(), HasSubstr("the disk is full"));
  }
  EXPECT_EQ(restore(place).sample.count, 2);
  fs::remove(place + "/checkpoint.h5");
  EXPECT_EQ(restore(place).sample.count, 1);
}

/// Every state of the folder in which a kill can leave it.
TEST(Checkpoint, AKillBetweenTheStepsLeavesASoundOne) {
  const ScratchFolder folder;
  save(folder.path(), 1);
  save(folder.path(), 2);
  const std::string third = [] {
    const ScratchFolder other;
    save(other.path(), 3);
    return read_file(other / "checkpoint.h5");
  }();
  for (const std::size_t written : {std::size_t{0}, third.size() / 2, third.size()}) {
    put(folder / "checkpoint.writing.h5", third.substr(0, written));
    EXPECT_EQ(restore(folder.path()).sample.count, 2);
  }
  fs::rename(folder / "checkpoint.h5", folder / "checkpoint.previous.h5");
  const Restored between = restore(folder.path());
  EXPECT_EQ(between.sample.count, 2);
  EXPECT_EQ(between.how.warning, "");
  save(folder.path(), 4);
  EXPECT_EQ(restore(folder.path()).sample.count, 4);
  fs::remove(folder / "checkpoint.h5");
  EXPECT_EQ(restore(folder.path()).sample.count, 2);
}

TEST(Checkpoint, SurvivesKillsAtRandomMoments) {
  const ScratchFolder folder;
  save(folder.path(), 0);
  base::RandomStream random(5, "kills");
  std::int64_t last = 0;
  double patience = 1.0;  // more where no checkpoint gets done
  for (int kill = 0; kill < 25; ++kill) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      for (std::int64_t step = last + 1;; ++step) save(folder.path(), step);
    }
    ::usleep(static_cast<useconds_t>(patience * static_cast<double>(5000 + random.below(20000))));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    const Restored restored = restore(folder.path());
    ASSERT_NE(restored.how.found, CheckpointFound::none);
    ASSERT_EQ(restored.how.warning, "");
    ASSERT_GE(restored.sample.count, last);
    ASSERT_EQ(restored.sample.numbers, Sample::make(restored.sample.count).numbers);
    if (restored.sample.count == last) patience *= 1.1;
    last = restored.sample.count;
  }
  EXPECT_GT(last, 0);
}

}  // namespace
}  // namespace vitreous::io
