// The mean and variance of each atom's position over the parts of time windows, as a run goes on.
#pragma once

#include <functional>
#include <span>

#include "analysis/cage_jump_detector.hpp"
#include "core/frame.hpp"
#include "core/grown.hpp"

namespace vitreous::analysis {

/// Memory: 56 bytes an atom for the part that is being filled, and 16 bytes an atom and part, which
/// move to a file at each checkpoint. A part's mean and variance are kept as 4-byte floats: 1e-5 A
/// in a mean 100 A from the origin, where a jump is longer than 1 A.
class WindowSums {
 public:
  WindowSums() = default;
  WindowSums(std::size_t atoms, std::size_t frames_a_part);

  /// Frames are those of a WindowPlan, each once. Variances leave out what is along the unit vector
  /// `across`, which stays the same. Throws RunError where the atoms are not the same.
  void add(const core::Atoms& atoms, const math::Vec3& across = {});

  std::size_t parts() const {
    return grown_.size() / (floats_a_part * std::max<std::size_t>(1, ids_.size()));
  }
  const std::vector<std::int64_t>& ids() const { return ids_; }
  /// Calls visit(atom, its parts in ascending time) for every atom. Memory for 16 MiB of parts, or
  /// one atom's.
  using Visit = std::function<void(std::size_t, std::span<const WindowStatistics>)>;
  void for_each_atom(const Visit& visit) const;

  void transfer(core::Archive& archive);

 private:
  static constexpr std::size_t floats_a_part = 4;  ///< mean x, y, z and variance

  void finish_part(const math::Vec3& across);

  std::size_t frames_a_part_ = 1;
  std::vector<std::int64_t> ids_;
  std::int64_t frames_ = 0;     ///< in the part that is being filled
  math::Vectors first_, sum_;   ///< its first positions, and displacements from them
  std::vector<double> square_;  ///< squared displacements
  core::Grown grown_;           ///< [part][atom][mean x, y, z, variance]
};

}  // namespace vitreous::analysis
