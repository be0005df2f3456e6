// Options in a user's words, as their owner declared them.
#include "core/declaration.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"

namespace vitreous::core {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Declaration& scattering() {
  static const Declaration declaration = {
      .name = "scattering",
      .one_line = "A made-up observer",
      .formula = "",
      .options = {{"q", OptionType::number, "1/angstrom", "2.7 1/A", "wave number", {}},
                  {"max_time", OptionType::number, "ps", "automatic", "longest lag", {}},
                  {"origins", OptionType::integer, "1", "100", "number of origins", {}},
                  {"plane", OptionType::text, "1", "xyz", "directions", {"xyz", "xy", "z"}},
                  {"self", OptionType::flag, "1", "true", "self part only", {}},
                  {"times", OptionType::numbers, "ps", "1 ps, 10 ps", "lags", {}},
                  {"species", OptionType::words, "1", "required", "elements", {}}},
      .columns = {},
      .derived = {},
      .source = ""};
  return declaration;
}

std::string refusal(std::map<std::string, std::string> given) {
  given.emplace("species", "Cu");
  try {
    parse_options(scattering(), given);
  } catch (const base::InputError& error) {
    return error.what();
  }
  ADD_FAILURE() << "nothing was refused";
  return {};
}

TEST(Declaration, FillsInDefaultsInTheDeclaredUnit) {
  const Options options = parse_options(scattering(), {{"species", "Cu, Zr"}});
  EXPECT_EQ(options.number("q"), 2.7);
  EXPECT_EQ(options.integer("origins"), 100);
  EXPECT_EQ(options.text("plane"), "xyz");
  EXPECT_TRUE(options.flag("self"));
  EXPECT_THAT(options.numbers("times"), ElementsAre(1.0, 10.0));
  EXPECT_THAT(options.words("species"), ElementsAre("Cu", "Zr"));
  EXPECT_FALSE(options.has("max_time")) << "automatic";
}

TEST(Declaration, ConvertsWhatIsGiven) {
  const Options options = parse_options(scattering(), {{"species", "Zr;Cu"},
                                                       {"q", "27/nm"},
                                                       {"max_time", "0.1 ns"},
                                                       {"origins", "7"},
                                                       {"self", "no"},
                                                       {"plane", "xy"},
                                                       {"times", "500 fs,2ps"}});
  EXPECT_DOUBLE_EQ(options.number("q"), 2.7);
  EXPECT_EQ(options.number("max_time"), 100.0);
  EXPECT_EQ(options.integer("origins"), 7);
  EXPECT_FALSE(options.flag("self"));
  EXPECT_EQ(options.text("plane"), "xy");
  EXPECT_THAT(options.numbers("times"), ElementsAre(0.5, 2.0));
  EXPECT_THAT(options.words("species"), ElementsAre("Zr", "Cu"));
}

TEST(Declaration, RefusalsNameTheOption) {
  EXPECT_THAT(refusal({{"q", "2.7"}}), HasSubstr("q: \"2.7\" is a number without unit"));
  EXPECT_THAT(refusal({{"q", "2.7 ps"}}), HasSubstr("q: "));
  EXPECT_THAT(refusal({{"origins", "7.5"}}), HasSubstr("origins: \"7.5\" is not a whole number"));
  EXPECT_THAT(refusal({{"origins", ""}}), HasSubstr("not a whole number"));
  EXPECT_THAT(refusal({{"self", "perhaps"}}), HasSubstr("self: \"perhaps\" is neither true nor"));
  EXPECT_THAT(refusal({{"plane", "yz"}}), HasSubstr("plane: \"yz\" is not one of xyz, xy, z"));
  EXPECT_THAT(refusal({{"times", "1 ps, 2"}}), HasSubstr("times: "));
}

TEST(Declaration, SuggestsTheNearestNameForAnUnknownOption) {
  const std::string text = refusal({{"max_tme", "1 ps"}});
  EXPECT_THAT(text, HasSubstr("scattering has no option \"max_tme\""));
  EXPECT_THAT(text, HasSubstr("try: max_time"));
}

TEST(Declaration, ARequiredOptionMustBeGiven) {
  try {
    parse_options(scattering(), {});
    FAIL();
  } catch (const base::InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("scattering needs the option \"species\""));
  }
}

}  // namespace
}  // namespace vitreous::core
