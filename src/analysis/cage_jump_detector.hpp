// The jumps of one atom out of its cage, found in the means and variances of its position over
// windows of time that overlap by half: window w covers the half windows w and w + 1.
//
// A window is flagged where the variance of the position exceeds a threshold. Flagged windows that
// overlap or touch are one jump; its vector leads from the last window before them to the first one
// behind them that do not overlap them (windows that overlap have seen a part of the jump and would
// shorten it). Jumps that are too short are dropped, then those that the next one undoes, with it.
// Annamareddy, Voyles, Perepezko, Morgan (2021), section 3; Lu, Wang, Phys. Rev. E 94, 062611
// (2016); half-shifted windows: Helfferich et al., Phys. Rev. E 89, 042603 (2014).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "math/vec3.hpp"

namespace vitreous::analysis {

/// Of the positions of an atom over a stretch of time.
struct WindowStatistics {
  math::Vec3 mean;        ///< A
  double variance = 0.0;  ///< <|r - mean|^2>, A^2
  double depth = 0.0;     ///< below a surface (A), where one is looked at: see WindowLayer
};

/// The second window from a flagged one is the nearest that does not overlap it.
inline constexpr std::size_t windows_beside = 2;

struct CageJump {
  std::size_t first = 0, last = 0;  ///< flagged windows, both included
  math::Vec3 vector;                ///< A
  /// The windows that the vector leads from and to.
  std::size_t before() const { return first - windows_beside; }
  std::size_t behind() const { return last + windows_beside; }
  std::size_t places() const { return last - first + 1; }
  /// Windows one behind another that it takes: two that overlap see a single one.
  std::size_t windows() const { return (places() + 1) / 2; }
};

struct CageJumpCriteria {
  double largest_variance = 0.0;  ///< of an atom in its cage, A^2
  double shortest = 0.0;          ///< A
  double undone_within = 1.0;     ///< A: a jump and the next go if their sum is shorter
};

/// Windows of `per_half` + `per_half` parts that overlap by half, from equally long parts of time
/// that follow each other. Parts that do not fill a half window at the end are left out.
std::vector<WindowStatistics> overlapping_windows(std::span<const WindowStatistics> parts,
                                                  std::size_t per_half);

/// In ascending time. What begins before, or ends after, windows from which its vector could be
/// measured is left out: a jump of p flagged windows can begin at places_to_begin(windows, p) of
/// them.
std::vector<CageJump> find_cage_jumps(std::span<const WindowStatistics> windows,
                                      const CageJumpCriteria& criteria);

/// How many windows of `windows` can be the first of a jump that flags `places`.
std::size_t places_to_begin(std::size_t windows, std::size_t places);

}  // namespace vitreous::analysis
