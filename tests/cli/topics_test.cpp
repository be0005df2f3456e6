// `vitreous list` and `vitreous help`: whatever declares itself is listed and explained.
#include "cli/topics.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "base/units.hpp"
#include "run_command.hpp"

namespace vitreous::cli {
namespace {

using test::vitreous_command;
using testing::AllOf;
using testing::HasSubstr;

TEST(Declarations, HaveSentencesAndEveryOptionAUnitADefaultAndASentence) {
  for (const auto& group : topic_groups()) {
    for (const auto& declaration : *group.declarations) {
      EXPECT_FALSE(declaration.one_line.empty()) << declaration.name;
      EXPECT_FALSE(declaration.formula.empty()) << declaration.name;
      if (group.name != "sections") {
        EXPECT_FALSE(declaration.source.empty()) << declaration.name;
      }
      for (const auto& option : declaration.options) {
        const std::string name = declaration.name + "." + option.name;
        EXPECT_NO_THROW(base::parse_unit(option.unit)) << name;
        EXPECT_FALSE(option.sentence.empty()) << name;
        EXPECT_FALSE(option.default_text.empty()) << name;
        if (option.default_text == "required" || option.default_text == "automatic") continue;
        EXPECT_NO_THROW(core::parse_option(option, option.default_text)) << name;
      }
    }
  }
}

TEST(ListCommand, ListsEverythingThatDeclaresItself) {
  const auto all = vitreous_command({"list"});
  EXPECT_EQ(all.status, 0);
  for (const auto& group : topic_groups()) {
    const auto outcome = vitreous_command({"list", group.name});
    EXPECT_EQ(outcome.status, 0);
    EXPECT_THAT(outcome.err, HasSubstr("next: vitreous help "));
    const auto json = nlohmann::json::parse(vitreous_command({"list", group.name, "--json"}).out);
    ASSERT_EQ(json.size(), group.declarations->size());
    for (std::size_t k = 0; k < json.size(); ++k) {
      const auto& declaration = (*group.declarations)[k];
      EXPECT_EQ(json[k]["name"], declaration.name);
      EXPECT_EQ(json[k]["options"].size(), declaration.options.size());
      EXPECT_THAT("\n" + outcome.out, HasSubstr("\n  " + declaration.name + " "));
      EXPECT_THAT(all.out, HasSubstr("\n  " + declaration.name));
    }
  }
}

TEST(ListCommand, ListsPotentialsAndUnits) {
  EXPECT_THAT(vitreous_command({"list", "potentials"}).out,
              HasSubstr("kim:EAM_Dynamo_MendelevKramerOtt_2009_CuZr__MO_600021860456_005"));
  EXPECT_THAT(vitreous_command({"list", "units"}).out, HasSubstr("  angstrom "));
}

TEST(ListCommand, OfAnUnknownListNamesTheNearest) {
  const auto outcome = vitreous_command({"list", "observer"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("there is no list of \"observer\""),
                                 HasSubstr("try: vitreous list observers")));
}

TEST(HelpCommand, TellsEveryOptionWithUnitAndDefault) {
  for (const auto& group : topic_groups())
    for (const auto& declaration : *group.declarations) {
      const auto outcome = vitreous_command({"help", declaration.name});
      EXPECT_EQ(outcome.status, 0);
      for (const auto& option : declaration.options)
        EXPECT_THAT(outcome.out, HasSubstr("\n  " + option.name + " ")) << declaration.name;
    }
  EXPECT_THAT(vitreous_command({"help", "hold"}).out,
              AllOf(HasSubstr("  equilibrate          by default 0 ps  "),
                    HasSubstr("  temperature          required "), HasSubstr("[K]")));
  EXPECT_THAT(vitreous_command({"help", "msd"}).out,
              AllOf(HasSubstr("2 d D t"), HasSubstr("\nquantities\n"), HasSubstr("m^2/s")));
}

TEST(HelpCommand, KeepsLinesWithinAHundredColumns) {
  for (const auto& group : topic_groups())
    for (const auto& declaration : *group.declarations) {
      std::istringstream lines(declaration_text(group, declaration));
      for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100u) << line;
    }
}

TEST(HelpCommand, ExplainsCommandsAndSuggestsTopics) {
  EXPECT_THAT(vitreous_command({"help", "evaluate"}).out, HasSubstr("--potential"));
  EXPECT_THAT(vitreous_command({"help"}).out, AllOf(HasSubstr("analyze"), HasSubstr("arrhenius")));
  const auto outcome = vitreous_command({"help", "arhenius"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("try: vitreous help arrhenius"));
}

}  // namespace
}  // namespace vitreous::cli
