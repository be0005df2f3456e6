// The Voronoi tessellation: of each atom the cell of all points that are nearer to it than to any
// other atom or periodic image, made by voro++ (Rycroft, Chaos 19, 041111 (2009)). All atoms count
// alike, whatever their size.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "core/atoms.hpp"
#include "core/box.hpp"

namespace vitreous::neighbor {

/// Numbers of faces with 3, 4, 5 and 6 edges; those with more stand in no index.
using VoronoiIndex = std::array<std::uint8_t, 4>;

struct VoronoiShape {
  VoronoiIndex index{};
  int faces = 0;  ///< of any number of edges: the coordination number
};

struct VoronoiCell {
  VoronoiShape plain;
  /// Without the faces that are smaller than `small_face` of the cell's surface, which heat makes
  /// and unmakes. Other faces keep the edges that they shared with these, as is usual.
  VoronoiShape filtered;
  double volume = 0.0;  ///< A^3

  static constexpr double small_face = 0.01;
};

/// One face of an atom's cell.
struct VoronoiFace {
  int edges = 0;
  double area = 0.0;      ///< A^2
  math::Vec3 separation;  ///< of the neighbor on its other side from the atom, A
};

/// Called with an atom and the faces of its cell.
using VisitFaces = std::function<void(std::size_t, const std::vector<VoronoiFace>&)>;

/// The cells of all atoms, in any periodic box, over the cores: the same bits for any number of
/// threads. Throws RunError where two atoms or images stand at the same place, or a position is not
/// finite.
std::vector<VoronoiCell> voronoi_cells(const core::Box& box, const core::Atoms& atoms);
/// The same cells, face by face: once an atom, several of them at once on as many threads.
void for_each_voronoi_cell(const core::Box& box, const core::Atoms& atoms, const VisitFaces& visit);

/// The five that Annamareddy et al., Acta Mater. 209, 116794 (2021), call icosahedron-like:
/// <0,0,12,0>, <0,2,8,2>, <0,2,8,1>, <0,3,6,3>, <0,1,10,2>.
inline constexpr std::array<VoronoiIndex, 5> icosahedron_like{
    {{0, 0, 12, 0}, {0, 2, 8, 2}, {0, 2, 8, 1}, {0, 3, 6, 3}, {0, 1, 10, 2}}};
bool is_icosahedron_like(const VoronoiIndex& index);

}  // namespace vitreous::neighbor
