#include "analysis/hop_paths.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>

#include "analysis/waiting_hops.hpp"
#include "base/error.hpp"
#include "base/parallel.hpp"
#include "engine/landscapes.hpp"
#include "memory_archive.hpp"

namespace vitreous::analysis {
namespace {

using engine::testing::CurvedPass;

constexpr std::size_t atoms = 6;
constexpr double a_minute = 60.0;

/// Atoms that do not feel each other, all in one of the two valleys of a pass.
SharedStructure all_at(double x) {
  InherentStructure structure;
  structure.box = engine::testing::wide_box();
  structure.atoms = engine::testing::atoms_at_origin(atoms);
  for (std::size_t i = 0; i < atoms; ++i) structure.atoms.position.set(i, {x, 0.0, 0.0});
  structure.energy.resize(atoms);
  structure.converged = true;
  return std::make_shared<const InherentStructure>(std::move(structure));
}

/// A hop of each atom.
std::vector<SoughtHop> hops_of_all() {
  const SharedStructure before = all_at(-1.0), after = all_at(1.0);
  std::vector<SoughtHop> hops;
  for (std::size_t i = 0; i < atoms; ++i) {
    const auto atom = static_cast<std::int64_t>(i);
    hops.push_back({atom + 10, atom, before, after});
  }
  return hops;
}

engine::ForcesMaker passes() {
  return [] { return std::make_unique<CurvedPass>(); };
}

bool always() { return true; }

std::size_t found(const std::vector<SoughtHop>& hops) {
  return static_cast<std::size_t>(
      std::count_if(hops.begin(), hops.end(), [](const SoughtHop& hop) { return !!hop.path; }));
}

void expect_same(const HopPath& a, const HopPath& b) {
  EXPECT_EQ(a.outcome, b.outcome);
  EXPECT_EQ(a.jump, b.jump);
  EXPECT_EQ(a.forward, b.forward);
  EXPECT_EQ(a.reverse, b.reverse);
}

TEST(HopPaths, ToldToStopKeepsThoseThatAreWholeAndLosesNothing) {
  std::atomic<int> asked = 0;
  HopPaths counting(passes(), 0.5, [&] { return ++asked > 0; });
  auto whole = hops_of_all();
  counting.find(whole, a_minute);
  ASSERT_EQ(found(whole), atoms);
  ASSERT_EQ(whole.front().path->outcome, PathOutcome::converged);
  const int needed = asked;
  ASSERT_GT(needed, 60);
  for (const int allowed : {0, 1, needed / 2, needed - 1}) {
    asked = 0;
    HopPaths stopped(passes(), 0.5, [&] { return ++asked <= allowed; });
    auto hops = hops_of_all();
    stopped.find(hops, a_minute);
    EXPECT_EQ(found(hops),
              atoms * static_cast<std::size_t>(allowed) / static_cast<std::size_t>(needed))
        << allowed;
    counting.find(hops, a_minute);
    ASSERT_EQ(found(hops), atoms);
    for (std::size_t k = 0; k < atoms; ++k) expect_same(*hops[k].path, *whole[k].path);
  }
}

TEST(HopPaths, BeginNoneWhenTheTimeIsOverButOneAThread) {
  HopPaths paths(passes(), 0.5, always);
  auto hops = hops_of_all();
  for (std::size_t k = 1; k <= atoms; ++k) {
    paths.find(hops, 0.0);
    EXPECT_EQ(found(hops), k);
  }
}

/// A pass that fails, with this error, where its first atom has this id.
constexpr std::int64_t unknown_atom = 99;
template <class Error>
class Failing : public CurvedPass {
 public:
  void evaluate(const core::Box& box, const core::Atoms& moving, engine::Want want,
                engine::ForceResult& result) override {
    if (moving.id[0] == unknown_atom) throw Error("this atom knows no force");
    CurvedPass::evaluate(box, moving, want, result);
  }
};

std::vector<SoughtHop> hops_of_which_one_fails() {
  auto hops = hops_of_all();
  InherentStructure before = *hops[1].before;
  before.atoms.id[0] = unknown_atom;
  hops[1].before = std::make_shared<const InherentStructure>(before);
  return hops;
}

TEST(HopPaths, WithoutAForceSayThatTheyDiverged) {
  HopPaths paths([] { return std::make_unique<Failing<base::RunError>>(); }, 0.5, always);
  auto hops = hops_of_which_one_fails();
  paths.find(hops, a_minute);
  ASSERT_EQ(found(hops), atoms);
  for (std::size_t k = 0; k < atoms; ++k)
    EXPECT_EQ(hops[k].path->outcome, k == 1 ? PathOutcome::diverged : PathOutcome::converged);
}

TEST(HopPaths, ThrowOnceWhatIsWrongWithMoreThanOneOfThem) {
  HopPaths paths([] { return std::make_unique<Failing<base::InputError>>(); }, 0.5, always);
  for (const int threads : {1, 3}) {
    base::set_threads(threads);
    auto hops = hops_of_which_one_fails();
    EXPECT_THROW(paths.find(hops, a_minute), base::InputError);
    EXPECT_TRUE(hops[0].path);
    EXPECT_FALSE(hops[1].path);
    EXPECT_EQ(found(hops), threads == 1 ? 1 : atoms - 1);
    base::set_threads(1);
  }
}

TEST(WaitingHops, AreLoggedInTheirOrderWhateverWasFoundAndSavedBefore) {
  auto whole = hops_of_all();
  HopPaths paths(passes(), 0.5, always), idle(passes(), 0.5, [] { return false; });
  paths.find(whole, a_minute);
  WaitingHops waiting;
  for (std::size_t k = 0; k < atoms; ++k) {
    SoughtHop hop = whole[k];
    if (k != 2 && k != 4) hop.path.reset();
    waiting.add(std::move(hop));
  }
  testing::MemoryArchive archive;
  waiting.transfer(archive);
  archive.load();
  WaitingHops restored;
  restored.transfer(archive);
  HopLog log;
  restored.follow(idle, a_minute, log);
  EXPECT_EQ(restored.size(), atoms);
  restored.follow(paths, a_minute, log);
  EXPECT_EQ(restored.size(), 0u);
  EXPECT_THAT(log.hop_of_path(), ::testing::ElementsAre(10, 11, 12, 13, 14, 15));
  for (std::size_t k = 0; k < atoms; ++k) expect_same(log.paths()[k], *whole[k].path);
}

}  // namespace
}  // namespace vitreous::analysis
