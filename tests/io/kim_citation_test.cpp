// Citations out of BibTeX as KIM writes it.
#include "io/kim_citation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vitreous::io {
namespace {

TEST(KimCitation, TakesTheModelsOwnSourcesAndNoOthers) {
  const std::string text = R"(@Comment
{ a \cite{MO_1_005a} }
@Misc{MO_1_005,
  title = {The archive},
}
@Article{MO_1_005a,
  author = {A. One and B. {T}wo},
  title = {On {Cu}--{Zr}, and
           more},
  journal = "Phil.~Mag. \& Co",
  volume = 89, pages = {967--987}, year = {2009}, doi = {10.1/x}
}
@Article{MO_1_005b, title={Second}, author={C. Three}}
)";
  EXPECT_THAT(
      bibtex_citations(text, "MO_1_005"),
      testing::ElementsAre("A. One, B. Two: On Cu-Zr, and more, Phil. Mag. & Co 89, 967-987 "
                           "(2009), doi:10.1/x",
                           "C. Three: Second"));
  EXPECT_TRUE(bibtex_citations("@Article{MO_1_005a", "MO_1_005").empty());
  EXPECT_TRUE(bibtex_citations("", "MO_1_005").empty());
}

TEST(KimCitation, OfCuZr2009IsItsPaper) {
  const auto lines = kim_citations("EAM_Dynamo_MendelevKramerOtt_2009_CuZr__MO_600021860456_005");
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_THAT(lines[0], testing::StartsWith("M. I. Mendelev, M. J. Kramer, R. T. Ott"));
  EXPECT_THAT(lines[0], testing::EndsWith("doi:10.1080/14786430902832773"));
}

}  // namespace
}  // namespace vitreous::io
