// Installed KIM models against the parameter text in their own libraries.
#include "io/kim_model.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/error.hpp"
#include "io/potential_source.hpp"
#include "io/setfl.hpp"

namespace vitreous::io {
namespace {

using testing::Contains;
using testing::HasSubstr;

std::string error_of(const std::string& name) {
  try {
    read_potential(name);
  } catch (const base::InputError& error) {
    return error.what();
  }
  ADD_FAILURE() << name << " was read";
  return {};
}

class KimModel : public testing::TestWithParam<const char*> {};

TEST_P(KimModel, HandsOutTheTablesOfItsText) {
  // Two elements, three elements (where the pair order shows), unlike densities rho_XY and rho_YX.
  const std::string name = find_kim_model(GetParam());
  const auto read = read_kim_model(name);
  const auto held = kim_parameter_text(name);
  const auto text = parse_setfl(held.text, held.file_name);
  EXPECT_EQ(read.embedding, text.embedding);
  EXPECT_EQ(read.density, text.density);
  EXPECT_EQ(read.r_phi, text.r_phi);
  EXPECT_EQ(read.drho, text.drho);
  EXPECT_EQ(read.dr, text.dr);
  EXPECT_EQ(read.cutoff, text.cutoff);
  EXPECT_EQ(read.rho_points, text.rho_points);
  EXPECT_EQ(read.r_points, text.r_points);
  EXPECT_EQ(potential_fingerprint(read), potential_fingerprint(text));
}

INSTANTIATE_TEST_SUITE_P(Models, KimModel,
                         testing::Values("MO_600021860456_005",  // CuZr 2009, eam.fs
                                         "MO_338600200739",      // AlSm 2015, eam.fs
                                         "MO_149104665840",      // NiZr 2012, eam.fs
                                         "MO_137572817842",      // AlMnPd 2012, eam.alloy
                                         "HepburnAckland_2008_FeC",
                                         "MendelevBorovikov_2020_FeNiCr"));

TEST(KimModels, UnlikeDensitiesStayUnlike) {
  const auto t = read_potential("kim:HepburnAckland_2008_FeC");
  EXPECT_NE(t.density[1], t.density[2]);
}

TEST(KimModels, HaveMassesLatticesAndComments) {
  const auto t = read_potential("kim:MO_600021860456_005");
  EXPECT_EQ(t.name, "kim:EAM_Dynamo_MendelevKramerOtt_2009_CuZr__MO_600021860456_005");
  EXPECT_EQ(t.format, "kim");
  EXPECT_NEAR(t.elements[t.element("Cu")].mass, 63.546, 0.01);
  EXPECT_NEAR(t.elements[t.element("Zr")].mass, 91.22, 0.01);
  EXPECT_EQ(t.elements[t.element("Cu")].lattice, "fcc");
  EXPECT_FALSE(t.comments.empty());
}

TEST(KimModels, OfOneElementInFuncflFormAreReadToo) {
  const auto t = read_potential("kim:FoilesBaskesDaw_1986Universal3_Cu");
  ASSERT_EQ(t.elements.size(), 1u);
  EXPECT_EQ(t.elements[0].name, "Cu");
  EXPECT_NEAR(t.elements[0].mass, 63.55, 1e-9);
  EXPECT_GT(t.r_phi[0][100], 0.0);
}

TEST(KimModels, AreListedByTheElementsTheyKnow) {
  const auto models = list_kim_models({"Zr", "Cu"});
  EXPECT_THAT(models, Contains("EAM_Dynamo_MendelevKramerOtt_2009_CuZr__MO_600021860456_005"));
  EXPECT_GE(models.size(), 4u);
  for (const auto& name : models) EXPECT_THAT(name, HasSubstr("EAM_Dynamo"));
  EXPECT_TRUE(list_kim_models({"Cu", "Xx"}).empty());
}

TEST(KimModels, MessagesSayWhatIsWrong) {
  EXPECT_THAT(error_of("kim:CuZr"), HasSubstr("MendelevKramerOtt_2009_CuZr__MO_600021860456_005"));
  EXPECT_THAT(error_of("kim:CuZr"), HasSubstr("MendelevSordeletKramer_2007_CuZr"));
  EXPECT_THAT(error_of("kim:Unobtainium"), HasSubstr("no KIM model has"));
  EXPECT_THAT(error_of("kim:MO_120596890167_005"), HasSubstr("MO_120596890176_005"));
  EXPECT_THAT(error_of("kim:StillingerWeber_1985_Si"), HasSubstr("SW__MD_335816936951"));
  EXPECT_THAT(error_of("kim:"), HasSubstr("kim:"));
  EXPECT_THAT(error_of("no_such_file.eam.fs"), HasSubstr("no potential file"));
}

TEST(KimModels, LeaveNoLogBehind) {
  read_potential("kim:MO_149104665840");
  EXPECT_FALSE(std::filesystem::exists("kim.log"));
}

}  // namespace
}  // namespace vitreous::io
