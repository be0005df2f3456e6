// The ensembles against their own laws. Seeds are fixed; every bound is at least 4 standard errors
// of a series whose correlation is counted, or a Kolmogorov-Smirnov probability below 1e-3.
#include <gtest/gtest.h>

#include <boost/math/special_functions/gamma.hpp>

#include "engine/native/native_engine.hpp"
#include "engine/native/velocity_rescaling.hpp"
#include "simple_forces.hpp"
#include "statistics_of_samples.hpp"

namespace vitreous::engine {
namespace {

using testing::IdealGas;
using testing::kolmogorov_smirnov;
using testing::LennardJones;

constexpr double temperature = 120.0;                 // K
constexpr double kT = base::boltzmann * temperature;  // eV
constexpr double pressure = 3e-4;                     // eV/A^3

Protocol protocol_of(Ensemble ensemble, Thermostat thermostat) {
  Protocol protocol;
  protocol.timestep = 0.005;
  protocol.ensemble = ensemble;
  protocol.thermostat = thermostat;
  protocol.temperature = Course::constant(temperature);
  protocol.pressure = Course::constant(pressure);
  protocol.temperature_damping = 0.1;
  protocol.pressure_damping = 1.0;
  return protocol;
}

struct Series {
  std::vector<double> twice_kinetic, volume;
};

Series sample(Forces* forces, State state, const Protocol& protocol, int samples, int interval) {
  NativeEngine engine{std::unique_ptr<Forces>(forces)};
  engine.advance(state, protocol, 4000);
  Series series;
  for (int k = 0; k < samples; ++k) {
    engine.advance(state, protocol, interval);
    series.twice_kinetic.push_back(2.0 * core::kinetic_energy(state.atoms));
    series.volume.push_back(state.box.volume());
  }
  return series;
}

/// The law of Gamma(shape) with this scale.
std::function<double(double)> gamma_law(double shape, double scale) {
  return [=](double x) { return boost::math::gamma_p(shape, x / scale); };
}

/// Sum m v^2 of f degrees of freedom is kT times chi^2 with f degrees: Gamma(f/2) times 2 kT.
void expect_canonical(const std::vector<double>& twice_kinetic, double freedom) {
  EXPECT_LT(std::abs(testing::pull_of_mean(twice_kinetic, freedom * kT)), 4.0);
  EXPECT_LT(
      std::abs(testing::pull_of_variance(twice_kinetic, freedom * kT, 2.0 * freedom * kT * kT)),
      4.0);
  EXPECT_LT(kolmogorov_smirnov(twice_kinetic, gamma_law(0.5 * freedom, 2.0 * kT)), 1.95);
}

TEST(VelocityRescalingFactor, LeavesTheCanonicalLawAsItIsWhateverTheDecay) {
  base::RandomStream random(1, "rescaling");
  for (const double freedom : {1.0, 2.0, 9.0, 300.0})
    for (const double decay : {0.0, 0.1, 0.6}) {
      double twice_kinetic = freedom * kT;
      std::vector<double> samples;
      for (int k = 0; k < 8000; ++k) {
        twice_kinetic *= std::pow(rescaling_factor(twice_kinetic, kT, freedom, decay, random), 2);
        samples.push_back(twice_kinetic);
      }
      expect_canonical(samples, freedom);
    }
}

TEST(VelocityRescalingFactor, TheKineticEnergyForgetsAsTheDecaySays) {
  // <(K' - K0)(K - K0)>/<(K - K0)^2> = decay for this rule (Bussi et al., eq. A7, is linear in K).
  base::RandomStream random(2, "rescaling");
  const double freedom = 30.0, decay = 0.7;
  double twice_kinetic = freedom * kT;
  std::vector<double> products;
  for (int k = 0; k < 40000; ++k) {
    const double before = twice_kinetic;
    twice_kinetic *= std::pow(rescaling_factor(before, kT, freedom, decay, random), 2);
    products.push_back((before / kT - freedom) * (twice_kinetic / kT - freedom));
  }
  EXPECT_LT(std::abs(testing::pull_of_mean(products, decay * 2.0 * freedom)), 4.0);
}

// A crystal of harmonic oscillators would be a poor witness: under a thermostat that scales all
// velocities alike the shares of the oscillators never change. A Lennard-Jones liquid is chaotic.
TEST(Ensemble, KineticEnergyOfALiquidIsCanonicalUnderBothThermostats) {
  for (const auto thermostat : {Thermostat::nose_hoover, Thermostat::velocity_rescaling}) {
    const auto series = sample(new LennardJones(5.6), testing::shaken_lattice(3, 3.75, temperature),
                               protocol_of(Ensemble::nvt, thermostat), 6000, 25);
    expect_canonical(series.twice_kinetic, 3.0 * 27 - 3.0);
  }
}

// With the center of mass riding on the box, an ideal gas has P(V) ~ V^(N-1) exp(-PV/kT):
// Gamma(N) with the scale kT/P, mean N kT/P, variance N (kT/P)^2 (see mtk_barostat.hpp).
TEST(Ensemble, VolumeOfAnIdealGasFollowsItsGammaLaw) {
  for (const auto thermostat : {Thermostat::nose_hoover, Thermostat::velocity_rescaling}) {
    const auto series = sample(new IdealGas, testing::shaken_lattice(2, 3.25, temperature),
                               protocol_of(Ensemble::npt, thermostat), 10000, 100);
    const double atoms = 8.0, scale = kT / pressure;
    EXPECT_LT(std::abs(testing::pull_of_mean(series.volume, atoms * scale)), 4.0);
    EXPECT_LT(
        std::abs(testing::pull_of_variance(series.volume, atoms * scale, atoms * scale * scale)),
        4.0);
    EXPECT_LT(kolmogorov_smirnov(series.volume, gamma_law(atoms, scale)), 1.95);
    expect_canonical(series.twice_kinetic, 3.0 * atoms - 3.0);
  }
}

}  // namespace
}  // namespace vitreous::engine
