// The outer layers of a slab between two free surfaces: which atoms lie in them, and how far these
// have moved along the surface. The layers are fixed by the faces at which the box was opened:
// everything outside a face less the layer's depth belongs to it, adatoms included (Annamareddy,
// Voyles, Perepezko and Morgan, Acta Mater. 209, 116794 (2021), section 2).
#pragma once

#include <optional>
#include <vector>

#include "analysis/observer.hpp"

namespace vitreous::analysis {

/// Throws InputError (key "observe"): a layer was asked for where no box is opened.
[[noreturn]] void refuse_layer_without_slab();

class SlabLayer {
 public:
  /// What an observer that can look at a layer declares: `layer` and `membership`.
  static std::vector<core::OptionDeclaration> options();
  /// Empty where the options name no layer. Throws InputError where nothing was opened.
  static std::optional<SlabLayer> from(const core::Options& options, const Setting& setting);

  /// Finds the members of a pair. Throws RunError where the two layers overlap.
  void find(const Pair& pair);
  /// Squared displacements along the surface (A^2) of the members of a kind.
  const std::vector<double>& distance2(std::size_t kind) const { return distance2_[kind]; }
  /// Whether each kind of which there are atoms had a member.
  bool has_all_kinds() const { return has_all_kinds_; }
  /// How many of each kind were members, on the average over all pairs found.
  std::vector<double> mean_members() const;

  std::string description() const;
  void continue_from(const SlabLayer& shorter);
  void transfer(core::Archive& archive);

 private:
  enum class Membership { start, both_ends };

  SlabLayer(double depth, Membership membership, const Slab& slab, std::size_t kinds);

  double depth_;  ///< A
  Membership membership_;
  Slab slab_;
  std::vector<std::vector<double>> distance2_;  ///< of each kind's members
  std::vector<double> members_;                 ///< of each kind, summed over pairs
  double pairs_ = 0.0;
  bool has_all_kinds_ = false;  ///< of the present pair
};

}  // namespace vitreous::analysis
