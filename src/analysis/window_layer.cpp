#include "analysis/window_layer.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vitreous::analysis {

void WindowLayer::see(const core::Box& box) {
  box_ = box;
  choice_.require_fit(SlabDepths(box_, choice_.slab));
}

std::vector<WindowStatistics> WindowLayer::along_surface(
    std::span<const WindowStatistics> parts) const {
  const SlabDepths depths(box_, choice_.slab);
  std::vector<WindowStatistics> along(parts.begin(), parts.end());
  for (WindowStatistics& part : along) {
    part.depth = depths.of(part.mean);
    part.mean -= depths.normal() * math::dot(depths.normal(), part.mean);
  }
  return along;
}

bool WindowLayer::counts(std::span<const WindowStatistics> windows, std::size_t before,
                         std::size_t behind) const {
  const auto inside = [&](const WindowStatistics& window) {
    return choice_.contains(window.depth);
  };
  if (!inside(windows[before])) return false;
  if (choice_.membership == Membership::start) return true;
  if (choice_.membership == Membership::both_ends) return inside(windows[behind]);
  const auto between = windows.subspan(before, behind - before + 1);
  return std::all_of(between.begin(), between.end(), inside);
}

std::string WindowLayer::description(double atoms) const {
  const char* when = "windows before and behind a jump";
  if (choice_.membership == Membership::start) when = "window before a jump";
  if (choice_.membership == Membership::throughout)
    when = "windows from the one before a jump to the one behind it";
  return fmt::format("{:.1f} atoms {} by their mean position in the {}; along the surface", atoms,
                     choice_.where(), when);
}

}  // namespace vitreous::analysis
