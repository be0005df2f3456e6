#include "neighbor/voronoi.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <voro++/voro++.hh>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "base/random.hpp"
#include "core/crystal.hpp"
#include "neighbor/near_atoms.hpp"

namespace vitreous::neighbor {
namespace {

using core::Atoms;
using core::Box;
using math::Mat3;
using math::Vec3;

constexpr VoronoiIndex icosahedron{0, 0, 12, 0}, truncated_octahedron{0, 6, 0, 8};

/// No two closer than 1.5 A, unwrapped: up to a box away from the box itself.
Atoms liquid(const Box& box, std::size_t n, std::uint64_t seed) {
  base::RandomStream random(seed, "voronoi test");
  Atoms atoms;
  atoms.kinds = {{"Cu", 63.546}};
  atoms.resize(n);
  for (std::size_t i = 0; i < n;) {
    atoms.id[i] = static_cast<std::int64_t>(i) + 1;
    const Vec3 r = box.cartesian(
        {3 * random.uniform() - 1, 3 * random.uniform() - 1, 3 * random.uniform() - 1});
    bool free = true;
    for (std::size_t j = 0; j < i && free; ++j)
      free = math::norm2(box.nearest_image(r - atoms.position[j])) > 2.25;
    if (free) atoms.position.set(i++, r);
  }
  return atoms;
}

core::Crystal shaken(const core::UnitCell& cell, int copies, double by, std::uint64_t seed) {
  auto crystal = core::supercell(cell, {{"Cu", 63.546}}, copies, copies, copies);
  base::RandomStream random(seed, "shaken crystal");
  for (std::size_t i = 0; i < crystal.atoms.size(); ++i)
    crystal.atoms.position.add(i,
                               {by * random.normal(), by * random.normal(), by * random.normal()});
  return crystal;
}

double total_volume(const std::vector<VoronoiCell>& cells) {
  return std::accumulate(cells.begin(), cells.end(), 0.0,
                         [](double sum, const VoronoiCell& cell) { return sum + cell.volume; });
}

const std::vector<Box>& boxes() {
  static const std::vector<Box> all = {
      Box::orthogonal(15, 16, 17, {-3, 2, 1}),
      Box(Mat3{{Vec3{12, 0, 0}, Vec3{6, 11, 0}, Vec3{-4, 3, 13}}}),
      Box(Mat3{{Vec3{9, 1, -2}, Vec3{-1, 10, 1}, Vec3{2, -3, 11}}}), Box::orthogonal(3.1, 30, 4.4)};
  return all;
}

TEST(NearAtoms, AreThoseOfASumOverImages) {
  for (const Box& box : boxes()) {
    const Atoms atoms = liquid(box, 25, 3);
    const NearAtoms near(box, atoms, 4.0);
    std::vector<NearAtom> found;
    for (const auto& [from, to] : {std::pair{0.0, 5.0}, {4.0, 9.0}})
      for (std::size_t i = 0; i < atoms.size(); ++i) {
        std::map<std::uint32_t, int> truth, counted;
        for (std::size_t j = 0; j < atoms.size(); ++j) {
          const Vec3 apart = atoms.position[j] - atoms.position[i];
          int& count = truth[static_cast<std::uint32_t>(j)];
          for (int x = -9; x <= 9; ++x)
            for (int y = -9; y <= 9; ++y)
              for (int z = -9; z <= 9; ++z) {
                if (i == j && x == 0 && y == 0 && z == 0) continue;
                const double r = math::norm(apart + box.translation(x, y, z));
                count += r >= from && r < to;
              }
        }
        near.find(i, from, to, found);
        for (const NearAtom& a : found) {
          EXPECT_NEAR(math::norm2(a.separation), a.distance2, 1e-12 * a.distance2);
          ++counted[a.atom];
        }
        for (const auto& [j, count] : truth) ASSERT_EQ(counted[j], count) << i << " " << j;
      }
  }
}

TEST(NearAtoms, NearestToAPointIsThatOfASumOverImages) {
  base::RandomStream random(13, "points");
  for (const Box& box : boxes()) {
    const Atoms atoms = liquid(box, 12, 13);
    const NearAtoms near(box, atoms, 3.0);
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      const Vec3 off{9 * random.normal(), 9 * random.normal(), 9 * random.normal()};
      double nearest2 = 1e300;
      for (std::size_t j = 0; j < atoms.size(); ++j) {
        const Vec3 d = box.nearest_image(atoms.position[j] - atoms.position[i] - off);
        for (int x = -5; x <= 5; ++x)
          for (int y = -2; y <= 2; ++y)
            for (int z = -5; z <= 5; ++z)
              nearest2 = std::min(nearest2, math::norm2(d + box.translation(x, y, z)));
      }
      const auto found = near.nearest(i, off, 40.0);
      ASSERT_TRUE(found);
      EXPECT_NEAR(found->distance2, nearest2, 1e-9);
      EXPECT_NEAR(math::norm2(found->separation), nearest2, 1e-9);
      EXPECT_FALSE(near.nearest(i, off, std::sqrt(nearest2) * (1.0 - 1e-9)));
      EXPECT_TRUE(near.nearest(i, off, std::sqrt(nearest2) * (1.0 + 1e-9)));
    }
  }
}

TEST(Voronoi, CellsFillAnyBox) {
  for (const Box& box : boxes()) {
    const auto cells = voronoi_cells(box, liquid(box, 60, 4));
    EXPECT_NEAR(total_volume(cells), box.volume(), 1e-9 * box.volume());
  }
}

TEST(Voronoi, FacesAndEdgesObeyEuler) {
  // Three faces meet at every vertex of a cell without symmetry: sum (6 - k) n_k = 12.
  const auto crystal = shaken(core::bcc_cell(3.2), 6, 0.4, 5);
  int without_large_faces = 0;
  for (const auto& cell : voronoi_cells(crystal.box, crystal.atoms)) {
    const auto& n = cell.plain.index;
    const int sum = 3 * n[0] + 2 * n[1] + n[2];
    EXPECT_GE(sum, 12);
    if (n[0] + n[1] + n[2] + n[3] != cell.plain.faces) continue;
    EXPECT_EQ(sum, 12);
    ++without_large_faces;
  }
  EXPECT_GT(without_large_faces, 100);
}

TEST(Voronoi, FacesStandHalfWayToTheirNeighbors) {
  for (const Box& box : boxes()) {
    const Atoms atoms = liquid(box, 60, 12);
    std::vector<std::vector<VoronoiFace>> faces(atoms.size());
    for_each_voronoi_cell(box, atoms,
                          [&](std::size_t i, const auto& of_cell) { faces[i] = of_cell; });
    const auto cells = voronoi_cells(box, atoms);
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      double volume = 0.0;  // of the pyramids over the faces
      for (const VoronoiFace& face : faces[i]) {
        volume += face.area * 0.5 * math::norm(face.separation) / 3.0;
        if (face.area < 1e-3) continue;  // rounding turns the small ones
        double off = 1e9;
        for (std::size_t j = 0; j < atoms.size(); ++j) {
          const Vec3 at = atoms.position[i] + face.separation - atoms.position[j];
          off = std::min(off, math::norm(box.nearest_image(at)));
        }
        EXPECT_LT(off, 1e-9) << atoms.id[i];
      }
      EXPECT_NEAR(volume, cells[i].volume, 1e-9 * cells[i].volume);
    }
  }
}

