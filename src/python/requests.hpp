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

/// The setting with the forces of a potential by name; as it is where none is named.
analysis::Setting with_forces(analysis::Setting setting, const std::string& potential);
/// Throws InputError where an observer needs forces and no potential was named.
void require_forces(const analysis::ObserverSet& observers, const std::string& potential);

}  // namespace vitreous::python
