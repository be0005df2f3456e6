#include "analysis/jump_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/constants.hpp"

namespace vitreous::analysis {
namespace {

/// An empty cell where there is no estimate.
void add_estimate(core::Column& column, const math::Estimate& estimate, double factor) {
  const bool known = estimate.degrees > 0.0;
  const double none = std::numeric_limits<double>::quiet_NaN();
  core::add_cell(column, known ? estimate.mean * factor : none);
  column.standard_error.push_back(known ? estimate.standard_error * factor : none);
}

core::Table empty_events() {
  return {"cage_jumps",
          {core::number_column("atom", "1"), core::number_column("start", "ps"),
           core::number_column("end", "ps"), core::number_column("lx", "angstrom"),
           core::number_column("ly", "angstrom"), core::number_column("lz", "angstrom"),
           core::number_column("length", "angstrom"), core::number_column("windows", "1")},
          {}};
}

core::Table empty_rates() {
  return {"cage_jumps_rates",
          {core::number_column("window", "ps"), core::word_column("u2_convention"),
           core::number_column("u2", "angstrom^2"), core::word_column("species"),
           core::number_column("jumps", "1"), core::number_column("Gamma", "1/ns", true),
           core::number_column("length", "angstrom", true),
           core::number_column("l_squared", "angstrom^2", true),
           core::number_column("D_jumps", "m^2/s", true)},
          {}};
}

}  // namespace

double u2_share(std::size_t convention, int dimensions) {
  const double shares[] = {0.5, 1.0, 1.0 / dimensions};
  return shares[convention];
}

JumpSearch::JumpSearch(const JumpWindows& run, double cage_msd, std::size_t convention)
    : run_(run), events_(empty_events()) {
  // Of a layer, members are counted one by one.
  std::vector<double> always(run.setting.counts.begin(), run.setting.counts.end());
  if (run.layer) always.assign(always.size(), 0.0);
  const std::size_t parts = run.sums.parts();
  for (std::size_t per_half = 1; JumpTally::holds(parts / per_half); per_half *= 2) {
    if (2 * per_half * run.plan.frames_a_part < WindowPlan::fewest_frames) continue;
    const double half_window = static_cast<double>(per_half) * run.plan.part_time;
    for (std::size_t c = 0; c < u2_conventions.size(); ++c)
      cases_.push_back({per_half, c, u2_share(c, run.dimensions()) * cage_msd,
                        JumpTally(parts / per_half, half_window, always, run.dimensions())});
  }
  asked_ = find(convention);
  if (!asked_) return;
  run.sums.for_each_atom([this](std::size_t atom, std::span<const WindowStatistics> of_atom) {
    if (run_.layer)
      search(atom, run_.layer->along_surface(of_atom));
    else
      search(atom, of_atom);
  });
}

const JumpSearch::Case* JumpSearch::find(std::size_t convention) const {
  const auto found = std::find_if(cases_.begin(), cases_.end(), [&](const Case& one) {
    return 2 * one.per_half == run_.plan.parts_a_window && one.convention == convention;
  });
  return found == cases_.end() ? nullptr : &*found;
}

void JumpSearch::search(std::size_t atom, std::span<const WindowStatistics> parts) {
  const auto kind = static_cast<std::size_t>(run_.kind[atom]);
  std::vector<WindowStatistics> windows;
  std::size_t per_half = 0;
  for (Case& one : cases_) {
    if (one.per_half != per_half) windows = overlapping_windows(parts, one.per_half);
    per_half = one.per_half;
    const double largest = flagged_above * one.u2;
    auto jumps = find_cage_jumps(windows, {largest, std::sqrt(one.u2), undone_within});
    if (run_.layer) {
      std::erase_if(jumps, [&](const CageJump& jump) {
        return !run_.layer->counts(windows, jump.before(), jump.behind());
      });
      add_members(kind, windows, one.tally);
    }
    for (const CageJump& jump : jumps) one.tally.add(kind, jump);
    if (&one != asked_) continue;
    for (const CageJump& jump : jumps) add_event(atom, jump);
    count_flagged(windows, largest);
  }
}

/// An atom could jump, within one flagged window, wherever such a jump would count.
void JumpSearch::add_members(std::size_t kind, std::span<const WindowStatistics> windows,
                             JumpTally& tally) {
  for (std::size_t place = 0; place < tally.places(); ++place)
    if (run_.layer->counts(windows, place, place + 2 * windows_beside))
      tally.add_member(kind, place);
}

void JumpSearch::count_flagged(std::span<const WindowStatistics> windows, double largest) {
  for (std::size_t w = 0; w < windows.size(); ++w) {
    if (run_.layer && !run_.layer->counts(windows, w, w)) continue;
    ++windows_;
    flagged_ += windows[w].variance > largest ? 1 : 0;
  }
}

void JumpSearch::add_event(std::size_t atom, const CageJump& jump) {
  const Timeline& timeline = run_.setting.timeline;
  const double begin = static_cast<double>(timeline.first) * timeline.timestep;
  const double half_window = static_cast<double>(asked_->per_half) * run_.plan.part_time;
  const math::Vec3& l = jump.vector;
  const double row[] = {static_cast<double>(run_.sums.ids()[atom]),
                        begin + half_window * static_cast<double>(jump.first),
                        begin + half_window * static_cast<double>(jump.last + 2),
                        l.x,
                        l.y,
                        l.z,
                        math::norm(l),
                        static_cast<double>(jump.windows())};
  for (std::size_t c = 0; c < events_.columns.size(); ++c)
    core::add_cell(events_.columns[c], row[c]);
}

core::Table JumpSearch::rates() const {
  core::Table table = empty_rates();
  auto& c = table.columns;
  for (const Case& one : cases_)
    for (const SpeciesRow& row : one.tally.rows(run_.setting)) {
      const JumpEstimates e = one.tally.estimates(row);
      core::add_cell(c[0], 2.0 * static_cast<double>(one.per_half) * run_.plan.part_time);
      core::add_cell(c[1], std::string(u2_conventions[one.convention]));
      core::add_cell(c[2], one.u2);
      core::add_cell(c[3], row.name);
      core::add_cell(c[4], static_cast<double>(e.jumps));
      add_estimate(c[5], e.rate, per_ns);
      add_estimate(c[6], e.length, 1.0);
      add_estimate(c[7], e.l_squared, 1.0);
      add_estimate(c[8], e.D, base::A2_per_ps_to_m2_per_s);
    }
  return table;
}

}  // namespace vitreous::analysis
