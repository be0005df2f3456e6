#include "analysis/depth_sums.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace vitreous::analysis {

DepthSums::DepthSums(FramePlan profile, FramePlan cells, std::size_t kinds)
    : kinds_(kinds), profile_(std::move(profile)), cells_(std::move(cells)) {}

void DepthSums::set_grid(const DepthGrid& grid) {
  grid_ = grid;
  profile_.add_channels(profile_channels());
  cells_.add_channels(cell_channels());
}

// The channels of a profile: two halves, then bins, layers, the middle and the outer layer's
// coordination numbers.
std::size_t DepthSums::bin_channel(std::size_t kind, std::size_t bin, What what) const {
  return 2 + 2 * (kind * grid_.bins() + bin) + what;
}
std::size_t DepthSums::layer_channel(std::size_t kind, std::size_t layer, What what) const {
  return bin_channel(kinds_, 0, atoms) + 2 * (kind * grid_.layers() + layer) + what;
}
std::size_t DepthSums::middle_channel(std::size_t kind, What what) const {
  return layer_channel(kinds_, 0, atoms) + 2 * kind + what;
}
std::size_t DepthSums::outer_channel(std::size_t kind, int coordination) const {
  return middle_channel(kinds_, atoms) + kind * (most_neighbors + 1) +
         static_cast<std::size_t>(std::min(coordination, most_neighbors));
}
std::size_t DepthSums::profile_channels() const { return outer_channel(kinds_, 0); }

std::size_t DepthSums::cell_channel(std::size_t kind, std::size_t layer, bool like) const {
  return 2 * (kind * grid_.layers() + layer) + like;
}

void DepthSums::add_atom(std::size_t kind, double depth, bool is_lower, int coordination) {
  profile_.add(half_channel(is_lower), 1.0);
  const auto add = [&](std::size_t channel) {
    profile_.add(channel + atoms, 1.0);
    profile_.add(channel + neighbors, coordination);
  };
  if (const auto bin = grid_.bin_of(depth)) add(bin_channel(kind, *bin, atoms));
  if (grid_.in_middle(depth)) add(middle_channel(kind, atoms));
  const auto layer = grid_.layer_of(depth);
  if (!layer) return;
  add(layer_channel(kind, *layer, atoms));
  if (*layer == 0) profile_.add(outer_channel(kind, coordination), 1.0);
}

void DepthSums::add_cell(std::size_t kind, double depth, bool is_icosahedron_like) {
  const auto layer = grid_.layer_of(depth);
  if (!layer) return;
  cells_.add(cell_channel(kind, *layer, false), 1.0);
  if (is_icosahedron_like) cells_.add(cell_channel(kind, *layer, true), 1.0);
}

std::vector<double> DepthSums::over_kinds(const FrameSums& sums, const SpeciesRow& row,
                                          const ChannelOfKind& channel) {
  std::vector<double> total(sums.frames_of_groups().size());
  for (std::size_t kind = 0; kind < row.weights.size(); ++kind)
    if (row.weights[kind] > 0.0) sums.add_sums(channel(kind), 1.0, total);
  return total;
}

std::vector<double> DepthSums::in_bin(const SpeciesRow& row, std::size_t bin, What what) const {
  return over_kinds(profile_, row, [&](std::size_t kind) { return bin_channel(kind, bin, what); });
}

std::vector<double> DepthSums::in_layer(const SpeciesRow& row, std::size_t layer, What what) const {
  return over_kinds(profile_, row,
                    [&](std::size_t kind) { return layer_channel(kind, layer, what); });
}

std::vector<double> DepthSums::in_middle(const SpeciesRow& row, What what) const {
  return over_kinds(profile_, row, [&](std::size_t kind) { return middle_channel(kind, what); });
}

std::vector<double> DepthSums::in_outer_layer(const SpeciesRow& row, int most) const {
  std::vector<double> total(profile_.frames_of_groups().size());
  for (int coordination = 0; coordination <= std::min(most, most_neighbors); ++coordination) {
    const auto sums = over_kinds(
        profile_, row, [&](std::size_t kind) { return outer_channel(kind, coordination); });
    for (std::size_t g = 0; g < total.size(); ++g) total[g] += sums[g];
  }
  return total;
}

std::vector<double> DepthSums::in_half(bool lower) const {
  return profile_.sums_of_groups(half_channel(lower));
}

std::vector<double> DepthSums::cells_in_layer(const SpeciesRow& row, std::size_t layer) const {
  return over_kinds(cells_, row,
                    [&](std::size_t kind) { return cell_channel(kind, layer, false); });
}

std::vector<double> DepthSums::like_in_layer(const SpeciesRow& row, std::size_t layer) const {
  return over_kinds(cells_, row, [&](std::size_t kind) { return cell_channel(kind, layer, true); });
}

void DepthSums::continue_from(const DepthSums& shorter) {
  if (shorter.grid_.is_set()) set_grid(shorter.grid_);
  profile_.continue_from(shorter.profile_);
  cells_.continue_from(shorter.cells_);
}

void DepthSums::transfer(core::Archive& archive) {
  grid_.transfer(archive);
  for (const auto& [name, sums] : {std::pair{"profile", &profile_}, std::pair{"cells", &cells_}}) {
    const core::Archive::Group group(archive, name);
    sums->transfer(archive);
  }
  if (!grid_.is_set()) return;
  if (profile_.channels() != profile_channels() || cells_.channels() != cell_channels())
    throw base::RunError("the saved depth profile has other bins or layers");
}

}  // namespace vitreous::analysis
