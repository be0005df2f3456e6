#include "cli/result_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace vitreous::cli {
namespace {

std::string measured_text(const core::Reported& quantity) {
  return quantity.measured ? core::to_text(*quantity.measured)
                           : (quantity.status == core::Status::not_run ? "not run" : "refused");
}

std::string reference_text(const core::Reported& quantity) {
  if (!quantity.reference) return {};
  const core::Reference& r = *quantity.reference;
  std::string text =
      "published " + core::to_text(core::Measured{r.value, r.standard_error, r.unit});
  if (const auto pull = core::pull(quantity)) text += fmt::format(", pull {:+.1f}", *pull);
  if (!r.differs.empty()) text += ", conditions differ: " + r.differs;
  return text;
}

std::string remarks(const core::Reported& quantity) {
  std::vector<std::string> parts;
  for (const auto& part : {quantity.state, reference_text(quantity), quantity.reason})
    if (!part.empty()) parts.push_back(part);
  return fmt::format("{}", fmt::join(parts, "; "));
}

/// "liquid.D (temperature = 1000K)"
std::string name_text(const core::Reported& quantity) {
  const auto where = quantity.how.find("where");
  return where == quantity.how.end() ? quantity.name
                                     : fmt::format("{} ({})", quantity.name, where->second);
}

/// "species (Cu, Zr, all)" or "time_ps (0.1 ... 20)".
std::string column_range(const core::Column& column) {
  std::string text = core::column_name(column);
  if (const auto* words = std::get_if<std::vector<std::string>>(&column.values)) {
    std::vector<std::string> distinct;
    for (const auto& word : *words)
      if (std::find(distinct.begin(), distinct.end(), word) == distinct.end())
        distinct.push_back(word);
    const std::size_t count = distinct.size();
    if (count > 8) distinct.resize(8);
    text += fmt::format("  {}{}", fmt::join(distinct, ", "), count > 8 ? ", ..." : "");
  } else {
    const auto& numbers = std::get<std::vector<double>>(column.values);
    double low = INFINITY, high = -INFINITY;
    for (const double x : numbers) low = std::fmin(low, x), high = std::fmax(high, x);
    if (low <= high) text += fmt::format("  {:.6g} ... {:.6g}", low, high);
  }
  return text + (column.standard_error.empty() ? "" : ", with standard errors");
}

/// A cell as its reader wants it: with its error where there is one.
std::string cell(const core::Column& column, std::size_t row) {
  if (const auto* words = std::get_if<std::vector<std::string>>(&column.values))
    return (*words)[row];
  const double value = std::get<std::vector<double>>(column.values)[row];
  if (std::isnan(value)) return "";
  if (column.standard_error.empty()) return fmt::format("{:.6g}", value);
  return core::to_text(core::Measured{value, column.standard_error[row], "1"});
}

}  // namespace

std::string quantity_lines(const std::vector<core::Reported>& quantities) {
  std::size_t name = 0, value = 0;
  for (const auto& quantity : quantities) {
    name = std::max(name, name_text(quantity).size());
    value = std::max(value, measured_text(quantity).size());
  }
  std::string text;
  for (const auto& quantity : quantities) {
    std::string line = fmt::format("{:<{}}  {:<{}}  {}", name_text(quantity), name,
                                   measured_text(quantity), value, remarks(quantity));
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string quantity_description(const core::Reported& quantity) {
  std::string text = fmt::format("{} = {}\n", quantity.name, measured_text(quantity));
  const auto line = [&](const std::string& key, const std::string& value) {
    if (!value.empty()) text += fmt::format("  {:<12} {}\n", key, value);
  };
  line("state", quantity.state);
  line(quantity.measured ? "note" : "reason", quantity.reason);
  for (const auto& [key, value] : quantity.how) line(key, value);
  line("reference", reference_text(quantity));
  if (quantity.reference) {
    line("source", quantity.reference->source);
    line("conditions", quantity.reference->conditions);
  }
  return text;
}

std::string table_description(const core::Table& table, std::size_t most_rows) {
  std::string text = fmt::format("{}: {} rows\n", table.name, table.rows());
  for (const auto& column : table.columns) text += "  " + column_range(column) + "\n";
  const std::size_t rows = std::min(most_rows, table.rows());
  std::vector<std::vector<std::string>> cells;
  for (const auto& column : table.columns) {
    cells.push_back({core::column_name(column)});
    for (std::size_t row = 0; row < rows; ++row) cells.back().push_back(cell(column, row));
  }
  text += '\n';
  for (std::size_t row = 0; row <= rows; ++row) {
    std::string line;
    for (const auto& column : cells) {
      std::size_t width = 0;
      for (const auto& word : column) width = std::max(width, word.size());
      line += fmt::format("{:<{}}  ", column[row], width);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  if (rows < table.rows()) text += fmt::format("... {} more rows\n", table.rows() - rows);
  return text;
}

}  // namespace vitreous::cli
