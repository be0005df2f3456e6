#include "io/data_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>

#include "base/error.hpp"
#include "base/units.hpp"
#include "io/csv_dialect.hpp"
#include "io/lammps_log.hpp"
#include "io/lammps_log_table.hpp"
#include "math/statistics.hpp"

namespace vitreous::io {
namespace {

using Words = std::vector<std::string>;
using Numbers = std::vector<double>;

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// "Wire length" and "wire-length" as "wire_length".
std::string folded(const std::string& name) {
  std::string out;
  for (const char c : name)
    out +=
        c == ' ' || c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

base::Dimension dimension_of(const std::string& unit) { return base::parse_unit(unit).dimension; }

base::Quantity quantity_of(const std::string& unit) {
  base::Quantity quantity;
  quantity.unit = base::parse_unit(unit);
  quantity.text = unit;
  return quantity;
}

Words headers(const CsvFile& file) {
  Words texts;
  for (const auto& column : file.columns) texts.push_back(column.header.text);
  return texts;
}

std::string counts(const CsvColumn& column) {
  const char* what = column.numbers ? "number" : "word";
  std::string text = fmt::format("{} {}{}", column.filled, what, column.filled == 1 ? "" : "s");
  if (column.missing > 0) text += fmt::format(", {} empty", column.missing);
  return text;
}

/// "D (m^2/s)" where the file says "D_furlong": it starts like the name and goes on as a unit does.
bool ends_like_a_unit(const std::string& header, const std::string& name) {
  return header.size() > name.size() + 1 && header.starts_with(name) &&
         std::string("_ ([/").find(header[name.size()]) != std::string::npos;
}

}  // namespace

Numbers converted(const Numbers& values, const std::string& from, const std::string& to) {
  if (from == to) return values;
  auto quantity = quantity_of(from);
  Numbers out;
  out.reserve(values.size());
  for (const double value : values) {
    quantity.number = value;
    out.push_back(quantity.in(to));
  }
  return out;
}

Numbers converted_errors(const Numbers& errors, const std::string& from, const std::string& to) {
  if (from == to) return errors;
  auto quantity = quantity_of(from);
  quantity.error = 1.0;
  const double factor = *quantity.error_in(to);
  Numbers out = errors;
  for (double& error : out) error *= factor;
  return out;
}

bool DataColumn::has_errors() const {
  return std::any_of(standard_errors.begin(), standard_errors.end(),
                     [](double error) { return std::isfinite(error); });
}

DataTable DataTable::read(const std::string& path) {
  return DataTable(is_lammps_log(path) ? lammps_log_table(path) : read_csv_file(path));
}

void DataTable::fail(std::size_t row, const std::string& header, const std::string& problem,
                     const std::string& why, std::vector<std::string> tries) const {
  base::Message message;
  message.file = path();
  message.line = file_.lines.at(row);
  message.key = header;
  message.problem = problem;
  message.why = why;
  message.tries = std::move(tries);
  throw base::InputError(std::move(message));
}

void DataTable::fail_header(const std::string& key, const std::string& problem,
                            const std::string& why, std::vector<std::string> tries) const {
  base::Message message;
  message.file = path();
  message.key = key;
  message.problem = problem;
  message.why = why;
  message.tries = std::move(tries);
  throw base::InputError(std::move(message));
}

std::string DataTable::header_of(const core::Column& column) const {
  for (const auto& read : file_.columns)
    if (read.header.role != HeaderRole::standard_error && read.header.field.name == column.name)
      return read.header.text;
  return column.name;
}

const Numbers& DataTable::numbers(const core::Column& column) const {
  if (const auto* values = std::get_if<Numbers>(&column.values)) return *values;
  fail_header(header_of(column), "holds words, and numbers are needed here", {}, {});
}

const core::Column* DataTable::exactly(const std::string& name) const {
  for (const auto& column : file_.table.columns)
    if (column.name == name) return &column;
  return nullptr;
}

const core::Column* DataTable::choose(const ColumnRequest& request) const {
  Words names = request.aliases;
  names.insert(names.begin(), request.name);
  const auto wanted = dimension_of(request.unit.empty() ? "1" : request.unit);
  const core::Column* other = nullptr;
  for (const bool fold : {false, true}) {
    std::vector<const core::Column*> found;
    for (const auto& column : file_.table.columns) {
      const bool called = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        return fold ? folded(name) == folded(column.name)
                    : name == column.name || name == core::column_name(column);
      });
      if (!called) continue;
      if (request.unit.empty() || dimension_of(column.unit) == wanted)
        found.push_back(&column);
      else if (!other)
        other = &column;
    }
    if (found.size() == 1) return found.front();
    if (found.size() > 1)
      fail_header({},
                  fmt::format("both \"{}\" and \"{}\" can be the {}", header_of(*found[0]),
                              header_of(*found[1]), request.name),
                  {}, {"one of them under another name"});
  }
  if (!other) return nullptr;
  const Words tries = {fmt::format("\"{}_{}\" or \"{} ({})\" in the header", request.name,
                                   base::column_suffix(request.unit), request.name, request.unit)};
  if (other->unit == "1") fail_header(header_of(*other), "has no unit in the header", {}, tries);
  fail_header(header_of(*other),
              fmt::format("is {}, and the {} is {}", base::describe(dimension_of(other->unit)),
                          request.name, base::describe(wanted)),
              {}, tries);
}

