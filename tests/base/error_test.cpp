#include "base/error.hpp"

#include <gtest/gtest.h>

namespace vitreous::base {
namespace {

TEST(Message, PointsAtTheMistakeAndSaysWhyAndWhatToTry) {
  Message m;
  m.file = "bulk.toml";
  m.line = 22;
  m.source = "rate = \"100 K/6 ns\"";
  m.column = 9;
  m.width = 10;
  m.key = "quench.rate";
  m.problem = "this is not a rate";
  m.why = "it is K ns";
  m.tries = {"100 K/(6 ns)", "something else"};
  EXPECT_EQ(to_text(m),
            "error: bulk.toml:22: quench.rate: this is not a rate\n"
            "  22 | rate = \"100 K/6 ns\"\n"
            "     |         ^^^^^^^^^^\n"
            "  why: it is K ns\n"
            "  try: 100 K/(6 ns)\n"
            "   or: something else");
}

TEST(Message, LeavesOutWhatIsNotKnown) {
  EXPECT_STREQ(InputError("no such file").what(), "error: no such file");
}

TEST(NearestName, SuggestsAMisspelledWordAndNothingForAStrangeOne) {
  const std::vector<std::string> names = {"duration", "temperature", "pressure"};
  EXPECT_EQ(nearest_name("temprature", names), "temperature");
  EXPECT_EQ(nearest_name("durations", names), "duration");
  EXPECT_EQ(nearest_name("xyzzy", names), "");
}

}  // namespace
}  // namespace vitreous::base