TEST(Voronoi, OfBodyCenteredCubicIsTheTruncatedOctahedron) {
  const double a = 3.2;
  for (const double by : {0.0, 0.03}) {
    const auto crystal = shaken(core::bcc_cell(a), 4, by, 6);
    for (const auto& cell : voronoi_cells(crystal.box, crystal.atoms)) {
      EXPECT_EQ(cell.plain.index, truncated_octahedron);
      EXPECT_EQ(cell.filtered.index, truncated_octahedron);
      EXPECT_EQ(cell.plain.faces, 14);
      EXPECT_NEAR(cell.volume, a * a * a / 2, by > 0.0 ? 2.0 : 1e-10);
    }
  }
}

TEST(Voronoi, OfClosePackedCrystalsHasTwelveFacesOnceSmallOnesAreLeftOut) {
  for (const auto& unit : {core::fcc_cell(4.0), core::hcp_cell(2.8, 2.8 * std::sqrt(8.0 / 3.0))}) {
    const auto still = shaken(unit, 4, 0.0, 7);
    for (const auto& cell : voronoi_cells(still.box, still.atoms)) {
      EXPECT_EQ(cell.plain.index, (VoronoiIndex{0, 12, 0, 0}));
      EXPECT_EQ(cell.plain.faces, 12);
    }
    // Vertices of four edges split, half of them into a face of no size at all.
    const auto warm = shaken(unit, 4, 0.005, 7);
    double plain = 0.0;
    for (const auto& cell : voronoi_cells(warm.box, warm.atoms)) {
      EXPECT_EQ(cell.filtered.faces, 12);
      plain += cell.plain.faces / static_cast<double>(warm.atoms.size());
    }
    EXPECT_GT(plain, 13.0);
    EXPECT_LT(plain, 15.0);
  }
}

