#include "analysis/hop_paths.hpp"

#include <gtest/gtest.h>

#include <atomic>

#include "engine/landscapes.hpp"

namespace vitreous::analysis {
namespace {

using engine::testing::CurvedPass;

constexpr std::size_t atoms = 6;

/// Atoms that do not feel each other, all in one of the two valleys of a pass.
InherentStructure all_at(double x) {
  InherentStructure structure;
  structure.box = engine::testing::wide_box();
  structure.atoms = engine::testing::atoms_at_origin(atoms);
  for (std::size_t i = 0; i < atoms; ++i) structure.atoms.position.set(i, {x, 0.0, 0.0});
  structure.energy.resize(atoms);
  structure.converged = true;
  return structure;
}

const std::vector<std::int64_t> jumpers = {0, 1, 2, 3, 4, 5};

engine::ForcesMaker passes() {
  return [] { return std::make_unique<CurvedPass>(0.1); };
}

TEST(HopPaths, ToldToStopYieldsTheFirstThatAreWholeAndLosesNothing) {
  const InherentStructure before = all_at(-1.0), after = all_at(1.0);
  std::atomic<int> asked = 0;
  HopPaths counting(passes(), 0.5, [&] { return ++asked > 0; });
  const auto whole = counting.find(before, after, jumpers);
  ASSERT_EQ(whole.size(), atoms);
  ASSERT_EQ(whole.front().outcome, PathOutcome::converged);
  const int needed = asked;
  ASSERT_GT(needed, 60);
  for (const int allowed : {0, 1, needed / 2, needed - 1}) {
    asked = 0;
    HopPaths stopped(passes(), 0.5, [&] { return ++asked <= allowed; });
    auto found = stopped.find(before, after, jumpers);
    ASSERT_LT(found.size(), atoms) << allowed;
    const auto rest = counting.find(before, after, std::span(jumpers).subspan(found.size()));
    found.insert(found.end(), rest.begin(), rest.end());
    ASSERT_EQ(found.size(), atoms);
    for (std::size_t k = 0; k < atoms; ++k) {
      EXPECT_EQ(found[k].outcome, whole[k].outcome);
      EXPECT_EQ(found[k].forward, whole[k].forward);
      EXPECT_EQ(found[k].reverse, whole[k].reverse);
    }
  }
}

}  // namespace
}  // namespace vitreous::analysis
