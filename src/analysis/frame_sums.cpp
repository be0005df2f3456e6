#include "analysis/frame_sums.hpp"

#include <algorithm>
#include <numeric>

#include "base/error.hpp"

namespace vitreous::analysis {

FrameSums::FrameSums(FramePlan plan, std::size_t channels)
    : plan_(std::move(plan)), frames_(plan_.groups), sums_(channels * plan_.groups) {}

void FrameSums::add_channels(std::size_t more) { sums_.resize(sums_.size() + more * plan_.groups); }

void FrameSums::begin(std::int64_t step) {
  group_ = plan_.group_of(step);
  ++frames_[group_];
}

double FrameSums::frames() const {
  return static_cast<double>(std::accumulate(frames_.begin(), frames_.end(), std::int64_t{0}));
}

std::size_t FrameSums::filled() const {
  return static_cast<std::size_t>(
      std::count_if(frames_.begin(), frames_.end(), [](auto count) { return count > 0; }));
}

std::vector<double> FrameSums::frames_of_groups() const {
  std::vector<double> frames;
  for (const std::int64_t count : frames_)
    if (count > 0) frames.push_back(static_cast<double>(count));
  return frames;
}

std::vector<double> FrameSums::sums_of_groups(std::size_t channel) const {
  std::vector<double> sums(filled());
  add_sums(channel, 1.0, sums);
  return sums;
}

void FrameSums::add_sums(std::size_t channel, double weight, std::vector<double>& to) const {
  std::size_t k = 0;
  for (std::size_t group = 0; group < plan_.groups; ++group)
    if (frames_[group] > 0) to[k++] += weight * sums_[channel * plan_.groups + group];
}

math::Estimate FrameSums::mean(std::size_t channel) const {
  return math::correlated_ratio(sums_of_groups(channel), frames_of_groups());
}

void FrameSums::continue_from(const FrameSums& shorter) {
  const std::size_t ratio = plan_.groups_of(shorter.plan_);
  for (std::size_t group = 0; group < shorter.plan_.groups; ++group) {
    frames_[group / ratio] += shorter.frames_[group];
    for (std::size_t channel = 0; channel < shorter.channels(); ++channel)
      sums_[channel * plan_.groups + group / ratio] +=
          shorter.sums_[channel * shorter.plan_.groups + group];
  }
}

void FrameSums::transfer(core::Archive& archive) {
  archive.transfer("frames", frames_);
  archive.transfer("channel_sums", sums_);
  if (frames_.size() != plan_.groups || sums_.size() % std::max<std::size_t>(1, plan_.groups) != 0)
    throw base::RunError("the saved sums are of other frames");
}

std::optional<math::Estimate> ratio_of_groups(const std::vector<double>& a,
                                              const std::vector<double>& b) {
  const auto counted = std::count_if(b.begin(), b.end(), [](double count) { return count > 0.0; });
  if (counted < static_cast<std::ptrdiff_t>(FramePlan::fewest_frames)) return std::nullopt;
  return math::correlated_ratio(a, b);
}

}  // namespace vitreous::analysis