/// Twelve atoms around one, each 2.5 A away, alone in a wide box.
Atoms cluster() {
  const double t = std::numbers::phi, scale = 2.5 / std::sqrt(1.0 + t * t);
  Atoms atoms;
  atoms.kinds = {{"Cu", 63.546}};
  atoms.resize(13);
  for (std::size_t i = 0; i < 13; ++i) atoms.id[i] = static_cast<std::int64_t>(i) + 1;
  atoms.position.set(0, {10, 10, 10});
  std::size_t at = 1;
  for (const double one : {-1.0, 1.0})
    for (const double phi : {-t, t})
      for (const Vec3& v : {Vec3{0, one, phi}, Vec3{one, phi, 0}, Vec3{phi, 0, one}})
        atoms.position.set(at++, Vec3{10, 10, 10} + v * scale);
  return atoms;
}

TEST(Voronoi, OfAnIcosahedronIsADodecahedron) {
  const Box box = Box::orthogonal(40, 40, 40);
  const auto cells = voronoi_cells(box, cluster());
  EXPECT_EQ(cells[0].plain.index, icosahedron);
  EXPECT_EQ(cells[0].plain.faces, 12);
  // A dodecahedron of inradius r has 5.55029... r^3 (its edge is r/1.11352).
  const double r = 1.25, edge = r / 1.113516364411607;
  EXPECT_NEAR(cells[0].volume, (15.0 + 7.0 * std::sqrt(5.0)) / 4.0 * edge * edge * edge, 1e-9);
  EXPECT_TRUE(is_icosahedron_like(cells[0].plain.index));
  EXPECT_FALSE(is_icosahedron_like(truncated_octahedron));
  // Those around it reach far into the empty space, yet all together fill it.
  EXPECT_NEAR(total_volume(cells), box.volume(), 1e-9 * box.volume());
}

TEST(Voronoi, DoesNotDependOnWhichCellOfALatticeIsTheBox) {
  const Box straight = Box::orthogonal(11, 12, 13);
  const Box skewed(Mat3{{Vec3{11, 0, 0}, Vec3{22, 12, 0}, Vec3{-11, 12, 13}}}, {1, 2, 3});
  const Atoms atoms = liquid(straight, 80, 8);
  const auto a = voronoi_cells(straight, atoms), b = voronoi_cells(skewed, atoms);
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].plain.index, b[i].plain.index) << i;
    EXPECT_EQ(a[i].filtered.index, b[i].filtered.index) << i;
    EXPECT_NEAR(a[i].volume, b[i].volume, 1e-9 * a[i].volume) << i;
  }
}

TEST(Voronoi, VolumeIsThatOfPointsNearestToTheAtom) {
  const Box& box = boxes()[2];
  const Atoms atoms = liquid(box, 40, 9);
  const auto cells = voronoi_cells(box, atoms);
  std::vector<Vec3> images;
  for (int x = -1; x <= 1; ++x)
    for (int y = -1; y <= 1; ++y)
      for (int z = -1; z <= 1; ++z) images.push_back(box.translation(x, y, z));
  base::RandomStream random(9, "points");
  constexpr int points = 40000;
  std::vector<double> hits(atoms.size());
  for (int p = 0; p < points; ++p) {
    const Vec3 point = box.cartesian({random.uniform(), random.uniform(), random.uniform()});
    double nearest = 1e300;
    std::size_t owner = 0;
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      const Vec3 d = box.nearest_image(point - atoms.position[i]);
      for (const Vec3& image : images)
        if (const double d2 = math::norm2(d + image); d2 < nearest) nearest = d2, owner = i;
    }
    hits[owner] += 1.0;
  }
  double chi2 = 0.0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const double expected = points * cells[i].volume / box.volume();
    chi2 += (hits[i] - expected) * (hits[i] - expected) / expected;
  }
  EXPECT_LT(chi2, 39 + 4 * std::sqrt(2 * 39.0));  // 39 degrees of freedom, four deviations
}

