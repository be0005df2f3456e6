// What the ensemble aims at in one moment: the courses of a protocol, read at an absolute step.
#pragma once

#include "engine/protocol.hpp"

namespace vitreous::engine {

struct Targets {
  double kT = 0.0;        ///< eV; 0 under nve
  double pressure = 0.0;  ///< eV/A^3; 0 unless npt
};

/// Throws InputError where the target temperature is not above zero.
Targets targets_at(const Protocol& protocol, std::int64_t step);

}  // namespace vitreous::engine
