// The account of a run and its references: what was asked for stands in it, and what it cites is
// there.
#include "study/methods.hpp"

#include <gmock/gmock.h>

#include <regex>

#include "analysis/observer.hpp"
#include "io/kim_citation.hpp"
#include "models/law.hpp"
#include "stage/stage.hpp"
#include "study/works.hpp"
#include "study_text.hpp"

namespace vitreous::study {
namespace {

using test::melt_quench_liquid;
using test::study_head;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Methods : public test::StudyText {
 protected:
  static std::string methods_of(const Plan& plan) {
    return methods_text(plan, gather(plan, RunFolder("none")));
  }
};

std::vector<std::string> keys_of(const std::string& bibtex) {
  std::vector<std::string> keys;
  for (const auto& entry : io::bibtex_entries(bibtex)) keys.push_back(entry.key);
  return keys;
}

TEST_F(Methods, TellWhatTheStudyAsksForInUnits) {
  const Plan plan = read(study_head + melt_quench_liquid +
                         "observe = [{ kind = \"intermediate_scattering\", q = \"2.7 1/A\" }]\n"
                         "[[fit]]\nlaw = \"arrhenius\"\nof = \"liquid.tau_alpha\"\nwhere = { "
                         "temperature = [\"1000 K\", \"1500 K\"] }\n");
  const std::string text = methods_of(plan);
  EXPECT_THAT(text, AllOf(HasSubstr("Cu50Zr50 (250 Cu and 250 Zr, 500 atoms)"),
                          HasSubstr("timestep of 2 fs"), HasSubstr("damping time of 0.1 ps"),
                          HasSubstr("drawn from the seed 7"),
                          HasSubstr("**melt** (hold) starts from random positions")));
  EXPECT_THAT(text, AllOf(HasSubstr("goes to 1000 K at 1e14 K/s"),
                          HasSubstr("stood at each temperature; temperature 2000, 1500 and 1000 K"),
                          HasSubstr("5 ps at constant temperature and a pressure of 0 GPa, "
                                    "unobserved; then 20 ps at constant volume and temperature, in "
                                    "the mean box of the second half before.")));
  EXPECT_THAT(text, AllOf(HasSubstr("q=2.7 1/A"), HasSubstr("[@hansen2013]"),
                          HasSubstr("temperature from 1000 to 1500 K"),
                          HasSubstr("[@arrhenius1889]"), HasSubstr("Not done yet: melt/r1, ")));
}

TEST_F(Methods, ReferToWhatWasUsedAndToNothingElse) {
  const std::string hold =
      "[[stage]]\nname = \"melt\"\nkind = \"hold\"\nduration = \"1 ps\"\ntemperature = \"2000 "
      "K\"\n";
  const Plan chains = read(study_head + hold);
  const auto with_chains = keys_of(references_text(chains, methods_of(chains)));
  EXPECT_THAT(with_chains,
              testing::IsSupersetOf({"vitreous", "swope1982", "nose1984", "martyna1994"}));
  EXPECT_THAT(with_chains, Not(testing::Contains("bussi2007")));
  const Plan rescaled = read(study_head + hold +
                             "thermostat = \"velocity_rescaling\"\nensemble = \"nvt\"\nvolume = "
                             "\"inherit\"\nobserve = [\"voronoi\"]\n");
  const auto with_rescaling = keys_of(references_text(rescaled, methods_of(rescaled)));
  EXPECT_THAT(with_rescaling, testing::IsSupersetOf({"bussi2007", "rycroft2009"}));
  EXPECT_THAT(with_rescaling, Not(testing::Contains("martyna1994")));
}

TEST_F(Methods, CiteWhatStandsInTheReferencesEachOnce) {
  const std::string study = std::string(VITREOUS_EXAMPLES) + "/annamareddy2021/surface.toml";
  const Plan plan = read_study(study, {"quick", {}});
  const std::string text = methods_of(plan);
  auto cited = cited_keys(text);
  EXPECT_GT(cited.size(), 20u);
  EXPECT_EQ(keys_of(references_text(plan, text)), cited);
  EXPECT_THAT(cited, testing::IsSupersetOf({"MO_600021860456_005a", "MD_120291908751_005",
                                            "annamareddy2021", "henkelman1999"}));
}

TEST_F(Methods, OfAPotentialFileCiteItsOwnDescription) {
  const Plan plan = read(study_head + melt_quench_liquid);
  const std::string references = references_text(plan, methods_of(plan));
  EXPECT_THAT(references, HasSubstr("@misc{potential:"));
  EXPECT_THAT(references, HasSubstr(plan.branches.front().alloy.tables->comments.front()));
}

/// A source that gives a year is a work that a reader can look up: it must be in the table.
TEST(Works, HoldEveryPaperThatADeclarationNames) {
  for (const auto* declarations : {&analysis::observer_declarations(), &stage::stage_declarations(),
                                   &models::law_declarations()})
    for (const auto& declaration : *declarations) {
      const std::regex year("\\((1[89]|20)[0-9]{2}\\)");
      const std::string& source = declaration.source;
      const auto papers = std::distance(std::sregex_iterator(source.begin(), source.end(), year),
                                        std::sregex_iterator());
      EXPECT_GE(std::ssize(works_named(source)), papers) << declaration.name << ": " << source;
    }
}

TEST(Works, AreSoundBibtexUnderKeysOfTheirOwn) {
  std::vector<std::string> keys;
  for (const Work& work : works()) {
    const auto entries = io::bibtex_entries(bibtex_of_work(work.key));
    ASSERT_EQ(entries.size(), 1u) << work.key;
    EXPECT_EQ(entries[0].key, work.key);
    EXPECT_EQ(work.fields.find(",,"), std::string::npos) << work.key;
    keys.push_back(work.key);
  }
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(std::adjacent_find(keys.begin(), keys.end()), keys.end());
}

}  // namespace
}  // namespace vitreous::study
