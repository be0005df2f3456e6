// What the columns of a LAMMPS dump hold, text or binary, and how a row of them becomes an atom.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "io/frame_source.hpp"

namespace vitreous::io {

/// The vectors' components follow each other; numbers that are no whole ones stand before `id`.
enum class DumpColumn { x, y, z, ix, iy, iz, vx, vy, vz, mass, id, type, element, other };

class DumpColumns {
 public:
  /// Of one row: what DumpColumn::x to ::mass hold.
  using Numbers = std::array<double, 10>;

  DumpColumns() = default;
  /// Where a file offers positions in several ways the first of these is taken: xu, xsu, x, xs.
  /// Throws InputError (without place) where positions, or types and elements, are missing.
  explicit DumpColumns(const std::vector<std::string_view>& names);

  const std::vector<DumpColumn>& holds() const { return holds_; }
  bool has(DumpColumn column) const;
  /// What is not read, but for positions that are told in a second way.
  const std::vector<std::string>& passed_over() const { return passed_over_; }

  void start(RawFrame& frame) const;
  /// Puts position, mass and velocity at the end of the frame; velocities times a factor.
  void place(const Numbers& number, double velocity_factor, RawFrame& frame) const;

 private:
  enum class Positions { unwrapped, scaled_unwrapped, plain, scaled };
  bool is_wrapped() const {
    return positions_ == Positions::plain || positions_ == Positions::scaled;
  }

  Positions positions_ = Positions::plain;
  std::vector<DumpColumn> holds_;
  std::vector<std::string> passed_over_;
  bool images_ = false, velocities_ = false, mass_ = false;
};

/// The edges of LAMMPS' restricted box from the bounds of its parallelepiped and its tilts; rows
/// are "lo hi tilt". Throws InputError where that is no box.
core::Box box_of_bounds(const std::array<std::array<double, 3>, 3>& row);

/// Velocities are multiplied by, and times divided by, this: 1 for metal, 1000 for real. Throws
/// InputError (without place) for any other units.
double velocity_factor_of_units(std::string_view name);

}  // namespace vitreous::io
