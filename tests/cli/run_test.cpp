// What the program says of commands that it does not have.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/run_command.hpp"

namespace vitreous::cli {
namespace {

using test::vitreous_command;
using testing::AllOf;
using testing::HasSubstr;

TEST(Run, NamesTheNearestOfItsCommands) {
  const auto verb = vitreous_command({"nanomold", "lenght", "--diameter", "20 nm"});
  EXPECT_EQ(verb.status, 2);
  EXPECT_THAT(verb.err, AllOf(HasSubstr("nanomold has no command \"lenght\""),
                              HasSubstr("its commands are critical-size, length, map"),
                              HasSubstr("try: length")));
  const auto command = vitreous_command({"relaxaton", "peaks"});
  EXPECT_EQ(command.status, 2);
  EXPECT_THAT(command.err, AllOf(HasSubstr("vitreous has no command \"relaxaton\""),
                                 HasSubstr("try: relaxation")));
}

TEST(Run, LeavesTheWordsOfACommandToIt) {
  EXPECT_EQ(vitreous_command({"list", "laws"}).status, 0);
  EXPECT_EQ(vitreous_command({"--version"}).status, 0);
  EXPECT_EQ(vitreous_command({"nanomold", "--help"}).status, 0);
  EXPECT_EQ(vitreous_command({"nanomold"}).status, 2);
}

}  // namespace
}  // namespace vitreous::cli
