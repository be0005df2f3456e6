// One branch of a stage on its way: legs, observers and records around an engine, and all of it in
// one archive, so that it goes on bit for bit where it stopped.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/observer_set.hpp"
#include "engine/engine.hpp"
#include "stage/leg.hpp"
#include "stage/mean_volume.hpp"
#include "stage/minimize.hpp"
#include "stage/ramp_record.hpp"

namespace vitreous::stage {

/// Options in: what is run, what is observed, where others leave it.
struct StageOptions {
  std::string kind;                ///< one of stage_declarations()
  core::Options options;           ///< as the kind declares them
  double timestep = 0.0;           ///< ps
  double start_temperature = 0.0;  ///< K, where a ramp begins
  std::vector<analysis::ObserverRequest> observe;
  std::vector<double> left_at;  ///< of a ramp: temperatures (K) at which its state is handed on
  std::int64_t save_every = 0;  ///< steps between saved frames of what is observed; 0: none
  engine::ForcesMaker forces;   ///< for minimizing, and for observers that need some
};

/// Called from within `advance`; neither may change the run.
struct StageEvents {
  std::function<void(double temperature, engine::State& state)> leave;
  std::function<void(const core::Frame& frame)> save;
};

class StageRun {
 public:
  /// `start` holds box and atoms (ids ascending); its step and time are set to zero.
  StageRun(StageOptions options, engine::State start, StageEvents events = {});
  ~StageRun();
  StageRun(const StageRun&) = delete;
  StageRun& operator=(const StageRun&) = delete;

  std::int64_t step() const { return state_.step; }
  std::int64_t steps() const { return last_step_; }
  /// How long has been observed so far, ps.
  double observed_time() const {
    return static_cast<double>(std::max<std::int64_t>(0, state_.step - observed_from_)) *
           options_.timestep;
  }
  /// Of a minimization on its way, the moves so far and about how many it will take.
  std::optional<std::pair<std::int64_t, std::int64_t>> moves() const;
  bool done() const { return leg_ == legs_.size() && !observers_->has_work(); }
  const Leg& leg() const { return legs_[leg_ < legs_.size() ? leg_ : legs_.size() - 1]; }
  engine::State& state() { return state_; }
  const engine::State& state() const { return state_; }

  /// Goes on by `most` steps (or moves of a minimization), to the end or to where observers have
  /// work left, whichever is nearest; where they have, does a piece of it instead. Where the calls
  /// are cut never changes the run.
  void advance(engine::Engine& engine, std::int64_t most);
  core::Thermo thermo(engine::Engine& engine);

  /// What was learned so far.
  core::Result result() const;
  /// Goes on from where a hold with the same options but a shorter duration stands, done or not: as
  /// if this duration had been asked for from the first (see ObserverSet::continue_from).
  void continue_from(const StageRun& shorter);
  /// Of the run: state, legs, observers, records. The engine is archived beside it. What a hold of
  /// a shorter duration saved is continued.
  void transfer(core::Archive& archive);

 private:
  void load_shorter(core::Archive& archive, std::int64_t steps);
  void transfer_parts(core::Archive& archive);
  std::int64_t leg_end() const { return leg_begin_ + legs_[leg_].steps; }
  void begin_leg(engine::Engine& engine);
  void end_leg();
  void minimize(engine::Engine& engine, std::int64_t most);
  std::int64_t next_event() const;
  void at_event(engine::Engine& engine);
  void scale_to_mean_box(engine::Engine& engine);
  void observe(engine::Engine& engine);
  void hand_on();
  bool is_save_step() const;

  StageOptions options_;
  StageEvents events_;
  std::vector<Leg> legs_;
  std::int64_t observed_from_ = 0, last_step_ = 0;
  std::optional<analysis::ObserverSet> observers_;
  std::optional<RampRecord> record_;
  std::optional<MinimumRecord> minimum_;
  std::optional<Descent> descent_;
  /// Where others leave: ascending steps with their temperatures.
  std::vector<std::pair<std::int64_t, double>> exits_;

  engine::State state_;
  std::size_t leg_ = 0;
  std::int64_t leg_begin_ = 0;
  bool begun_ = false;      ///< whether the present leg has begun
  MeanVolume mean_volume_;  ///< of the second half of the leg before one in the mean box
};

}  // namespace vitreous::stage
