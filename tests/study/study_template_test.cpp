// The studies that `vitreous new` writes, and those under examples/.
#include "study/study_template.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <set>

#include "io/safe_file.hpp"
#include "study_text.hpp"

namespace vitreous::study {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path examples = VITREOUS_EXAMPLES;

class StudyTemplates : public test::StudyText {};

TEST_F(StudyTemplates, ReadForAlloysWithAndWithoutPublishedValues) {
  for (const auto& one : study_templates())
    for (const char* composition : {"Cu50Zr50", "Cu64Zr36", "Al90Sm10"}) {
      const auto plan = read(one.text(template_alloy(composition, "")));
      EXPECT_EQ(plan.branches.front().alloy.composition, composition) << one.name;
      EXPECT_FALSE(plan.fits.empty()) << one.name;
    }
}

TEST_F(StudyTemplates, CompareOnlyTheAlloyAndPotentialThatWerePublished) {
  const auto& diffusion = study_template("diffusion");
  const auto compared = [&](const std::string& composition, const std::string& potential) {
    return !read(diffusion.text(template_alloy(composition, potential))).fits[0].compare.empty();
  };
  EXPECT_TRUE(compared("Cu50Zr50", ""));
  EXPECT_FALSE(compared("Cu64Zr36", ""));
  EXPECT_FALSE(compared("Cu50Zr50", "kim:MO_120596890176_005"));
}

TEST_F(StudyTemplates, OfWhatCannotBeSayWhy) {
  EXPECT_THAT(test::input_error([] { template_alloy("Xx50Zr50", ""); }),
              HasSubstr("not the symbol of an element"));
  EXPECT_THAT(test::input_error([] { template_alloy("U50Og50", ""); }),
              HasSubstr("no installed KIM model describes U and Og"));
  EXPECT_THAT(test::input_error([] { study_template("difusion"); }), HasSubstr("try: diffusion"));
}

TEST_F(StudyTemplates, QuickstartIsTheExampleOfThatName) {
  EXPECT_EQ(io::read_file(examples / "quickstart/study.toml"),
            study_template("diffusion").text(template_alloy("Cu50Zr50", "")));
}

TEST(Examples, ReadAtEveryScale) {
  int studies = 0;
  for (const auto& entry : fs::recursive_directory_iterator(examples)) {
    if (entry.path().extension() != ".toml" ||
        io::read_file(entry.path()).find("\n[[stage]]") == std::string::npos)
      continue;  // parameters of a law are no study
    ++studies;
    auto scales = scales_of_study(entry.path());
    scales.emplace_back();
    for (const auto& scale : scales) {
      const auto reading = examine_study(entry.path(), {scale, {}});
      for (const auto& mistake : reading.mistakes)
        ADD_FAILURE() << "scale " << scale << ": " << base::to_text(mistake);
    }
  }
  EXPECT_GE(studies, 3);
}

TEST(Examples, OfAPaperAreQuickAtQuickScaleAndWholeAtPaperScale) {
  const auto path = examples / "annamareddy2021/bulk.toml";
  const auto quick = read_study(path, {"quick", {}}), paper = read_study(path, {"paper", {}});
  EXPECT_EQ(quick.branches.front().alloy.atoms, 2000);
  EXPECT_EQ(paper.branches.front().alloy.atoms, 16384);
  int liquids = 0;
  for (const auto& branch : paper.branches) liquids += branch.stage == "liquid";
  EXPECT_EQ(liquids, 21);  // 2000 to 1000 K in steps of 50 K
}

TEST(Examples, OfTheSurfaceCutASlabFromEachBranchOfTheBulk) {
  for (const std::string scale : {"quick", "laptop", "paper"}) {
    const auto plan = read_study(examples / "annamareddy2021/surface.toml", {scale, {}});
    std::set<std::string> bulk, cut;
    for (const auto& branch : plan.branches) {
      if (branch.kind == "free_surface") cut.insert(branch.parent);
      if (branch.kind == "hold" && branch.stage != "melt") bulk.insert(branch.id);
    }
    EXPECT_EQ(cut, bulk) << scale;
    EXPECT_GE(cut.size(), 7u) << scale;
  }
}

}  // namespace
}  // namespace vitreous::study
