#include "analysis/cage_jumps.hpp"

#include <gmock/gmock.h>

#include <numbers>
#include <set>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "interrupted_run.hpp"
#include "walkers.hpp"

namespace vitreous::analysis {
namespace {

using namespace testing;
using ::testing::HasSubstr;

// The cage and the jumps of Cu50Zr50 at 700 K, on a clock of our own: steps of 0.01 ps, windows of
// 80 steps with frames every other step.
constexpr double u2 = 0.1425, jump_length = 2.15;
constexpr std::int64_t window = 80, spacing = 2;
const std::map<std::string, std::string> options = {{"window", "0.8 ps"}, {"u2", "0.1425 A^2"}};

/// Atoms that rattle in cages, out of which they jump.
class Glass {
 public:
  Glass(World& world, std::uint64_t seed) : world_(world), random_(seed, "glass") {
    cages_ = world.atoms.position;
  }

  /// With this probability an atom jumps, along +x in a wide cone (odd atoms: -x), so that hardly
  /// ever a jump undoes the one before.
  void move(double probability) {
    const double s = std::sqrt(u2 / 3.0);
    for (std::size_t i = 0; i < cages_.size(); ++i) {
      if (random_.uniform() < probability) {
        cages_.add(i, cone(i % 2 == 0 ? 1.0 : -1.0) * jump_length);
        ++jumps_;
      }
      world_.atoms.position.set(
          i,
          cages_[i] + math::Vec3{s * random_.normal(), s * random_.normal(), s * random_.normal()});
    }
  }
  int jumps() const { return jumps_; }

 private:
  math::Vec3 cone(double sign) {
    const double x = 0.3 + 0.7 * random_.uniform(),
                 phi = 2.0 * std::numbers::pi * random_.uniform();
    const double s = std::sqrt(1.0 - x * x);
    return {sign * x, s * std::cos(phi), s * std::sin(phi)};
  }

