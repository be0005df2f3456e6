// Composition along a wire: closed form, tabulated values, limits, and another solution of the
// same equations that moves the wire's end in time.
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.hpp"
#include "models/nanomold/composition.hpp"
#include "models/nanomold/crystallization.hpp"

namespace vitreous::models::nanomold {
namespace {

constexpr double nickel_share = 45.0 / 80.0;
constexpr double published_peclet = 1.969;  // 297 C, 1.25 GPa

TEST(Composition, PecletOfThePublishedWire) {
  EXPECT_NEAR(molding_peclet(1.25e9, 1.24e-29, 570.15), published_peclet, 5e-4);
}

TEST(Composition, OfEqualDiffusivitiesStaysTheFeedstocks) {
  for (const double peclet : {0.1, 1.969, 5.0}) {
    const auto profile = composition_profile({0.3, 1.0, peclet});
    EXPECT_NEAR(profile.kappa, peclet, 1e-12);
    for (const double share : profile.share) EXPECT_NEAR(share, 0.3, 1e-13);
  }
}

TEST(Composition, IsTheFeedstocksWithoutPressure) {
  const auto profile = composition_profile({nickel_share, 3.0, 1e-6});
  for (const double share : profile.share) EXPECT_NEAR(share, nickel_share, 1e-5);
}

TEST(Composition, MeetsTheClosedFormNearARatioOfOne) {
  const CompositionInput input{nickel_share, 1.01, published_peclet};
  const auto profile = composition_profile(input);
  for (std::size_t k = 0; k < profile.zeta.size(); ++k)
    EXPECT_NEAR(profile.share[k], first_order_share(input, profile.zeta[k]), 2e-5);
  // What is left is of second order: four times less at half the distance.
  const auto off = [](double ratio) {
    const CompositionInput in{nickel_share, ratio, published_peclet};
    return composition_profile(in).tip() - first_order_share(in, 1.0);
  };
  EXPECT_NEAR(off(1.01) / off(1.005), 4.0, 0.1);
}

struct TabulatedProfile {
  double ratio, kappa, quarter, half, three_quarters, tip;
};

TEST(Composition, MatchesValuesComputedIndependently) {
  for (const auto& row :
       std::vector<TabulatedProfile>{{1.5, 2.512002, .585788, .619059, .660378, .704667},
                                     {2.0, 3.045174, .602759, .659711, .727679, .794735},
                                     {3.0, 4.118745, .628268, .719141, .817445, .896860}}) {
    const auto profile = composition_profile({nickel_share, row.ratio, published_peclet});
    SCOPED_TRACE(row.ratio);
    EXPECT_NEAR(profile.kappa, row.kappa, 6e-7);
    EXPECT_NEAR(profile.at(0.25), row.quarter, 6e-7);
    EXPECT_NEAR(profile.at(0.5), row.half, 6e-7);
    EXPECT_NEAR(profile.at(0.75), row.three_quarters, 6e-7);
    EXPECT_NEAR(profile.tip(), row.tip, 6e-7);
  }
}

TEST(Composition, RatioOfAPublishedTip) {
  const double ratio = ratio_of_tip(0.80, nickel_share, published_peclet);
  EXPECT_NEAR(ratio, 2.037, 5e-4);
  const auto profile = composition_profile({nickel_share, ratio, published_peclet});
  EXPECT_NEAR(profile.tip(), 0.80, 1e-9);
  EXPECT_NEAR(profile.kappa, 3.08425, 5e-5);
  EXPECT_NEAR(profile.mean, 0.669184, 5e-6);
  for (const auto& [peclet, expected] :
       {std::pair{1.5, 2.38}, std::pair{2.5, 1.83}, std::pair{3.2, 1.67}})
    EXPECT_NEAR(ratio_of_tip(0.80, nickel_share, peclet), expected, 5e-3);
  EXPECT_THROW(ratio_of_tip(0.5, nickel_share, published_peclet), base::InputError);
  EXPECT_THROW(ratio_of_tip(0.999, nickel_share, 0.01), base::InputError);
}

TEST(Composition, WithoutExchangeJumpsAtTheRoot) {
  EXPECT_NEAR(share_without_exchange({nickel_share, 3.63, published_peclet}), 0.80, 5e-4);
  EXPECT_NEAR(share_without_exchange({nickel_share, 1.0, published_peclet}), nickel_share, 1e-14);
  // First order: eps x0 (1 - x0)(1 - e^-Pe).
  const double slope =
      (share_without_exchange({nickel_share, 1.0 + 1e-6, published_peclet}) - nickel_share) / 1e-6;
  EXPECT_NEAR(slope, nickel_share * (1 - nickel_share) * (1 - std::exp(-published_peclet)), 1e-5);
}

TEST(Composition, ConvergesWithTheFourthOrderOfItsSteps) {
  const CompositionInput input{nickel_share, 3.0, published_peclet};
  const double exact = composition_profile(input, 1600).tip();
  const double coarse = composition_profile(input, 50).tip() - exact;
  const double fine = composition_profile(input, 100).tip() - exact;
  EXPECT_NEAR(coarse / fine, 16.0, 2.0);
  EXPECT_NEAR(composition_profile(input).tip(), exact, 1e-9);
}

TEST(Composition, StandsLargeRatios) {
  double before = 0.0;
  for (const double ratio : {5.0, 10.0, 30.0, 100.0}) {
    const auto profile = composition_profile({nickel_share, ratio, published_peclet});
    EXPECT_GT(profile.tip(), before);
    EXPECT_LT(profile.tip(), 1.0);
    before = profile.tip();
  }
  // The slower element is named first: the same wire seen from the other side.
  const auto fast = composition_profile({nickel_share, 2.0, published_peclet});
  const auto slow = composition_profile({1.0 - nickel_share, 0.5, published_peclet});
  EXPECT_NEAR(fast.tip(), 1.0 - slow.tip(), 1e-9);
  EXPECT_NEAR(fast.kappa, 2.0 * slow.kappa, 1e-8);
}

/// The same wire by finite volumes, marched in time from a short uniform one until its profile no
/// longer changes: in units where D2 = 1 and 4 delta/d = 1, dx/dt = -dJ/dz, dL/dt = J.
class MovingWire {
 public:
  MovingWire(double root, double ratio, double peclet, int cells)
      : root_(root), ratio_(ratio), peclet_(peclet), cells_(cells), x_(std::size_t(cells), root) {}

