#include "neighbor/voronoi.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <voro++/cell.hh>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "neighbor/near_atoms.hpp"

namespace vitreous::neighbor {
namespace {

/// First look as far as nearly every cell of a dense system needs, in units of the cube root of the
/// volume an atom; further only where a cell is not closed yet, as beside empty space.
constexpr double first_look = 2.6, look_further = 1.6;
/// After so many planes it is asked how far the cell still reaches.
constexpr std::size_t planes_between = 8;
constexpr std::size_t atoms_a_piece = 64;
/// voro++ takes points nearer than 1e-11 for one.
constexpr double same_place2 = 1e-18;

/// Cells one after the other, by one thread.
class CellMaker {
 public:
  CellMaker(const core::Box& box, const core::Atoms& atoms, const NearAtoms& near, double look)
      : atoms_(atoms), near_(near), look_(look) {
    // A cell is cut by the atom's own images, and then reaches no further than half of this.
    for (const auto& edge : box.cell().column) farthest_ += math::norm(edge);
  }

  VoronoiCell make(std::size_t i) {
    cut(i);
    measure_faces();
    VoronoiCell cell;
    cell.volume = cell_.volume();
    cell.plain = shape(0.0);
    cell.filtered = shape(VoronoiCell::small_face);
    return cell;
  }

 private:
  struct Face {
    int edges = 0;
    double area = 0.0;
  };

  /// A plane further away than this cuts nothing: voro++ keeps coordinates doubled, so that its
  /// radius is the distance of the atom whose plane would touch the farthest vertex.
  double reach2() { return cell_.max_radius_squared(); }

  void cut(std::size_t i) {
    const double half = 0.5 * farthest_;
    cell_.init(-half, half, -half, half, -half, half);
    double from = 0.0, to = look_, reach = reach2();
    while (true) {
      near_.find(i, from, to, found_);
      // Of the many that are far away, hardly any reaches what is open of the cell.
      if (from > 0.0)
        std::erase_if(found_, [&](const NearAtom& a) {
          return !cell_.plane_intersects(a.separation.x, a.separation.y, a.separation.z,
                                         a.distance2);
        });
      std::sort(found_.begin(), found_.end(), [](const NearAtom& a, const NearAtom& b) {
        return a.distance2 != b.distance2 ? a.distance2 < b.distance2 : a.atom < b.atom;
      });
      reach = cut_by_found(i, reach);
      if (reach <= to * to) return;
      from = std::exchange(to, std::min(to * look_further, std::sqrt(reach) * (1.0 + 1e-9)));
    }
  }

  /// Nearest first. Returns the square of how far it still needs looking.
  double cut_by_found(std::size_t i, double reach) {
    for (std::size_t k = 0; k < found_.size(); ++k) {
      if (k % planes_between == 0) reach = reach2();
      const NearAtom& a = found_[k];
      if (a.distance2 > reach) break;
      if (a.distance2 < same_place2)
        throw base::RunError(fmt::format("atoms {} and {} stand at the same place",
                                         atoms_.id[std::min<std::size_t>(i, a.atom)],
                                         atoms_.id[std::max<std::size_t>(i, a.atom)]));
      cell_.plane(a.separation.x, a.separation.y, a.separation.z, a.distance2);
    }
    return reach2();
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
      faces_.push_back({static_cast<int>(edges), 0.5 * math::norm(twice)});
      surface_ += faces_.back().area;
      at += edges;
    }
  }

  VoronoiShape shape(double smallest) const {
    VoronoiShape shape;
    for (const Face& face : faces_) {
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
  std::vector<int> corners_;  ///< of each face its number of vertices, then these
  std::vector<double> vertices_;
  std::vector<Face> faces_;
  double surface_ = 0.0;
};

}  // namespace

std::vector<VoronoiCell> voronoi_cells(const core::Box& box, const core::Atoms& atoms) {
  const std::size_t n = atoms.size();
  std::vector<VoronoiCell> cells(n);
  if (n == 0) return cells;
  const double look = first_look * std::cbrt(box.volume() / static_cast<double>(n));
  const NearAtoms near(box, atoms, look);
  const std::size_t pieces = (n + atoms_a_piece - 1) / atoms_a_piece;
  base::for_each_piece(pieces, [&](std::size_t piece) {
    CellMaker maker(box, atoms, near, look);
    const auto range = base::piece_range(n, pieces, piece);
    for (std::size_t i = range.begin; i < range.end; ++i) cells[i] = maker.make(i);
  });
  return cells;
}

bool is_icosahedron_like(const VoronoiIndex& index) {
  return std::find(icosahedron_like.begin(), icosahedron_like.end(), index) !=
         icosahedron_like.end();
}

}  // namespace vitreous::neighbor
