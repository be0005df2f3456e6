#include "analysis/origin_store.hpp"

#include <algorithm>

#include "analysis/lane_sum.hpp"
#include "base/error.hpp"

namespace vitreous::analysis {
namespace {

double sum(const std::vector<double>& values, std::size_t begin, std::size_t end) {
  return lane_sum(begin, end, [v = values.data()](std::size_t i) { return v[i]; });
}

void shift(std::vector<double>& values, double by) {
  for (double& value : values) value -= by;
}

/// Steps that are an origin or lie a lag after one.
std::vector<std::int64_t> needed_steps(const OriginPlan& plan) {
  std::vector<std::int64_t> steps = plan.origins;
  for (const std::int64_t lag : plan.lags)
    for (const std::int64_t origin : plan.origins)
      if (origin + lag <= plan.timeline.last) steps.push_back(origin + lag);
  std::sort(steps.begin(), steps.end());
  steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
  return steps;
}

}  // namespace

OriginStore::OriginStore(OriginPlan plan, const Setting& setting) : plan_(std::move(plan)) {
  // Of a file every frame is looked at: one that matches no lag costs little.
  frame_steps_ = plan_.timeline.from_file() ? plan_.timeline.steps : needed_steps(plan_);
  begin_.push_back(0);
  for (const std::size_t count : setting.counts) begin_.push_back(begin_.back() + count);
  distance2_.resize(begin_.back());
  now_.position.resize(begin_.back());
}

void OriginStore::snapshot(const core::Frame& frame, Snapshot& out) {
  const core::Atoms& atoms = *frame.atoms;
  if (atoms.size() != begin_.back())
    throw base::RunError("the number of atoms changed while displacements were observed");
  out.step = frame.step;
  out.box = *frame.box;
  cursor_.assign(begin_.begin(), begin_.end() - 1);
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const auto kind = static_cast<std::size_t>(atoms.species[i]);
    const std::size_t to = cursor_[kind]++;
    if (to >= begin_[kind + 1])
      throw base::RunError("the composition changed while displacements were observed");
    out.position.x[to] = atoms.position.x[i];
    out.position.y[to] = atoms.position.y[i];
    out.position.z[to] = atoms.position.z[i];
  }
  math::Vec3 moment;
  double mass = 0.0;
  for (std::size_t kind = 0; kind + 1 < begin_.size(); ++kind) {
    const std::size_t begin = begin_[kind], end = begin_[kind + 1];
    const double m = atoms.kinds[kind].mass;
    mass += m * static_cast<double>(end - begin);
    moment += math::Vec3{sum(out.position.x, begin, end), sum(out.position.y, begin, end),
                         sum(out.position.z, begin, end)} *
              m;
  }
  out.center = moment * (1.0 / mass);
  shift(out.position.x, out.center.x);
  shift(out.position.y, out.center.y);
  shift(out.position.z, out.center.z);
}

void OriginStore::squared_displacements(const Snapshot& origin, const Snapshot& now) {
  const double *ax = origin.position.x.data(), *ay = origin.position.y.data(),
               *az = origin.position.z.data();
  const double *bx = now.position.x.data(), *by = now.position.y.data(),
               *bz = now.position.z.data();
  double* out = distance2_.data();
  for (std::size_t i = 0; i < distance2_.size(); ++i) {
    const double x = bx[i] - ax[i], y = by[i] - ay[i], z = bz[i] - az[i];
    out[i] = x * x + y * y + z * z;
  }
}

bool OriginStore::is_origin(std::int64_t step) const {
  return std::binary_search(plan_.origins.begin(), plan_.origins.end(), step);
}

void OriginStore::take(const core::Frame& frame, const Visit& visit) {
  if (!std::binary_search(frame_steps_.begin(), frame_steps_.end(), frame.step)) return;
  snapshot(frame, now_);
  while (!alive_.empty() && frame.step - alive_.front().step > plan_.lags.back())
    alive_.pop_front();
  for (std::size_t lag = 0; lag < plan_.lags.size(); ++lag) {
    const std::int64_t wanted = frame.step - plan_.lags[lag];
    const auto origin =
        std::lower_bound(alive_.begin(), alive_.end(), wanted,
                         [](const Snapshot& s, std::int64_t step) { return s.step < step; });
    if (origin == alive_.end() || origin->step != wanted) continue;
    const auto index = static_cast<std::size_t>(
        std::lower_bound(plan_.origins.begin(), plan_.origins.end(), wanted) -
        plan_.origins.begin());
    squared_displacements(*origin, now_);
    visit({*origin, now_, lag, plan_.group[index], begin_, distance2_});
  }
  if (is_origin(frame.step)) alive_.push_back(now_);
}

void OriginStore::continue_from(const OriginStore& shorter) {
  for (const Snapshot& origin : shorter.alive_)
    if (is_origin(origin.step)) alive_.push_back(origin);
}

void OriginStore::transfer(core::Archive& archive) {
  std::vector<std::int64_t> origins = plan_.origins, lags = plan_.lags;
  archive.transfer("origins", origins);
  archive.transfer("lags", lags);
  if (origins != plan_.origins || lags != plan_.lags)
    throw base::RunError("the saved observation was planned for other origins or lags",
                         "duration, time step or observers differ from those of the saved run");
  auto count = static_cast<std::int64_t>(alive_.size());
  archive.transfer("alive", count);
  alive_.resize(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < alive_.size(); ++i) {
    const core::Archive::Group group(archive, "snapshot" + std::to_string(i));
    archive.transfer("step", alive_[i].step);
    archive.transfer("box", alive_[i].box);
    archive.transfer("position", alive_[i].position);
    archive.transfer("center", alive_[i].center);
  }
}

}  // namespace vitreous::analysis