  World& world_;
  base::RandomStream random_;
  math::Vectors cages_;
  int jumps_ = 0;
};

/// An event in the words of the table.
struct Event {
  double atom, start, end, lx, ly, lz, length, windows;
};

std::vector<Event> events_of(const core::Result& result, const std::string& number = "") {
  const auto table = table_of(result, "cage_jumps" + number);
  std::vector<Event> events(table.rows());
  for (std::size_t row = 0; row < events.size(); ++row) {
    const auto at = [&](const char* name) { return numbers(table, name)[row]; };
    events[row] = {at("atom"), at("start"), at("end"),    at("lx"),
                   at("ly"),   at("lz"),    at("length"), at("windows")};
  }
  return events;
}

/// Which jumps count: all, or those in the layer that is_outside tells, by a rule of membership.
struct Counted {
  bool layer = false, inner = false;
  std::string membership;
};

/// The definition, word for word, on all frames of one atom at once.
std::vector<Event> naive_events(std::vector<math::Vec3> frames, double atom,
                                const Counted& counted = {}) {
  std::vector<double> z;
  for (auto& frame : frames) {
    z.push_back(frame.z);
    if (counted.layer) frame.z = 0.0;
  }
  constexpr std::size_t half = window / spacing / 2;
  struct Window {
    math::Vec3 mean;
    bool flagged, inside;
  };
  std::vector<Window> windows;
  for (std::size_t begin = 0; begin + 2 * half <= frames.size(); begin += half) {
    math::Vec3 mean;
    double square = 0.0, mean_z = 0.0;
    for (std::size_t f = begin; f < begin + 2 * half; ++f) mean += frames[f] * (0.5 / half);
    for (std::size_t f = begin; f < begin + 2 * half; ++f) mean_z += z[f] * (0.5 / half);
    for (std::size_t f = begin; f < begin + 2 * half; ++f)
      square += math::norm2(frames[f] - mean) * (0.5 / half);
    windows.push_back({mean, square > 5.0 * u2, is_outside(mean_z) != counted.inner});
  }
  std::vector<Event> events;
  std::vector<bool> counts;
  for (std::size_t w = 0; w < windows.size(); ++w) {
    if (!windows[w].flagged) continue;
    std::size_t last = w;
    for (std::size_t next = w + 1; next < windows.size() && next <= last + 2; ++next)
      if (windows[next].flagged) last = next;
    if (w >= 2 && last + 2 < windows.size()) {
      const math::Vec3 l = windows[last + 2].mean - windows[w - 2].mean;
      if (math::norm2(l) >= u2) {
        events.push_back({atom, 0.4 * static_cast<double>(w), 0.4 * static_cast<double>(last + 2),
                          l.x, l.y, l.z, math::norm(l),
                          std::ceil(0.5 * static_cast<double>(last - w + 1))});
        bool both = windows[w - 2].inside && windows[last + 2].inside, all = both;
        for (std::size_t k = w - 1; k < last + 2; ++k) all = all && windows[k].inside;
        counts.push_back(!counted.layer ||
                         (counted.membership == "start" && windows[w - 2].inside) ||
                         (counted.membership == "both_ends" && both) ||
                         (counted.membership == "throughout" && all));
      }
    }
    w = last;
  }
  for (bool changed = true; changed;) {  // until no neighbors cancel
    changed = false;
    for (std::size_t k = 0; k + 1 < events.size() && !changed; ++k) {
      const Event &a = events[k], &b = events[k + 1];
      if (math::norm({a.lx + b.lx, a.ly + b.ly, a.lz + b.lz}) >= 1.0) continue;
      const auto at = static_cast<std::ptrdiff_t>(k);
      events.erase(events.begin() + at, events.begin() + at + 2);
      counts.erase(counts.begin() + at, counts.begin() + at + 2);
      changed = true;
    }
  }
  std::vector<Event> those;
  for (std::size_t k = 0; k < events.size(); ++k)
    if (counts[k]) those.push_back(events[k]);
  return those;
}

void expect_same_events(const std::vector<Event>& found, const std::vector<Event>& expected) {
  ASSERT_EQ(found.size(), expected.size());
  // Means are kept as floats: 2e-6 A each at 20 A.
  for (std::size_t k = 0; k < found.size(); ++k) {
    EXPECT_EQ(found[k].atom, expected[k].atom);
    EXPECT_NEAR(found[k].start, expected[k].start, 1e-9);
    EXPECT_NEAR(found[k].end, expected[k].end, 1e-9);
    EXPECT_NEAR(found[k].lx, expected[k].lx, 1e-5);
    EXPECT_NEAR(found[k].ly, expected[k].ly, 1e-5);
    EXPECT_NEAR(found[k].lz, expected[k].lz, 1e-5);
    EXPECT_NEAR(found[k].length, expected[k].length, 1e-5);
    EXPECT_EQ(found[k].windows, expected[k].windows);
  }
}

/// The positions of each atom in the frames that fill windows.
class Recorder {
 public:
  explicit Recorder(const World& world) : world_(world), frames_(world.atoms.size()) { take(0); }
  void take(std::int64_t step) {
    for (std::size_t i = 0; step % spacing == 0 && i < frames_.size(); ++i)
      frames_[i].push_back(world_.atoms.position[i]);
  }
  std::vector<Event> naive(const Counted& counted = {}) const {
    std::vector<Event> events;
    for (std::size_t i = 0; i < frames_.size(); ++i)
      for (const Event& e :
           naive_events(frames_[i], static_cast<double>(world_.atoms.id[i]), counted))
        events.push_back(e);
    return events;
  }

