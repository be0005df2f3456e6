#include "io/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <limits>
#include <optional>

#include "base/error.hpp"
#include "base/units.hpp"
#include "io/csv_dialect.hpp"
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

struct RawColumn {
  HeaderCell header;
  std::vector<std::string> cells;

  const std::string& name() const { return header.field.name; }
  bool is_error() const { return header.role == HeaderRole::standard_error; }
};

/// The unit of a difference: of "°C" it is K.
double in_unit(double difference, const std::string& from, const std::string& to) {
  base::Quantity quantity;
  quantity.unit = base::parse_unit(from);
  quantity.error = difference;
  quantity.text = fmt::format("{} {}", difference, from);
  return *quantity.error_in(to);
}

class CsvReader {
 public:
  explicit CsvReader(const std::string& path) : text_(path) { out_.path = path; }

  CsvFile read() {
    read_lines();
    find_header();
    read_cells();
    drop_nameless();
    settle_roles();
    decide_decimal_mark();
    out_.table.name = std::filesystem::path(text_.path()).stem().string();
    for (const auto& raw : columns_)
      if (!raw.is_error()) out_.table.columns.push_back(to_column(raw));
    for (const auto& raw : columns_)
      if (raw.is_error()) attach_error(raw);
    for (const auto& raw : columns_) out_.columns.push_back(told(raw));
    return std::move(out_);
  }

 private:
  struct Line {
    std::string text;
    std::size_t number;
  };

