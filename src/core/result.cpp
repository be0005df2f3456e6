#include "core/result.hpp"

#include "base/units.hpp"

namespace vitreous::core {

std::string column_name(const Column& column) {
  const std::string suffix = base::column_suffix(column.unit);
  return suffix.empty() ? column.name : column.name + "_" + suffix;
}

}  // namespace vitreous::core
