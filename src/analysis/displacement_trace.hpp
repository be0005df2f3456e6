// The squared displacement of single atoms in time, from where they stood in the first frame:
//   d_i^2(t) = |r_i(t) - r_i(0)|^2, without the drift of the center of mass.
// Atoms in cages rattle at one level and step to the next when they jump.
#pragma once

#include "analysis/observer.hpp"
#include "core/grown.hpp"

namespace vitreous::analysis {

/// Memory: 36 bytes an atom that is followed, and 4 bytes a frame for each, which move to a file at
/// each checkpoint. The most mobile atoms are known at the end alone: until then all are followed.
class DisplacementTrace : public Observer {
 public:
  static constexpr bool from_positions = true;
  static core::Declaration declaration();
  DisplacementTrace(const core::Options& options, const Setting& setting);

  std::vector<std::int64_t> frame_steps() const override { return steps_; }
  void observe(const core::Frame& frame) override;
  core::Result result() const override;
  void continue_from(const Observer& shorter) override;
  void transfer(core::Archive& archive) override;

 private:
  /// Of a run that is as long as that: powers of two of steps lie between them, so that a longer
  /// run's hold some of these.
  static constexpr double most_frames = 1024.0;

  void begin(const core::Atoms& atoms);
  std::size_t frames() const;
  /// Squared displacements of the followed atoms in a frame.
  std::vector<float> frame(std::size_t index) const;
  /// Indices of the followed atoms that the result shows.
  std::vector<std::size_t> shown() const;

  Setting setting_;
  std::vector<double> wanted_;  ///< ids; empty for the most mobile atoms
  std::size_t count_;           ///< of these
  std::vector<std::int64_t> steps_;
  std::vector<std::int64_t> ids_;     ///< of the atoms that are followed
  std::vector<std::int64_t> places_;  ///< where these stand among all atoms
  std::vector<std::int32_t> kind_;
  math::Vectors first_;  ///< their first positions, relative to the center of mass
  core::Grown grown_;    ///< [frame][atom]
};

}  // namespace vitreous::analysis
