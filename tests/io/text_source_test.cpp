#include "io/text_source.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <cstdlib>

#include "base/random.hpp"
#include "expect_message.hpp"
#include "io/fields.hpp"
#include "io/safe_file.hpp"
#include "packed.hpp"
#include "scratch_folder.hpp"

namespace vitreous::io {
namespace {

using test::input_error;
using test::put;
using test::put_gzipped;
using test::ScratchFolder;
using testing::HasSubstr;

std::vector<std::string> lines_of(const std::string& path) {
  TextSource text(path);
  std::vector<std::string> lines;
  std::string_view line;
  while (text.next(line)) {
    lines.emplace_back(line);
    EXPECT_EQ(text.line_number(), lines.size());
  }
  return lines;
}

TEST(TextSource, HandsOutLinesPlainGzippedAndOfZstd) {
  const ScratchFolder folder;
  std::string content;
  std::vector<std::string> expected;
  // More than one block, with lines of many lengths.
  for (int k = 0; k < 30000; ++k) {
    expected.push_back(std::string(static_cast<std::size_t>(k % 61), 'x') + std::to_string(k));
    content += expected.back() + (k % 2 ? "\r\n" : "\n");
  }
  expected.emplace_back("no newline");
  content += "no newline";
  put(folder / "a", content);
  put_gzipped(folder / "b", content);
  EXPECT_EQ(lines_of(folder / "a"), expected);
  EXPECT_EQ(lines_of(folder / "b"), expected);
  put(folder / "c", test::zstd_packed(content));
  EXPECT_EQ(lines_of(folder / "c"), expected);
}

TEST(TextSource, PackedPiecesInARowAreOneText) {
  const ScratchFolder folder;
  const std::string first = "one\ntw", second = "o\nthree\n";
  const std::string skippable("\x5a\x2a\x4d\x18\x03\0\0\0abc", 11);
  put(folder / "a.zst", skippable + test::zstd_packed(first) + skippable + test::zstd_packed("") +
                            test::zstd_packed(second));
  put_gzipped(folder / "1.gz", first);
  put_gzipped(folder / "2.gz", second);
  const std::string zeros(1000, '\0');
  put(folder / "a.gz", read_file(folder / "1.gz") + read_file(folder / "2.gz") + zeros);
  for (const std::string name : {"a.zst", "a.gz"})
    EXPECT_EQ(lines_of(folder / name), (std::vector<std::string>{"one", "two", "three"})) << name;
}

TEST(TextSource, ALineLongerThanABlockIsWhole) {
  const ScratchFolder folder;
  const std::string line(1 << 20, 'y');
  put(folder / "a", line + "\nz\n");
  EXPECT_EQ(lines_of(folder / "a"), (std::vector<std::string>{line, "z"}));
}

TEST(TextSource, PackedDataThatEndEarlyAreToldApartFromDamage) {
  const ScratchFolder folder;
  std::string content;
  for (std::uint64_t k = 0; k < 100000; ++k)
    content += std::to_string(k * k * 2654435761 % 1000000007) + "\n";
  put_gzipped(folder / "gzipped", content);
  put(folder / "zstd", test::zstd_packed(content));
  for (const std::string packing : {"gzipped", "zstd"}) {
    const std::string packed = read_file(folder / packing);
    // The last bytes missing are as bad as half of the file.
    for (const std::size_t length : {packed.size() / 2, packed.size() - 1}) {
      put(folder / "cut", packed.substr(0, length));
      TextSource cut(folder / "cut");
      std::string_view line;
      while (cut.next(line)) {
      }
      EXPECT_EQ(cut.truncation(), "the " + packing + " data end before their time");
      EXPECT_GT(cut.line_number(), 1000u);
    }
    std::string damaged = packed;
    for (std::size_t k = 0; k < 16; ++k) damaged[packed.size() / 2 + k] = '\x55';
    for (const std::string& text : {damaged, packed + "garbage"}) {
      put(folder / "damaged", text);
      EXPECT_THAT(input_error([&] { lines_of(folder / "damaged"); }),
                  HasSubstr("the " + packing + " data are damaged"));
    }
  }
}

TEST(TextSource, OtherPackingsAreRefusedByName) {
  const ScratchFolder folder;
  put(folder / "a.bz2", "BZh9");
  EXPECT_THAT(input_error([&] { lines_of(folder / "a.bz2"); }), HasSubstr("bunzip2"));
  put(folder / "a.xz", std::string("\xfd\x37zXZ\0", 6));
  EXPECT_THAT(input_error([&] { lines_of(folder / "a.xz"); }), HasSubstr("unxz"));
  put(folder / "binary", "DUMP" + std::string(10, '\0'));
  EXPECT_THAT(input_error([&] { lines_of(folder / "binary"); }), HasSubstr("not a text file"));
  EXPECT_THAT(input_error([&] { lines_of(folder / "none"); }), HasSubstr("no such file"));
  EXPECT_THAT(input_error([&] { lines_of(folder.path()); }), HasSubstr("is a folder"));
}

/// A number in one of the ways in which programs write them, from 1 to 25 digits.
std::string random_decimal(base::RandomStream& random) {
  const auto digits = [&](std::uint64_t most) {
    std::string text;
    for (std::uint64_t k = random.below(most + 1); k > 0; --k)
      text += static_cast<char>('0' + random.below(10));
    return text;
  };
  std::string text = random.below(2) ? "-" : "";
  text += digits(12) + (random.below(4) ? "." + digits(13) : "");
  if (random.below(4) == 0) text += "e-" + std::to_string(random.below(30));
  return text;
}

TEST(Fields, ANumberIsTheNearestDouble) {
  base::RandomStream random(11, "decimals");
  std::size_t numbers = 0;
  for (int k = 0; k < 200000; ++k) {
    const std::string text = random_decimal(random);
    char* end = nullptr;
    const double expected = std::strtod(text.c_str(), &end);
    const bool is_number = !text.empty() && end == text.c_str() + text.size();
    const auto read = to_number(text);
    ASSERT_EQ(read.has_value(), is_number) << text;
    if (!is_number) continue;
    ++numbers;
    ASSERT_EQ(*read, expected) << text;
    ASSERT_EQ(std::signbit(*read), std::signbit(expected)) << text;
  }
  EXPECT_GT(numbers, 150000u);
}

TEST(Fields, AreReadOneByOneWhatTheQuickWayLeavesTheSlowOneFinds) {
  const std::string line = " 12 -3.5 1e3 99999999999999999999 0.1x 4";
  FieldCursor cursor(line);
  std::int64_t whole = 0;
  double number = 0.0;
  std::string_view field;
  EXPECT_TRUE(cursor.next_integer(whole) && whole == 12);
  EXPECT_FALSE(cursor.next_integer(whole));
  EXPECT_TRUE(cursor.next_decimal(number) && number == -3.5);
  for (const std::string slow : {"1e3", "99999999999999999999", "0.1x"}) {
    EXPECT_FALSE(cursor.next_decimal(number) || cursor.next_integer(whole));
    EXPECT_TRUE(cursor.next(field) && field == slow);
  }
  EXPECT_TRUE(cursor.next_integer(whole) && whole == 4 && cursor.is_at_end());
  EXPECT_FALSE(cursor.next(field));
}

TEST(Fields, AreFiniteNumbersOrNothing) {
  EXPECT_EQ(to_number("+1.5e-3"), 1.5e-3);
  EXPECT_EQ(to_number("-0"), 0.0);
  for (const char* bad : {"", "1.5x", "nan", "inf", "1e999", "0x10", "+-1", "1,5", " 1"})
    EXPECT_EQ(to_number(bad), std::nullopt) << bad;
  EXPECT_EQ(to_integer("-12"), -12);
  for (const char* bad : {"", "1.0", "99999999999999999999", "1e3"})
    EXPECT_EQ(to_integer(bad), std::nullopt) << bad;
  EXPECT_THAT(split_fields("  a\tbc  d \r"), testing::ElementsAre("a", "bc", "d"));
  EXPECT_TRUE(split_fields("   ").empty());
}

}  // namespace
}  // namespace vitreous::io
