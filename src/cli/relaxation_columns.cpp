#include "cli/relaxation_columns.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/error.hpp"

namespace vitreous::cli {

io::ColumnRequest temperature_column() { return {"temperature", {"T"}, "K"}; }
io::ColumnRequest frequency_column() { return {"frequency", {"f", "freq"}, "Hz"}; }
io::ColumnRequest time_column() { return {"time", {"t"}, "s"}; }

LossColumn loss_column(const io::DataTable& table) {
  io::ColumnRequest request{
      "loss_modulus", {"E''", "G''", "E_loss", "G_loss", "E2", "G2", "loss"}, "MPa"};
  try {
    return {table.column(request), request.unit};
  } catch (const base::InputError&) {
    // Only where the peak lies is asked: bare numbers will do.
    request.unit = "1";
    try {
      return {table.column(request), request.unit};
    } catch (const base::InputError&) {
    }
    throw;
  }
}

std::optional<std::vector<std::string>> word_column(const io::DataTable& table,
                                                    const std::vector<std::string>& names,
                                                    const std::string& what_they_do,
                                                    std::vector<io::DataColumn>& used) {
  for (const auto& name : names) {
    auto words = table.words({name});
    if (!words) continue;
    io::DataColumn column;
    column.header = name;
    column.reading = what_they_do;
    used.push_back(std::move(column));
    return words;
  }
  return std::nullopt;
}

void require_positive(const io::DataTable& table, const io::DataColumn& column,
                      const std::string& what) {
  for (std::size_t row = 0; row < column.values.size(); ++row)
    if (column.values[row] <= 0.0)
      table.fail(row, column.header, fmt::format("{:g} is no {}", column.values[row], what),
                 "it must be positive");
}

std::map<double, std::vector<std::size_t>> rows_by(const io::DataColumn& column) {
  std::map<double, std::vector<std::size_t>> groups;
  for (std::size_t row = 0; row < column.values.size(); ++row) {
    const double value = column.values[row];
    if (!std::isfinite(value)) continue;
    auto near = groups.lower_bound(value - 1e-6 * std::abs(value));
    const bool same = near != groups.end() && near->first <= value + 1e-6 * std::abs(value);
    (same ? near->second : groups[value]).push_back(row);
  }
  return groups;
}

std::string frequency_text(double hertz) {
  for (const auto& [size, unit] :
       {std::pair{1e12, "THz"}, {1e9, "GHz"}, {1e6, "MHz"}, {1e3, "kHz"}})
    if (hertz >= size) return fmt::format("{:.6g} {}", hertz / size, unit);
  return fmt::format("{:.6g} Hz", hertz);
}

void tell_reading(const io::DataTable& table, const std::vector<io::DataColumn>& used) {
  for (const auto& line : table.reading(used)) fmt::print(stderr, "{}\n", line);
}

}  // namespace vitreous::cli
