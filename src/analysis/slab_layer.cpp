#include "analysis/slab_layer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/slab_depths.hpp"
#include "base/error.hpp"

namespace vitreous::analysis {

void refuse_layer_without_slab() {
  base::Message message;
  message.key = "observe";
  message.problem = "a `layer` is that of a slab, and nothing is opened here";
  message.why = "its faces are those at which a free_surface stage opens the box";
  message.tries = {"observe the layer in a stage of kind = \"free_surface\""};
  throw base::InputError(message);
}

std::vector<core::OptionDeclaration> SlabLayer::options() {
  return {
      {"layer",
       core::OptionType::number,
       "angstrom",
       "automatic",
       "of a slab: only atoms less than this below one of its faces, and what they move along "
       "it; all atoms if not given",
       {}},
      {"membership",
       core::OptionType::text,
       "1",
       "both_ends",
       "an atom counts for a displacement if it lies in the layer at its start, or at both ends",
       {"start", "both_ends"}}};
}

std::optional<SlabLayer> SlabLayer::from(const core::Options& options, const Setting& setting) {
  if (!options.has("layer")) return std::nullopt;
  if (!setting.slab) refuse_layer_without_slab();
  const double depth = options.number("layer");
  if (!(depth > 0.0))
    throw base::InputError(fmt::format("a layer {:g} A deep holds no atoms", depth), "",
                           {"layer = \"2.5 A\""});
  return SlabLayer(
      depth, options.text("membership") == "start" ? Membership::start : Membership::both_ends,
      *setting.slab, setting.kinds.size());
}

SlabLayer::SlabLayer(double depth, Membership membership, const Slab& slab, std::size_t kinds)
    : depth_(depth), membership_(membership), slab_(slab), distance2_(kinds), members_(kinds) {}

void SlabLayer::find(const Pair& pair) {
  const SlabDepths at_start(pair.origin.box, slab_), at_end(pair.now.box, slab_);
  if (2.0 * depth_ > at_start.thickness())
    throw base::RunError(fmt::format("two layers of {:g} A do not fit into a slab of {:.4g} A",
                                     depth_, at_start.thickness()));
  has_all_kinds_ = true;
  for (std::size_t kind = 0; kind < distance2_.size(); ++kind) {
    distance2_[kind].clear();
    for (std::size_t i = pair.begin[kind]; i < pair.begin[kind + 1]; ++i) {
      const math::Vec3 from = pair.origin.position[i], to = pair.now.position[i];
      if (at_start.of(from + pair.origin.center) >= depth_) continue;
      if (membership_ == Membership::both_ends && at_end.of(to + pair.now.center) >= depth_)
        continue;
      const double across = math::dot(at_start.normal(), to - from);
      distance2_[kind].push_back(std::max(0.0, pair.distance2[i] - across * across));
    }
    members_[kind] += static_cast<double>(distance2_[kind].size());
    if (distance2_[kind].empty() && pair.begin[kind] < pair.begin[kind + 1]) has_all_kinds_ = false;
  }
  pairs_ += 1.0;
}

std::vector<double> SlabLayer::mean_members() const {
  std::vector<double> mean = members_;
  for (double& count : mean) count = pairs_ > 0.0 ? count / pairs_ : 0.0;
  return mean;
}

std::string SlabLayer::description() const {
  double atoms = 0.0;
  for (const double count : mean_members()) atoms += count;
  return fmt::format("{:.1f} atoms in the outer {:g} A of both faces, {}; along the surface", atoms,
                     depth_,
                     membership_ == Membership::start ? "at the start of a displacement"
                                                      : "at both ends of a displacement");
}

void SlabLayer::continue_from(const SlabLayer& shorter) {
  for (std::size_t kind = 0; kind < members_.size(); ++kind)
    members_[kind] += shorter.members_[kind];
  pairs_ += shorter.pairs_;
}

void SlabLayer::transfer(core::Archive& archive) {
  archive.transfer("members", members_);
  archive.transfer("pairs", pairs_);
}

}  // namespace vitreous::analysis
