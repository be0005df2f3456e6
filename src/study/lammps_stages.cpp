#include "study/lammps_stages.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vitreous::study {
namespace {

using Stretches = std::vector<LammpsStretch>;

bool near(double a, double b) { return std::abs(a - b) <= 1e-6 * std::max(std::abs(a), 1.0); }

/// Under the same thermostat and barostat, as far as a study tells them apart.
bool alike(const LammpsStretch& a, const LammpsStretch& b) {
  return near(a.temperature_damping, b.temperature_damping) && a.stochastic == b.stochastic &&
         (a.ensemble != "npt" || b.ensemble != "npt" ||
          (near(a.pressure, b.pressure) && near(a.pressure_damping, b.pressure_damping)));
}

bool same_way(const LammpsStretch& a, const LammpsStretch& b) {
  return (a.to < a.from) == (b.to < b.from);
}

class Gatherer {
 public:
  explicit Gatherer(const LammpsHistory& history) : all_(history.stretches) {}

  std::vector<StageDraft> gather() {
    begin();
    while (at_ < all_.size()) {
      if (all_[at_].is_ramp())
        take_ramp();
      else if (const std::size_t count = plateaus(); count >= 3)
        take_staircase(count);
      else
        take_hold();
    }
    name_stages();
    return std::move(out_);
  }

 private:
  /// The hold that a study begins with.
  void begin() {
    std::string heating;
    while (at_ < all_.size() && all_[at_].is_ramp() && all_[at_].to > all_[at_].from)
      heating += fmt::format("{}{}", heating.empty() ? "" : ", ", all_[at_++].line);
    const bool holds = at_ < all_.size() && !all_[at_].is_ramp() &&
                       (at_ == 0 || near(all_[at_].from, all_[at_ - 1].to));
    if (!holds) {
      LammpsStretch melt = at_ > 0 ? all_[at_ - 1] : all_[at_];
      if (at_ > 0)
        melt.from = melt.to;
      else
        melt.to = melt.from;
      melt.ensemble = "npt";
      melt.save.reset();
      push("hold", {melt});
      out_.back().comments.push_back(
          at_ > 0 ? "no hold follows the heating: held as long as its end took"
                  : "the commands begin with a ramp: held as long as that takes");
    } else {
      take_hold();
    }
    if (!heating.empty())
      out_.front().comments.push_back(
          fmt::format("line {}: heated until here; a study begins with a random liquid", heating));
  }

  void push(const std::string& kind, Stretches parts) {
    StageDraft draft;
    draft.kind = kind;
    draft.last_line = parts.back().line;
    draft.parts = std::move(parts);
    out_.push_back(std::move(draft));
  }

  bool is_after_ramp() const { return out_.back().kind == "quench" || out_.back().kind == "heat"; }

  /// LAMMPS sets another temperature at once; stages go on from where one ends.
  void pass_through(double T, const LammpsStretch& next) {
    LammpsStretch moment = next;
    moment.from = moment.to = T;
    moment.duration = 1.0;
    moment.ensemble = "npt";
    moment.save.reset();
    moment.observe.clear();
    moment.opening.reset();
    push("hold", {moment});
    out_.back().comments.push_back(
        fmt::format("{:g} K is set at once there; here for a picosecond, to go on from", T));
  }
  /// What goes on from a ramp at another temperature than its end would leave it on its way.
  void leave_ramp() {
    if (is_after_ramp()) pass_through(temperature(), out_.back().main());
  }

  double temperature() const { return out_.back().end_temperature(); }

  void take_ramp() {
    Stretches parts = {all_[at_++]};
    while (at_ < all_.size() && all_[at_].is_ramp() && same_way(all_[at_], parts[0]) &&
           near(all_[at_].from, parts.back().to) && alike(all_[at_], parts[0]))
      parts.push_back(all_[at_++]);
    if (!near(temperature(), parts[0].from)) {
      leave_ramp();
      pass_through(parts[0].from, parts[0]);
    }
    push(parts[0].to < parts[0].from ? "quench" : "heat", parts);
    if (parts[0].ensemble != "npt")
      out_.back().comments.push_back(fmt::format(
          "line {}: ran at constant volume; a ramp runs at constant pressure", parts[0].line));
  }

