#include "analysis/observer_set.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "base/units.hpp"
#include "walkers.hpp"

namespace vitreous::analysis {
namespace {

using namespace testing;

TEST(ObserverList, ReadsBothSpellings) {
  const auto short_form = parse_observer_list("msd,intermediate_scattering:q=2.7/A,max_time=100ps");
  const auto brackets =
      parse_observer_list("msd, intermediate_scattering(q=2.7/A, max_time=100ps)");
  for (const auto& list : {short_form, brackets}) {
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list[0].kind, "msd");
    EXPECT_TRUE(list[0].options.empty());
    EXPECT_EQ(list[1].kind, "intermediate_scattering");
    EXPECT_EQ(list[1].options.at("q"), "2.7/A");
    EXPECT_EQ(list[1].options.at("max_time"), "100ps");
  }
}

TEST(ObserverList, RefusesWhatItCannotRead) {
  for (const char* text : {"", "msd,", "q=2", "msd(", "msd)", "msd:q", "msd(q=1) x", "msd:q=1,q=2"})
    EXPECT_THROW(parse_observer_list(text), base::InputError) << text;
}

TEST(ObserverSet, NamesTheNearestKindAndOption) {
  const World world(4, 4);
  try {
    ObserverSet set(world.setting(1000), {{"mds", {}}});
    FAIL();
  } catch (const base::InputError& error) {
    ASSERT_FALSE(error.message().tries.empty());
    EXPECT_EQ(error.message().tries[0], "msd");
  }
  EXPECT_THROW(ObserverSet(world.setting(1000), {{"msd", {{"max_tme", "1 ps"}}}}),
               base::InputError);
}

TEST(ObserverSet, NumbersASecondObserverOfAKind) {
  World world(4, 4);
  ObserverSet set(world.setting(1000), {{"msd", {}}, {"msd", {{"max_time", "1 ps"}}}});
  for (std::int64_t step = -1; (step = set.next_step(step)) <= 1000;) set.take(world.frame(step));
  const auto result = set.result();
  ASSERT_EQ(result.tables.size(), 2u);
  EXPECT_EQ(result.tables[0].name, "msd");
  EXPECT_EQ(result.tables[1].name, "msd_2");
}

TEST(ObserverDeclarations, EveryOptionHasUnitDefaultAndSentence) {
  ASSERT_FALSE(observer_declarations().empty());
  for (const auto& d : observer_declarations()) {
    EXPECT_FALSE(d.one_line.empty()) << d.name;
    EXPECT_FALSE(d.formula.empty()) << d.name;
    EXPECT_FALSE(d.source.empty()) << d.name;
    EXPECT_FALSE(d.columns.empty()) << d.name;
    for (const auto& option : d.options) {
      EXPECT_FALSE(option.unit.empty()) << d.name << "." << option.name;
      EXPECT_NO_THROW(base::parse_unit(option.unit)) << d.name << "." << option.name;
      EXPECT_FALSE(option.default_text.empty()) << d.name << "." << option.name;
      EXPECT_FALSE(option.sentence.empty()) << d.name << "." << option.name;
      if (option.default_text == "automatic" || option.default_text == "required") continue;
      EXPECT_NO_THROW(core::parse_option(option, option.default_text))
          << d.name << "." << option.name;
    }
    for (const auto& output : {d.columns, d.derived})
      for (const auto& o : output) {
        EXPECT_FALSE(o.sentence.empty()) << d.name << "." << o.name;
        EXPECT_NO_THROW(base::parse_unit(o.unit)) << d.name << "." << o.name;
      }
  }
}

}  // namespace
}  // namespace vitreous::analysis
