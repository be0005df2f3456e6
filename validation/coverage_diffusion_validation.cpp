// Do the error bars of D cover? A thousand synthetic runs each of caged random walkers, observed
// exactly as a run of the engine is: 68 % intervals must contain the true D in 68 +- 5 % of them.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "analysis/observer_set.hpp"
#include "base/parallel.hpp"
#include "base/random.hpp"

namespace vitreous::analysis {
namespace {

struct Case {
  const char* name;
  std::int64_t steps;  ///< of 0.1 ps
  double D;            ///< A^2/ps
  double cage;         ///< A^2
  std::size_t atoms;
  std::size_t together;      ///< atoms that share their diffusive steps: 1 for independent walkers
  std::int64_t dump_every;   ///< 0: observed in situ
  std::int64_t planned = 0;  ///< steps, of a run that was then continued; 0: as long as it became
  double mood = 0.0,
         mood_time = 0.0;   ///< standard deviation of ln D, shared by all; its memory, ps
  double covered = 0.6827;  ///< less where the run is too short for blocks that forget
};

constexpr double timestep = 0.1, cage_time = 0.3;
constexpr std::size_t runs = 1000;

Setting setting_of(const Case& c, const core::Atoms& atoms, std::int64_t steps) {
  Setting setting;
  setting.timeline = {timestep, 0, steps, {}};
  if (c.dump_every > 0)
    for (std::int64_t s = 0; s <= steps; s += c.dump_every) setting.timeline.steps.push_back(s);
  setting.kinds = atoms.kinds;
  setting.counts = {c.atoms};
  return setting;
}

/// One run: Brownian motion of D plus a cage (an Ornstein-Uhlenbeck process of the given MSD).
core::Reported diffusion_of_run(const Case& c, std::size_t run) {
  base::RandomStream random(run, std::string("coverage of D, ") + c.name);
  core::Atoms atoms;
  atoms.kinds = {{"Cu", 63.546}};
  atoms.resize(c.atoms);
  for (std::size_t i = 0; i < c.atoms; ++i) atoms.id[i] = static_cast<std::int64_t>(i);
  const core::Box box = core::Box::orthogonal(100, 100, 100);

  const std::vector<ObserverRequest> msd = {{"msd", {}}};
  ObserverSet set(setting_of(c, atoms, c.planned > 0 ? c.planned : c.steps), msd);

  std::vector<double> walk(3 * c.atoms), cage(3 * c.atoms);
  const double keep = c.mood_time > 0.0 ? std::exp(-timestep / c.mood_time) : 0.0;
  double mood = c.mood * random.normal();
  const double width = std::sqrt(c.cage / 6.0), memory = std::exp(-timestep / cage_time);
  const double kick = width * std::sqrt(1.0 - memory * memory);
  for (double& x : cage) x = width * random.normal();
  for (std::int64_t s = 0; s <= c.steps; ++s) {
    if (s > 0) {
      mood = keep * mood + c.mood * std::sqrt(1.0 - keep * keep) * random.normal();
      const double step = std::sqrt(2.0 * c.D * std::exp(mood - 0.5 * c.mood * c.mood) * timestep);
      for (std::size_t i = 0; i < walk.size(); i += 3 * c.together) {
        for (std::size_t k = 0; k < 3; ++k) {
          const double move = step * random.normal();
          for (std::size_t j = i + k; j < std::min(walk.size(), i + 3 * c.together); j += 3)
            walk[j] += move;
        }
      }
      for (double& x : cage) x = memory * x + kick * random.normal();
    }
    if (c.planned > 0 && s == c.planned + 1) {
      ObserverSet longer(setting_of(c, atoms, c.steps), msd);
      longer.continue_from(set);
      set = std::move(longer);
    }
    if (set.next_step(s - 1) != s) continue;
    for (std::size_t i = 0; i < c.atoms; ++i)
      atoms.position.set(i, {walk[3 * i] + cage[3 * i], walk[3 * i + 1] + cage[3 * i + 1],
                             walk[3 * i + 2] + cage[3 * i + 2]});
    core::Frame frame;
    frame.step = s;
    frame.time = static_cast<double>(s) * timestep;
    frame.box = &box;
    frame.atoms = &atoms;
    set.take(frame);
  }
  return set.result().quantities.at(0);
}

class CoverageOfD : public ::testing::TestWithParam<Case> {};

TEST_P(CoverageOfD, IsSixtyEightPercent) {
  const Case& c = GetParam();
  base::set_threads(base::available_cores());
  std::vector<core::Reported> found(runs);
  base::for_each_piece(runs, [&](std::size_t run) { found[run] = diffusion_of_run(c, run); });
  // The center of mass, which is taken out, moves with the walkers.
  const double together = static_cast<double>(c.together) / static_cast<double>(c.atoms);
  const double truth = c.D * (1.0 - together) * 1e-8;
  double inside = 0, inside_two = 0, given = 0, mean = 0, square = 0, claimed = 0;
  std::string reason;
  for (const auto& q : found) {
    if (!q.measured) {
      if (reason.empty()) reason = q.reason;
      continue;
    }
    const double off = q.measured->value - truth;
    given += 1;
    inside += std::abs(off) <= q.measured->standard_error;
    inside_two += std::abs(off) <= 2.0 * q.measured->standard_error;
    mean += off;
    square += off * off;
    claimed += q.measured->standard_error * q.measured->standard_error;
  }
  ASSERT_GT(given, 0) << reason;
  std::printf(
      "%-28s D given in %3.0f of %zu; 1 se covers %.1f %%, 2 se %.1f %%; bias %+.2f %%, scatter "
      "%.2f %%, "
      "claimed %.2f %%%s%s\n",
      c.name, given, runs, 100 * inside / given, 100 * inside_two / given,
      100 * mean / given / truth, 100 * std::sqrt(square / given) / truth,
      100 * std::sqrt(claimed / given) / truth,
      reason.empty() ? "" : "; first refusal: ", reason.c_str());
  EXPECT_GE(given, 0.9 * runs);
  EXPECT_NEAR(inside / given, c.covered, 0.05);
}

INSTANTIATE_TEST_SUITE_P(
    Walkers, CoverageOfD,
    ::testing::Values(Case{"in situ, 200 ps", 2000, 0.05, 0.35, 216, 1, 0},
                      Case{"in situ, 40 ps", 400, 0.05, 0.35, 216, 1, 0},
                      Case{"in situ, 40 ps, hot", 400, 0.6, 0.1, 216, 1, 0},
                      Case{"in situ, 200 ps, slow", 2000, 0.005, 0.35, 512, 1, 0},
                      Case{"continued, 40 to 200 ps", 2000, 0.05, 0.35, 216, 1, 0, 400},
                      Case{"moving in fours", 1000, 0.05, 0.35, 512, 4, 0},
                      Case{"in moods of 3 ps", 400, 0.06, 0.35, 216, 1, 0, 0, 0.15, 3.0, 0.60},
                      Case{"in moods of 3 ps, 200 ps", 2000, 0.06, 0.35, 216, 1, 0, 0, 0.15, 3.0},
                      Case{"file of 400 frames", 2000, 0.05, 0.35, 216, 1, 5},
                      Case{"file of 2000 frames", 2000, 0.05, 0.35, 216, 1, 1}),
    [](const auto& instance) {
      std::string name;
      for (const char ch : std::string(instance.param.name))
        name += std::isalnum(static_cast<unsigned char>(ch)) ? ch : '_';
      return name;
    });

}  // namespace
}  // namespace vitreous::analysis
