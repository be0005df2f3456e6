#include "analysis/depth_grid.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/error.hpp"

namespace vitreous::analysis {
namespace {

constexpr double rounding_error = 1e-9;

std::size_t whole(double ratio) {
  return static_cast<std::size_t>(std::floor(ratio + rounding_error));
}

}  // namespace

DepthGrid::DepthGrid(const core::Box& box, const Slab& slab, double bin, double layer)
    : thickness_(SlabDepths(box, slab).thickness()),
      gap_(slab.gap),
      area_(box.volume() / box.heights()[slab.edge]),
      bin_(bin),
      layer_(layer) {
  if (2.0 * layer > thickness_)
    throw base::RunError(
        fmt::format("two layers of {:g} A do not fit into a slab of {:.4g} A", layer, thickness_));
  cut();
}

void DepthGrid::cut() {
  outside_ = static_cast<std::size_t>(std::ceil(gap_ / bin_ - rounding_error));
  bins_ = outside_ + whole(0.5 * thickness_ / bin_);
  layers_ = whole(0.5 * thickness_ / layer_);
}

std::optional<std::size_t> DepthGrid::bin_of(double depth) const {
  const double at = std::floor(depth / bin_) + static_cast<double>(outside_);
  if (!(at >= 0.0) || at >= static_cast<double>(bins_)) return std::nullopt;
  return static_cast<std::size_t>(at);
}

std::optional<std::size_t> DepthGrid::layer_of(double depth) const {
  const double at = std::max(0.0, std::floor(depth / layer_));
  if (at >= static_cast<double>(layers_)) return std::nullopt;
  return static_cast<std::size_t>(at);
}

double DepthGrid::depth_of(std::size_t bin) const {
  return (static_cast<double>(bin) - static_cast<double>(outside_) + 0.5) * bin_;
}

void DepthGrid::transfer(core::Archive& archive) {
  archive.transfer("thickness", thickness_);
  archive.transfer("gap", gap_);
  archive.transfer("area", area_);
  archive.transfer("bin", bin_);
  archive.transfer("layer", layer_);
  if (is_set()) cut();
}

}  // namespace vitreous::analysis
