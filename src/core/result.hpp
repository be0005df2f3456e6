// Named columns with units and standard errors, plus how they were made.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "core/measured.hpp"

namespace vitreous::core {

/// A column of numbers or of words. In CSV it is `name_unit`, its errors `name_unit_se`... see
/// column_names.
struct Column {
  std::string name;        ///< e.g. "msd"
  std::string unit = "1";  ///< e.g. "angstrom^2"
  std::variant<std::vector<double>, std::vector<std::string>> values;
  std::vector<double> standard_error;  ///< empty, or one a value
  bool may_lack_values = false;        ///< NaN then says that there is none: an empty cell

  std::size_t size() const {
    return std::visit([](const auto& v) { return v.size(); }, values);
  }
};

/// Columns without rows yet.
Column number_column(const std::string& name, const std::string& unit,
                     bool may_lack_values = false);
Column word_column(const std::string& name);
/// Puts a row at the end of a column of numbers, or of words.
void add_cell(Column& column, double value);
void add_cell(Column& column, const std::string& word);

/// A tidy table: every row an observation.
struct Table {
  std::string name;  ///< the file's stem, e.g. "msd"
  std::vector<Column> columns;
  std::map<std::string, std::string> how;

  std::size_t rows() const { return columns.empty() ? 0 : columns.front().size(); }
};

/// "msd_angstrom2"; the column of its errors is "msd_angstrom2_se".
std::string column_name(const Column& column);

/// What an observer, a stage or a fit yields.
struct Result {
  std::vector<Table> tables;
  std::vector<Reported> quantities;
};

}  // namespace vitreous::core
