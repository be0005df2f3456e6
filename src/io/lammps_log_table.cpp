#include "io/lammps_log_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <span>

#include "base/error.hpp"
#include "io/lammps_log.hpp"
#include "math/drifting_mean.hpp"

namespace vitreous::io {
namespace {

constexpr double interval_width = 10.0;  // K
constexpr std::size_t fewest_rows = 10;  // of an interval
constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

std::vector<double>& values_of(core::Column& column) {
  return std::get<std::vector<double>>(column.values);
}

core::Column* column_named(core::Table& table, const std::string& name) {
  for (auto& column : table.columns)
    if (column.name == name) return &column;
  return nullptr;
}

/// How many rows of each run stay: those at steps that no later run tells again.
std::vector<std::size_t> rows_kept(const std::vector<LammpsRun>& runs) {
  std::vector<std::size_t> kept(runs.size());
  double smallest = std::numeric_limits<double>::infinity();
  for (std::size_t r = runs.size(); r-- > 0;) {
    const auto& steps = std::get<std::vector<double>>(runs[r].thermo.columns.front().values);
    kept[r] = static_cast<std::size_t>(
        std::find_if(steps.begin(), steps.end(), [&](double s) { return s >= smallest; }) -
        steps.begin());
    if (kept[r] > 0) smallest = std::min(smallest, steps.front());
    if (runs[r].counts_anew) smallest = std::numeric_limits<double>::infinity();
  }
  return kept;
}

void add_run(CsvFile& file, const LammpsRun& run, std::size_t number, std::size_t rows) {
  auto& table = file.table;
  const std::size_t before = table.rows();
  for (const auto& column : run.thermo.columns)
    if (!column_named(table, column.name)) {
      table.columns.push_back(
          {column.name, column.unit, std::vector<double>(before, no_value), {}});
      table.columns.back().may_lack_values = true;
    }
  values_of(table.columns.front())
      .insert(values_of(table.columns.front()).end(), rows, static_cast<double>(number));
  for (std::size_t k = 1; k < table.columns.size(); ++k) {
    auto& to = values_of(table.columns[k]);
    const auto from = std::find_if(run.thermo.columns.begin(), run.thermo.columns.end(),
                                   [&](const auto& c) { return c.name == table.columns[k].name; });
    if (from == run.thermo.columns.end()) {
      to.insert(to.end(), rows, no_value);
      continue;
    }
    const auto& told = std::get<std::vector<double>>(from->values);
    to.insert(to.end(), told.begin(), told.begin() + static_cast<std::ptrdiff_t>(rows));
  }
  file.lines.insert(file.lines.end(), run.lines.begin(),
                    run.lines.begin() + static_cast<std::ptrdiff_t>(rows));
}

/// What is told of each column: its name and unit, and how many cells have a number.
void tell_columns(CsvFile& file) {
  file.columns.clear();
  for (auto& column : file.table.columns) {
    CsvColumn told;
    told.header = {column.name, {column.name, column.unit}, HeaderRole::value};
    for (const double value : values_of(column)) ++(std::isnan(value) ? told.missing : told.filled);
    file.columns.push_back(told);
  }
}

/// Rows [first, last) of one run in intervals: so many that each spans about 10 K of the ramp.
std::vector<std::size_t> interval_ends(std::span<const double> temperature) {
  const std::size_t n = temperature.size();
  std::size_t count = 1;
  if (n >= 4) {
    const double range =
        std::abs(math::correlated_slope(temperature).mean) * static_cast<double>(n);
    const double most = static_cast<double>(std::max<std::size_t>(1, n / fewest_rows));
    count = static_cast<std::size_t>(std::clamp(std::round(range / interval_width), 1.0, most));
  }
  std::vector<std::size_t> ends;
  for (std::size_t k = 1; k <= count; ++k) ends.push_back(n * k / count);
  return ends;
}

}  // namespace

CsvFile lammps_log_table(const std::string& path) {
  const LammpsLog log = read_lammps_log(path);
  CsvFile file;
  file.path = path;
  file.delimiter = ' ';
  file.table.name = std::filesystem::path(path).stem().string();
  file.table.columns.push_back({"run", "1", std::vector<double>{}, {}});
  const auto kept = rows_kept(log.runs);
  std::size_t dropped = 0;
  for (std::size_t r = 0; r < log.runs.size(); ++r) {
    add_run(file, log.runs[r], r + 1, kept[r]);
    dropped += log.runs[r].thermo.rows() - kept[r];
  }
  if (file.table.rows() == 0) {
    base::Message message;
    message.file = path;
    message.problem = "the log holds no thermo table";
    message.tries = {"thermo 100"};
    throw base::InputError(message);
  }
  tell_columns(file);
  file.form =
      fmt::format("LAMMPS log of {} run{}", log.runs.size(), log.runs.size() == 1 ? "" : "s");
  if (dropped > 0)
    file.form +=
        fmt::format(", {} row{} told again later left out", dropped, dropped == 1 ? "" : "s");
  for (const auto& warning : log.warnings) file.form += ", " + warning;
  return file;
}

CsvFile averaged_along_ramps(CsvFile log) {
  auto* temperature = column_named(log.table, "Temp");
  if (!temperature) return log;
  CsvFile out = log;
  out.lines.clear();
  for (auto& column : out.table.columns) values_of(column).clear();
  const auto& run = values_of(log.table.columns.front());
  for (std::size_t first = 0; first < run.size();) {
    const auto last = static_cast<std::size_t>(
        std::find_if(run.begin() + static_cast<std::ptrdiff_t>(first), run.end(),
                     [&](double r) { return r != run[first]; }) -
        run.begin());
    std::size_t begin = first;
    for (const std::size_t end :
         interval_ends(std::span(values_of(*temperature)).subspan(first, last - first))) {
      const std::size_t count = first + end - begin;
      for (std::size_t k = 0; k < log.table.columns.size(); ++k) {
        const auto values = std::span(values_of(log.table.columns[k])).subspan(begin, count);
        // A run has a column, or it lacks it.
        const auto mean = std::isnan(values.front()) ? math::Estimate{no_value, no_value, 0.0}
                                                     : math::mean_about_a_line(values);
        values_of(out.table.columns[k]).push_back(mean.mean);
        // The run's number and its steps are no measurements.
        if (k >= 2) out.table.columns[k].standard_error.push_back(mean.standard_error);
      }
      out.lines.push_back(log.lines[begin]);
      begin = first + end;
    }
    first = last;
  }
  tell_columns(out);
  out.form += fmt::format(", {} rows averaged over intervals of about {:g} K", log.table.rows(),
                          interval_width);
  return out;
}

}  // namespace vitreous::io
