// The engine of our own: velocity Verlet with Nose-Hoover chains or stochastic velocity rescaling,
// and an isotropic barostat; see bath.hpp, mtk_barostat.hpp.
#pragma once

#include <memory>
#include <optional>

#include "engine/engine.hpp"
#include "engine/forces.hpp"
#include "engine/native/targets.hpp"

namespace vitreous::engine {

/// Units are A, ps, eV, amu. Positions are never folded; under npt the cell and the whole unwrapped
/// vectors r - origin are scaled together. Courses are read at the absolute step: the step from n
/// to n + 1 aims at their values at n in its first half and at n + 1 in its second, and what their
/// change costs enters State::heat, so that Thermo::conserved stays constant on ramps too.
///
/// The forces' bits must not depend on what else is wanted with them. A state that was changed from
/// outside needs reset(). After a RunError the state is of no use: go back to a checkpoint.
class NativeEngine : public Engine {
 public:
  explicit NativeEngine(std::unique_ptr<Forces> forces);

  /// Throws InputError for a protocol that makes no sense; RunError, naming step and temperature,
  /// where atoms or box move too fast or forces are not finite.
  void advance(State& state, const Protocol& protocol, std::int64_t steps) override;
  core::Thermo thermo(State& state, const Protocol& protocol) override;
  void transfer(core::Archive& archive) override;
  void reset() override;
  std::string description() const override;

 private:
  void step(State& state, const Protocol& protocol, Want want);
  void push_barostat(State& state, const Protocol& protocol, const Targets& targets, double time);
  void kick_atoms(State& state, const Protocol& protocol, double time);
  void drift_atoms(State& state, const Protocol& protocol);
  void find_forces(const State& state, Want want);
  void measure(const State& state);
  void forget();
  /// Makes sure that `result_` belongs to the state and holds what is wanted.
  void require_forces(const State& state, Want want);

  std::unique_ptr<Forces> forces_;
  ForceResult result_;    ///< what the loop moves atoms with
  ForceResult measured_;  ///< what thermo() tells; never moves an atom, so that sampling cannot
                          ///< change a run
  std::optional<std::int64_t> known_step_;     ///< of result_
  Want known_want_;                            ///< and what it holds
  std::optional<std::int64_t> measured_step_;  ///< of measured_
};

}  // namespace vitreous::engine