  void grow(double decades_of_e) {
    const double h = 1.0 / cells_, step = 0.2 * h * h;  // of ln L
    for (double s = 0.0; s < decades_of_e; s += step) {
      // Heun's method.
      const auto first = rate(x_);
      auto middle = x_;
      for (std::size_t k = 0; k < x_.size(); ++k) middle[k] += step * first[k];
      const auto second = rate(middle);
      for (std::size_t k = 0; k < x_.size(); ++k) x_[k] += 0.5 * step * (first[k] + second[k]);
    }
    rate(x_);
  }
  double kappa() const { return kappa_; }
  /// Mean over the cell number k.
  double cell(int k) const { return x_[std::size_t(k)]; }

 private:
  /// dx/d(ln L) of the cells, whose faces move with the wire: d(L h x)/dt = -(F_right - F_left), F
  /// the flux of the element less what the moving face sweeps up. dL/dt = kappa/L.
  std::vector<double> rate(const std::vector<double>& x) {
    const std::size_t n = x.size();
    const double h = 1.0 / cells_;
    std::vector<double> face(n + 1), gradient(n + 1);
    face[0] = root_;
    gradient[0] = (-8.0 * root_ + 9.0 * x[0] - x[1]) / (3.0 * h);
    for (std::size_t k = 1; k < n; ++k) {
      face[k] = 0.5 * (x[k - 1] + x[k]);
      gradient[k] = (x[k] - x[k - 1]) / h;
    }
    face[n] = 1.5 * x[n - 1] - 0.5 * x[n - 2];
    gradient[n] = (2.0 * x[n - 1] - 3.0 * x[n - 2] + x[n - 3]) / h;
    // sum of the fluxes the same at every face, and the drift g over all the wire that of Pe.
    double drift = 0.0, resistance = 0.0;
    for (std::size_t k = 0; k <= n; ++k) {
      const double weight = (k == 0 || k == n) ? 0.5 * h : h;
      const double D = ratio_ * face[k] + 1.0 - face[k];
      drift += weight * (ratio_ - 1.0) * gradient[k] / D;
      resistance += weight / D;
    }
    kappa_ = (peclet_ - drift) / resistance;
    std::vector<double> net(n + 1);
    for (std::size_t k = 0; k <= n; ++k) {
      const double D = ratio_ * face[k] + 1.0 - face[k];
      const double g = (kappa_ + (ratio_ - 1.0) * gradient[k]) / D;
      net[k] = ratio_ * (face[k] * g - gradient[k]) - kappa_ * double(k) * h * face[k];
    }
    net[n] = 0.0;  // what flows to the tip is what the tip takes along
    std::vector<double> out(n);
    for (std::size_t k = 0; k < n; ++k) out[k] = -(net[k + 1] - net[k]) / (kappa_ * h) - x[k];
    return out;
  }

