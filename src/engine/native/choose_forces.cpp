#include "engine/native/choose_forces.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "engine/native/fast/fast_forces.hpp"
#include "engine/native/reference_forces.hpp"

namespace vitreous::engine {

std::unique_ptr<Forces> choose_forces(const potential::EamPotential& potential,
                                      const std::string& precision) {
  if (precision == "double")
    return std::make_unique<ReferenceForces>(potential, 1.0, "asked for by precision = \"double\"");
  if (precision != "auto")
    throw base::InputError(fmt::format("no precision is called \"{}\"", precision), "",
                           {"\"auto\"", "\"double\""});
  fast::FastTables tables;
  std::string objection = FastForces::objection_to_processor();
  if (objection.empty()) {
    tables = fast::fit_tables(potential);
    objection = fast::objection_to_tables(potential, tables);
  }
  if (!objection.empty())
    return std::make_unique<ReferenceForces>(potential, 1.0, "not the fast form: " + objection);
  return std::make_unique<FastForces>(potential, std::move(tables));
}

}  // namespace vitreous::engine