  void read_lines() {
    std::string_view line;
    while (text_.next(line)) {
      if (text_.line_number() == 1 && line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
      const auto body = trim(line);
      if (body.empty()) continue;
      if (body.front() == '#') {
        if (lines_.empty()) comment_ = {to_utf8(body.substr(1)), text_.line_number()};
        continue;
      }
      lines_.push_back({to_utf8(line), text_.line_number()});
      out_.latin_1 = out_.latin_1 || lines_.back().text.size() != line.size();
    }
    if (lines_.empty()) fail_whole("holds no table");
  }

  [[noreturn]] void fail_whole(const std::string& problem) const {
    base::Message message;
    message.file = text_.path();
    message.problem = problem;
    throw base::InputError(message);
  }

  [[noreturn]] void fail_at(std::size_t line, const std::string& key, const std::string& problem,
                            const std::string& why = {}, std::vector<std::string> tries = {},
                            const std::string& cell = {}) const {
    base::Message message;
    message.file = text_.path();
    message.line = line;
    message.key = key;
    show_line(message, cell);
    message.problem = problem;
    message.why = why;
    message.tries = std::move(tries);
    throw base::InputError(std::move(message));
  }

  /// The line, and where in it the cell stands if that is the only place.
  void show_line(base::Message& message, const std::string& cell) const {
    constexpr std::size_t longest_shown = 96;
    const auto found = std::find_if(lines_.begin(), lines_.end(),
                                    [&](const Line& l) { return l.number == message.line; });
    if (found == lines_.end()) return;
    const std::string& text = found->text;
    const auto at = text.find(cell);
    if (text.size() > longest_shown || cell.empty() || at == text.npos ||
        text.find(cell, at + 1) != text.npos)
      return;
    message.source = text;
    std::replace(message.source.begin(), message.source.end(), '\t', ' ');
    // Characters, not bytes.
    const auto characters = [](const std::string& bytes) {
      return static_cast<std::size_t>(
          std::count_if(bytes.begin(), bytes.end(), [](char c) { return (c & 0xc0) != 0x80; }));
    };
    message.column = characters(text.substr(0, at)) + 1;
    message.width = characters(cell);
  }

  static bool all_numbers(const std::vector<std::string>& cells) {
    for (const auto& text : cells)
      if (!to_number(with_point(text))) return false;
    return true;
  }

  /// The first line, or the comment above a table of nothing but numbers (as numpy.savetxt has it).
  void find_header() {
    constexpr std::size_t looked_at = 20;
    std::vector<std::string> rows;
    for (std::size_t k = 1; k < lines_.size() && k <= looked_at; ++k)
      rows.push_back(lines_[k].text);
    out_.delimiter = delimiter_of(lines_.front().text, rows);
    const auto cells = split_cells(lines_.front().text, out_.delimiter);
    if (!all_numbers(cells)) {
      read_header(cells, lines_.front().number);
      lines_.erase(lines_.begin());
    } else if (const auto names = split_cells(comment_.text, out_.delimiter);
               !comment_.text.empty() && names.size() == cells.size() && !all_numbers(names)) {
      read_header(names, comment_.number);
    } else {
      fail_at(lines_.front().number, {}, "the first line must name the columns", {},
              {"T_K,D_m2_per_s,D_m2_per_s_se"});
    }
    if (lines_.empty()) fail_whole("has a header but no rows");
  }

  void read_header(const std::vector<std::string>& cells, std::size_t line) {
    header_line_ = line;
    for (const auto& text : cells) columns_.push_back({parse_header_cell(text), {}});
  }

  void read_cells() {
    for (const auto& line : lines_) {
      auto cells = split_cells(line.text, out_.delimiter);
      while (cells.size() > columns_.size() && cells.back().empty()) cells.pop_back();
      if (cells.size() != columns_.size()) refuse_count(line, cells.size());
      bool empty = true;
      for (const auto& text : cells) empty = empty && text.empty();
      if (empty) continue;
      for (std::size_t k = 0; k < cells.size(); ++k)
        columns_[k].cells.push_back(std::move(cells[k]));
      out_.lines.push_back(line.number);
    }
    if (out_.lines.empty()) fail_whole("has a header but no rows");
  }

  [[noreturn]] void refuse_count(const Line& line, std::size_t count) const {
    const bool commas = out_.delimiter == ',' && count == 2 * columns_.size();
    fail_at(line.number, {},
            fmt::format("{} cells, but the header names {} columns", count, columns_.size()),
            commas ? "decimal commas cannot be told from the commas between the cells" : "",
            commas ? std::vector<std::string>{"semicolons or tabs between the cells"}
                   : std::vector<std::string>{});
  }

  /// Spreadsheets end every line with separators of columns that were emptied.
  void drop_nameless() {
    std::size_t position = 0;
    std::erase_if(columns_, [&](const RawColumn& raw) {
      ++position;
      if (!raw.header.text.empty()) return false;
      for (std::size_t row = 0; row < raw.cells.size(); ++row)
        if (!raw.cells[row].empty())
          fail_at(out_.lines[row], {},
                  fmt::format("\"{}\" stands in column {}, which has no name", raw.cells[row],
                              position));
      return true;
    });
  }

  /// An error or a deviation of a column that is not there is a column of its own.
  void settle_roles() {
    for (auto& raw : columns_) {
      if (raw.header.role == HeaderRole::value) continue;
      const RawColumn* of = nullptr;
      for (const auto& other : columns_)
        if (other.header.role == HeaderRole::value && other.name() == raw.name()) of = &other;
      if (!of && raw.is_error()) {
        raw.header.field = {raw.header.text, "1"};
      } else if (!of) {
        raw.header.field = parse_header_field(raw.header.text);
      } else if (!raw.is_error()) {
        raw.header.field.name += "_sd";
        if (raw.header.field.unit == "1") raw.header.field.unit = difference_unit(of->header.field);
      }
      if (!of) raw.header.role = HeaderRole::value;
    }
    for (std::size_t a = 0; a < columns_.size(); ++a)
      for (std::size_t b = 0; b < a; ++b)
        if (columns_[a].name() == columns_[b].name() &&
            columns_[a].is_error() == columns_[b].is_error())
          fail_at(header_line_, {}, fmt::format("two columns are called {}", columns_[a].name()));
  }

  /// A deviation of 5 °C is one of 5 K.
  static std::string difference_unit(const HeaderField& field) {
    return base::parse_unit(field.unit).offset_K != 0.0 ? "K" : field.unit;
  }

  bool holds_numbers(const RawColumn& raw) const {
    if (raw.header.field.unit != "1" || raw.header.role != HeaderRole::value) return true;
    for (const auto& text : raw.cells)
      if (!is_missing(text)) return shape_of(text) != NumberShape::other || to_number(text);
    return true;
  }

  struct Seen {
    std::string cell;
    std::size_t line = 0;
  };

  /// Points or commas, for the file as a whole: what one cell leaves open another may settle.
  void decide_decimal_mark() {
    Seen point, comma, either;
    for (const auto& raw : columns_) {
      if (!holds_numbers(raw)) continue;
      for (std::size_t row = 0; row < raw.cells.size(); ++row) {
        const auto note = [&](Seen& seen) {
          if (seen.line == 0) seen = {raw.cells[row], out_.lines[row]};
        };
        const auto shape = shape_of(raw.cells[row]);
        if (shape == NumberShape::with_point) note(point);
        if (shape == NumberShape::with_comma) note(comma);
        if (shape == NumberShape::comma_or_groups) note(either);
        if (shape == NumberShape::grouped)
          fail_at(out_.lines[row], raw.name(),
                  fmt::format("\"{}\" has marks between its thousands", raw.cells[row]),
                  "where its decimals begin is not told", {"digits without such marks: 1234.5"},
                  raw.cells[row]);
      }
    }
    const Seen& any = comma.line > 0 ? comma : either;
    if (any.line == 0) return;
    if (point.line > 0)
      fail_at(any.line, {},
              fmt::format("\"{}\" here, but \"{}\" in line {}: commas and points in one table",
                          any.cell, point.cell, point.line),
              "one of them would be a mark between thousands", {"one decimal mark throughout"},
              any.cell);
    if (comma.line == 0)
      fail_at(either.line, {},
              fmt::format("\"{}\" can be {} or {}", either.cell, with_point(either.cell),
                          without_comma(either.cell)),
              "no other number of the table tells whether commas are decimal",
              {"decimal points, or no marks between thousands"}, either.cell);
    out_.decimal_comma = true;
  }

  static std::string without_comma(std::string text) {
    std::erase(text, ',');
    return text;
  }

  double number(const RawColumn& raw, std::size_t row) const {
    const auto& text = raw.cells[row];
    if (is_missing(text)) return std::numeric_limits<double>::quiet_NaN();
    if (const auto value = to_number(text)) return *value;
    if (const auto value = to_number(with_point(text))) return *value;
    fail_at(out_.lines[row], raw.name(), fmt::format("\"{}\" is not a number", text), {}, {}, text);
  }

  std::vector<double> numbers(const RawColumn& raw) const {
    std::vector<double> values;
    values.reserve(raw.cells.size());
    for (std::size_t row = 0; row < raw.cells.size(); ++row) values.push_back(number(raw, row));
    return values;
  }

  core::Column to_column(const RawColumn& raw) const {
    core::Column column;
    column.name = raw.header.field.name;
    column.unit = raw.header.field.unit;
    if (holds_numbers(raw))
      column.values = numbers(raw);
    else
      column.values = raw.cells;
    return column;
  }

  void attach_error(const RawColumn& raw) {
    const std::string& unit = raw.header.field.unit;
    for (auto& column : out_.table.columns) {
      if (column.name != raw.name()) continue;
      column.standard_error = numbers(raw);
      if (unit == "1" || unit == column.unit) return;
      const double factor = convert_error(column, raw);
      for (double& error : column.standard_error) error *= factor;
    }
  }

  double convert_error(const core::Column& column, const RawColumn& raw) const {
    try {
      return in_unit(1.0, raw.header.field.unit, column.unit);
    } catch (const base::InputError& error) {
      fail_at(header_line_, raw.header.text, error.message().problem,
              fmt::format("{} is in {}", column.name, column.unit));
    }
  }

  CsvColumn told(const RawColumn& raw) const {
    CsvColumn column{raw.header, holds_numbers(raw), 0, 0};
    for (const auto& text : raw.cells) {
      const bool missing = column.numbers ? is_missing(text) : text.empty();
      ++(missing ? column.missing : column.filled);
    }
    return column;
  }

  TextSource text_;
  std::vector<Line> lines_;
  Line comment_{{}, 0};
  std::size_t header_line_ = 0;
  std::vector<RawColumn> columns_;
  CsvFile out_;
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

CsvFile read_csv_file(const std::string& path) { return CsvReader(path).read(); }

core::Table read_csv(const std::string& path) { return read_csv_file(path).table; }

core::Declaration csv_declaration() {
  core::Declaration d;
  d.name = "csv";
  d.one_line = "tidy table: read and written; read with other separators and decimal commas too";
  d.formula =
      "columns name_unit (D_m2_per_s), T (°C), d [nm], L/nm; X_se is the standard error of X, X_sd "
      "with a column n the deviation of n";
  d.source = "this program";
  return d;
}

}  // namespace vitreous::io