 private:
  const World& world_;
  std::vector<std::vector<math::Vec3>> frames_;
};

TEST(CageJumpsObserver, FindsWhatTheDefinitionFindsInAllFramesAtOnce) {
  // Atoms jump out of wandering cages so often that jumps merge, undo each other or stand at an
  // end.
  World world(60, 40);
  Glass glass(world, 21);
  base::RandomStream random(22, "wandering cages");
  math::Vectors wander(world.atoms.size());
  Recorder recorder(world);
  // Of all atoms, then of those in a layer by each rule, then of those below it.
  std::vector<Counted> counted = {{}};
  std::vector<ObserverRequest> requests = {{"cage_jumps", options}};
  for (const std::string region : {"outer", "inner"})
    for (const std::string membership : {"start", "both_ends", "throughout"}) {
      auto of_layer = options;
      of_layer.insert({{"layer", "2.5 A"}, {"region", region}, {"membership", membership}});
      requests.push_back({"cage_jumps", of_layer});
      counted.push_back({true, region == "inner", membership});
    }
  ObserverSet set(world.setting(2500), requests);
  drive(set, world, 2500, [&](std::int64_t step) {
    glass.move(0.004);
    for (std::size_t i = 0; i < wander.size(); ++i) {
      wander.add(i, {0.02 * random.normal(), 0.02 * random.normal(), 0.02 * random.normal()});
      world.atoms.position.add(i, wander[i]);
    }
    recorder.take(step);
  });
  const auto result = set.result();
  std::set<std::size_t> sizes;
  for (std::size_t k = 0; k < counted.size(); ++k) {
    const auto expected = recorder.naive(counted[k]);
    EXPECT_GT(expected.size(), k == 0 ? 200u : 50u);
    sizes.insert(expected.size());
    expect_same_events(events_of(result, k == 0 ? "" : "_" + std::to_string(k + 1)), expected);
  }
  EXPECT_GT(sizes.size(), 5u);  // the rules differ
}

TEST(CageJumpsObserver, TellsTheRateTheLengthsAndTheDiffusionOfJumps) {
  // One jump in 100 windows: 2.5 % merge, which the errors of about 5 % hide.
  World world(300, 300);
  Glass glass(world, 23);
  constexpr std::int64_t last = 4800;  // 60 windows
  constexpr double probability = 0.01 / window;
  ObserverSet set(world.setting(last), {{"cage_jumps", options}});
  drive(set, world, last, [&](std::int64_t) { glass.move(probability); });
  const auto result = set.result();
  const auto expect_near = [&](const std::string& name, double value, const std::string& unit) {
    const auto quantity = quantity_of(result, name);
    ASSERT_TRUE(quantity.measured) << name << ": " << quantity.reason;
    EXPECT_EQ(quantity.measured->unit, unit);
    EXPECT_NEAR(quantity.measured->value, value, 4.0 * quantity.measured->standard_error) << name;
    EXPECT_LT(quantity.measured->standard_error, 0.15 * value) << name;
    EXPECT_GT(quantity.measured->standard_error, 0.001 * value) << name;
    EXPECT_EQ(quantity.state, "glass") << name;
  };
  const double rate = probability / 0.01;  // 1/ps
  for (const std::string species : {"", ".Cu", ".Zr"}) {
    expect_near("Gamma" + species, 1000.0 * rate, "1/ns");
    expect_near("length" + species, jump_length, "angstrom");
  }
  // Merged jumps are longer, and as many fewer: the diffusion that they make stays.
  expect_near("D_jumps", rate * jump_length * jump_length / 6.0 * base::A2_per_ps_to_m2_per_s,
              "m^2/s");
  const auto gamma = *quantity_of(result, "Gamma").measured,
             l2 = *quantity_of(result, "l_squared").measured;
  EXPECT_NEAR(l2.value, jump_length * jump_length, 0.5);
  EXPECT_NEAR(quantity_of(result, "D_jumps").measured->value / 1e-11, gamma.value * l2.value / 6.0,
              1e-9 * gamma.value * l2.value);
}

/// Rattling in all directions; jumps are steps along x or y and rarer inside a slab.
TEST(CageJumpsObserver, OfALayerTellsTheRateAndTheDiffusionAlongTheSurface) {
  World world(400, 400);
  const double s = std::sqrt(u2 / 3.0);
  constexpr double at_surface = 0.02 / window, inside = 0.005 / window;
  base::RandomStream random(29, "jumps in a slab");
  math::Vectors cages = world.atoms.position;
  auto of_layer = options, of_inner = options;
  of_layer["u2"] = of_inner["u2"] = "0.095 A^2";  // of the two components along the surface
  of_layer["layer"] = of_inner["layer"] = "2.5 A";
  of_inner["region"] = "inner";
  ObserverSet set(world.setting(4800), {{"cage_jumps", of_layer}, {"cage_jumps", of_inner}});
  drive(set, world, 4800, [&](std::int64_t) {
    for (std::size_t i = 0; i < cages.size(); ++i) {
      if (random.uniform() < (is_outside(cages[i].z) ? at_surface : inside)) {
        const double sign = i % 2 == 0 ? 1.0 : -1.0;
        const bool along_x = random.uniform() < 0.5;
        cages.add(i, {along_x ? sign * jump_length : 0.0, along_x ? 0.0 : sign * jump_length, 0.0});
      }
      world.atoms.position.set(
          i, cages[i] + math::Vec3{s * random.normal(), s * random.normal(), s * random.normal()});
    }
  });
  const auto result = set.result();
  for (const auto& [prefix, probability] :
       {std::pair{std::string(), at_surface}, std::pair{std::string("cage_jumps_2."), inside}}) {
    const double rate = probability / world.timestep;  // 1/ps
    const auto gamma = *quantity_of(result, prefix + "Gamma").measured,
               length = *quantity_of(result, prefix + "length").measured,
               l2 = *quantity_of(result, prefix + "l_squared").measured,
               D = *quantity_of(result, prefix + "D_jumps").measured;
    // Of jumps one after the other some merge: fewer, and longer.
    EXPECT_NEAR(gamma.value, 1000.0 * rate, 4.0 * gamma.standard_error + 60.0 * rate);
    EXPECT_LT(gamma.standard_error, 200.0 * rate);
    EXPECT_NEAR(length.value, jump_length, 4.0 * length.standard_error + 0.01);
    EXPECT_NEAR(D.value, 0.25 * rate * jump_length * jump_length * base::A2_per_ps_to_m2_per_s,
                4.0 * D.standard_error);
    EXPECT_NEAR(D.value / 1e-11, 0.25 * gamma.value * l2.value, 1e-9 * gamma.value * l2.value);
  }
  EXPECT_THAT(quantity_of(result, "Gamma").how.at("layer"),
              HasSubstr("in the outer 2.5 A of both faces by their mean position in the windows "
                        "before and behind a jump; along the surface"));
  EXPECT_THAT(quantity_of(result, "Gamma").how.at("u2"),
              HasSubstr("of the layer's MSD along the surface"));
  EXPECT_THAT(quantity_of(result, "cage_jumps_2.Gamma").how.at("layer"),
              HasSubstr("deeper than 2.5 A"));
}

TEST(CageJumpsObserver, TellsRatesByEveryConventionAndForWindowsOfAllLengths) {
  World world(100, 100);
  Glass glass(world, 24);
  ObserverSet set(world.setting(4800), {{"cage_jumps", options}});
  drive(set, world, 4800, [&](std::int64_t) { glass.move(0.02 / window); });
  const auto result = set.result();
  const auto rates = table_of(result, "cage_jumps_rates");
  const auto windows = numbers(rates, "window"), jumps = numbers(rates, "jumps"),
             gammas = numbers(rates, "Gamma"), thresholds = numbers(rates, "u2");
  const auto conventions = words(rates, "u2_convention"), species = words(rates, "species");
  // 60 windows as asked for: a quarter holds 2 x 5 frames; 8 have no eight places to begin in.
  EXPECT_EQ(std::set<double>(windows.begin(), windows.end()),
            (std::set<double>{0.2, 0.4, 0.8, 1.6, 3.2, 6.4}));
  std::size_t events = 0;
  for (std::size_t row = 0; row < rates.rows(); ++row) {
    EXPECT_NEAR(
        thresholds[row],
        conventions[row] == "msd" ? 0.285 : (conventions[row] == "variance" ? 0.1425 : 0.095),
        1e-12);
    if (windows[row] != 0.8 || species[row] != "all") continue;
    EXPECT_EQ(gammas[row], quantity_of(result, "Gamma_" + conventions[row]).measured->value);
    if (conventions[row] == "variance") events = static_cast<std::size_t>(jumps[row]);
  }
  EXPECT_EQ(events, events_of(result).size());
  EXPECT_EQ(quantity_of(result, "Gamma").measured->value,
            quantity_of(result, "Gamma_variance").measured->value);
  // 5 x 0.285 A^2 wants l > 2.24 A of a jump in the middle of a window: nearly none is seen.
  EXPECT_LT(quantity_of(result, "Gamma_msd").measured
                ? quantity_of(result, "Gamma_msd").measured->value
                : 0.0,
            0.2 * quantity_of(result, "Gamma").measured->value);
}

/// The Ornstein-Uhlenbeck cage: MSD = 2 u2 (1 - exp(-t/tau)), with steps of the cage beside.
TEST(CageJumpsObserver, TakesU2FromTheMsdWhereItsLogarithmicSlopeIsLeast) {
  constexpr double tau = 0.1, D = 0.002;  // ps, A^2/ps
  World world(150, 150);
  base::RandomStream random(25, "cage and diffusion");
  const double keep = std::exp(-world.timestep / tau);
  const double s = std::sqrt(u2 / 3.0 * (1.0 - keep * keep)), walk = std::sqrt(2.0 * D * 0.01);
  math::Vectors cage = world.atoms.position, off(world.atoms.size());
  ObserverSet set(world.setting(3000), {{"cage_jumps", {{"window", "4 ps"}}},
                                        {"cage_jumps", {{"window", "4 ps"}, {"layer", "2.5 A"}}}});
  drive(set, world, 3000, [&](std::int64_t) {
    for (std::size_t i = 0; i < off.size(); ++i) {
      off.set(i, off[i] * keep +
                     math::Vec3{s * random.normal(), s * random.normal(), s * random.normal()});
      cage.add(i, {walk * random.normal(), walk * random.normal(), walk * random.normal()});
      world.atoms.position.set(i, cage[i] + off[i]);
    }
  });
  const auto msd = [&](double t) { return 2.0 * u2 * (1.0 - std::exp(-t / tau)) + 6.0 * D * t; };
  double least = 10.0, at = 0.0;
  for (double t = 0.05; t < 5.0; t *= 1.01) {
    const double slope = std::log(msd(1.01 * t) / msd(t)) / std::log(1.01);
    if (slope < least) least = slope, at = t;
  }
  const auto result = set.result();
  // Along the surface of a layer, two thirds of that.
  for (const auto& [name, share] :
       {std::pair{"u2", 1.0}, std::pair{"cage_jumps_2.u2", 2.0 / 3.0}}) {
    const auto measured = quantity_of(result, name).measured;
    ASSERT_TRUE(measured);
    EXPECT_EQ(measured->unit, "angstrom^2");
    EXPECT_NEAR(measured->value, share * 0.5 * msd(at), 0.03 * u2);
    EXPECT_GT(measured->standard_error, 0.0005 * u2);
    EXPECT_LT(measured->standard_error, 0.03 * u2);
  }
}

TEST(CageJumpsObserver, RefusesRatesWhereNobodyJumps) {
  World world(50, 50);
  Glass glass(world, 26);
  ObserverSet set(world.setting(1600), {{"cage_jumps", options}});
  drive(set, world, 1600, [&](std::int64_t) { glass.move(0.0); });
  const auto result = set.result();
  EXPECT_EQ(table_of(result, "cage_jumps").rows(), 0u);
  const auto gamma = quantity_of(result, "Gamma");
  EXPECT_EQ(gamma.status, core::Status::refused);
  EXPECT_EQ(gamma.reason, "no jumps of 100 atoms in 14 ps, 3 needed for an error");
  EXPECT_EQ(gamma.state, "upper_bound");
  EXPECT_EQ(gamma.how.at("upper_bound"), "2.14 1/ns");
  for (const std::string name : {"length", "l_squared", "D_jumps", "D_ratio", "Gamma_msd"})
    EXPECT_THAT(quantity_of(result, name).reason, HasSubstr("no jumps of 100 atoms")) << name;
}

/// A random walk has no cages. Over a window T the variance of its positions is D T on average.
core::Result of_a_walk(double variance_in_window) {
  World world(50, 50);
  base::RandomStream random(27, "random walk");
  ObserverSet set(world.setting(1600), {{"cage_jumps", options}});
  drive(set, world, 1600, [&](std::int64_t) {
    diffuse(world, random, [&](std::int32_t) { return 2.0 * variance_in_window / window; });
  });
  return set.result();
}

TEST(CageJumpsObserver, FindsNoCagesInAFastRandomWalkAndNoJumpsInASlowOne) {
  // Thresholds of 5 u2 at a twentieth of the mean variance, and at twenty times that.
  const auto fast = of_a_walk(100.0 * u2);
  EXPECT_EQ(table_of(fast, "cage_jumps").rows(), 0u);
  EXPECT_THAT(quantity_of(fast, "Gamma").reason,
              HasSubstr("of the windows are flagged: atoms do not stay in their cages for 0.8 ps"));
  EXPECT_FALSE(quantity_of(fast, "Gamma").how.contains("upper_bound"));
  EXPECT_THAT(quantity_of(of_a_walk(0.25 * u2), "Gamma").reason,
              HasSubstr("no jumps of 100 atoms"));
}

TEST(CageJumpsObserver, OfAnInterruptedRunHasTheSameBits) {
  expect_same_bits_of_an_interrupted_walk(
      {{"cage_jumps", {{"window", "0.8 ps"}, {"u2", "0.03 A^2"}}},
       {"cage_jumps", {{"window", "1 ps"}}},
       {"cage_jumps",
        {{"window", "0.8 ps"},
         {"u2", "0.02 A^2"},
         {"layer", "4 A"},
         {"membership", "throughout"}}}});
}

TEST(CageJumpsObserver, OfALongerRunFindsWhatOneThatWasPlannedSoFinds) {
  const auto go = [](std::int64_t planned) {
    World world(40, 40);
    Glass glass(world, 28);
    ObserverSet set(world.setting(planned), {{"cage_jumps", options}});
    for (std::int64_t step = 0; step <= 2000; ++step) {
      if (step == planned + 1) {
        ObserverSet longer(world.setting(2000), {{"cage_jumps", options}});
        longer.continue_from(set);
        set = std::move(longer);
      }
      if (step > 0) glass.move(0.001);
      if (set.next_step(step - 1) == step) set.take(world.frame(step));
    }
    return set.result();
  };
  const auto planned = go(2000), longer = go(1111);
  EXPECT_GT(table_of(planned, "cage_jumps").rows(), 50u);
  expect_same_events(events_of(longer), events_of(planned));
  EXPECT_EQ(quantity_of(longer, "Gamma").measured->value,
            quantity_of(planned, "Gamma").measured->value);
}

std::vector<std::int64_t> steps_every(std::int64_t apart, std::int64_t last) {
  std::vector<std::int64_t> steps;
  for (std::int64_t step = 0; step <= last; step += apart) steps.push_back(step);
  return steps;
}

TEST(CageJumpsObserver, TakesTheFramesOfAFileThatFillAWindowEvenly) {
  World world(5, 5);
  const auto spacing_of = [&](const std::string& length, std::int64_t apart) {
    const CageJumps observer(
        core::parse_options(CageJumps::declaration(), {{"window", length}, {"u2", "0.1 A^2"}}),
        world.setting(20000, steps_every(apart, 20000)));
    return observer.frame_steps()[1];
  };
  EXPECT_EQ(spacing_of("8 ps", 5), 20);  // 40 frames a window, every fourth of the file
  EXPECT_EQ(spacing_of("8 ps", 20), 20);
  EXPECT_EQ(spacing_of("8 ps", 50), 50);   // 16 frames
  EXPECT_EQ(spacing_of("8.4 ps", 5), 15);  // 56 frames: 21 ps / 40 would not come out even
  EXPECT_EQ(spacing_of("10 ps", 100), 100);
}

TEST(CageJumpsObserver, RefusesWindowsThatCannotBeFilled) {
  World world(5, 5);
  struct Case {
    std::map<std::string, std::string> options;
    std::int64_t last, apart;  // apart = 0: in situ
    std::string message;
  };
  const std::string u2_text = "0.1 A^2";
  for (const Case& c : std::vector<Case>{
           {{{"window", "8 ps"}}, 5000, 0, "50 ps hold 6.25 windows of 8 ps, 6.5 needed"},
           {{{"window", "80 ps"}}, 5000, 0, "50 ps hold 0.625 windows of 80 ps, 6.5 needed"},
           {{{"window", "0.05 ps"}}, 5000, 0, "does not hold an even number of frames, 8 or more"},
           {{{"window", "0.123 ps"}}, 5000, 0, "is not a whole number of steps of 0.01 ps"},
           {{{"window", "0 ps"}}, 5000, 0, "window = 0 ps is too short"},
           {{{"window", "2 ps"}, {"every", "0.3 ps"}}, 5000, 0, "even number of frames"},
           {{{"u2", "0 A^2"}, {"window", "2 ps"}}, 5000, 0, "u2 = 0 A^2 is not above zero"},
           {{{"window", "2 ps"}}, 5000, 25, "<u^2> cannot be told from frames 0.25 ps apart"},
           {{{"window", "2.1 ps"}, {"u2", u2_text}},
            5000,
            20,
            "window = 2.1 ps does not hold an even number"},
           {{{"window", "2 ps"}, {"u2", u2_text}}, 5000, 50, "they are 0.5 ps apart"}}) {
    const auto steps = c.apart > 0 ? steps_every(c.apart, c.last) : std::vector<std::int64_t>{};
    try {
      ObserverSet(world.setting(c.last, steps), {{"cage_jumps", c.options}});
      ADD_FAILURE() << c.message;
    } catch (const base::InputError& error) {
      EXPECT_THAT(base::to_text(error.message()), HasSubstr(c.message));
    }
  }
}

TEST(CageJumpsObserver, RefusesAFileWithAGap) {
  World world(5, 5);
  auto steps = steps_every(20, 5000);
  steps.erase(steps.begin() + 7);
  try {
    ObserverSet(world.setting(5000, steps),
                {{"cage_jumps", {{"window", "4 ps"}, {"u2", "0.1 A^2"}}}});
    FAIL();
  } catch (const base::InputError& error) {
    EXPECT_THAT(base::to_text(error.message()), HasSubstr("there is none at step 140"));
  }
}

}  // namespace
}  // namespace vitreous::analysis