TEST(Voronoi, BesideEmptySpaceIsThatOfACompleteSearch) {
  // A slab with 20 A of nothing above it, and a single atom afloat in that; voro++'s own container
  // finds the atoms around in another way.
  const Box box = Box::orthogonal(14, 15, 34), full = Box::orthogonal(14, 15, 14);
  Atoms atoms = liquid(full, 180, 12);
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const Vec3 s = full.fractional(atoms.position[i]);
    atoms.position.set(
        i, full.cartesian({s.x - std::floor(s.x), s.y - std::floor(s.y), s.z - std::floor(s.z)}));
  }
  atoms.position.set(0, {3, 4, 25});
  voro::container alone(0, 14, 0, 15, 0, 34, 4, 4, 8, true, true, true, 8);
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const Vec3 r = atoms.position[i];
    alone.put(static_cast<int>(i), r.x, r.y, r.z);
  }
  const auto cells = voronoi_cells(box, atoms);
  voro::c_loop_all loop(alone);
  voro::voronoicell cell;
  std::vector<int> orders;
  std::size_t compared = 0;
  ASSERT_TRUE(loop.start());
  do {
    ASSERT_TRUE(alone.compute_cell(cell, loop));
    const VoronoiCell& ours = cells[static_cast<std::size_t>(loop.pid())];
    VoronoiIndex index{};
    cell.face_orders(orders);
    for (const int edges : orders)
      if (edges <= 6) ++index[static_cast<std::size_t>(edges - 3)];
    EXPECT_EQ(ours.plain.index, index);
    EXPECT_EQ(ours.plain.faces, cell.number_of_faces());
    EXPECT_NEAR(ours.volume, cell.volume(), 1e-9 * cell.volume());
    ++compared;
  } while (loop.inc());
  EXPECT_EQ(compared, atoms.size());
}

TEST(Voronoi, SmallFacesAreNotCountedWhereTheyAreFiltered) {
  Atoms atoms;
  atoms.kinds = {{"Cu", 63.546}};
  atoms.resize(1);
  atoms.id[0] = 1;
  const auto brick = voronoi_cells(Box::orthogonal(2, 2, 60), atoms);
  // An atom among its own images: a brick whose ends are 4 A^2 each of 488 A^2.
  EXPECT_EQ(brick[0].plain.index, (VoronoiIndex{0, 6, 0, 0}));
  EXPECT_EQ(brick[0].plain.faces, 6);
  EXPECT_EQ(brick[0].filtered.faces, 4);
  EXPECT_EQ(brick[0].filtered.index, (VoronoiIndex{0, 4, 0, 0}));
}

TEST(Voronoi, HasTheSameBitsForAnyNumberOfThreads) {
  const Box& box = boxes()[1];
  const Atoms atoms = liquid(box, 150, 10);
  const auto alone = voronoi_cells(box, atoms);
  const int before = base::threads();
  base::set_threads(3);
  const auto together = voronoi_cells(box, atoms);
  base::set_threads(before);
  for (std::size_t i = 0; i < alone.size(); ++i) {
    EXPECT_EQ(alone[i].volume, together[i].volume);
    EXPECT_EQ(alone[i].plain.index, together[i].plain.index);
  }
}

TEST(Voronoi, RefusesWhatHasNoCells) {
  const Box box = Box::orthogonal(10, 10, 10);
  Atoms atoms = liquid(box, 5, 11);
  atoms.position.set(3, atoms.position[1] + Vec3{10, -20, 0});
  try {
    voronoi_cells(box, atoms);
    FAIL() << "two atoms at one place";
  } catch (const base::RunError& error) {
    EXPECT_NE(std::string(error.what()).find("atoms 2 and 4"), std::string::npos) << error.what();
  }
  atoms.position.x[2] = std::nan("");
  EXPECT_THROW(voronoi_cells(box, atoms), base::RunError);
}

}  // namespace
}  // namespace vitreous::neighbor