void DataTable::errors_of_deviation(const core::Column& from, const core::Column& deviation,
                                    const ColumnRequest& request, DataColumn& to) const {
  const core::Column* count = exactly(from.name + "_n");
  if (!count) count = exactly("n");
  if (!count) count = exactly("N");
  if (!count)
    fail_header(header_of(deviation),
                fmt::format("is a standard deviation, and no column tells of how many"),
                "the error of a mean is sd/sqrt(n)",
                {"a column n", fmt::format("{}_se in its place: the standard error", from.name)});
  const Numbers sd = converted_errors(numbers(deviation), deviation.unit, request.unit);
  const Numbers& n = numbers(*count);
  for (std::size_t row = 0; row < rows(); ++row) {
    if (!std::isfinite(sd[row])) continue;
    if (!(n[row] >= 1.0) || n[row] != std::floor(n[row]))
      fail(row, header_of(*count), fmt::format("{} is not a number of measurements", n[row]), {},
           {});
    if (n[row] > 1.0) to.degrees[row] = n[row] - 1.0;
    const double student = n[row] > 1.0 ? math::student_factor(n[row] - 1.0) : 1.0;
    to.standard_errors[row] = sd[row] / std::sqrt(n[row]) * student;
  }
  to.error_headers = {header_of(deviation), header_of(*count)};
  to.reading += fmt::format(", errors from {}", fmt::join(to.error_headers, " and "));
}

void DataTable::add_errors(const core::Column& from, const ColumnRequest& request,
                           DataColumn& to) const {
  to.standard_errors.assign(rows(), unknown);
  to.degrees.assign(rows(), std::numeric_limits<double>::infinity());
  if (!from.standard_error.empty()) {
    to.standard_errors = converted_errors(from.standard_error, from.unit, request.unit);
    for (const auto& read : file_.columns)
      if (read.header.role == HeaderRole::standard_error && read.header.field.name == from.name)
        to.error_headers.push_back(read.header.text);
    to.reading += to.error_headers.empty()  // of means that were made here
                      ? ", with standard errors"
                      : fmt::format(", standard errors from {}", fmt::join(to.error_headers, ", "));
    if (const auto* dof = exactly(from.name + "_dof"))
      for (std::size_t row = 0; row < rows(); ++row)
        if (numbers(*dof)[row] > 0.0) to.degrees[row] = numbers(*dof)[row];
  } else if (const auto* deviation = exactly(from.name + "_sd")) {
    errors_of_deviation(from, *deviation, request, to);
  }
  for (std::size_t row = 0; row < rows(); ++row)
    if (to.standard_errors[row] < 0.0)
      fail(row, to.header, fmt::format("a standard error of {:g}", to.standard_errors[row]),
           "errors are not negative", {});
}

std::optional<DataColumn> DataTable::find(const ColumnRequest& asked) const {
  const auto* from = choose(asked);
  if (!from) return std::nullopt;
  ColumnRequest request = asked;
  if (request.unit.empty()) request.unit = from->unit;
  DataColumn column;
  column.header = header_of(*from);
  column.unit = request.unit;
  column.values = converted(numbers(*from), from->unit, request.unit);
  std::string units;
  if (from->unit != "1" || request.unit != "1") units = ", " + from->unit;
  if (from->unit != request.unit) units += " -> " + request.unit;
  for (const auto& read : file_.columns)
    if (read.header.text == column.header)
      column.reading = fmt::format("{}{}, {}", request.name, units, counts(read));
  add_errors(*from, request, column);
  return column;
}

DataColumn DataTable::column(const ColumnRequest& request) const {
  if (auto found = find(request)) return std::move(*found);
  for (const auto& header : headers(file_))
    if (ends_like_a_unit(header, request.name))
      fail_header(header, "ends in no unit that is known", "",
                  {fmt::format("\"{} ({})\"", request.name, request.unit), "vitreous list units"});
  Words tries = {fmt::format("name a column \"{}\"",
                             request.unit == "1" || request.unit.empty()
                                 ? request.name
                                 : fmt::format("{} ({})", request.name, request.unit))};
  if (!request.aliases.empty())
    tries.front() += fmt::format(" (or {})", fmt::join(request.aliases, ", "));
  fail_header({}, fmt::format("there is no column \"{}\"", request.name),
              fmt::format("its columns are {}", fmt::join(headers(file_), ", ")), tries);
}

std::optional<Words> DataTable::words(const Words& names) const {
  for (const auto& name : names)
    for (const auto& column : file_.table.columns) {
      if (folded(column.name) != folded(name)) continue;
      if (const auto* held = std::get_if<Words>(&column.values)) return *held;
      Words texts;
      for (const double value : std::get<Numbers>(column.values))
        texts.push_back(std::isfinite(value) ? fmt::format("{}", value) : std::string());
      return texts;
    }
  return std::nullopt;
}

Words DataTable::reading(const std::vector<DataColumn>& used) const {
  const std::string form = file_.form.empty()
                               ? fmt::format("separator {}{}{}", delimiter_name(file_.delimiter),
                                             file_.decimal_comma ? ", decimal comma" : "",
                                             file_.latin_1 ? ", Latin-1" : "")
                               : file_.form;
  Words lines = {fmt::format("{}: {} rows, {}", path(), rows(), form)};
  for (const auto& column : file_.columns) {
    const auto as = std::find_if(used.begin(), used.end(),
                                 [&](const auto& u) { return u.header == column.header.text; });
    const auto errors_of = std::find_if(used.begin(), used.end(), [&](const auto& u) {
      const auto& from = u.error_headers;
      return std::find(from.begin(), from.end(), column.header.text) != from.end();
    });
    std::string told = fmt::format("{}, not used", counts(column));
    if (as != used.end())
      told = as->reading;
    else if (errors_of != used.end())
      told = fmt::format("{}, for the errors of {}", counts(column), errors_of->header);
    lines.push_back(fmt::format("column '{}': {}", column.header.text, told));
  }
  return lines;
}

}  // namespace vitreous::io
