#include "analysis/hops.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/hop_barriers.hpp"
#include "base/constants.hpp"
#include "base/error.hpp"
#include "base/parallel.hpp"
#include "engine/landscapes.hpp"
#include "interrupted_run.hpp"
#include "walkers.hpp"

namespace vitreous::analysis {
namespace {

using namespace testing;
using engine::testing::CurvedPass;
using ::testing::HasSubstr;

constexpr double tilt = 0.1;                 // eV
constexpr std::int64_t intervals = 24;       // of 5 ps
constexpr std::int64_t steps_between = 500;  // steps

/// Twelve atoms that do not feel each other, each in one of the two valleys of a pass. In interval
/// k one of them crosses, the next one in turn, there and in the second round back; they are seen
/// shaken about their places.
class Valleys {
 public:
  Valleys() : world_(8, 4) {
    world_.box = engine::testing::wide_box();
    world_.slab.reset();
    setting = world_.setting(intervals * steps_between);
    setting.forces = [] { return std::make_unique<CurvedPass>(tilt); };
    for (std::size_t i = 0; i < 12; ++i) world_.atoms.position.set(i, {-1.0, 0.0, 0.0});
  }

  core::Frame frame(std::int64_t moment) {
    core::Frame frame = world_.frame(moment * steps_between);
    shaken_ = world_.atoms;
    for (std::size_t i = 0; i < 12; ++i) {
      const auto crossings = (moment - static_cast<std::int64_t>(i) + 11) / 12;
      math::Vec3 place{crossings % 2 == 0 ? -1.0 : 1.0, 0.0, 0.0};
      for (double* c : {&place.x, &place.y, &place.z}) *c += 0.1 * random_.normal();
      shaken_.position.set(i, place);
    }
    frame.atoms = &shaken_;
    return frame;
  }

  Setting setting;

