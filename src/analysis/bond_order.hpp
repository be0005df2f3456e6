// Bond-orientational order: how the neighbors of an atom stand around it, by rotational invariants.
// Neighbors are those across the faces of its Voronoi cell; small faces, which heat makes and
// unmakes, are left out, or every face counts by its area.
#pragma once

#include <array>
#include <optional>

#include "analysis/bond_order_parameters.hpp"
#include "analysis/frame_sums.hpp"
#include "analysis/species_rows.hpp"

namespace vitreous::analysis {

class BondOrder : public Observer {
 public:
  static constexpr bool from_positions = true;
  static core::Declaration declaration();
  BondOrder(const core::Options& options, const Setting& setting);

  std::vector<std::int64_t> frame_steps() const override { return sums_.plan().steps; }
  void observe(const core::Frame& frame) override;
  core::Result result() const override;
  void continue_from(const Observer& shorter) override;
  void transfer(core::Archive& archive) override { sums_.transfer(archive); }

 private:
  enum Way : std::size_t { filtered, by_area };
  static constexpr std::size_t ways = 2, parameters = 4;  ///< q4, q6, w4, w6
  using AtomValues = std::array<std::array<std::optional<double>, parameters>, ways>;

  std::vector<AtomValues> values_of(const core::Frame& frame) const;
  /// The first of the channels of a kind, way and parameter: atoms, their values, then bins.
  std::size_t channel(std::size_t kind, std::size_t way, std::size_t parameter) const;
  std::vector<double> sums_of(const SpeciesRow& row, std::size_t way, std::size_t parameter,
                              std::size_t which) const;
  core::Reported mean(const SpeciesRow& row, std::size_t way, std::size_t parameter) const;
  void append(const SpeciesRow& row, std::size_t parameter, core::Table& table) const;

  Setting setting_;
  BondOrderParameters fourth_{4}, sixth_{6};
  FrameSums sums_;
};

}  // namespace vitreous::analysis
