#include "io/csv.hpp"

#include <fmt/format.h>

#include <cctype>
#include <cmath>
#include <filesystem>
#include <limits>

#include "base/error.hpp"
#include "base/units.hpp"
#include "io/fields.hpp"
#include "io/text_source.hpp"

namespace vitreous::io {
namespace {

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\n;") == text.npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

std::string csv_cell(const core::Table& table, const core::Column& column, std::size_t row) {
  if (const auto* words = std::get_if<std::vector<std::string>>(&column.values))
    return quoted((*words)[row]);
  const double value = std::get<std::vector<double>>(column.values)[row];
  if (std::isnan(value) && column.may_lack_values) return {};
  if (!std::isfinite(value))
    throw base::RunError(fmt::format("table {}: {} is not finite in row {}", table.name,
                                     core::column_name(column), row + 1));
  return fmt::format("{}", value);
}

bool is_unit(const std::string& text) {
  try {
    base::parse_unit(text);
    return true;
  } catch (const base::InputError&) {
    return false;
  }
}

/// The inverse of base::column_suffix: "m2_per_s" -> "m^2/s", "per_ps" -> "1/ps".
std::string unit_of_suffix(std::string_view suffix) {
  std::string text(suffix);
  if (text.starts_with("per_")) text.replace(0, 4, "1/");
  for (std::size_t at; (at = text.find("_per_")) != text.npos;) text.replace(at, 5, "/");
  // Two factors below one '/' must be bracketed: "J_per_m_K" was "J/(m K)".
  const auto slash = text.find('/');
  if (slash != text.npos && text.find('_', slash) != text.npos)
    text = fmt::format("{}({})", text.substr(0, slash + 1), text.substr(slash + 1));
  std::string unit;
  for (std::size_t k = 0; k < text.size(); ++k) {
    const bool digit_after_letter = k > 0 && std::isdigit(static_cast<unsigned char>(text[k])) &&
                                    std::isalpha(static_cast<unsigned char>(text[k - 1]));
    if (digit_after_letter) unit += '^';
    unit += text[k] == '_' ? ' ' : text[k];
  }
  return unit;
}

/// "T (K)" and "D [m^2/s]".
bool split_brackets(std::string_view text, HeaderField& field) {
  const char close = text.empty() ? '\0' : text.back();
  if (close != ')' && close != ']') return false;
  // The bracket that matches the last one: units may hold brackets of their own.
  int depth = 0;
  for (std::size_t k = text.size(); k-- > 0;) {
    const char c = text[k];
    depth += (c == ')' || c == ']') - (c == '(' || c == '[');
    if (depth > 0) continue;
    field.name = trim(text.substr(0, k));
    field.unit = trim(text.substr(k + 1, text.size() - k - 2));
    return !field.name.empty() && is_unit(field.unit);
  }
  return false;
}

char delimiter_of(std::string_view header) {
  for (const char c : {',', ';', '\t'})
    if (header.find(c) != header.npos) return c;
  return ' ';
}

/// Cells of a line; a cell in quotes may hold the delimiter.
std::vector<std::string> split_cells(std::string_view line, char delimiter) {
  std::vector<std::string> cells;
  if (delimiter == ' ') {
    for (const auto field : split_fields(line)) {
      const bool unit = !cells.empty() && (field.front() == '(' || field.front() == '[');
      if (unit)
        cells.back() += " " + std::string(field);
      else
        cells.emplace_back(field);
    }
    return cells;
  }
  std::string text;
  bool inside = false;
  for (std::size_t k = 0; k < line.size(); ++k) {
    if (line[k] == '"' && inside && k + 1 < line.size() && line[k + 1] == '"') {
      text += line[k++];
    } else if (line[k] == '"') {
      inside = !inside;
    } else if (line[k] == delimiter && !inside) {
      cells.emplace_back(trim(text));
      text.clear();
    } else {
      text += line[k];
    }
  }
  cells.emplace_back(trim(text));
  return cells;
}

struct RawColumn {
  HeaderField field;
  bool is_error = false;
  std::vector<std::string> cells;
  std::vector<std::size_t> lines;
};

class CsvReader {
 public:
  explicit CsvReader(const std::string& path) : text_(path) {}

  core::Table read() {
    read_cells();
    core::Table table;
    table.name = std::filesystem::path(text_.path()).stem().string();
    for (const auto& raw : columns_)
      if (!raw.is_error) table.columns.push_back(to_column(raw));
    for (const auto& raw : columns_)
      if (raw.is_error) attach_error(table, raw);
    return table;
  }

