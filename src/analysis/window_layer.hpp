// Jumps in a layer of a slab: along the surface, of the atoms that lie in the layer by their mean
// position over a window of time.
#pragma once

#include <span>

#include "analysis/cage_jump_detector.hpp"
#include "analysis/layer_choice.hpp"
#include "core/archive.hpp"

namespace vitreous::analysis {

class WindowLayer {
 public:
  explicit WindowLayer(const LayerChoice& choice) : choice_(choice) {}

  /// The box of the frames, which a slab keeps. Throws RunError where the two layers overlap.
  void see(const core::Box& box);
  /// Unit vector across the slab.
  math::Vec3 normal() const { return SlabDepths(box_, choice_.slab).normal(); }

  /// What lies across the surface is taken out of the means and put into `depth`: windows that are
  /// joined of such parts, and their jumps, lie along the surface. `parts` hold means in space and
  /// variances along the surface.
  std::vector<WindowStatistics> along_surface(std::span<const WindowStatistics> parts) const;

  /// Whether an atom with these windows counts for what leads from one of them to a later one: by
  /// the first of them, by both, or by all of them and between.
  bool counts(std::span<const WindowStatistics> windows, std::size_t before,
              std::size_t behind) const;

  /// "31.2 atoms in the outer 2.5 A of both faces by their mean position in the windows ...".
  std::string description(double atoms) const;
  void transfer(core::Archive& archive) { archive.transfer("box", box_); }

 private:
  LayerChoice choice_;
  core::Box box_;
};

}  // namespace vitreous::analysis
