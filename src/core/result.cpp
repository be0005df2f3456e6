#include "core/result.hpp"

#include "base/units.hpp"

namespace vitreous::core {

std::string column_name(const Column& column) {
  const std::string suffix = base::column_suffix(column.unit);
  return suffix.empty() ? column.name : column.name + "_" + suffix;
}

Column number_column(const std::string& name, const std::string& unit, bool may_lack_values) {
  return {name, unit, std::vector<double>{}, {}, may_lack_values};
}

void add_cell(Column& column, double value) {
  std::get<std::vector<double>>(column.values).push_back(value);
}

void add_cell(Column& column, const std::string& word) {
  std::get<std::vector<std::string>>(column.values).push_back(word);
}

Column word_column(const std::string& name) { return {name, "1", std::vector<std::string>{}, {}}; }

}  // namespace vitreous::core
