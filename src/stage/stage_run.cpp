#include "stage/stage_run.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "base/error.hpp"
#include "stage/free_surface.hpp"

namespace vitreous::stage {
namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

/// Steps between samples of the volume, from which a mean box is made: the box breathes over
/// hundreds.
constexpr std::int64_t volume_spacing = 20;

void add_atoms(analysis::Setting& setting, const core::Atoms& atoms) {
  setting.kinds = atoms.kinds;
  for (std::size_t kind = 0; kind < atoms.kinds.size(); ++kind)
    setting.counts.push_back(atoms.count(static_cast<std::int32_t>(kind)));
}

/// The first multiple of `spacing` counted from `origin` that is > `after`.
std::int64_t next_multiple(std::int64_t after, std::int64_t origin, std::int64_t spacing) {
  if (after < origin) return origin;
  return origin + ((after - origin) / spacing + 1) * spacing;
}

}  // namespace

StageRun::StageRun(StageOptions options, engine::State start, StageEvents events)
    : options_(std::move(options)), events_(std::move(events)), state_(std::move(start)) {
  state_.step = 0;
  state_.time = 0.0;
  state_.reset_ensemble();
  legs_ = legs_of(options_.kind, options_.options, options_.timestep, options_.start_temperature);
  analysis::Setting setting = observed_setting(legs_, options_.timestep);
  add_atoms(setting, state_.atoms);
  setting.forces = options_.forces;
  observed_from_ = setting.timeline.first;
  last_step_ = setting.timeline.last;
  observers_.emplace(setting, options_.observe);
  if (legs_.front().minimized_to) minimum_.emplace();
  if (!is_ramp(options_.kind)) return;

  const RampCourse course = ramp_course(options_.kind, ramp_segments(options_.options),
                                        options_.timestep, options_.start_temperature);
  record_.emplace(course.intervals, legs_.front().protocol.pressure.at(0));
  for (const double temperature : options_.left_at)
    exits_.emplace_back(step_at_temperature(course, temperature), temperature);
  std::sort(exits_.begin(), exits_.end());
}

StageRun::~StageRun() = default;

bool StageRun::is_save_step() const {
  return options_.save_every > 0 && state_.step >= observed_from_ &&
         (state_.step - observed_from_) % options_.save_every == 0;
}

std::int64_t StageRun::next_event() const {
  const std::int64_t now = state_.step;
  std::int64_t next = leg_end();
  next = std::min(next, observers_->next_step(now));
  if (record_) next = std::min(next, record_->next_step(now));
  if (options_.save_every > 0)
    next = std::min(next, next_multiple(now, observed_from_, options_.save_every));
  const auto exit = std::upper_bound(exits_.begin(), exits_.end(), std::pair(now, never * 1.0));
  if (exit != exits_.end()) next = std::min(next, exit->first);
  if (leg_ + 1 < legs_.size() && legs_[leg_ + 1].in_mean_box)
    next = std::min(next, next_multiple(now, leg_begin_ + legs_[leg_].steps / 2, volume_spacing));
  return next;
}

void StageRun::begin_leg(engine::Engine& engine) {
  leg_begin_ = state_.step;
  state_.reset_ensemble();
  legs_[leg_].protocol.first_step = leg_begin_;
  if (legs_[leg_].in_mean_box) scale_to_mean_box(engine);
  if (legs_[leg_].opening) {
    open_box(*legs_[leg_].opening, state_);
    engine.reset();
  }
  begun_ = true;
  at_event(engine);
}

void StageRun::end_leg() {
  ++leg_;
  begun_ = false;
}

void StageRun::scale_to_mean_box(engine::Engine& engine) {
  const double scale = std::cbrt(mean_volume_.mean() / state_.box.volume());
  const core::Box box(state_.box.cell() * scale, state_.box.origin());
  for (std::size_t i = 0; i < state_.atoms.size(); ++i)
    state_.atoms.position.set(i, box.origin() + (state_.atoms.position[i] - box.origin()) * scale);
  state_.box = box;
  engine.reset();
}

void StageRun::minimize(engine::Engine& engine, std::int64_t most) {
  const double tolerance = *legs_[leg_].minimized_to;
  if (!descent_) descent_.emplace(options_.forces, state_, tolerance);
  if (!descent_->advance(most)) return;
  state_.atoms = descent_->take_atoms();
  engine.reset();
  minimum_->take(thermo(engine), state_.box.volume(), state_.atoms.size(),
                 descent_->largest_force(), descent_->moves());
  descent_.reset();
  end_leg();
}

std::optional<std::pair<std::int64_t, std::int64_t>> StageRun::moves() const {
  if (!descent_) return std::nullopt;
  return std::pair(descent_->moves(),
                   std::max(descent_->moves(), usual_moves(descent_->force_tolerance())));
}

