// The Voronoi cells of configurations: how often each index <n3,n4,n5,n6> occurs, how many atoms
// stand in an icosahedron or nearly so, and the coordination number. Plain, of the configurations
// as they are; and beside that with the small faces left out.
#pragma once

#include <map>

#include "analysis/frame_sums.hpp"
#include "analysis/species_rows.hpp"
#include "neighbor/voronoi.hpp"

namespace vitreous::analysis {

class Voronoi : public Observer {
 public:
  static constexpr bool from_positions = true;
  static core::Declaration declaration();
  Voronoi(const core::Options& options, const Setting& setting);

  std::vector<std::int64_t> frame_steps() const override { return sums_.plan().steps; }
  void observe(const core::Frame& frame) override;
  core::Result result() const override;
  void continue_from(const Observer& shorter) override;
  void transfer(core::Archive& archive) override;

 private:
  enum Way : std::size_t { plain, filtered };

  std::size_t faces_channel(std::size_t kind, Way way) const { return 2 * kind + way; }
  std::size_t index_channel(std::size_t kind, Way way, const neighbor::VoronoiIndex& index);
  void add(std::size_t kind, Way way, const neighbor::VoronoiShape& shape);
  void find_keys();

  core::Reported quantity(const std::string& name, const std::vector<double>& sums,
                          const SpeciesRow& row) const;
  std::vector<double> sums_of(const neighbor::VoronoiIndex& index, const SpeciesRow& row,
                              Way way) const;
  void add_quantities(const SpeciesRow& row, Way way, std::vector<core::Reported>& to) const;
  void append(const SpeciesRow& row, core::Table& table) const;

  Setting setting_;
  /// Channels: the faces of each kind and way, then one for each index of each kind and way seen.
  FrameSums sums_;
  std::vector<std::int64_t> keys_;             ///< of the index channels: kind, way, index
  std::map<std::int64_t, std::size_t> where_;  ///< the channel of each key
};

}  // namespace vitreous::analysis
