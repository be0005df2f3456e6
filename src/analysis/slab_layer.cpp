#include "analysis/slab_layer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.hpp"

namespace vitreous::analysis {
namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::min();

/// Every `interval` ps from an engine; of a file the frames that are at least as far apart.
std::vector<std::int64_t> watched_steps(const Timeline& timeline, double interval) {
  const auto apart = std::max<std::int64_t>(1, std::llround(interval / timeline.timestep));
  std::vector<std::int64_t> steps;
  if (!timeline.from_file())
    for (std::int64_t step = timeline.first; step <= timeline.last; step += apart)
      steps.push_back(step);
  for (const std::int64_t step : timeline.steps)
    if (steps.empty() || step - steps.back() >= apart) steps.push_back(step);
  return steps;
}

}  // namespace

std::vector<core::OptionDeclaration> SlabLayer::options() {
  auto options = LayerChoice::options();
  options.push_back({"membership_every",
                     core::OptionType::number,
                     "ps",
                     "1 ps",
                     "how often `throughout` looks whether an atom lies in the layer",
                     {}});
  return options;
}

std::optional<SlabLayer> SlabLayer::from(const core::Options& options, const Setting& setting) {
  const auto choice = LayerChoice::from(options, setting);
  if (!choice) return std::nullopt;
  const double every = options.number("membership_every");
  if (!(every > 0.0))
    throw base::InputError(fmt::format("membership_every = {:g} ps is not above zero", every), "",
                           {"membership_every = \"1 ps\""});
  return SlabLayer(*choice, every, setting);
}

SlabLayer::SlabLayer(const LayerChoice& choice, double watch_every, const Setting& setting)
    : choice_(choice), begin_{0}, distance2_(setting.kinds.size()), members_(setting.kinds.size()) {
  for (const std::size_t count : setting.counts) begin_.push_back(begin_.back() + count);
  if (!throughout()) return;
  steps_ = watched_steps(setting.timeline, watch_every);
  last_outside_.assign(begin_.back(), never);
  if (steps_.size() > 1)
    watched_every_ = static_cast<double>(steps_.back() - steps_.front()) *
                     setting.timeline.timestep / static_cast<double>(steps_.size() - 1);
}

void SlabLayer::watch(const core::Frame& frame) {
  const SlabDepths depths(*frame.box, choice_.slab);
  std::vector<std::size_t> place(begin_.begin(), begin_.end() - 1);
  const core::Atoms& atoms = *frame.atoms;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const std::size_t k = place[static_cast<std::size_t>(atoms.species[i])]++;
    if (!choice_.contains(depths.of(atoms.position[i]))) last_outside_[k] = frame.step;
  }
}

void SlabLayer::find(const Pair& pair) {
  const SlabDepths at_start(pair.origin.box, choice_.slab), at_end(pair.now.box, choice_.slab);
  choice_.require_fit(at_start);
  has_all_kinds_ = true;
  for (std::size_t kind = 0; kind < distance2_.size(); ++kind) {
    distance2_[kind].clear();
    for (std::size_t i = pair.begin[kind]; i < pair.begin[kind + 1]; ++i) {
      const math::Vec3 from = pair.origin.position[i], to = pair.now.position[i];
      if (!choice_.contains(at_start.of(from + pair.origin.center))) continue;
      if (choice_.membership != Membership::start &&
          !choice_.contains(at_end.of(to + pair.now.center)))
        continue;
      if (throughout() && last_outside_[i] >= pair.origin.step) continue;
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
  std::string when = "at the start of a displacement";
  if (choice_.membership == Membership::both_ends) when = "at both ends of a displacement";
  if (throughout())
    when = fmt::format("throughout a displacement, looked at every {:.4g} ps", watched_every_);
  return fmt::format("{:.1f} atoms {}, {}; along the surface", atoms, choice_.where(), when);
}

void SlabLayer::continue_from(const SlabLayer& shorter) {
  for (std::size_t kind = 0; kind < members_.size(); ++kind)
    members_[kind] += shorter.members_[kind];
  pairs_ += shorter.pairs_;
  last_outside_ = shorter.last_outside_;
}

void SlabLayer::transfer(core::Archive& archive) {
  const auto atoms = last_outside_.size();
  archive.transfer("members", members_);
  archive.transfer("pairs", pairs_);
  if (throughout()) archive.transfer("last_outside", last_outside_);
  if (last_outside_.size() != atoms) throw base::RunError("the saved layer is of other atoms");
}

}  // namespace vitreous::analysis
