#include "io/grown_file.hpp"

#include <gmock/gmock.h>

#include <filesystem>

#include "base/error.hpp"
#include "io/checkpoint.hpp"
#include "scratch_folder.hpp"

namespace vitreous::io {
namespace {

namespace fs = std::filesystem;
using test::ScratchFolder;
using testing::HasSubstr;

std::vector<float> counted(std::size_t begin, std::size_t end) {
  std::vector<float> values;
  for (std::size_t k = begin; k < end; ++k) values.push_back(0.5f * static_cast<float>(k));
  return values;
}

std::vector<float> all_of(const core::Grown& grown) {
  std::vector<float> values(grown.size());
  grown.read(0, values);
  return values;
}

void save_grown(const ScratchFolder& folder, core::Grown& grown) {
  save_checkpoint(folder.path(), [&](core::Archive& archive) {
    const core::Archive::Group group(archive, "observer0");
    grown.transfer(archive, "parts");
  });
}

core::Grown load_grown(const ScratchFolder& folder) {
  core::Grown grown;
  load_checkpoint(folder.path(), [&](core::Archive& archive) {
    const core::Archive::Group group(archive, "observer0");
    grown.transfer(archive, "parts");
  });
  return grown;
}

std::string file_of(const ScratchFolder& folder) { return folder / "grown/observer0.parts"; }

TEST(Grown, ReadsAcrossWhatIsStoredAndWhatIsInMemory) {
  const ScratchFolder folder;
  core::Grown grown;
  grown.append(counted(0, 100));
  save_grown(folder, grown);
  grown.append(counted(100, 130));
  std::vector<float> middle(50);
  grown.read(70, middle);
  EXPECT_EQ(middle, counted(70, 120));
  EXPECT_EQ(all_of(grown), counted(0, 130));
}

TEST(Grown, LeavesItsNumbersOutOfTheCheckpoint) {
  const ScratchFolder folder;
  core::Grown grown;
  grown.append(counted(0, 10));
  save_grown(folder, grown);
  const auto small = fs::file_size(folder / "checkpoint.h5");
  grown.append(counted(10, 100000));
  save_grown(folder, grown);
  EXPECT_EQ(fs::file_size(folder / "checkpoint.h5"), small);
  EXPECT_EQ(fs::file_size(file_of(folder)), 400000u);
  EXPECT_EQ(all_of(load_grown(folder)), counted(0, 100000));
}

TEST(Grown, OfARunThatWasKilledGoesOnFromItsCheckpoint) {
  const ScratchFolder folder;
  core::Grown grown;
  grown.append(counted(0, 20));
  save_grown(folder, grown);
  // Killed after the file had grown and before the checkpoint was in place.
  GrownFile::extend(file_of(folder), 20, counted(1000, 1030));
  core::Grown resumed = load_grown(folder);
  EXPECT_EQ(all_of(resumed), counted(0, 20));
  resumed.append(counted(20, 25));
  save_grown(folder, resumed);
  EXPECT_EQ(all_of(load_grown(folder)), counted(0, 25));
  EXPECT_EQ(fs::file_size(file_of(folder)), 100u);
}

TEST(Grown, GoesOnFromTheCheckpointBefore) {
  const ScratchFolder folder;
  core::Grown grown;
  grown.append(counted(0, 20));
  save_grown(folder, grown);
  grown.append(counted(20, 40));
  save_grown(folder, grown);
  fs::remove(folder / "checkpoint.h5");
  core::Grown resumed = load_grown(folder);
  EXPECT_EQ(all_of(resumed), counted(0, 20));
  resumed.append(counted(20, 60));
  save_grown(folder, resumed);
  EXPECT_EQ(all_of(load_grown(folder)), counted(0, 60));
}

TEST(Grown, OfANewRunDoesNotGoOnWithAnOldFile) {
  const ScratchFolder folder;
  fs::create_directory(folder / "grown");
  GrownFile::extend(file_of(folder), 0, counted(0, 50));
  core::Grown grown;
  grown.append(counted(7, 9));
  save_grown(folder, grown);
  EXPECT_EQ(all_of(load_grown(folder)), counted(7, 9));
}

TEST(Grown, TellsThatItsFileWasCutOrRemoved) {
  const ScratchFolder folder;
  core::Grown grown;
  grown.append(counted(0, 20));
  save_grown(folder, grown);
  fs::resize_file(file_of(folder), 79);
  const auto problem = [&] {
    try {
      load_grown(folder);
    } catch (const base::RunError& error) {
      return base::to_text(error.message());
    }
    return std::string("none");
  };
  EXPECT_THAT(problem(), HasSubstr("observer0.parts: does not hold the 20 numbers"));
  fs::remove(file_of(folder));
  EXPECT_THAT(problem(), HasSubstr("does not hold the 20 numbers"));
}

}  // namespace
}  // namespace vitreous::io
