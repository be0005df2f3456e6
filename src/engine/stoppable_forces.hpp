// Forces that can be told to stop: how long work on them comes to an end when a signal asks for it.
#pragma once

#include <exception>
#include <functional>
#include <memory>

#include "engine/forces.hpp"

namespace vitreous::engine {

/// Thrown where work was told to stop; what was done of it is lost.
class Stopped : public std::exception {
 public:
  const char* what() const noexcept override { return "told to stop"; }
};

using KeepGoing = std::function<bool()>;

/// Forces as `maker` makes them, whose evaluate throws Stopped as soon as `keep_going` says no.
/// Called by several threads at once where the forces are.
ForcesMaker stoppable(ForcesMaker maker, KeepGoing keep_going);

}  // namespace vitreous::engine
