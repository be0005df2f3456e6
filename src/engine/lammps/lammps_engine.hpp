// Dynamics by LAMMPS: any pair style, any accelerator, any number of processes.
#pragma once

#include <optional>

#include "engine/engine.hpp"
#include "engine/lammps/lammps_copy.hpp"

namespace vitreous::engine {

/// LAMMPS is run in pieces; positions, velocities and box come back after each call. It counts in
/// CODATA 2018 as the rest of the program does: temperatures and pressures that it is told, and
/// masses (lammps_copy.hpp), differ from ours by the ratios of our constants to its own (1e-6 or
/// less), so that forces, kT and P are ours.
///
/// Thermostats and barostats are LAMMPS' Nose-Hoover fixes, which live on from call to call, and
/// with what they remember in checkpoints; velocity rescaling is ours (velocity_rescaling.hpp),
/// every 10 steps, beside `nve` or `nph`. Where calls are cut may change rounding, and so in time
/// the path of each atom, but no average.
class LammpsEngine : public Engine {
 public:
  /// Starts LAMMPS; one engine at a time. `processes` outlives it. Throws RunError where LAMMPS
  /// does not start.
  LammpsEngine(LammpsProcesses& processes, LammpsOptions options);
  ~LammpsEngine() override;

  /// Throws RunError with LAMMPS' words and the moment where it fails.
  void advance(State& state, const Protocol& protocol, std::int64_t steps) override;
  core::Thermo thermo(State& state, const Protocol& protocol) override;
  void transfer(core::Archive& archive) override;
  void reset() override { copy_->forget(); }
  std::string description() const override;

 private:
  /// What the fix remembers, and to what it belongs.
  struct Memory {
    std::vector<double> numbers;
    std::int64_t first_step = -1;  ///< of the protocol
    double kT = 0.0;               ///< eV, where it aimed last
    std::string fix;               ///< its style
  };

  template <class Work>
  auto at_moment(const State& state, const Work& work);
  void bring(State& state, const Protocol& protocol);
  void start_fix(const State& state, const Protocol& protocol);
  void run(std::int64_t steps);
  std::int64_t run_piece(State& state, const Protocol& protocol, std::int64_t most);
  void set_targets(const State& state, const Protocol& protocol, std::int64_t steps);
  void run_with_chains(State& state, const Protocol& protocol, std::int64_t steps);
  void rescale(State& state, const Protocol& protocol, std::int64_t steps);
  double chains_over_kT(const Protocol& protocol, double kT);

  LammpsProcesses& processes_;
  LammpsOptions options_;
  LammpsConstants constants_;
  int version_ = 0;
  std::optional<LammpsCopy> copy_;
  std::optional<Protocol> fixed_;  ///< what the fix that stands in LAMMPS does
  bool forces_known_ = false;      ///< of the atoms as they stand
  Memory memory_;
};

}  // namespace vitreous::engine
