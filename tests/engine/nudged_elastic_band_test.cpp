#include "engine/nudged_elastic_band.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "engine/native/reference_forces.hpp"
#include "landscapes.hpp"
#include "vacancy_hop.hpp"

namespace vitreous::engine {
namespace {

using testing::CurvedPass;
using testing::wide_box;

template <class AnyForces>
NudgedElasticBand band_of(int images, const AnyForces& forces) {
  std::vector<std::unique_ptr<Forces>> all;
  for (int k = 0; k < images; ++k) all.push_back(std::make_unique<AnyForces>(forces));
  return NudgedElasticBand(std::move(all));
}

core::Atoms atom_at(const math::Vec3& r) {
  core::Atoms atoms = testing::atoms_at_origin(1);
  atoms.position.set(0, r);
  return atoms;
}

const core::Atoms left = atom_at({-1.0, 0.0, 0.0}), right = atom_at({1.0, 0.0, 0.0});

Barrier cross(double tilt, const BandOptions& options = {.force_tolerance = 1e-4}) {
  auto band = band_of(5, CurvedPass(tilt));
  return band.find({wide_box(), left}, {wide_box(), right}, options);
}

TEST(NudgedElasticBand, FindsTheSaddleOfACurvedPassExactly) {
  for (const double tilt : {0.0, 0.1, -0.3}) {
    SCOPED_TRACE(tilt);
    const CurvedPass pass(tilt);
    const double top = pass.along(pass.saddle().x);
    const Barrier barrier = cross(tilt);
    ASSERT_EQ(barrier.outcome, BandOutcome::converged);
    EXPECT_LE(barrier.residual, 1e-4);
    EXPECT_NEAR(barrier.forward, top + tilt, 1e-7);
    EXPECT_NEAR(barrier.reverse, top - tilt, 1e-7);
    EXPECT_LT(math::norm(barrier.saddle.position[0] - pass.saddle()), 1e-3);
  }
}

/// The saddle is so close to the last end that the only image stays below that end.
TEST(NudgedElasticBand, TellsTheUnstableDirectionTowardItsEnd) {
  for (const double tilt : {0.0, 0.1, -0.3}) {
    SCOPED_TRACE(tilt);
    const Barrier barrier = cross(tilt);
    ASSERT_EQ(barrier.direction.size(), 1u);
    const math::Vec3 along = barrier.direction[0];
    EXPECT_NEAR(math::norm(along), 1.0, 1e-12);
    EXPECT_GT(along.x, 0.0);
    CurvedPass pass(tilt);
    core::Atoms beside = barrier.saddle;
    for (const double side : {-0.05, 0.05}) {
      ForceResult result;
      beside.position.set(0, barrier.saddle.position[0] + along * side);
      pass.evaluate(wide_box(), beside, {}, result);
      EXPECT_GT(math::dot(result.force[0], along) * side, 0.0);  // away from the saddle
    }
  }
}

TEST(NudgedElasticBand, TellsWhereAnEndIsTheHighestPoint) {
  auto band = band_of(1, CurvedPass(1.8));
  const Barrier barrier = band.find({wide_box(), left}, {wide_box(), right});
  EXPECT_EQ(barrier.outcome, BandOutcome::no_saddle);
  EXPECT_EQ(barrier.reverse, 0.0);
}

/// Two images on either side of a bend so sharp that the line between them leads across the valley:
/// to climb along it is no way to the saddle.
TEST(NudgedElasticBand, FindsTheSaddleBesideAPathThatIsTooCoarseToClimb) {
  const CurvedPass pass(0.3, 1.5);
  auto band = band_of(2, pass);
  const Barrier barrier = band.find({wide_box(), left}, {wide_box(), right});
  ASSERT_EQ(barrier.outcome, BandOutcome::converged);
  EXPECT_NEAR(barrier.forward, pass.along(pass.saddle().x) + 0.3, 1e-4);
  EXPECT_LT(math::norm(barrier.saddle.position[0] - pass.saddle()), 0.1);
  EXPECT_LE(barrier.residual, 0.01);
}

TEST(NudgedElasticBand, TellsEnergiesAlongTheWay) {
  const Barrier barrier = cross(0.1);
  ASSERT_EQ(barrier.energy.size(), 7u);
  ASSERT_EQ(barrier.coordinate.size(), 7u);
  EXPECT_EQ(barrier.coordinate.front(), 0.0);
  EXPECT_EQ(barrier.energy.front(), 0.0);
  EXPECT_NEAR(barrier.energy.back(), 0.2, 1e-12);
  for (std::size_t k = 1; k < 7; ++k) EXPECT_GT(barrier.coordinate[k], barrier.coordinate[k - 1]);
  EXPECT_EQ(*std::max_element(barrier.energy.begin(), barrier.energy.end()), barrier.forward);
}

TEST(NudgedElasticBand, IsSymmetricWhereThePassIs) {
  const Barrier barrier = cross(0.0);
  for (std::size_t k = 0; k < 7; ++k) {
    EXPECT_NEAR(barrier.energy[k], barrier.energy[6 - k], 1e-5);
    EXPECT_NEAR(barrier.coordinate[k] + barrier.coordinate[6 - k], barrier.coordinate[6], 1e-4);
  }
}

TEST(NudgedElasticBand, TakesTheNearestWayThroughThePeriodicBox) {
  auto band = band_of(5, CurvedPass(0.1));
  const BandOptions options{.force_tolerance = 1e-4};
  const auto elsewhere = atom_at({101.0, -100.0, 0.0});
  const Barrier barrier = band.find({wide_box(), left}, {wide_box(), elsewhere}, options);
  EXPECT_NEAR(barrier.forward, cross(0.1).forward, 1e-9);
  EXPECT_NEAR(barrier.coordinate.back(), cross(0.1).coordinate.back(), 1e-9);
}

TEST(NudgedElasticBand, TellsWhereItsStepsDidNotSuffice) {
  const Barrier barrier = cross(0.1, {.force_tolerance = 1e-4, .most_steps = 3});
  EXPECT_EQ(barrier.outcome, BandOutcome::too_many_steps);
  EXPECT_EQ(barrier.steps, 3);
  EXPECT_GT(barrier.residual, 1e-4);
}

/// What the refusal says.
std::string refusal(const BandEnd& before, const BandEnd& after, const BandOptions& options = {}) {
  auto band = band_of(3, CurvedPass());
  try {
    band.find(before, after, options);
  } catch (const base::InputError& error) {
    return base::to_text(error.message());
  }
  return "";
}

TEST(NudgedElasticBand, RefusesEndsThatAreOneMinimum) {
  using ::testing::HasSubstr;
  EXPECT_THAT(refusal({wide_box(), left}, {wide_box(), left}), HasSubstr("the same minimum"));
  EXPECT_THAT(refusal({wide_box(), left}, {wide_box(), atom_at({99.001, 0.0, 0.0})}),
              HasSubstr("the same minimum"));
}

TEST(NudgedElasticBand, RefusesEndsThatDifferInBoxOrAtoms) {
  using ::testing::HasSubstr;
  const core::Box wider = core::Box::orthogonal(100.0, 100.0, 101.0);
  EXPECT_THAT(refusal({wide_box(), left}, {wider, right}), HasSubstr("boxes differ"));
  EXPECT_THAT(refusal({wide_box(), left}, {wide_box(), testing::atoms_at_origin(2)}),
              HasSubstr("1 and 2 atoms"));
  core::Atoms other = right;
  other.id[0] = 7;
  EXPECT_THAT(refusal({wide_box(), left}, {wide_box(), other}), HasSubstr("atom 7"));
  other = right;
  other.kinds[0].name = "Zr";
  EXPECT_THAT(refusal({wide_box(), left}, {wide_box(), other}),
              HasSubstr("atom 1 is Cu in one and Zr"));
}

TEST(NudgedElasticBand, RefusesEndsThatAreNoMinima) {
  EXPECT_THAT(refusal({wide_box(), left}, {wide_box(), atom_at({0.9, 0.0, 0.0})}),
              ::testing::HasSubstr("minimize it first"));
}

TEST(NudgedElasticBand, RefusesOptionsWithoutSense) {
  const BandEnd before{wide_box(), left}, after{wide_box(), right};
  EXPECT_NE(refusal(before, after, {.force_tolerance = 0.0}), "");
  EXPECT_NE(refusal(before, after, {.most_steps = -1}), "");
  EXPECT_NE(refusal(before, after, {.spring = -1.0}), "");
  EXPECT_NE(refusal(before, after, {.rest_below = 0.0}), "");
  EXPECT_THROW(NudgedElasticBand({}), base::InputError);
}

TEST(NudgedElasticBand, RefusesAForceThatIsNoNumber) {
  auto band = band_of(3, testing::NoNumber());
  EXPECT_THROW(band.find({wide_box(), left}, {wide_box(), right}), base::RunError);
}

/// Before and after are mirror images of each other.
TEST(NudgedElasticBand, OfAVacancyInCopperIsSymmetric) {
  const auto hop = testing::vacancy_hop(3);
  auto band = band_of(5, ReferenceForces(testing::copper()));
  const Barrier barrier = band.find({hop.box, hop.before}, {hop.box, hop.after});
  ASSERT_EQ(barrier.outcome, BandOutcome::converged);
  EXPECT_NEAR(barrier.forward, barrier.reverse, 1e-6);
  EXPECT_EQ(barrier.energy[3], barrier.forward);
  for (std::size_t k = 1; k < 3; ++k) EXPECT_NEAR(barrier.energy[k], barrier.energy[6 - k], 1e-3);
}

TEST(NudgedElasticBand, GivesTheSameBitsWhateverItFoundBefore) {
  const auto hop = testing::vacancy_hop(3);
  auto band = band_of(3, ReferenceForces(testing::copper()));
  const BandOptions few{.most_steps = 10};
  const Barrier first = band.find({hop.box, hop.before}, {hop.box, hop.after}, few);
  band.find({hop.box, hop.after}, {hop.box, hop.before}, few);
  const Barrier again = band.find({hop.box, hop.before}, {hop.box, hop.after}, few);
  EXPECT_EQ(first.energy, again.energy);
  EXPECT_EQ(first.saddle.position.x, again.saddle.position.x);
}

}  // namespace
}  // namespace vitreous::engine
