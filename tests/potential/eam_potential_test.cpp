// The splines against a direct cubic Hermite evaluation, and the rules beyond the tables' ends.
#include "potential/eam_potential.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/error.hpp"

namespace vitreous::potential {
namespace {

using ::testing::DoubleEq, ::testing::DoubleNear, ::testing::Pointwise;

std::vector<double> sampled(std::size_t n, double h, double (*f)(double)) {
  std::vector<double> values(n);
  for (std::size_t k = 0; k < n; ++k) values[k] = f(static_cast<double>(k) * h);
  return values;
}

/// Two elements, asymmetric densities; the radial tables end at different knots.
EamTables small_tables() {
  EamTables t;
  t.name = "made by the test";
  t.elements = {{"Xa", 1, 10.0, 3.0, "fcc"}, {"Yb", 2, 20.0, 3.5, "bcc"}};
  t.rho_points = 11, t.drho = 0.5;
  t.r_points = 31, t.dr = 0.1, t.cutoff = 3.0;
  for (double s : {1.0, 2.0}) {
    t.embedding.push_back(sampled(
        11, 0.5, +[](double x) { return -std::sqrt(x); }));
    for (auto& value : t.embedding.back()) value *= s;
  }
  const auto radial = [&](double scale, std::size_t last) {
    std::vector<double> values(31, 0.0);
    for (std::size_t k = 0; k <= last; ++k)
      values[k] = scale * (3.1 - 0.1 * static_cast<double>(k));
    return values;
  };
  t.density = {radial(1.0, 30), radial(2.0, 20), radial(3.0, 10), radial(4.0, 30)};
  t.r_phi = {radial(5.0, 12), radial(6.0, 14), radial(6.0, 14), std::vector<double>(31, 0.0)};
  return t;
}

TEST(UniformSpline, ReproducesACubicExactlyAwayFromTheEnds) {
  // Five-point slopes are exact for a cubic, so the Hermite pieces are the cubic itself.
  const auto f = +[](double x) { return ((0.3 * x - 1.1) * x + 0.7) * x - 2.0; };
  const UniformSpline spline(sampled(21, 0.25, f), 0.25);
  for (double x = 0.5; x <= 4.5; x += 0.013) {
    EXPECT_NEAR(spline(x).value, f(x), 1e-12) << x;
    EXPECT_NEAR(spline(x).slope, (0.9 * x - 2.2) * x + 0.7, 1e-12) << x;
  }
}

TEST(UniformSpline, GoesThroughItsKnotsWithOneSlopeOnBothSides) {
  const auto values = sampled(
      40, 0.1, +[](double x) { return std::exp(-x) * std::sin(5 * x); });
  const UniformSpline spline(values, 0.1);
  for (std::size_t k = 1; k + 1 < values.size(); ++k) {
    const double x = 0.1 * static_cast<double>(k);
    EXPECT_NEAR(spline(x).value, values[k], 1e-13);
    EXPECT_NEAR(spline(x - 1e-9).slope, spline(x + 1e-9).slope, 1e-6);
  }
}

TEST(UniformSpline, SlopeIsTheDerivativeOfTheValue) {
  const UniformSpline spline(sampled(
                                 40, 0.1, +[](double x) { return std::cos(3 * x); }),
                             0.1);
  for (double x = 0.013; x < 3.9; x += 0.0371) {
    const double numeric = (spline(x + 1e-6).value - spline(x - 1e-6).value) / 2e-6;
    EXPECT_NEAR(spline(x).slope, numeric, 1e-7) << x;
  }
}

TEST(UniformSpline, HasLammpsCoefficients) {
  // f = 0 1 4 9 16 25, spacing 2: the end slopes are one-sided, so the first piece is not x^2.
  const UniformSpline spline({0, 1, 4, 9, 16, 25}, 2.0);
  ASSERT_EQ(spline.points(), 6u);
  const auto& knots = spline.knots();
  // Knot 0: slopes 1 (one-sided) and 2 (central) -> c4 = 3 - 2 - 2, c3 = 1 + 2 - 2.
  EXPECT_THAT(knots[0].slope, Pointwise(DoubleEq(), std::vector<double>{1.5, -1.0, 0.5}));
  EXPECT_THAT(knots[0].value, Pointwise(DoubleEq(), std::vector<double>{1.0, -1.0, 1.0, 0.0}));
  // Knot 2: five-point slope 4, next 6 -> c4 = 1, c3 = 0.
  EXPECT_THAT(knots[2].slope, Pointwise(DoubleNear(1e-14), std::vector<double>{0.0, 1.0, 2.0}));
  EXPECT_THAT(knots[2].value,
              Pointwise(DoubleNear(1e-14), std::vector<double>{0.0, 1.0, 4.0, 4.0}));
  // The last knot has no interval of its own.
  EXPECT_THAT(knots[5].value, Pointwise(DoubleEq(), std::vector<double>{0.0, 0.0, 9.0, 25.0}));
}

TEST(UniformSpline, KeepsTheLastValueBeyondItsEndAndPassesNanOn) {
  const UniformSpline spline({0, 1, 4, 9, 16, 25}, 2.0);
  EXPECT_DOUBLE_EQ(spline(10.0).value, 25.0);
  EXPECT_DOUBLE_EQ(spline(1e300).value, 25.0);
  EXPECT_TRUE(std::isnan(spline(std::numeric_limits<double>::quiet_NaN()).value));
  EXPECT_NEAR(spline(-1.0).value, 0.125 * -1.0 - 0.25 - 0.5, 1e-14);  // the first piece, continued
}

TEST(UniformSpline, RefusesATableTooShortForFivePointSlopes) {
  EXPECT_THROW(UniformSpline({1, 2, 3, 4}, 1.0), base::InputError);
  EXPECT_THROW(UniformSpline({1, 2, 3, 4, 5}, 0.0), base::InputError);
}

TEST(EamPotential, TakesSpeciesInTheOrderAskedFor) {
  const EamTables tables = small_tables();
  const EamPotential p(tables, {"Yb", "Xa"});
  EXPECT_EQ(p.species()[0].name, "Yb");
  EXPECT_EQ(p.species()[0].mass, 20.0);
  EXPECT_DOUBLE_EQ(p.density(0, 1, 0.5).value, 3.0 * 2.6);  // Yb at Xa
  EXPECT_DOUBLE_EQ(p.density(1, 0, 0.5).value, 2.0 * 2.6);  // Xa at Yb
  EXPECT_NEAR(p.pair(0, 1, 0.5).energy, 6.0 * 2.6 / 0.5, 1e-12);
  EXPECT_EQ(p.pair(0, 1, 0.5).slope, p.pair(1, 0, 0.5).slope);
}

TEST(EamPotential, RefusesAnElementItDoesNotKnow) {
  try {
    EamPotential(small_tables(), {"Xa", "Zr"});
    FAIL();
  } catch (const base::InputError& error) {
    EXPECT_NE(std::string(error.what()).find("Xa, Yb"), std::string::npos);
  }
}

TEST(EamPotential, PairSlopeIsTheDerivativeOfItsEnergy) {
  const EamPotential p(small_tables(), {"Xa", "Yb"});
  for (double r = 0.35; r < 1.9; r += 0.0317) {
    const double numeric = (p.pair(0, 1, r + 1e-6).energy - p.pair(0, 1, r - 1e-6).energy) / 2e-6;
    EXPECT_NEAR(p.pair(0, 1, r).slope, numeric, 1e-5 * std::abs(numeric) + 1e-6) << r;
  }
}

TEST(EamPotential, IsNothingFromTheCutoffOn) {
  const EamPotential p(small_tables(), {"Xa", "Yb"});
  EXPECT_GT(p.density(0, 0, 2.999).value, 0.0);
  EXPECT_EQ(p.density(0, 0, 3.0).value, 0.0);
  EXPECT_EQ(p.pair(0, 0, 3.5).energy, 0.0);
}

TEST(EamPotential, EmbeddingIsLinearBeyondItsTable) {
  const EamPotential p(small_tables(), {"Xa", "Yb"});
  const auto end = p.embedding(1, 5.0);
  const auto beyond = p.embedding(1, 7.0);
  EXPECT_DOUBLE_EQ(beyond.slope, end.slope);
  EXPECT_DOUBLE_EQ(beyond.value, end.value + 2.0 * end.slope);
}

TEST(EamPotential, SaysWhereEachFunctionReallyEnds) {
  const EamPotential p(small_tables(), {"Xa", "Yb"});
  // The last knot that is not zero reaches three intervals on, through the five-point slopes.
  EXPECT_NEAR(p.pair_end(0, 0), 1.5, 1e-12);
  EXPECT_NEAR(p.pair_end(1, 0), 1.7, 1e-12);
  EXPECT_EQ(p.pair_end(1, 1), 0.0);
  EXPECT_NEAR(p.density_end(0, 1), 2.3, 1e-12);
  EXPECT_EQ(p.density_end(0, 0), 3.0);
  for (const double x : {1e-9, 0.1, 0.7}) {
    EXPECT_EQ(p.pair(0, 0, p.pair_end(0, 0) + x).energy, 0.0);
    EXPECT_EQ(p.density(0, 1, p.density_end(0, 1) + x).slope, 0.0);
  }
  EXPECT_NE(p.pair(0, 0, p.pair_end(0, 0) - 0.01).energy, 0.0);
}

}  // namespace
}  // namespace vitreous::potential
