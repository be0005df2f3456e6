// Anelastic Hertz contact: limits, closed forms, round trips, coverage of errors, refusals.
#include "models/relaxation/indentation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "base/error.hpp"
#include "base/random.hpp"
#include "models/relaxation/maxwell.hpp"

namespace vitreous::models {
namespace {

using testing::HasSubstr;

constexpr double radius = 5e-6, full_load = 500e-6, rise = 5e-3;
constexpr AnelasticContact glass{70e9, 0.2, 0.7e-3};

double hertz_depth(double load, double modulus) {
  return std::pow(0.75 * load / (std::sqrt(radius) * modulus), 2.0 / 3.0);
}

/// A ramp to full load, a hold, and (where asked) an unloading as fast as the ramp.
IndentationCurve curve_of(const AnelasticContact& contact, double hold, double unload,
                          double noise = 0.0, base::RandomStream* random = nullptr, int n = 200) {
  IndentationCurve curve;
  const double span = rise + hold + unload;
  for (int k = 0; k < n; ++k) {
    const double t = span * k / (n - 1.0);
    const double falling = t > rise + hold ? (t - rise - hold) / rise : 0.0;
    curve.time.push_back(t);
    curve.load.push_back(full_load * (std::min(t / rise, 1.0) - falling));
  }
  curve.depth = contact_depth(contact, radius, curve.time, curve.load);
  if (random)
    for (double& h : curve.depth) h += noise * random->normal();
  return curve;
}

TEST(Indentation, WithoutRelaxationIsHertzExactly) {
  const auto curve = curve_of({70e9, 0.0, 1e-3}, 5e-3, 0.0);
  for (std::size_t k = 0; k < curve.time.size(); ++k)
    EXPECT_DOUBLE_EQ(curve.depth[k], hertz_depth(curve.load[k], 70e9));
  EXPECT_NEAR(1e9 * curve.depth.back(), 17.9, 0.1);  // "18 nm at 500 uN"
}

TEST(Indentation, ARampHasItsClosedForm) {
  // h^(3/2) = 3 P/(4 sqrt(R) E_r t1) [t + D (t - tau (1 - exp(-t/tau)))], however it is sampled.
  for (const int n : {3, 20, 1000}) {
    const auto curve = curve_of(glass, 0.0, 0.0, 0.0, nullptr, n);
    for (std::size_t k = 1; k < curve.time.size(); ++k) {
      const double t = curve.time[k];
      const double lag = t - glass.time * -std::expm1(-t / glass.time);
      const double closed = 0.75 * full_load / (std::sqrt(radius) * glass.reduced_modulus * rise) *
                            (t + glass.strength * lag);
      EXPECT_NEAR(std::pow(curve.depth[k], 1.5) / closed, 1.0, 1e-12);
    }
  }
}

TEST(Indentation, FastAndSlowRelaxationAreHertzOfTheRelaxedAndTheUnrelaxedModulus) {
  const auto fast = curve_of({70e9, 0.2, 1e-9}, 0.0, 0.0),
             slow = curve_of({70e9, 0.2, 1e3}, 0.0, 0.0);
  for (std::size_t k = 1; k < fast.load.size(); ++k) {
    EXPECT_NEAR(fast.depth[k] / hertz_depth(fast.load[k], 70e9 / 1.2), 1.0, 1e-4);
    EXPECT_NEAR(slow.depth[k] / hertz_depth(slow.load[k], 70e9), 1.0, 1e-6);
  }
}

/// The area between loading and unloading of h^(3/2) under a triangle of load.
double loop_area(double tau) {
  const auto curve = curve_of({70e9, 0.2, tau}, 0.0, rise, 0.0, nullptr, 4001);
  double area = 0.0;
  for (std::size_t k = 1; k < curve.load.size(); ++k)
    area -= 0.5 * (std::pow(curve.depth[k], 1.5) + std::pow(curve.depth[k - 1], 1.5)) *
            (curve.load[k] - curve.load[k - 1]);
  return area;
}

TEST(Indentation, ALoopIsWidestWhereRelaxationKeepsStepWithTheLoad) {
  // The first triangle from rest, x = tau/t1: 2 x - x^2 (1 - e^(-1/x)) (3 - e^(-1/x)), in units of
  // D t1 times load and front factor; widest at x = 0.53. (A sine of period t1 that went on for
  // long would be at 1/(2 pi), one of period 2 t1 at 1/pi.)
  const double unit = 0.2 * 0.75 / (std::sqrt(radius) * 70e9) * full_load * full_load;
  double widest = 0.0, at = 0.0;
  for (double x = 1e-3; x < 1e3; x *= 1.02) {
    const double faded = std::exp(-1.0 / x);
    const double area = loop_area(x * rise) / unit;
    EXPECT_NEAR(area, 2.0 * x - x * x * (1.0 - faded) * (3.0 - faded), 1e-5);
    if (area > widest) widest = area, at = x;
  }
  EXPECT_NEAR(at, 0.53, 0.02);
  EXPECT_LT(loop_area(1e-3 * rise), 0.01 * widest * unit);
  EXPECT_LT(loop_area(1e3 * rise), 0.01 * widest * unit);
}

TEST(Indentation, RecoversWhatTheCurveWasMadeOf) {
  for (const bool offset : {false, true}) {
    auto curve = curve_of(glass, 5e-3, 5e-3);
    if (offset)
      for (double& h : curve.depth) h += 1.5e-9;
    const auto fit = fit_indentation(curve, {radius, offset});
    ASSERT_EQ(fit.refused, "");
    EXPECT_NEAR(fit.time.value / 0.7e-3, 1.0, 1e-8);
    EXPECT_NEAR(fit.reduced_modulus.value, 70.0, 1e-8);
    EXPECT_NEAR(fit.strength.value, 0.2, 1e-9);
    EXPECT_NEAR(fit.offset.value, offset ? 1.5 : 0.0, 1e-8);
    EXPECT_GT(fit.left_out, 60u);
    EXPECT_EQ(fit.time_fitted.size() + fit.left_out, curve.time.size());
  }
}

TEST(Indentation, ErrorsCoverTheTruth) {
  // 68.27 % of 400: binomial error 2.3 %; two of them.
  base::RandomStream random(41, "test: coverage of indentation");
  int time = 0, modulus = 0, strength = 0, interval = 0;
  for (int trial = 0; trial < 400; ++trial) {
    const auto fit = fit_indentation(curve_of(glass, 5e-3, 0.0, 0.05e-9, &random), {radius, false});
    ASSERT_EQ(fit.refused, "");
    time += std::abs(fit.time.value - 0.7e-3) < fit.time.standard_error;
    interval += fit.time_low < 0.7e-3 && 0.7e-3 < fit.time_high;
    modulus += std::abs(fit.reduced_modulus.value - 70.0) < fit.reduced_modulus.standard_error;
    strength += std::abs(fit.strength.value - 0.2) < fit.strength.standard_error;
  }
  for (const int covered : {time, modulus, strength, interval})
    EXPECT_NEAR(covered / 400.0, 0.6827, 0.05);
}

TEST(Indentation, CorrelatedNoiseWidensErrors) {
  base::RandomStream random(42, "test: correlated noise of indentation");
  auto curve = curve_of(glass, 5e-3, 0.0);
  double drift = 0.0;
  for (double& h : curve.depth) h += drift = 0.9 * drift + 0.02e-9 * random.normal();
  EXPECT_GT(fit_indentation(curve, {radius, false}).correlation_time, 4.0);
}

TEST(Indentation, RefusesATimeThatTheCurveDoesNotHold) {
  base::RandomStream random(43, "test: refusals of indentation");
  const auto elastic =
      fit_indentation(curve_of({70e9, 0.0, 1e-3}, 5e-3, 0.0, 0.05e-9, &random), {radius, false});
  EXPECT_NE(elastic.refused, "");
  EXPECT_NEAR(elastic.reduced_modulus.value, 70.0, 4.0 * elastic.reduced_modulus.standard_error);
  const auto result = to_result(elastic);
  EXPECT_EQ(result.quantities[0].status, core::Status::ok);
  EXPECT_EQ(result.quantities[2].status, core::Status::refused);
  const auto slow =
      fit_indentation(curve_of({70e9, 0.2, 1.0}, 5e-3, 0.0, 0.05e-9, &random), {radius, false});
  EXPECT_NE(slow.refused, "");
}

std::string mistake_of(IndentationCurve curve, double r = radius) {
  try {
    fit_indentation(curve, {r, false});
  } catch (const base::InputError& error) {
    return error.what();
  }
  return "nothing was refused";
}

TEST(Indentation, RefusesCurvesThatMakeNoSense) {
  const auto whole = curve_of(glass, 0.0, 5e-3);
  auto unloading = whole;
  for (auto* column : {&unloading.time, &unloading.load, &unloading.depth})
    column->erase(column->begin(), column->begin() + 100);
  EXPECT_THAT(mistake_of(unloading), HasSubstr("unloading is not taken"));
  auto late = whole;
  for (auto* column : {&late.time, &late.load, &late.depth})
    column->erase(column->begin(), column->begin() + 50);
  EXPECT_THAT(mistake_of(late), HasSubstr("starts under a load"));
  auto disordered = whole;
  std::swap(disordered.time[3], disordered.time[4]);
  EXPECT_THAT(mistake_of(disordered), HasSubstr("rise in time"));
  auto pulled = whole;
  for (double& load : pulled.load) load = -load;
  EXPECT_THAT(mistake_of(pulled), HasSubstr("nowhere positive"));
  EXPECT_THAT(mistake_of(whole, -1.0), HasSubstr("radius"));
  EXPECT_THAT(mistake_of(curve_of(glass, 0.0, 0.0, 0.0, nullptr, 8)), HasSubstr("10 needed"));
}

TEST(Maxwell, ViscosityIsModulusTimesTime) {
  const auto eta = maxwell_viscosity({0.34, 0.034, "ms"}, {25.0, 2.5, "GPa"});
  EXPECT_NEAR(eta.value, 8.5e6, 1.0);
  EXPECT_NEAR(eta.standard_error / eta.value, 0.1 * std::sqrt(2.0), 1e-12);
  const auto tau = maxwell_time(eta, {25.0, 0.0, "GPa"});
  EXPECT_NEAR(tau.value, 3.4e-4, 1e-12);
  EXPECT_THROW(maxwell_viscosity({1.0, 0.0, "s"}, {1.0, 0.0, "s"}), base::InputError);
  EXPECT_THROW(maxwell_time({-1.0, 0.0, "Pa s"}, {1.0, 0.0, "GPa"}), base::InputError);
}

}  // namespace
}  // namespace vitreous::models