  double root_, ratio_, peclet_;
  int cells_;
  double kappa_ = 0.0;
  std::vector<double> x_;
};

/// The profile's mean over a cell, by Simpson's rule.
double cell_mean(const CompositionProfile& profile, int k, int cells) {
  const double a = double(k) / cells, b = double(k + 1) / cells;
  return (profile.at(a) + 4.0 * profile.at(0.5 * (a + b)) + profile.at(b)) / 6.0;
}

TEST(Composition, MeetsAWireThatGrowsInTime) {
  for (const double ratio : {1.5, 2.037}) {
    const auto profile = composition_profile({nickel_share, ratio, published_peclet});
    double off[2], kappa_off[2];
    for (const int pass : {0, 1}) {
      const int cells = pass == 0 ? 25 : 50;
      MovingWire wire(nickel_share, ratio, published_peclet, cells);
      wire.grow(16.0);
      kappa_off[pass] = std::abs(wire.kappa() - profile.kappa);
      off[pass] = 0.0;
      for (int k = 0; k < cells; ++k)
        off[pass] = std::max(off[pass], std::abs(wire.cell(k) - cell_mean(profile, k, cells)));
    }
    SCOPED_TRACE(ratio);
    EXPECT_LT(off[1], 1e-4);
    EXPECT_LT(kappa_off[1], 2e-4);
    // Second order: the rest is the finite volumes' own.
    EXPECT_NEAR(off[0] / off[1], 4.0, 0.8);
    EXPECT_NEAR(kappa_off[0] / kappa_off[1], 4.0, 1.0);
  }
}

TEST(Crystallization, BeginsWhereTheCompositionHasDriftedFarEnough) {
  const double ratio = ratio_of_tip(0.80, nickel_share, published_peclet);
  const auto profile = composition_profile({nickel_share, ratio, published_peclet});
  const CrystallizationTime law{10.0 * 36000.0, 0.0998};
  EXPECT_NEAR(onset_share(law, nickel_share, 36000.0), 0.6623, 5e-5);
  const auto part = crystalline_part(profile, law, 36000.0, Exposure::experiment).value();
  EXPECT_NEAR(part.from, 0.5, 1e-3);
  EXPECT_NEAR(part.share, onset_share(law, nickel_share, 36000.0), 1e-9);
  EXPECT_EQ(part.to, 1.0);
  // Counted from its deposition the material has had less time, and at the tip none.
  const auto resident = crystalline_part(profile, law, 36000.0, Exposure::residence).value();
  EXPECT_GT(resident.from, part.from);
  EXPECT_GT(resident.to, 0.99);
  EXPECT_LT(resident.to, 1.0);
}

TEST(Crystallization, IsLaterTheCloserTheDiffusivities) {
  const CrystallizationTime law{10.0 * 36000.0, 0.0998};
  double before = 0.0;
  for (const double ratio : {4.0, 3.0, 2.0, 1.7}) {
    const auto profile = composition_profile({nickel_share, ratio, published_peclet});
    const auto part = crystalline_part(profile, law, 36000.0, Exposure::experiment);
    ASSERT_TRUE(part) << ratio;
    EXPECT_GT(part->from, before);
    before = part->from;
  }
  const auto alike = composition_profile({nickel_share, 1.1, published_peclet});
  EXPECT_FALSE(crystalline_part(alike, law, 36000.0, Exposure::experiment));
  // A feedstock that does not last the experiment crystallizes from its root.
  EXPECT_EQ(crystalline_part(alike, {1000.0, 0.1}, 36000.0, Exposure::experiment)->from, 0.0);
}

}  // namespace
}  // namespace vitreous::models::nanomold