 private:
  void read_cells() {
    std::string_view line;
    char delimiter = ',';
    while (text_.next(line)) {
      if (text_.line_number() == 1 && line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
      if (trim(line).empty() || trim(line).front() == '#') continue;
      if (columns_.empty()) {
        delimiter = delimiter_of(trim(line));
        read_header(split_cells(line, delimiter));
        continue;
      }
      const auto cells = split_cells(line, delimiter);
      if (cells.size() != columns_.size())
        text_.fail(fmt::format("{} cells, but the header names {} columns", cells.size(),
                               columns_.size()));
      for (std::size_t k = 0; k < cells.size(); ++k) {
        columns_[k].cells.push_back(cells[k]);
        columns_[k].lines.push_back(text_.line_number());
      }
    }
    if (columns_.empty()) fail_whole("holds no table");
    if (columns_.front().cells.empty()) fail_whole("has a header but no rows");
  }

  [[noreturn]] void fail_whole(const std::string& problem) const {
    base::Message message;
    message.file = text_.path();
    message.problem = problem;
    throw base::InputError(message);
  }

  void read_header(const std::vector<std::string>& cells) {
    bool words = false;
    for (const auto& text : cells) words = words || !to_number(text);
    if (!words)
      text_.fail("the first line must name the columns", {}, {}, {"T_K,D_m2_per_s,D_m2_per_s_se"});
    for (const auto& text : cells) {
      RawColumn raw;
      const bool at_end = text.size() > 3 && text.ends_with("_se");
      raw.field = parse_header_field(at_end ? text.substr(0, text.size() - 3) : text);
      raw.is_error = at_end;
      if (!at_end && raw.field.name.size() > 3 && raw.field.name.ends_with("_se")) {
        raw.field.name.resize(raw.field.name.size() - 3);
        raw.is_error = true;
      }
      columns_.push_back(std::move(raw));
    }
    for (std::size_t a = 0; a < columns_.size(); ++a)
      for (std::size_t b = 0; b < a; ++b)
        if (columns_[a].field.name == columns_[b].field.name &&
            columns_[a].is_error == columns_[b].is_error)
          text_.fail(fmt::format("two columns are called {}", columns_[a].field.name));
    // An error of a column that is not there is a column of its own.
    for (std::size_t a = 0; a < columns_.size(); ++a) {
      bool found = false;
      for (const auto& other : columns_)
        found = found || (!other.is_error && other.field.name == columns_[a].field.name);
      if (!columns_[a].is_error || found) continue;
      columns_[a].is_error = false;
      columns_[a].field = {cells[a], "1"};
    }
  }

  static bool is_missing(const std::string& text) {
    return text.empty() || text == "nan" || text == "NaN" || text == "NA" || text == "-";
  }

  double number(const RawColumn& raw, std::size_t row) const {
    if (is_missing(raw.cells[row])) return std::numeric_limits<double>::quiet_NaN();
    if (const auto value = to_number(raw.cells[row])) return *value;
    base::Message message;
    message.file = text_.path();
    message.line = raw.lines[row];
    message.key = raw.field.name;
    message.problem = fmt::format("\"{}\" is not a number", raw.cells[row]);
    throw base::InputError(message);
  }

  bool holds_numbers(const RawColumn& raw) const {
    if (raw.field.unit != "1" || raw.is_error) return true;
    for (const auto& text : raw.cells)
      if (!is_missing(text)) return to_number(text).has_value();
    return true;
  }

  std::vector<double> numbers(const RawColumn& raw) const {
    std::vector<double> values;
    for (std::size_t row = 0; row < raw.cells.size(); ++row) values.push_back(number(raw, row));
    return values;
  }

  core::Column to_column(const RawColumn& raw) const {
    core::Column column;
    column.name = raw.field.name;
    column.unit = raw.field.unit;
    if (holds_numbers(raw))
      column.values = numbers(raw);
    else
      column.values = raw.cells;
    return column;
  }

  void attach_error(core::Table& table, const RawColumn& raw) const {
    for (auto& column : table.columns) {
      if (column.name != raw.field.name) continue;
      column.standard_error = numbers(raw);
      if (raw.field.unit == "1" || raw.field.unit == column.unit) return;
      const double factor = base::quantity_in("1 " + raw.field.unit, column.unit);
      for (double& error : column.standard_error) error *= factor;
    }
  }

  TextSource text_;
  std::vector<RawColumn> columns_;
};

}  // namespace

std::string to_csv(const core::Table& table) {
  std::string text;
  for (const auto& column : table.columns) {
    const std::string name = core::column_name(column);
    text += (text.empty() ? "" : ",") + quoted(name);
    if (!column.standard_error.empty()) text += "," + quoted(name + "_se");
  }
  text += '\n';
  for (std::size_t row = 0; row < table.rows(); ++row) {
    bool first = true;
    for (const auto& column : table.columns) {
      text += (first ? "" : ",") + csv_cell(table, column, row);
      first = false;
      if (column.standard_error.empty()) continue;
      const double error = column.standard_error[row];
      text += std::isfinite(error) ? fmt::format(",{}", error) : ",";
    }
    text += '\n';
  }
  return text;
}

HeaderField parse_header_field(std::string_view text) {
  HeaderField field;
  if (split_brackets(trim(text), field)) return field;
  const std::string_view whole = trim(text);
  // The longest end of the name that is a unit: "D_m2_per_s" is not a D_m2 per s.
  for (std::size_t at = whole.find('_'); at != whole.npos; at = whole.find('_', at + 1)) {
    const std::string_view suffix = whole.substr(at + 1);
    if (at == 0 || suffix.empty() || std::isdigit(static_cast<unsigned char>(suffix.front())))
      continue;
    const std::string unit = unit_of_suffix(suffix);
    if (is_unit(unit)) return {std::string(whole.substr(0, at)), unit};
  }
  return {std::string(whole), "1"};
}

core::Table read_csv(const std::string& path) { return CsvReader(path).read(); }

core::Declaration csv_declaration() {
  core::Declaration d;
  d.name = "csv";
  d.one_line = "tidy table: read and written";
  d.formula = "columns name_unit (D_m2_per_s); X_se is the standard error of X";
  d.source = "this program";
  return d;
}

}  // namespace vitreous::io