 private:
  World world_;
  core::Atoms shaken_;
  base::RandomStream random_{3, "shaken in valleys"};
};

ObserverRequest request(const std::string& barriers) {
  return {"hops", {{"barriers", barriers}, {"temperature", "640 K"}}};
}

void show(const core::Frame& frame, ObserverSet& set) {
  set.take(frame);
  while (set.has_work()) set.work();
}

core::Result watch(const std::string& barriers) {
  Valleys valleys;
  ObserverSet set(valleys.setting, {request(barriers)});
  for (std::int64_t k = 0; k <= intervals; ++k) show(valleys.frame(k), set);
  return set.result();
}

/// Above the minimum that it is left from.
double barrier_from(double x) {
  const CurvedPass pass(tilt);
  return pass.along(pass.saddle().x) - pass.along(x);
}

TEST(Hops, AreThoseThatHappenedWithTheirEnergies) {
  const auto result = watch("0");
  const auto& hops = table_of(result, "hops");
  ASSERT_EQ(hops.rows(), static_cast<std::size_t>(intervals));
  const auto time = numbers(hops, "time"), atom = numbers(hops, "atom"),
             length = numbers(hops, "length"), dE = numbers(hops, "dE_atom"),
             around = numbers(hops, "dE_sphere");
  for (std::size_t k = 0; k < hops.rows(); ++k) {
    EXPECT_NEAR(time[k], 5.0 * static_cast<double>(k + 1), 1e-9);
    EXPECT_EQ(atom[k], static_cast<double>(k % 12 + 1));
    EXPECT_NEAR(length[k], 2.0, 1e-3);
    EXPECT_NEAR(dE[k], k < 12 ? 2 * tilt : -2 * tilt, 1e-6);
    EXPECT_NEAR(around[k], dE[k], 1e-6);
  }
  const auto rate = quantity_of(result, "rate");
  ASSERT_TRUE(rate.measured);
  EXPECT_NEAR(rate.measured->value, 1000.0 / (12 * 5.0), 1e-9);
}

TEST(Hops, LeadOverTheBarrierOfTheirPass) {
  const auto result = watch("24");
  const auto& hops = table_of(result, "hops");
  const auto forward = numbers(hops, "forward"), reverse = numbers(hops, "reverse");
  for (std::size_t k = 0; k < hops.rows(); ++k) {
    const double there = barrier_from(-1.0), back = barrier_from(1.0);
    EXPECT_NEAR(forward[k], k < 12 ? there : back, 1e-4);
    EXPECT_NEAR(reverse[k], k < 12 ? back : there, 1e-4);
  }
  EXPECT_EQ(quantity_of(result, "barrier_above_kT").measured->value,
            quantity_of(result, "barrier").measured->value);
  for (const char* name : {"collapsed", "without_barrier"})
    EXPECT_EQ(quantity_of(result, name).measured->value, 0.0) << name;
  const double kT = base::boltzmann * 640.0;
  const double mean =
      -kT *
      std::log(0.5 * (std::exp(-barrier_from(-1.0) / kT) + std::exp(-barrier_from(1.0) / kT)));
  const auto& barrier = quantity_of(result, "barrier");
  EXPECT_NEAR(barrier.measured->value, mean, 1e-4);
  EXPECT_NEAR(quantity_of(result, "barrier_mean").measured->value,
              0.5 * (barrier_from(-1.0) + barrier_from(1.0)), 1e-4);
}

TEST(Hops, AreFollowedAllAlongTheRun) {
  const auto result = watch("8");
  const auto path = words(table_of(result, "hops"), "path");
  const auto followed = [&](std::size_t begin, std::size_t end) {
    return std::count(path.begin() + static_cast<std::ptrdiff_t>(begin),
                      path.begin() + static_cast<std::ptrdiff_t>(end), "converged");
  };
  EXPECT_EQ(followed(0, 12), 4);
  EXPECT_EQ(followed(12, 24), 4);
  EXPECT_EQ(std::count(path.begin(), path.end(), "not_followed"), 16);
}

TEST(Hops, SavedWhileTheyWaitGoOnWithTheSameBits) {
  const auto go = [](bool interrupted, int threads) {
    base::set_threads(threads);
    Valleys valleys;
    ObserverSet set(valleys.setting, {request("24")});
    for (std::int64_t k = 0; k <= intervals; ++k) {
      set.take(valleys.frame(k));
      if (interrupted && k % 5 == 1) set = restored(set, valleys.setting, {request("24")});
      while (set.has_work()) set.work();
    }
    base::set_threads(1);
    return set.result();
  };
  const auto result = go(false, 1);
  expect_same_bits(result, go(true, 1));
  for (const int threads : {2, 3}) {
    expect_same_bits(result, go(false, threads));
    expect_same_bits(result, go(true, threads));
  }
}

TEST(Hops, WaitForThoseOfLaterMomentsUntilAllCoresAreBusy) {
  const auto followed_so_far = [](const ObserverSet& set) {
    const auto path = words(table_of(set.result(), "hops"), "path");
    return static_cast<std::int64_t>(path.size()) -
           std::count(path.begin(), path.end(), "not_followed");
  };
  for (const int threads : {1, 2}) {
    base::set_threads(threads);
    Valleys valleys;
    ObserverSet set(valleys.setting, {request("24")});
    for (std::int64_t k = 0; k <= intervals; ++k) {
      show(valleys.frame(k), set);
      const std::int64_t before_the_end = threads == 1 && k >= 16 ? 16 : 0;
      EXPECT_EQ(followed_so_far(set), k == intervals ? intervals : before_the_end) << k;
    }
    base::set_threads(1);
  }
}

/// exp(-E/kB T) over barriers spread normally about m with deviation s has the mean
/// exp(-m/kB T + (s/kB T)^2/2).
TEST(ParallelMean, OfNormalBarriersIsInClosedForm) {
  const double kT = base::boltzmann * 640.0, m = 0.4, s = 0.05;
  base::RandomStream random(5, "normal barriers");
  std::vector<double> barriers;
  std::vector<std::int64_t> group;
  for (std::int64_t k = 0; k < 4000; ++k) {
    barriers.push_back(m + s * random.normal());
    group.push_back(k);
  }
  const auto mean = parallel_mean(barriers, group, 640.0);
  EXPECT_NEAR(mean.mean, m - s * s / (2.0 * kT), 3.0 * mean.standard_error);
  EXPECT_LT(mean.standard_error, 0.002);
}

TEST(Hops, ThatAreNotThereAreNoNumbers) {
  Valleys valleys;
  ObserverSet set(valleys.setting, {{"hops", {{"distance", "3 A"}, {"barriers", "5"}}}});
  for (std::int64_t k = 0; k <= intervals; ++k) show(valleys.frame(k), set);
  const auto result = set.result();
  for (const char* name : {"rate", "dE_atom", "dE_sphere"})
    EXPECT_THAT(quantity_of(result, name).reason,
                HasSubstr("no atoms moved farther than 3 A within 5 ps, 10 needed"));
  EXPECT_THAT(quantity_of(result, "barrier").reason, HasSubstr("barriers of 0 atoms"));
  EXPECT_TRUE(quantity_of(result, "E_inherent").measured);
}

std::string refusal(const Setting& setting, const std::map<std::string, std::string>& options) {
  try {
    ObserverSet set(setting, {{"hops", options}});
  } catch (const base::InputError& error) {
    return base::to_text(error.message());
  }
  return "";
}

TEST(Hops, RefuseLayersThatOverlap) {
  Valleys valleys;
  valleys.setting.slab = Slab{2, 10.0};  // 80 A between the faces
  ObserverSet set(valleys.setting, {{"hops", {{"layer", "41 A"}}}});
  EXPECT_THROW(show(valleys.frame(0), set), base::RunError);
  ObserverSet fits(valleys.setting, {{"hops", {{"layer", "39 A"}}}});
  EXPECT_NO_THROW(show(valleys.frame(0), fits));
}

/// Of barriers of which half lie below kB T, those above are the mean's.
TEST(HopBarriers, BelowTheThermalEnergyCanBeLeftOut) {
  HopLog log;
  for (int k = 0; k < 24; ++k) {
    log.add(Hop{.atom = static_cast<double>(k)});
    log.add(k, {PathOutcome::converged, 2.0, k % 2 == 0 ? 0.3 : 0.001, 0.5});
  }
  const auto quantities = HopBarriers(log, 640.0).quantities({});
  const auto value = [&](const std::string& name) {
    return quantity_of({{}, quantities}, name).measured->value;
  };
  EXPECT_NEAR(value("barrier_above_kT"), 0.3, 1e-12);
  EXPECT_LT(value("barrier"), 0.05);
  EXPECT_NEAR(value("barrier_mean"), 0.1505, 1e-12);
}

TEST(Hops, RefuseWhatTheyCannotDo) {
  const Setting setting = Valleys().setting;
  EXPECT_THAT(refusal(setting, {{"layer", "2.5 A"}}), HasSubstr("nothing is opened"));
  EXPECT_THAT(refusal(setting, {{"every", "500 ps"}}),
              HasSubstr("hold no two inherent structures"));
  EXPECT_THAT(refusal(setting, {{"distance", "0 A"}}), HasSubstr("distance = 0 A"));
  EXPECT_THAT(refusal(setting, {{"barriers", "-1"}}), HasSubstr("below zero"));
  EXPECT_THAT(refusal(setting, {{"temperature", "0 K"}}), HasSubstr("above zero"));
  Setting file = setting;
  file.timeline.steps = {0, 500, 1000, 2000};
  file.timeline.last = 2000;
  EXPECT_THAT(refusal(file, {}), HasSubstr("there is none at step 1500"));
}

}  // namespace
}  // namespace vitreous::analysis
