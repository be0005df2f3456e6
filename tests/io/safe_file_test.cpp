#include "io/safe_file.hpp"

#include <gmock/gmock.h>

#include <filesystem>

#include "base/error.hpp"
#include "scratch_folder.hpp"
#include "small_disk.hpp"

namespace vitreous::io {
namespace {

namespace fs = std::filesystem;
using test::ScratchFolder;
using testing::HasSubstr;

std::size_t entries(const std::string& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(WriteFile, ReplacesTheWholeContentAndLeavesNothingElse) {
  const ScratchFolder folder;
  write_file(folder / "a.txt", "first, and long");
  write_file(folder / "a.txt", "second");
  EXPECT_EQ(read_file(folder / "a.txt"), "second");
  EXPECT_EQ(entries(folder.path()), 1u);
}

TEST(WriteFile, KeepsBytesOfEveryKind) {
  const ScratchFolder folder;
  std::string bytes;
  for (int k = 0; k < 100000; ++k) bytes += static_cast<char>(k * 7 + k / 256);
  write_file(folder / "b.bin", bytes);
  EXPECT_EQ(read_file(folder / "b.bin"), bytes);
}

TEST(WriteFile, FollowsASymbolicLink) {
  const ScratchFolder folder;
  write_file(folder / "target", "old");
  fs::create_symlink("target", folder / "link");
  write_file(folder / "link", "new");
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_EQ(read_file(folder / "target"), "new");
}

TEST(WriteFile, ToAMissingFolderSaysSo) {
  const ScratchFolder folder;
  try {
    write_file(folder / "missing/a.txt", "x");
    FAIL();
  } catch (const base::RunError& error) {
    EXPECT_THAT(error.what(),
                HasSubstr("missing/a.txt: cannot be written: its folder does not exist"));
  }
}

TEST(WriteFile, OnAFullDiskKeepsWhatStoodThere) {
  const ScratchFolder folder;
  const test::SmallDisk disk(folder / "disk", "16k");
  if (!disk.mounted()) GTEST_SKIP() << "mounting a small file system needs root";
  write_file(folder / "disk/a.txt", "kept");
  try {
    write_file(folder / "disk/a.txt", std::string(100000, 'x'));
    FAIL();
  } catch (const base::RunError& error) {
    EXPECT_THAT(error.what(), HasSubstr("disk/a.txt: the disk is full"));
  }
  EXPECT_EQ(read_file(folder / "disk/a.txt"), "kept");
  EXPECT_EQ(entries(folder / "disk"), 1u);
}

TEST(ReadFile, OfWhatIsNotAFileIsRefused) {
  const ScratchFolder folder;
  EXPECT_THROW(read_file(folder / "nothing"), base::InputError);
  EXPECT_THROW(read_file(folder.path()), base::InputError);
}

TEST(AppendFile, IsCutBackToTheLengthItIsOpenedWith) {
  const ScratchFolder folder;
  std::int64_t length = 0;
  {
    AppendFile file(folder / "t.csv", 0);
    file.append("one\n");
    length = file.sync();
    file.append("two, after the checkpoint\n");
  }
  AppendFile file(folder / "t.csv", length);
  file.append("three\n");
  EXPECT_EQ(file.sync(), 10);
  EXPECT_EQ(read_file(folder / "t.csv"), "one\nthree\n");
}

TEST(AppendFile, ShorterThanTheCheckpointSaysIsRefusedAndUntouched) {
  const ScratchFolder folder;
  write_file(folder / "t.csv", "one\n");
  EXPECT_THROW(AppendFile(folder / "t.csv", 100), base::RunError);
  EXPECT_EQ(read_file(folder / "t.csv"), "one\n");
}

TEST(AppendFile, OnAFullDiskHoldsWholeAppendsOnly) {
  const ScratchFolder folder;
  const test::SmallDisk disk(folder / "disk", "16k");
  if (!disk.mounted()) GTEST_SKIP() << "mounting a small file system needs root";
  const std::string row(999, 'r');
  AppendFile file(folder / "disk/t.csv", 0);
  EXPECT_THROW(for (int k = 0; k < 100; ++k) file.append(row + "\n"), base::RunError);
  const std::string content = read_file(folder / "disk/t.csv");
  EXPECT_GT(content.size(), 0u);
  EXPECT_EQ(content.size() % 1000, 0u);
  EXPECT_EQ(file.sync(), static_cast<std::int64_t>(content.size()));
}

}  // namespace
}  // namespace vitreous::io
