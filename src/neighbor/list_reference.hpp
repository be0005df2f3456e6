// The box and positions that a neighbor list was built from, and how long it holds from there.
#pragma once

#include "core/archive.hpp"
#include "core/atoms.hpp"
#include "core/box.hpp"

namespace vitreous::neighbor {

/// What a checkpoint keeps of a list: from the reference the same list can be built again.
class ListReference {
 public:
  /// `cutoff` and `skin` in A.
  ListReference(double cutoff, double skin) : cutoff_(cutoff), skin_(skin) {}

  double cutoff() const { return cutoff_; }
  double skin() const { return skin_; }
  double reach() const { return cutoff_ + skin_; }

  /// Whether no pair can have come within the cutoff that is not in the list. A pair outside it was
  /// at least R = cutoff + skin apart. The box has since been deformed by F = h h0^-1, which leaves
  /// the pair at least (1 - |F - 1|) R apart, and each atom has moved by at most d beside that: so
  /// the list holds while 2 d <= (1 - |F - 1|) R - cutoff.
  bool holds(const core::Box& box, const core::Atoms& atoms) const;

  /// Takes a new reference. Throws RunError where a position is not finite, naming the atom by its
  /// id.
  void set(const core::Box& box, const core::Atoms& atoms);
  void reset() { is_set_ = false; }

  bool is_set() const { return is_set_; }
  const core::Box& box() const { return box_; }
  const math::Vectors& position() const { return position_; }  ///< unwrapped

  void transfer(core::Archive& archive);

 private:
  double cutoff_, skin_;
  bool is_set_ = false;
  core::Box box_;
  math::Vectors position_;
};

}  // namespace vitreous::neighbor
