#include "analysis/cage_jump_detector.hpp"

namespace vitreous::analysis {
namespace {

/// Equally long stretches of time as one. Means are taken relative to the first: far from the
/// origin their squares would cost digits.
WindowStatistics joined(std::span<const WindowStatistics> parts) {
  const math::Vec3 origin = parts.front().mean;
  math::Vec3 shift;
  double square = 0.0, depth = 0.0;
  for (const WindowStatistics& part : parts) {
    shift += part.mean - origin;
    square += part.variance + math::norm2(part.mean - origin);
    depth += part.depth;
  }
  const double share = 1.0 / static_cast<double>(parts.size());
  shift *= share;
  return {origin + shift, square * share - math::norm2(shift), depth * share};
}

/// Flagged windows that overlap or touch, as jumps without a vector yet.
std::vector<CageJump> flagged_stretches(std::span<const WindowStatistics> windows,
                                        double largest_variance) {
  std::vector<CageJump> stretches;
  for (std::size_t w = 0; w < windows.size(); ++w) {
    if (!(windows[w].variance > largest_variance)) continue;
    if (!stretches.empty() && w - stretches.back().last <= windows_beside)
      stretches.back().last = w;
    else
      stretches.push_back({w, w, {}});
  }
  return stretches;
}

/// Drops each jump that the next one left undoes, with that one, until none does.
std::vector<CageJump> without_returns(const std::vector<CageJump>& jumps, double undone_within) {
  std::vector<CageJump> lasting;
  for (const CageJump& jump : jumps) {
    const bool undone =
        !lasting.empty() && math::norm(lasting.back().vector + jump.vector) < undone_within;
    if (undone)
      lasting.pop_back();
    else
      lasting.push_back(jump);
  }
  return lasting;
}

}  // namespace

std::vector<WindowStatistics> overlapping_windows(std::span<const WindowStatistics> parts,
                                                  std::size_t per_half) {
  std::vector<WindowStatistics> windows;
  for (std::size_t begin = 0; begin + 2 * per_half <= parts.size(); begin += per_half)
    windows.push_back(joined(parts.subspan(begin, 2 * per_half)));
  return windows;
}

std::vector<CageJump> find_cage_jumps(std::span<const WindowStatistics> windows,
                                      const CageJumpCriteria& criteria) {
  std::vector<CageJump> jumps;
  for (CageJump jump : flagged_stretches(windows, criteria.largest_variance)) {
    if (jump.first < windows_beside || jump.behind() >= windows.size()) continue;
    jump.vector = windows[jump.behind()].mean - windows[jump.before()].mean;
    if (math::norm(jump.vector) >= criteria.shortest) jumps.push_back(jump);
  }
  return without_returns(jumps, criteria.undone_within);
}

std::size_t places_to_begin(std::size_t windows, std::size_t places) {
  const std::size_t taken = 2 * windows_beside + places - 1;
  return windows > taken ? windows - taken : 0;
}

}  // namespace vitreous::analysis
