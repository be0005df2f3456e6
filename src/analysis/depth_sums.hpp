// What is summed over frames against the depth below a slab's faces.
#pragma once

#include <functional>

#include "analysis/depth_grid.hpp"
#include "analysis/frame_sums.hpp"
#include "analysis/species_rows.hpp"

namespace vitreous::analysis {

/// Sums of groups of frames, always over the kinds of a row.
class DepthSums {
 public:
  enum What : std::size_t { atoms, neighbors };
  static constexpr int most_neighbors = 31;  ///< atoms with more count as if they had so many

  /// `profile` of positions and coordination numbers, `cells` of Voronoi cells.
  DepthSums(FramePlan profile, FramePlan cells, std::size_t kinds);

  const DepthGrid& grid() const { return grid_; }
  void set_grid(const DepthGrid& grid);

  const FrameSums& profile() const { return profile_; }
  const FrameSums& cells() const { return cells_; }
  void begin_profile(std::int64_t step) { profile_.begin(step); }
  void add_atom(std::size_t kind, double depth, bool is_lower, int coordination);
  void begin_cells(std::int64_t step) { cells_.begin(step); }
  void add_cell(std::size_t kind, double depth, bool is_icosahedron_like);

  std::vector<double> in_bin(const SpeciesRow& row, std::size_t bin, What what) const;
  std::vector<double> in_layer(const SpeciesRow& row, std::size_t layer, What what) const;
  std::vector<double> in_middle(const SpeciesRow& row, What what) const;
  /// Atoms of the outer layer with at most so many neighbors.
  std::vector<double> in_outer_layer(const SpeciesRow& row, int most) const;
  /// All atoms that are nearer to the lower face, or to the upper one.
  std::vector<double> in_half(bool lower) const;
  /// Atoms whose cells were made, and those of them that are icosahedron-like.
  std::vector<double> cells_in_layer(const SpeciesRow& row, std::size_t layer) const;
  std::vector<double> like_in_layer(const SpeciesRow& row, std::size_t layer) const;

  void continue_from(const DepthSums& shorter);
  void transfer(core::Archive& archive);

 private:
  using ChannelOfKind = std::function<std::size_t(std::size_t)>;
  static std::vector<double> over_kinds(const FrameSums& sums, const SpeciesRow& row,
                                        const ChannelOfKind& channel);
  std::size_t half_channel(bool lower) const { return lower ? 0 : 1; }
  std::size_t bin_channel(std::size_t kind, std::size_t bin, What what) const;
  std::size_t layer_channel(std::size_t kind, std::size_t layer, What what) const;
  std::size_t middle_channel(std::size_t kind, What what) const;
  std::size_t outer_channel(std::size_t kind, int coordination) const;
  std::size_t profile_channels() const;
  std::size_t cell_channel(std::size_t kind, std::size_t layer, bool like) const;
  std::size_t cell_channels() const { return 2 * kinds_ * grid_.layers(); }

  std::size_t kinds_;
  DepthGrid grid_;
  FrameSums profile_, cells_;
};

}  // namespace vitreous::analysis
