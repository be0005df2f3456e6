// The atoms in the layers of a slab between two free surfaces at both ends of a displacement, and
// how far these have moved along the surface. Which layers: see layer_choice.hpp.
#pragma once

#include <optional>
#include <vector>

#include "analysis/layer_choice.hpp"

namespace vitreous::analysis {

class SlabLayer {
 public:
  /// What an observer of displacements that can look at a layer declares.
  static std::vector<core::OptionDeclaration> options();
  /// Empty where the options name no layer. Throws InputError where nothing was opened.
  static std::optional<SlabLayer> from(const core::Options& options, const Setting& setting);

  /// Steps at which `watch` is to be called, ascending: none unless membership is `throughout`.
  const std::vector<std::int64_t>& steps() const { return steps_; }
  /// Looks which atoms lie in the layer, before the pairs that this frame completes.
  void watch(const core::Frame& frame);

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
  SlabLayer(const LayerChoice& choice, double watch_every, const Setting& setting);

  bool throughout() const { return choice_.membership == Membership::throughout; }

  LayerChoice choice_;
  double watched_every_ = 0.0;  ///< ps, on the average
  std::vector<std::int64_t> steps_;
  std::vector<std::size_t> begin_;              ///< of each kind in a snapshot
  std::vector<std::int64_t> last_outside_;      ///< the last watched step, of a snapshot's atoms
  std::vector<std::vector<double>> distance2_;  ///< of each kind's members
  std::vector<double> members_;                 ///< of each kind, summed over pairs
  double pairs_ = 0.0;
  bool has_all_kinds_ = false;  ///< of the present pair
};

}  // namespace vitreous::analysis
