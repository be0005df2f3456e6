// Zip archives: what was put in comes out, whole or not at all.
#include "io/zip_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/error.hpp"
#include "base/random.hpp"
#include "expect_message.hpp"
#include "io/safe_file.hpp"
#include "io/sha256.hpp"
#include "scratch_folder.hpp"
#include "small_disk.hpp"

namespace vitreous::io {
namespace {

namespace fs = std::filesystem;

/// Bytes that do not pack.
std::string noise(std::size_t size) {
  base::RandomStream random(1, "zip");
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(256.0 * random.uniform());
  return bytes;
}

const auto accept_any = [](const std::string&) {};

TEST(ZipFile, HandsOutWhatWasPutIn) {
  const test::ScratchFolder folder;
  const std::string bytes = noise(300000);
  write_file(folder / "noise", bytes);
  write_zip(folder / "a.zip", {{"a/noise", folder / "noise", ""}, {"text", "", "words"}},
            accept_any);
  const ZipReader zip(folder / "a.zip");
  ASSERT_EQ(zip.entries().size(), 2u);
  EXPECT_EQ(zip.entries()[0].bytes, bytes.size());
  EXPECT_EQ(zip.text("a/noise"), bytes);
  EXPECT_EQ(zip.text("text"), "words");
  EXPECT_THROW(zip.text("none"), base::InputError);
}

TEST(ZipFile, IsNotThereWhereItWasNotAccepted) {
  const test::ScratchFolder folder;
  const auto refuse = [](const std::string&) { throw base::RunError("no"); };
  EXPECT_THROW(write_zip(folder / "a.zip", {{"text", "", "words"}}, refuse), base::RunError);
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(ZipFile, OnAFullDiskLeavesNothing) {
  const test::ScratchFolder folder;
  const test::SmallDisk disk(folder / "disk", "16k");
  if (!disk.mounted()) GTEST_SKIP() << "mounting a small file system needs root";
  EXPECT_THROW(write_zip(folder / "disk/a.zip", {{"noise", "", noise(100000)}}, accept_any),
               base::RunError);
  EXPECT_TRUE(fs::is_empty(folder / "disk"));
}

// FIPS 180-4, examples of NIST
TEST(Sha256, IsWhatTheStandardSays) {
  Sha256 none, abc;
  EXPECT_EQ(none.digits(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  abc.add("a");
  abc.add("bc");
  EXPECT_EQ(abc.digits(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace vitreous::io
