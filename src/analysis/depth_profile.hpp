// A slab against the depth below its faces, both taken together: density and coordination number of
// each kind in fine bins; composition, coordination and icosahedron-like atoms by layers; where the
// surfaces are, and the atoms that have few neighbors. Depths count from the faces at which the box
// was opened; what lies outside them is negative.
#pragma once

#include "analysis/coordination.hpp"
#include "analysis/depth_sums.hpp"

namespace vitreous::analysis {

class DepthProfile : public Observer {
 public:
  static constexpr bool from_positions = true;
  static core::Declaration declaration();
  /// Throws InputError where no box is opened.
  DepthProfile(const core::Options& options, const Setting& setting);

  std::vector<std::int64_t> frame_steps() const override;
  void observe(const core::Frame& frame) override;
  core::Result result() const override;
  void continue_from(const Observer& shorter) override;
  void transfer(core::Archive& archive) override;

 private:
  std::map<std::string, std::string> how() const;

  Setting setting_;
  Slab slab_;
  double bin_, layer_;              ///< A
  std::vector<int> adatom_limits_;  ///< of each kind; negative where it was not given
  bool finds_cutoffs_;
  PairCutoffs cutoffs_;
  DepthSums sums_;
};

}  // namespace vitreous::analysis
