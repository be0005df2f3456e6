// Peaks of spectra whose answer is known: Debye and Cole-Cole processes on every background.
#include "models/relaxation/loss_peak.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "base/random.hpp"
#include "math/statistics.hpp"
#include "relaxation_process.hpp"

namespace vitreous::models {
namespace {

using testing::HasSubstr;

/// A process of 0.6 eV whose loss is highest at `peak` K, every `step` K.
struct Made {
  double peak = 245.0, from = 150.0, to = 340.0, step = 1.0, broadening = 0.5;
  double offset = 0.0, slope = 0.0, foot = 0.0;  ///< background: line, or exponential of 40 K
  double noise = 0.0;
};

LossSpectrum spectrum_of(const Made& made, base::RandomStream* random = nullptr) {
  LossSpectrum spectrum;
  spectrum.frequency = 1.0;
  for (double T = made.from; T <= made.to; T += made.step) {
    const double omega_tau = std::exp(0.6 / base::boltzmann * (1.0 / T - 1.0 / made.peak));
    double loss = complex_modulus_at({60.0, 4.0, made.broadening}, omega_tau).imag();
    loss += made.offset + made.slope * (T - made.from) + made.foot * std::exp((T - 250.0) / 40.0);
    if (random) loss += made.noise * random->normal();
    spectrum.temperature.push_back(T);
    spectrum.loss.push_back(loss);
  }
  return spectrum;
}

TEST(LossPeak, FindsADebyePeak) {
  const auto peak = find_loss_peak(spectrum_of({.broadening = 0.0}), {.height = 0.8});
  ASSERT_EQ(peak.refused, "");
  EXPECT_NEAR(peak.temperature, 245.0, 0.1);
  EXPECT_NEAR(peak.height, 2.0, 0.02);  // half of the strength
}

TEST(LossPeak, ItsErrorHoldsWhatBackgroundAndCubicMiss) {
  // Without noise what is left is the choice of windows: within three of the told error.
  for (const double broadening : {0.0, 0.3, 0.5}) {
    const auto peak = find_loss_peak(spectrum_of({.broadening = broadening, .offset = 1.0}), {});
    ASSERT_EQ(peak.refused, "") << broadening;
    EXPECT_NEAR(peak.temperature, 245.0, 3.0 * peak.standard_error) << broadening;
    EXPECT_LT(peak.standard_error, 1.0) << broadening;
  }
}

TEST(LossPeak, ALineIsTakenOffExactly) {
  const auto level = find_loss_peak(spectrum_of({}), {});
  const auto tilted = find_loss_peak(spectrum_of({.offset = 2.0, .slope = 0.03}), {});
  EXPECT_NEAR(tilted.temperature, level.temperature, 1e-9);
  // And where it is not, the peak is drawn to where the background rises.
  const auto drawn = find_loss_peak(spectrum_of({.broadening = 0.2, .slope = 0.005}),
                                    {.background = Background::none, .height = 0.7});
  ASSERT_EQ(drawn.refused, "");
  EXPECT_GT(drawn.temperature, level.temperature + 0.5);
}

TEST(LossPeak, AnExponentialFootIsTakenOff) {
  const Made made{.broadening = 0.1, .foot = 0.5};
  const auto exponential = find_loss_peak(
      spectrum_of(made), {.background = Background::exponential, .from = 190.0, .to = 310.0});
  const auto line = find_loss_peak(spectrum_of(made), {.from = 190.0, .to = 310.0});
  ASSERT_EQ(exponential.refused, "");
  EXPECT_NEAR(exponential.temperature, 245.0, 0.35);
  EXPECT_GT(std::abs(line.temperature - 245.0), std::abs(exponential.temperature - 245.0));
}

TEST(LossPeak, StatisticalErrorIsTheScatterOfManySpectra) {
  // Standard deviation of 150 spectra: known to 5.8 %; told errors (rms) to about as much.
  base::RandomStream random(21, "test: scatter of peaks");
  for (const auto background : {Background::none, Background::line, Background::exponential}) {
    std::vector<double> temperatures;
    double variance = 0.0;
    const double offset = background == Background::none ? 0.0 : 1.0;
    for (int k = 0; k < 150; ++k) {
      const auto peak =
          find_loss_peak(spectrum_of({.broadening = 0.2, .offset = offset, .noise = 0.03}, &random),
                         {.background = background});
      ASSERT_EQ(peak.refused, "");
      temperatures.push_back(peak.temperature);
      variance += peak.statistical_error * peak.statistical_error / 150.0;
    }
    const double sd = std::sqrt(math::sample_variance(temperatures));
    // Where the cubic ends hangs on the noise: not linear, hence the wider bound.
    EXPECT_NEAR(std::sqrt(variance) / sd, 1.0, 0.2) << to_text(background);
  }
}

TEST(LossPeak, KnownErrorsAreTakenForThoseOfThePoints) {
  auto spectrum = spectrum_of({});
  spectrum.loss_se.assign(spectrum.loss.size(), 0.02);
  const auto once = find_loss_peak(spectrum, {});
  spectrum.loss_se.assign(spectrum.loss.size(), 0.04);
  const auto twice = find_loss_peak(spectrum, {});
  EXPECT_NEAR(twice.statistical_error / once.statistical_error, 2.0, 1e-9);
  EXPECT_NEAR(twice.temperature, once.temperature, 1e-9);
  const auto colder = find_loss_peak(spectrum, {.temperature_error = 3.0});
  EXPECT_NEAR(colder.standard_error, std::hypot(twice.statistical_error, twice.window_spread, 3.0),
              1e-12);
}

TEST(LossPeak, KeepsWhatItsFigureShows) {
  const auto peak = find_loss_peak(spectrum_of({.offset = 1.0}), {.from = 180.0, .to = 320.0});
  EXPECT_EQ(peak.curve_temperature.front(), 180.0);
  EXPECT_EQ(peak.curve_temperature.back(), 320.0);
  EXPECT_EQ(peak.curve_loss.size(), 141u);
  EXPECT_EQ(peak.curve_background.size(), 141u);
  EXPECT_TRUE(std::isnan(peak.curve_fit.front()));
  EXPECT_NEAR(peak.curve_fit[65], peak.curve_loss[65], 0.02);
}

std::string why_refused(const Made& made, const PeakOptions& options) {
  return find_loss_peak(spectrum_of(made), options).refused;
}

TEST(LossPeak, RefusesWhatIsNoPeak) {
  EXPECT_THAT(why_refused({.to = 247.0}, {}), HasSubstr("at the edge"));
  EXPECT_THAT(why_refused({.to = 240.0}, {.background = Background::none}),
              HasSubstr("at the edge"));
  EXPECT_THAT(why_refused({.step = 20.0}, {}), HasSubstr("10 points in the window"));
  EXPECT_THAT(why_refused({.step = 5.0, .broadening = 0.0}, {.height = 0.8}),
              HasSubstr("6 needed for a cubic"));
  EXPECT_THAT(why_refused({.offset = -2.0}, {}), HasSubstr("is negative"));
  base::RandomStream random(22, "test: noise is no peak");
  int refused = 0;
  for (int k = 0; k < 20; ++k) {
    auto flat = spectrum_of({.noise = 3.0}, &random);
    for (double& loss : flat.loss) loss = 40.0 + (loss > 1.0 ? 1.0 : 0.0) * random.normal();
    refused += !find_loss_peak(flat, {}).refused.empty();
  }
  EXPECT_EQ(refused, 20);
}

TEST(LossPeak, RefusesOptionsThatMakeNoSense) {
  EXPECT_THROW(why_refused({}, {.from = 300.0, .to = 200.0}), base::InputError);
  EXPECT_THROW(why_refused({}, {.flank = 0.6}), base::InputError);
  EXPECT_THROW(why_refused({}, {.height = 0.95}), base::InputError);
  EXPECT_THROW(why_refused({}, {.temperature_error = -1.0}), base::InputError);
  EXPECT_THROW(background_named("parabola"), base::InputError);
}

TEST(RelaxationSpectrum, LossIsHighestWhereOmegaTauIsOne) {
  for (const double a : {0.0, 0.3, 0.6}) {
    const RelaxationProcess process{60.0, 4.0, a};
    const double top = complex_modulus_at(process, 1.0).imag();
    EXPECT_GT(top, complex_modulus_at(process, 0.99).imag());
    EXPECT_GT(top, complex_modulus_at(process, 1.01).imag());
    // Symmetric in ln(omega tau).
    EXPECT_NEAR(complex_modulus_at(process, 5.0).imag(), complex_modulus_at(process, 0.2).imag(),
                1e-12);
  }
}

TEST(RelaxationSpectrum, TanDeltaIsHighestWhereItsTimeSays) {
  const RelaxationProcess weak{60.0, 1e-6, 0.0}, strong{60.0, 20.0, 0.0};
  const auto tangent = [](const RelaxationProcess& process, double x) {
    const auto modulus = complex_modulus_at(process, x);
    return modulus.imag() / modulus.real();
  };
  for (const auto& [process, at] :
       {std::pair{weak, 1.0}, std::pair{strong, std::sqrt(40.0 / 60.0)}}) {
    EXPECT_GT(tangent(process, at), tangent(process, 0.999 * at));
    EXPECT_GT(tangent(process, at), tangent(process, 1.001 * at));
  }
}

TEST(RelaxationSpectrum, LossIsNeverNegativeAndStorageFallsFromUnrelaxedToRelaxed) {
  const RelaxationProcess process{60.0, 20.0, 0.4};
  double before = 40.0;
  for (double x = 1e-8; x < 1e8; x *= 2.0) {
    const auto modulus = complex_modulus_at(process, x);
    EXPECT_GE(modulus.imag(), 0.0);
    EXPECT_GT(modulus.real(), before);
    before = modulus.real();
  }
  EXPECT_NEAR(before, 60.0, 0.01);
}

TEST(RelaxationSpectrum, ObeysKramersAndKronig) {
  // E'(w) - E'(0) = (2/pi) P int E''(v) w^2/(w^2 - v^2) dv/v; with v = w e^u it is an integral over
  // u of E''(w e^u)/(1 - e^2u), and u, -u taken together are finite at u = 0.
  for (const double a : {0.0, 0.4}) {
    const RelaxationProcess process{60.0, 4.0, a};
    const double relaxed = process.unrelaxed - process.strength;
    for (const double w : {0.1, 1.0, 7.0}) {
      double integral = 0.0;
      const double step = 0.01;
      for (double u = 0.5 * step; u < 60.0; u += step) {
        const double above = complex_modulus_at(process, w * std::exp(u)).imag();
        const double below = complex_modulus_at(process, w * std::exp(-u)).imag();
        integral += step * (below / (1.0 - std::exp(-2.0 * u)) + above / (1.0 - std::exp(2.0 * u)));
      }
      EXPECT_NEAR(relaxed + 2.0 / std::numbers::pi * integral,
                  complex_modulus_at(process, w).real(), 2e-3)
          << a << ' ' << w;
    }
  }
}

}  // namespace
}  // namespace vitreous::models
