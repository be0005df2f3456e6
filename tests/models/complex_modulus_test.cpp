// Linear least squares on {1, sin, cos}: exact without noise, errors as the formula has them with
// it, and means of b's where amplitudes would be biased.
#include "models/relaxation/complex_modulus.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "base/error.hpp"
#include "base/random.hpp"
#include "math/statistics.hpp"

namespace vitreous::models {
namespace {

using testing::HasSubstr;

constexpr double pi = std::numbers::pi;

/// Stress = storage and loss times strain, an offset, a transient over the first cycle, and noise.
struct Shear {
  double frequency = 1e-3;  // 1 GHz in 1/ps
  double strain = 0.01, storage = 15.0, loss = 0.6, offset = 0.3, noise = 0.0, transient = 0.0;
  double phase = 0.0;
  double cycles = 10.0;
  int samples_per_cycle = 100;
};

OscillationRun run_of(const Shear& shear, base::RandomStream* random = nullptr) {
  OscillationRun run(shear.frequency);
  const auto n = static_cast<int>(shear.cycles * shear.samples_per_cycle);
  for (int k = 0; k < n; ++k) {
    const double time = k / (shear.frequency * shear.samples_per_cycle);
    const double p = 2.0 * pi * shear.frequency * time + shear.phase;
    double stress =
        shear.offset + shear.strain * (shear.storage * std::sin(p) + shear.loss * std::cos(p));
    stress += shear.transient * std::exp(-5.0 * shear.frequency * time);
    if (random) stress += shear.noise * random->normal();
    run.add(time, shear.strain * std::sin(p), stress);
  }
  return run;
}

TEST(ComplexModulus, IsExactWithoutNoise) {
  const auto modulus = complex_modulus({run_of({})}, 2);
  EXPECT_NEAR(modulus.storage.value, 15.0, 1e-10);
  EXPECT_NEAR(modulus.loss.value, 0.6, 1e-10);
  EXPECT_NEAR(modulus.tan_delta.value, 0.04, 1e-12);
  EXPECT_NEAR(modulus.mean_stress.value, 0.3, 1e-12);
  EXPECT_NEAR(modulus.strain_amplitude, 0.01, 1e-14);
  EXPECT_EQ(modulus.cycles, 8u);
  EXPECT_EQ(modulus.samples, 800.0);
  EXPECT_LT(modulus.loss.standard_error, 1e-9);
}

TEST(ComplexModulus, DoesNotAskWhereInItsCycleTheStrainBegins) {
  for (const double phase : {0.3, 1.7, 3.0, 5.1}) {
    const auto modulus = complex_modulus({run_of({.phase = phase})}, 1);
    EXPECT_NEAR(modulus.storage.value, 15.0, 1e-10);
    EXPECT_NEAR(modulus.loss.value, 0.6, 1e-10);
  }
}

TEST(ComplexModulus, DropsTheTransient) {
  const std::vector runs = {run_of({.transient = 0.2})};
  EXPECT_GT(std::abs(complex_modulus(runs, 0).loss.value - 0.6), 0.1);
  EXPECT_NEAR(complex_modulus(runs, 2).loss.value, 0.6, 1e-4);
}

TEST(ComplexModulus, LeavesOutACycleThatWasCutShort) {
  EXPECT_EQ(complex_modulus({run_of({.cycles = 5.6})}, 1).cycles, 4u);
  EXPECT_EQ(complex_modulus({run_of({.cycles = 6.0})}, 1).cycles, 5u);
}

TEST(ComplexModulus, PhaseScattersAsTheNoiseFormulaSays) {
  // 1000 samples of amplitude 150 in noise of 50: sqrt(2/1000)/3 = 0.0149 rad. The standard
  // deviation of 4000 runs is known to 1.1 %; four of them.
  base::RandomStream random(11, "test: phase noise");
  std::vector<double> phases;
  for (int run = 0; run < 4000; ++run) {
    HarmonicSums sums;
    for (int k = 0; k < 1000; ++k) {
      const double p = 2.0 * pi * k / 100.0;
      sums.add(p, 150.0 * std::sin(p + 0.2) + 50.0 * random.normal());
    }
    const auto fit = fit_harmonic(sums);
    phases.push_back(std::atan2(fit.cosine, fit.sine));
  }
  const double expected = expected_phase_error(50.0, 150.0, 1000.0);
  EXPECT_NEAR(expected, 0.0149, 5e-5);
  EXPECT_NEAR(std::sqrt(math::sample_variance(phases)) / expected, 1.0, 0.045);
  EXPECT_NEAR(math::mean(phases), 0.2, 4.0 * expected / std::sqrt(4000.0));
}

TEST(ComplexModulus, CoefficientsAreUnbiasedWhereTheAmplitudeIsNot) {
  // Noise of five amplitudes in 50 samples: the amplitude of a run is too large by half.
  base::RandomStream random(12, "test: bias of amplitudes");
  std::vector<double> in_sine, amplitude;
  for (int run = 0; run < 4000; ++run) {
    HarmonicSums sums;
    for (int k = 0; k < 50; ++k) {
      const double p = 2.0 * pi * k / 10.0;
      sums.add(p, std::sin(p) + 5.0 * random.normal());
    }
    const auto fit = fit_harmonic(sums);
    in_sine.push_back(fit.sine);
    amplitude.push_back(fit.amplitude());
  }
  EXPECT_NEAR(math::mean(in_sine), 1.0, 4.0 / std::sqrt(4000.0));
  EXPECT_GT(math::mean(amplitude), 1.4);
}

TEST(ComplexModulus, ErrorsOfRunsAndOfCyclesCoverTheTruth) {
  // 68.27 % of 2000: binomial error 1.04 %, four of them.
  base::RandomStream random(13, "test: coverage of moduli");
  for (const int replicas : {1, 3, 10}) {
    int storage = 0, loss = 0, tangent = 0;
    for (int trial = 0; trial < 2000; ++trial) {
      std::vector<OscillationRun> runs;
      for (int r = 0; r < replicas; ++r)
        runs.push_back(run_of({.noise = 0.05, .cycles = 6, .samples_per_cycle = 10}, &random));
      const auto modulus = complex_modulus(runs, 1);
      storage += std::abs(modulus.storage.value - 15.0) < modulus.storage.standard_error;
      loss += std::abs(modulus.loss.value - 0.6) < modulus.loss.standard_error;
      tangent += std::abs(modulus.tan_delta.value - 0.04) < modulus.tan_delta.standard_error;
    }
    EXPECT_NEAR(storage / 2000.0, 0.6827, 0.042) << replicas;
    EXPECT_NEAR(loss / 2000.0, 0.6827, 0.042) << replicas;
    EXPECT_NEAR(tangent / 2000.0, 0.6827, 0.042) << replicas;
  }
}

TEST(ComplexModulus, TellsWhatWhiteNoiseWouldGive) {
  base::RandomStream random(14, "test: white noise of moduli");
  std::vector<OscillationRun> runs;
  for (int r = 0; r < 100; ++r) runs.push_back(run_of({.noise = 0.05}, &random));
  const auto modulus = complex_modulus(runs, 2);
  // sqrt(2/80000) 0.05/0.01 = 0.025; the scatter of 100 runs is known to 7 %, three of them.
  EXPECT_NEAR(modulus.white_noise_error, 0.025, 0.0005);
  EXPECT_NEAR(modulus.loss.standard_error / modulus.white_noise_error, 1.0, 0.22);
  EXPECT_NEAR(modulus.stress_scatter, 0.05, 0.001);
}

TEST(ComplexModulus, PiecesAddUpToTheWhole) {
  HarmonicSums whole, first, second;
  for (int k = 0; k < 40; ++k) {
    const double p = 0.31 * k, y = std::sin(p) + 0.1 * k;
    whole.add(p, y);
    (k < 13 ? first : second).add(p, y);
  }
  first += second;
  EXPECT_NEAR(fit_harmonic(first).cosine, fit_harmonic(whole).cosine, 1e-12);
  EXPECT_NEAR(fit_harmonic(first).scatter, fit_harmonic(whole).scatter, 1e-12);
}

std::string refusal_of(const std::vector<OscillationRun>& runs, std::size_t dropped) {
  try {
    complex_modulus(runs, dropped);
  } catch (const base::InputError& error) {
    return error.what();
  }
  return "nothing was refused";
}

TEST(ComplexModulus, RefusesWhatCannotBeFitted) {
  EXPECT_THAT(refusal_of({run_of({.cycles = 3})}, 2), HasSubstr("3 whole cycles"));
  EXPECT_THAT(refusal_of({run_of({.samples_per_cycle = 4})}, 2), HasSubstr("4 samples"));
  EXPECT_THAT(refusal_of({run_of({}), run_of({.frequency = 2e-3})}, 2), HasSubstr("frequencies"));
  EXPECT_THAT(refusal_of({}, 2), HasSubstr("no run"));
  EXPECT_THAT(refusal_of({run_of({.strain = 0.0})}, 2), HasSubstr("does not oscillate"));
  EXPECT_THROW(OscillationRun(-1.0), base::InputError);
  OscillationRun run(1.0);
  run.add(0.1, 0.0, 0.0);
  EXPECT_THROW(run.add(0.1, 0.0, 0.0), base::InputError);
}

}  // namespace
}  // namespace vitreous::models
