// What an observer is told of the layers of a slab that it is to look at: which atoms, and when an
// atom belongs to them. Layers are fixed by the faces at which the box was opened: everything
// outside a face less the layer's depth lies in the outer one, adatoms included (Annamareddy,
// Voyles, Perepezko and Morgan, Acta Mater. 209, 116794 (2021), section 2).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/slab_depths.hpp"

namespace vitreous::analysis {

/// Throws InputError (key "observe"): a layer was asked for where no box is opened.
[[noreturn]] void refuse_layer_without_slab();

/// The outer layers of both faces, or what lies between them.
enum class Region { outer, inner };

/// The moments at which an atom must lie in a layer to count for what happens between two of them:
/// rules (b), (c) and (a) of the paper.
enum class Membership { start, both_ends, throughout };

struct LayerChoice {
  double depth = 0.0;  ///< of an outer layer, A
  Region region = Region::outer;
  Membership membership = Membership::both_ends;
  Slab slab;

  /// `layer`, `region` and `membership`.
  static std::vector<core::OptionDeclaration> options();
  /// Empty where the options name no layer; what else an observer does not declare stays as above.
  /// Throws InputError where nothing was opened.
  static std::optional<LayerChoice> from(const core::Options& options, const Setting& setting);

  /// An atom so far below the nearer face (A).
  bool contains(double depth_of_atom) const {
    return (depth_of_atom < depth) == (region == Region::outer);
  }
  /// Throws RunError where the layers of both faces overlap.
  void require_fit(const SlabDepths& depths) const;
  /// "in the outer 2.5 A of both faces".
  std::string where() const;
};

}  // namespace vitreous::analysis
