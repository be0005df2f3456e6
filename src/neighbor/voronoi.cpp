#include "neighbor/voronoi.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <voro++/cell.hh>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "neighbor/near_atoms.hpp"

namespace vitreous::neighbor {
namespace {

/// Looked at first: all atoms so near, in units of the cube
/// root of the volume an atom. Less than most cells of a dense system need: to ask what is nearest
/// to the corners that are left is faster than to sort more atoms.
constexpr double first_look = 1.9;
/// After so many planes it is asked how far the cell still reaches.
constexpr std::size_t planes_between = 8;
constexpr std::size_t atoms_a_piece = 64;
/// voro++ takes points nearer than 1e-11 for one.
constexpr double same_place2 = 1e-18;
/// A corner is cut off where another atom is nearer to it, by more than rounding.
constexpr double nearer = 1.0 - 1e-10;

/// Cells one after the other, by one thread.
class CellMaker {
 public:
  CellMaker(const core::Box& box, const core::Atoms& atoms, const NearAtoms& near, double look)
      : atoms_(atoms), near_(near), look_(look) {
    // A cell is cut by the atom's own images, and then reaches no further than half of this.
    for (const auto& edge : box.cell().column) farthest_ += math::norm(edge);
  }

  const std::vector<VoronoiFace>& faces(std::size_t i) {
    cut(i);
    measure_faces();
    return faces_;
  }

  VoronoiCell make(std::size_t i) {
    faces(i);
    VoronoiCell cell;
    cell.volume = cell_.volume();
    cell.plain = shape(0.0);
    cell.filtered = shape(VoronoiCell::small_face);
    return cell;
  }

 private:
  /// A plane further away than this cuts nothing: voro++ keeps coordinates doubled, so that its
  /// radius is the distance of the atom whose plane would touch the farthest vertex.
  double reach2() { return cell_.max_radius_squared(); }

  void cut(std::size_t i) {
    const double half = 0.5 * farthest_;
    cell_.init(-half, half, -half, half, -half, half);
    near_.find(i, 0.0, look_, found_);
    std::sort(found_.begin(), found_.end(), [](const NearAtom& a, const NearAtom& b) {
      return a.distance2 != b.distance2 ? a.distance2 < b.distance2 : a.atom < b.atom;
    });
    double reach = reach2();
    for (std::size_t k = 0; k < found_.size(); ++k) {
      if (k % planes_between == 0) reach = reach2();
      if (found_[k].distance2 > reach) return;
      cut_by(i, found_[k]);
    }
    if (reach2() > look_ * look_) cut_far_corners(i);
  }

  void cut_by(std::size_t i, const NearAtom& other) {
    if (other.distance2 < same_place2)
      throw base::RunError(fmt::format("atoms {} and {} stand at the same place",
                                       atoms_.id[std::min<std::size_t>(i, other.atom)],
                                       atoms_.id[std::max<std::size_t>(i, other.atom)]));
    const math::Vec3& to = other.separation;
    cell_.plane(to.x, to.y, to.z, other.distance2);
  }

  /// The cell is complete where no other atom is nearer to any of its corners than atom i. Corners
  /// as near as half the first look are known to be: beside empty space some are far away.
  void cut_far_corners(std::size_t i) {
    settled_.clear();
    while (const auto corner = farthest_open_corner()) {
      settled_.push_back(*corner);
      const double own = math::norm(*corner);
      if (auto other = near_.nearest(i, *corner, own * nearer)) {
        other->separation += *corner;
        other->distance2 = math::norm2(other->separation);
        cut_by(i, *other);
      }
    }
  }

  std::optional<math::Vec3> farthest_open_corner() {
    cell_.vertices(vertices_);
    std::optional<math::Vec3> farthest;
    double beyond = 0.25 * look_ * look_;
    for (std::size_t at = 0; at < vertices_.size(); at += 3) {
      const math::Vec3 corner{vertices_[at], vertices_[at + 1], vertices_[at + 2]};
      if (math::norm2(corner) <= beyond ||
          std::find(settled_.begin(), settled_.end(), corner) != settled_.end())
        continue;
      beyond = math::norm2(corner);
      farthest = corner;
    }
    return farthest;
  }

  math::Vec3 vertex(int corner) const {
    const auto at = 3 * static_cast<std::size_t>(corner);
    return {vertices_[at], vertices_[at + 1], vertices_[at + 2]};
  }

  void measure_faces() {
    cell_.face_vertices(corners_);
    cell_.vertices(vertices_);
    faces_.clear();
    surface_ = 0.0;
    for (std::size_t at = 0; at < corners_.size();) {
      const auto edges = static_cast<std::size_t>(corners_[at++]);
      math::Vec3 twice;
      const math::Vec3 start = vertex(corners_[at]);
      for (std::size_t k = 1; k + 1 < edges; ++k)
        twice +=
            math::cross(vertex(corners_[at + k]) - start, vertex(corners_[at + k + 1]) - start);
      const double length = math::norm(twice);
      // The face halves the way to the neighbor, at a right angle.
      const math::Vec3 normal = length > 0.0 ? twice * (1.0 / length) : math::Vec3{};
      faces_.push_back(
          {static_cast<int>(edges), 0.5 * length, normal * (2.0 * math::dot(normal, start))});
      surface_ += faces_.back().area;
      at += edges;
    }
  }

  VoronoiShape shape(double smallest) const {
    VoronoiShape shape;
    for (const VoronoiFace& face : faces_) {
      if (face.area < smallest * surface_) continue;
      ++shape.faces;
      if (face.edges >= 3 && face.edges <= 6)
        ++shape.index[static_cast<std::size_t>(face.edges - 3)];
    }
    return shape;
  }

  const core::Atoms& atoms_;
  const NearAtoms& near_;
  double look_, farthest_ = 0.0;  ///< A
  voro::voronoicell cell_;
  std::vector<NearAtom> found_;
  std::vector<math::Vec3> settled_;  ///< corners that were asked about
  std::vector<int> corners_;         ///< of each face its number of vertices, then these
  std::vector<double> vertices_;
  std::vector<VoronoiFace> faces_;
  double surface_ = 0.0;
};

/// `use(maker, atom)` for every atom, over the cores.
template <class Use>
void over_cells(const core::Box& box, const core::Atoms& atoms, const Use& use) {
  const std::size_t n = atoms.size();
  if (n == 0) return;
  const double look = first_look * std::cbrt(box.volume() / static_cast<double>(n));
  const NearAtoms near(box, atoms, look);
  const std::size_t pieces = (n + atoms_a_piece - 1) / atoms_a_piece;
  base::for_each_piece(pieces, [&](std::size_t piece) {
    CellMaker maker(box, atoms, near, look);
    const auto range = base::piece_range(n, pieces, piece);
    for (std::size_t i = range.begin; i < range.end; ++i) use(maker, i);
  });
}

}  // namespace

std::vector<VoronoiCell> voronoi_cells(const core::Box& box, const core::Atoms& atoms) {
  std::vector<VoronoiCell> cells(atoms.size());
  over_cells(box, atoms, [&](CellMaker& maker, std::size_t i) { cells[i] = maker.make(i); });
  return cells;
}

void for_each_voronoi_cell(const core::Box& box, const core::Atoms& atoms,
                           const VisitFaces& visit) {
  over_cells(box, atoms, [&](CellMaker& maker, std::size_t i) { visit(i, maker.faces(i)); });
}

bool is_icosahedron_like(const VoronoiIndex& index) {
  return std::find(icosahedron_like.begin(), icosahedron_like.end(), index) !=
         icosahedron_like.end();
}

}  // namespace vitreous::neighbor
