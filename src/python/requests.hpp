// What Python asks of observers.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "analysis/observer_set.hpp"
#include "python/module.hpp"

namespace vitreous::python {

/// Kind and options in the user's words, an observer each.
using Requests = std::vector<std::pair<std::string, Words>>;

std::vector<analysis::ObserverRequest> to_requests(const Requests& asked);
/// "msd, rdf", for messages.
std::string names_of(const std::vector<analysis::ObserverRequest>& requests);

/// What frames do not tell.
struct Beside {
  std::string potential;  ///< by name; "" where observers get no forces
  double gap = 0.0;       ///< of a slab, A; 0 where the box is not open
  std::size_t edge = 2;   ///< across the slab
};

/// The setting with what stands beside its frames; `box` is that of the first.
analysis::Setting completed(analysis::Setting setting, const Beside& beside, const core::Box& box);
/// Throws InputError where an observer needs forces and no potential was named.
void require_forces(const analysis::ObserverSet& observers, const Beside& beside);

}  // namespace vitreous::python
