#include "io/packed_file.hpp"

#include <gmock/gmock.h>

#include <cstdlib>

#include "expect_message.hpp"
#include "io/byte_source.hpp"
#include "io/safe_file.hpp"
#include "scratch_folder.hpp"

namespace vitreous::io {
namespace {

using test::ScratchFolder;

std::string unpacked(const std::string& path) {
  const auto bytes = open_bytes(path);
  std::string text, block(1000, '\0');
  while (const std::size_t got = bytes->read(block.data(), block.size()))
    text.append(block, 0, got);
  EXPECT_FALSE(bytes->is_cut_short());
  return text;
}

TEST(PackedFile, IsReadBackByUsAndByTheProgramsOfItsFormat) {
  const ScratchFolder folder;
  std::string all;
  for (const std::string name : {"a.dump", "a.dump.gz", "a.dump.zst"}) {
    PackedFile file(folder / name);
    all.clear();
    for (int k = 0; k < 2000; ++k) {
      const std::string piece = std::string(static_cast<std::size_t>(k % 700), 'a') +
                                std::to_string(k * 7919 % 10007) + "\n";
      file.add(piece);
      all += piece;
    }
    file.finish();
    EXPECT_EQ(unpacked(folder / name), all) << name;
  }
  EXPECT_EQ(std::system(("gzip -t " + (folder / "a.dump.gz")).c_str()), 0);
  EXPECT_LT(read_file(folder / "a.dump.zst").size(), all.size() / 10);
}

TEST(PackedFile, ThatIsNotFinishedLeavesNothing) {
  const ScratchFolder folder;
  for (const std::string name : {"a", "a.gz", "a.zst"}) {
    PackedFile file(folder / name);
    file.add("text");
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(WithoutPacking, TakesTheLastEndingOff) {
  EXPECT_EQ(without_packing("a.dump.zst"), "a.dump");
  EXPECT_EQ(without_packing("b/a.gz.xyz"), "b/a.gz.xyz");
}

}  // namespace
}  // namespace vitreous::io
