#include "potential/eam_tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"

namespace vitreous::potential {

std::size_t EamTables::element(const std::string& symbol) const {
  std::vector<std::string> names;
  for (std::size_t k = 0; k < elements.size(); ++k) {
    if (elements[k].name == symbol) return k;
    names.push_back(elements[k].name);
  }
  throw base::InputError(fmt::format("the potential {} has no element \"{}\"", name, symbol),
                         fmt::format("it describes {}", fmt::join(names, ", ")),
                         {fmt::format("vitreous potential list {}", symbol)});
}

}  // namespace vitreous::potential