void StageRun::advance(engine::Engine& engine, std::int64_t most) {
  if (observers_->has_work()) return observers_->work();
  if (!done() && legs_[leg_].minimized_to) return minimize(engine, most);
  const std::int64_t until = std::min(last_step_, state_.step + most);
  while (!done() && !observers_->has_work() && (state_.step < until || legs_[leg_].steps == 0)) {
    if (!begun_) begin_leg(engine);
    if (state_.step < leg_end()) {
      const std::int64_t target = std::min(until, next_event());
      const bool event = target == next_event();
      engine.advance(state_, legs_[leg_].protocol, target - state_.step);
      if (event) at_event(engine);
    }
    if (state_.step == leg_end()) end_leg();
  }
}

core::Thermo StageRun::thermo(engine::Engine& engine) {
  return engine.thermo(state_, leg().protocol);
}

void StageRun::at_event(engine::Engine& engine) {
  const std::int64_t half = leg_begin_ + legs_[leg_].steps / 2;
  if (leg_ + 1 < legs_.size() && legs_[leg_ + 1].in_mean_box && state_.step >= half &&
      (state_.step - half) % volume_spacing == 0)
    mean_volume_.take(state_.box.volume());
  if (!legs_[leg_].observed) return;
  if (record_ && record_->next_step(state_.step - 1) == state_.step)
    record_->take(state_.step, thermo(engine), state_.box.volume(), state_.atoms.size());
  observe(engine);
  hand_on();
}

void StageRun::observe(engine::Engine& engine) {
  const bool wanted = observers_->next_step(state_.step - 1) == state_.step;
  const bool saved = is_save_step() && events_.save;
  if (!wanted && !saved) return;
  core::Frame frame;
  frame.step = state_.step;
  frame.time = static_cast<double>(state_.step) * options_.timestep;
  frame.box = &state_.box;
  frame.atoms = &state_.atoms;
  frame.has_velocities = true;
  if (wanted && observers_->needs_thermo_at(state_.step)) frame.thermo = thermo(engine);
  if (wanted) observers_->take(frame);
  if (saved) events_.save(frame);
}

void StageRun::hand_on() {
  if (!events_.leave) return;
  for (const auto& [step, temperature] : exits_)
    if (step == state_.step) events_.leave(temperature, state_);
}

core::Result StageRun::result() const {
  core::Result result = observers_->result();
  if (legs_.back().in_mean_box)
    mean_volume_.widen(result, legs_.back().protocol.temperature.at(0), state_.atoms.size());
  if (record_) result.tables.push_back(record_->table());
  if (minimum_) {
    auto [tables, quantities] = minimum_->result();
    std::move(tables.begin(), tables.end(), std::back_inserter(result.tables));
    std::move(quantities.begin(), quantities.end(), std::back_inserter(result.quantities));
  }
  return result;
}

void StageRun::continue_from(const StageRun& shorter) {
  state_ = shorter.state_;
  leg_ = shorter.leg_;
  leg_begin_ = shorter.leg_begin_;
  begun_ = shorter.begun_;
  mean_volume_ = shorter.mean_volume_;
  if (shorter.done()) {
    leg_ = legs_.size() - 1;
    begun_ = true;
  }
  legs_[leg_].protocol.first_step = leg_begin_;
  observers_->continue_from(*shorter.observers_);
}

void StageRun::transfer(core::Archive& archive) {
  std::int64_t steps = last_step_;
  archive.transfer("steps", steps);
  if (steps == last_step_)
    transfer_parts(archive);
  else
    load_shorter(archive, steps);
}

void StageRun::load_shorter(core::Archive& archive, std::int64_t steps) {
  if (is_ramp(options_.kind) || steps > last_step_)
    throw base::RunError("the checkpoint belongs to a stage of another length than this one");
  StageOptions options = options_;
  options.options.set("duration", static_cast<double>(steps - observed_from_) * options_.timestep);
  StageRun shorter(std::move(options), state_);
  shorter.transfer_parts(archive);
  continue_from(shorter);
}

void StageRun::transfer_parts(core::Archive& archive) {
  {
    const core::Archive::Group group(archive, "state");
    state_.transfer(archive);
  }
  const core::Archive::Group group(archive, "stage");
  auto leg = static_cast<std::int64_t>(leg_);
  archive.transfer("leg", leg);
  archive.transfer("leg_begin", leg_begin_);
  archive.transfer("begun", begun_);
  mean_volume_.transfer(archive);
  if (archive.loading()) {
    leg_ = static_cast<std::size_t>(leg);
    if (leg_ > legs_.size())
      throw base::RunError("the checkpoint belongs to a stage with more legs than this one");
    if (leg_ < legs_.size()) legs_[leg_].protocol.first_step = leg_begin_;
  }
  if (record_) {
    const core::Archive::Group inner(archive, "ramp");
    record_->transfer(archive);
  }
  if (minimum_) {
    const core::Archive::Group inner(archive, "minimum");
    minimum_->transfer(archive);
  }
  const core::Archive::Group inner(archive, "observers");
  observers_->transfer(archive);
}

}  // namespace vitreous::stage
