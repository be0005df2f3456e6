#include "neighbor/verlet_list.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>

#include "../analysis/memory_archive.hpp"
#include "base/error.hpp"
#include "base/random.hpp"

namespace vitreous::neighbor {
namespace {

using core::Atoms;
using core::Box;
using math::Mat3;
using math::Vec3;

const Box wide = Box::orthogonal(15, 16, 17, {-3, 2, 1});
const Box tilted(Mat3{{Vec3{12, 0, 0}, Vec3{5, 11, 0}, Vec3{-4, 3, 13}}});
const Box rotated(Mat3{{Vec3{9, 1, -2}, Vec3{-1, 10, 1}, Vec3{2, -3, 11}}});
const Box narrow = Box::orthogonal(3.1, 30, 2.4);

Atoms random_atoms(const Box& box, std::size_t n, std::uint64_t seed) {
  base::RandomStream random(seed, "verlet list test");
  Atoms atoms;
  atoms.kinds = {{"Cu", 63.546}};
  atoms.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    atoms.id[i] = static_cast<std::int64_t>(i) + 1;
    // Unwrapped: up to two boxes away from the box itself.
    atoms.position.set(i, box.cartesian({5 * random.uniform() - 2, 5 * random.uniform() - 2,
                                         5 * random.uniform() - 2}));
  }
  return atoms;
}

/// A pair by its atoms and its separation, rounded: i < j, or the positive one of an atom's own
/// images.
using PairKey = std::array<long, 5>;

PairKey key(std::size_t i, std::size_t j, const Vec3& d) {
  return {static_cast<long>(i), static_cast<long>(j), std::lround(d.x * 1e6),
          std::lround(d.y * 1e6), std::lround(d.z * 1e6)};
}

/// Every pair of atoms and images within `reach`: the naive sum over many images, less those whose
/// planes alone are more than 1 A too far apart.
std::multiset<PairKey> naive_pairs(const Box& box, const Atoms& atoms, double reach) {
  std::multiset<PairKey> pairs;
  const std::size_t n = atoms.size();
  const Vec3 height = box.heights();
  const auto is_far = [&](double planes, double h) { return std::abs(planes) * h > reach + 1.0; };
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = i; j < n; ++j) {
      const Vec3 between = box.fractional(atoms.position[j]) - box.fractional(atoms.position[i]);
      for (int x = -9; x <= 9; ++x) {
        if (is_far(between.x + x, height.x)) continue;
        for (int y = -9; y <= 9; ++y) {
          if (is_far(between.y + y, height.y)) continue;
          for (int z = -9; z <= 9; ++z) {
            if (is_far(between.z + z, height.z)) continue;
            if (i == j && std::array{x, y, z} <= std::array{0, 0, 0}) continue;
            const Vec3 d = box.cell() * (between + Vec3{double(x), double(y), double(z)});
            if (math::norm(d) < reach) pairs.insert(key(i, j, d));
          }
        }
      }
    }
  return pairs;
}

std::multiset<PairKey> listed_pairs(const VerletList& list, const Box& box, const Atoms& atoms,
                                    double reach) {
  math::Vectors folded;
  list.fold(box, atoms, folded);
  const auto shifts = list.shifts(box);
  std::multiset<PairKey> pairs;
  for (std::size_t i = 0; i < atoms.size(); ++i)
    for (std::uint32_t k = list.first(i); k < list.first(i + 1); ++k) {
      const Neighbor& e = list.entries()[k];
      const Vec3 d = folded[e.j] + shifts[e.shift] - folded[i];
      if (math::norm(d) < reach) pairs.insert(key(i, e.j, d));
    }
  return pairs;
}

TEST(VerletList, HoldsEveryPairAndImageOnceInAnyBox) {
  for (const Box& box : {wide, tilted, rotated, narrow}) {
    const Atoms atoms = random_atoms(box, &box == &narrow ? 20 : 60, 1);
    VerletList list(4.0, 0.7);
    list.build(box, atoms);
    EXPECT_EQ(listed_pairs(list, box, atoms, 4.7), naive_pairs(box, atoms, 4.7));
  }
}

TEST(VerletList, HoldsAnAtomsOwnImages) {
  Atoms atoms = random_atoms(narrow, 1, 2);
  VerletList list(5.0, 0.0);
  list.build(narrow, atoms);
  EXPECT_EQ(listed_pairs(list, narrow, atoms, 5.0), naive_pairs(narrow, atoms, 5.0));
  EXPECT_GT(list.entries().size(), 2u);
}

TEST(VerletList, MissesNoPairWithinTheCutoffAsLongAsItSaysItHolds) {
  base::RandomStream random(3, "verlet list motion");
  Box box = tilted;
  Atoms atoms = random_atoms(box, 60, 3);
  VerletList list(3.5, 0.8);
  list.build(box, atoms);
  int held = 0;
  for (int step = 0; step < 60; ++step) {
    for (std::size_t i = 0; i < atoms.size(); ++i)
      atoms.position.add(i,
                         {0.03 * random.normal(), 0.03 * random.normal(), 0.03 * random.normal()});
    Mat3 strain = Mat3::identity();
    strain(0, 0) += 0.002 * random.normal();
    strain(0, 1) += 0.002 * random.normal();
    for (std::size_t i = 0; i < atoms.size(); ++i)
      atoms.position.set(i, strain * atoms.position[i]);
    box = Box(strain * box.cell(), strain * box.origin());
    if (!list.update(box, atoms)) ++held;
    EXPECT_EQ(listed_pairs(list, box, atoms, 3.5), naive_pairs(box, atoms, 3.5));
  }
  EXPECT_GT(held, 10);
}

TEST(VerletList, NoLongerHoldsOnceAnAtomHasMovedHalfTheSkin) {
  Atoms atoms = random_atoms(wide, 10, 4);
  VerletList list(4.0, 1.0);
  list.build(wide, atoms);
  atoms.position.add(3, {0.49, 0, 0});
  EXPECT_TRUE(list.holds(wide, atoms));
  atoms.position.add(3, {0.02, 0, 0});
  EXPECT_FALSE(list.holds(wide, atoms));
}

TEST(VerletList, IsTheSameEntryByEntryWhenRestored) {
  Atoms atoms = random_atoms(tilted, 50, 5);
  VerletList list(4.0, 1.0), restored(4.0, 1.0);
  list.build(tilted, atoms);
  analysis::testing::MemoryArchive archive;
  list.transfer(archive);
  archive.load();
  restored.transfer(archive);
  ASSERT_EQ(list.entries().size(), restored.entries().size());
  for (std::size_t k = 0; k < list.entries().size(); ++k) {
    EXPECT_EQ(list.entries()[k].j, restored.entries()[k].j);
    EXPECT_EQ(list.entries()[k].shift, restored.entries()[k].shift);
  }
}

TEST(VerletList, NamesAnAtomWhosePositionIsNoNumber) {
  Atoms atoms = random_atoms(wide, 5, 6);
  atoms.position.set(2, {std::nan(""), 0, 0});
  VerletList list(4.0, 1.0);
  try {
    list.build(wide, atoms);
    FAIL();
  } catch (const base::RunError& error) {
    EXPECT_NE(std::string(error.what()).find("atom 3"), std::string::npos);
  }
}

}  // namespace
}  // namespace vitreous::neighbor