  /// How many holds from here on are steps of a staircase.
  std::size_t plateaus() const {
    const double step = all_[at_].from - temperature();
    if (near(step, 0.0) || std::abs(step) < 1e-3) return 0;
    std::size_t count = 0;
    double before = temperature();
    for (std::size_t k = at_; k < all_.size(); ++k, ++count) {
      const auto& s = all_[k];
      if (s.is_ramp() || s.ensemble != "npt" || !near(s.from - before, step) || s.opening ||
          !near(s.duration, all_[at_].duration) || !alike(s, all_[at_]))
        break;
      before = s.from;
    }
    return count;
  }

  void take_staircase(std::size_t count) {
    const double step = std::abs(all_[at_].from - temperature());
    const auto first = all_.begin() + static_cast<std::ptrdiff_t>(at_);
    const auto last = first + static_cast<std::ptrdiff_t>(count);
    LammpsStretch whole = *(last - 1);
    whole.from = temperature();
    whole.duration = static_cast<double>(count) * first->duration;
    whole.line = first->line;
    push(whole.to < whole.from ? "quench" : "heat", {whole});
    out_.back().step = step;
    out_.back().last_line = (last - 1)->line;
    at_ += count;
  }

  void take_hold() {
    LammpsStretch hold = all_[at_++];
    const auto goes_on = [&](const LammpsStretch& next) {
      return !next.is_ramp() && near(next.from, hold.from) && alike(next, hold) && !next.opening;
    };
    std::size_t first = hold.line, last = hold.line;
    double equilibrate = 0.0;
    for (; at_ < all_.size() && goes_on(all_[at_]); ++at_) {
      const auto& next = all_[at_];
      if (next.ensemble == hold.ensemble && !(hold.save && !next.save)) {
        hold.duration += next.duration;
        hold.save = next.save;
        hold.observe = next.observe;
      } else if (hold.ensemble == "npt" && next.ensemble != "npt" && !hold.save &&
                 equilibrate == 0.0) {
        equilibrate = hold.duration;
        const auto barostat = hold;
        hold = next;
        hold.pressure = barostat.pressure;
        hold.pressure_damping = barostat.pressure_damping;
      } else {
        break;
      }
      last = next.line;
    }
    hold.line = first;
    if (!out_.empty() && !near(temperature(), hold.from)) leave_ramp();
    push(hold.opening ? "free_surface" : "hold", {hold});
    auto& draft = out_.back();
    draft.equilibrate = equilibrate;
    draft.last_line = last;
    if (equilibrate > 0.0 && !hold.opening)
      draft.comments.push_back(
          "`equilibrate` is the npt run; what follows has the mean box of its second half");
  }

  void name_stages() {
    const bool ramps =
        std::any_of(out_.begin(), out_.end(), [](const auto& d) { return d.kind != "hold"; });
    for (std::size_t k = 0; k < out_.size(); ++k) {
      auto& draft = out_[k];
      std::string stem = draft.kind == "free_surface" ? "surface" : draft.kind;
      if (k == 0 && ramps) stem = "melt";
      std::size_t same = 0;
      for (std::size_t j = 0; j < k; ++j)
        same += out_[j].name == stem || out_[j].name.starts_with(stem + "_");
      draft.name = same == 0 ? stem : fmt::format("{}_{}", stem, same + 1);
    }
  }

  const Stretches& all_;
  std::size_t at_ = 0;
  std::vector<StageDraft> out_;
};

}  // namespace

std::vector<StageDraft> gathered_stages(const LammpsHistory& history) {
  return Gatherer(history).gather();
}

}  // namespace vitreous::study
