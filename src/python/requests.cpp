#include "python/requests.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "engine/native/choose_forces.hpp"
#include "io/observed_trajectory.hpp"
#include "io/potential_source.hpp"

namespace vitreous::python {

std::vector<analysis::ObserverRequest> to_requests(const Requests& asked) {
  std::vector<analysis::ObserverRequest> requests;
  for (const auto& [kind, options] : asked) requests.push_back({kind, options});
  if (requests.empty())
    throw base::InputError("no observer was asked for", "", {"vt.analyze(source, [vt.MSD()])"});
  return requests;
}

std::string names_of(const std::vector<analysis::ObserverRequest>& requests) {
  std::vector<std::string> kinds;
  for (const auto& request : requests) kinds.push_back(request.kind);
  return fmt::format("{}", fmt::join(kinds, ", "));
}

analysis::Setting completed(analysis::Setting setting, const Beside& beside, const core::Box& box) {
  if (beside.gap > 0.0) setting.slab = io::slab_in(box, beside.gap, beside.edge);
  if (beside.potential.empty()) return setting;
  std::vector<std::string> names;
  for (const auto& kind : setting.kinds) names.push_back(kind.name);
  setting.forces = engine::choose_forces_maker(
      potential::EamPotential(io::read_potential(beside.potential), names), "auto");
  return setting;
}

void require_forces(const analysis::ObserverSet& observers, const Beside& beside) {
  const std::string kind = observers.needs_forces();
  if (kind.empty() || !beside.potential.empty()) return;
  throw base::InputError(kind + " needs a potential",
                         "it minimizes energies, and frames do not tell what their atoms feel",
                         {"potential=\"kim:MODEL\" or potential=\"FILE.eam.fs\""});
}

}  // namespace vitreous::python
