// The seam between a study and whatever advances its atoms.
#pragma once

#include <string>

#include "core/frame.hpp"
#include "engine/protocol.hpp"
#include "engine/state.hpp"

namespace vitreous::engine {

/// Advancing by m and then n steps gives the same bits as advancing by m + n: where the calls are
/// cut is the business of observers and checkpoints, and never changes the run.
class Engine {
 public:
  virtual ~Engine() = default;

  virtual void advance(State& state, const Protocol& protocol, std::int64_t steps) = 0;
  /// Energies and pressure of the state as it stands (its forces are evaluated if they must be).
  virtual core::Thermo thermo(State& state, const Protocol& protocol) = 0;

  /// The engine's own memory (the neighbor list's reference), for checkpoints.
  virtual void transfer(core::Archive& archive) = 0;
  /// Called where atoms or box were changed from outside: forgets lists and forces.
  virtual void reset() = 0;
  virtual std::string description() const = 0;
};

}  // namespace vitreous::engine
