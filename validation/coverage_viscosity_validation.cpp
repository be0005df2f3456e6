// Do the error bars of the viscosity cover? Synthetic stresses of known integral, observed exactly
// as a run of the engine is: 68 % intervals must contain the truth in 68 +- 5 % of the runs.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdio>

#include "analysis/observer_set.hpp"
#include "base/constants.hpp"
#include "base/parallel.hpp"
#include "base/random.hpp"

namespace vitreous::analysis {
namespace {

constexpr double interval = 0.02, temperature = 1200.0, edge = 30.0;  // ps, K, A
constexpr std::size_t runs = 400;

/// A stress with two memories: vibrations and the relaxation of the structure, each an
/// Ornstein-Uhlenbeck process of its own variance.
struct Case {
  const char* name;
  std::int64_t samples;
  std::array<double, 2> width;   ///< eV/A^3
  std::array<double, 2> memory;  ///< ps
};

double decay(double memory) { return std::exp(-interval / memory); }

double true_viscosity(const Case& c) {
  double integral = 0.0;
  for (std::size_t k = 0; k < 2; ++k) {
    const double m = decay(c.memory[k]);
    integral += c.width[k] * c.width[k] * interval * (1.0 + m) / (2.0 * (1.0 - m));
  }
  return edge * edge * edge / (base::boltzmann * temperature) * integral * base::eV_per_A3_to_GPa *
         1e-3;
}

core::Mat3 tensor(const std::array<double, 5>& p) {
  const double third = p[4] / std::sqrt(3.0);
  core::Mat3 t = core::Mat3::diagonal(p[3] - third, -p[3] - third, 2.0 * third);
  t(0, 1) = t(1, 0) = p[0];
  t(0, 2) = t(2, 0) = p[1];
  t(1, 2) = t(2, 1) = p[2];
  return t;
}

core::Reported viscosity_of_run(const Case& c, std::size_t run) {
  base::RandomStream random(run, std::string("coverage of eta, ") + c.name);
  core::Atoms atoms;
  atoms.kinds = {{"Cu", 63.546}};
  atoms.resize(1);
  const core::Box box = core::Box::orthogonal(edge, edge, edge);
  Setting setting;
  setting.timeline = {interval, 0, c.samples, {}};
  setting.kinds = atoms.kinds;
  setting.counts = {1};
  ObserverSet set(setting, {{"viscosity", {}}});
  std::array<std::array<double, 5>, 2> part{};
  for (std::size_t k = 0; k < 2; ++k)
    for (double& x : part[k]) x = c.width[k] * random.normal();
  for (std::int64_t step = 0; step <= c.samples; ++step) {
    std::array<double, 5> p{};
    for (std::size_t k = 0; k < 2; ++k) {
      const double m = decay(c.memory[k]), kick = c.width[k] * std::sqrt(1.0 - m * m);
      for (std::size_t i = 0; i < 5; ++i) {
        part[k][i] = m * part[k][i] + kick * random.normal();
        p[i] += part[k][i];
      }
    }
    core::Frame frame;
    frame.step = step;
    frame.time = static_cast<double>(step) * interval;
    frame.box = &box;
    frame.atoms = &atoms;
    frame.thermo.emplace();
    frame.thermo->temperature = temperature;
    frame.thermo->pressure = tensor(p);
    set.take(frame);
  }
  return set.result().quantities.at(0);
}

class CoverageOfViscosity : public ::testing::TestWithParam<Case> {};

TEST_P(CoverageOfViscosity, IsSixtyEightPercent) {
  const Case& c = GetParam();
  base::set_threads(base::available_cores());
  std::vector<core::Reported> found(runs);
  base::for_each_piece(runs, [&](std::size_t run) { found[run] = viscosity_of_run(c, run); });
  const double truth = true_viscosity(c);
  double inside = 0, inside_two = 0, given = 0, mean = 0, square = 0, claimed = 0;
  for (const auto& q : found) {
    if (!q.measured) continue;
    const double off = q.measured->value / truth - 1.0, se = q.measured->standard_error / truth;
    given += 1;
    inside += std::abs(off) <= se;
    inside_two += std::abs(off) <= 2.0 * se;
    mean += off;
    square += off * off;
    claimed += se * se;
  }
  ASSERT_GT(given, 0) << found.front().reason;
  std::printf(
      "%-28s eta given in %3.0f of %zu; 1 se covers %.1f %%, 2 se %.1f %%; bias %+.2f %%, scatter "
      "%.2f %%, claimed %.2f %%\n",
      c.name, given, runs, 100 * inside / given, 100 * inside_two / given, 100 * mean / given,
      100 * std::sqrt(square / given), 100 * std::sqrt(claimed / given));
  // One in twenty is refused because its halves differ by two errors; in a run of 240 memories some
  // have errors above 30 %.
  EXPECT_GE(given, 0.8 * runs);
  EXPECT_NEAR(inside / given, 0.6827, 0.05);
}

INSTANTIATE_TEST_SUITE_P(
    Stresses, CoverageOfViscosity,
    ::testing::Values(Case{"0.1 ps, run of 50 ps", 2500, {0.004, 0.0}, {0.1, 1.0}},
                      Case{"0.05 and 0.5 ps", 6000, {0.004, 0.0015}, {0.05, 0.5}}),
    [](const auto& instance) {
      std::string name;
      for (const char ch : std::string(instance.param.name))
        name += std::isalnum(static_cast<unsigned char>(ch)) ? ch : '_';
      return name;
    });

}  // namespace
}  // namespace vitreous::analysis
