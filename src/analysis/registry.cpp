// The one list of observers.
#include <algorithm>

#include "analysis/bond_order.hpp"
#include "analysis/cage_jumps.hpp"
#include "analysis/depth_profile.hpp"
#include "analysis/displacement_trace.hpp"
#include "analysis/hops.hpp"
#include "analysis/intermediate_scattering.hpp"
#include "analysis/msd.hpp"
#include "analysis/non_gaussian.hpp"
#include "analysis/observer.hpp"
#include "analysis/rdf.hpp"
#include "analysis/thermo.hpp"
#include "analysis/van_hove.hpp"
#include "analysis/viscosity.hpp"
#include "analysis/voronoi.hpp"
#include "base/error.hpp"

namespace vitreous::analysis {
namespace {

struct Entry {
  core::Declaration declaration;
  bool from_positions;
  std::unique_ptr<Observer> (*make)(const core::Options&, const Setting&);
};

template <class Kind>
Entry entry() {
  return {Kind::declaration(), Kind::from_positions,
          [](const core::Options& options, const Setting& setting) -> std::unique_ptr<Observer> {
            return std::make_unique<Kind>(options, setting);
          }};
}

const std::vector<Entry>& entries() {
  static const std::vector<Entry> all = {
      entry<Thermo>(),
      entry<Msd>(),
      entry<IntermediateScattering>(),
      entry<NonGaussian>(),
      entry<VanHove>(),
      entry<Rdf>(),
      entry<Viscosity>(),
      entry<CageJumps>(),
      entry<Hops>(),
      entry<Voronoi>(),
      entry<BondOrder>(),
      entry<DepthProfile>(),
      entry<DisplacementTrace>(),
  };
  return all;
}

}  // namespace

const std::vector<core::Declaration>& observer_declarations() {
  static const std::vector<core::Declaration> all = [] {
    std::vector<core::Declaration> declarations;
    for (const auto& e : entries()) declarations.push_back(e.declaration);
    return declarations;
  }();
  return all;
}

bool can_watch_trajectory(const std::string& kind) {
  return std::any_of(entries().begin(), entries().end(), [&](const Entry& e) {
    return e.declaration.name == kind && e.from_positions;
  });
}

std::unique_ptr<Observer> make_observer(const std::string& kind, const core::Options& options,
                                        const Setting& setting) {
  for (const auto& e : entries())
    if (e.declaration.name == kind) return e.make(options, setting);
  std::vector<std::string> names;
  for (const auto& e : entries()) names.push_back(e.declaration.name);
  const std::string nearest = base::nearest_name(kind, names);
  throw base::InputError(
      "no observer is called \"" + kind + "\"", "`vitreous list observers` lists them",
      nearest.empty() ? std::vector<std::string>{} : std::vector<std::string>{nearest});
}

}  // namespace vitreous::analysis
