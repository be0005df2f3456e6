#include "io/fit_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "analysis/combine_replicas.hpp"
#include "analysis/error_degrees.hpp"
#include "base/error.hpp"
#include "base/units.hpp"
#include "io/lammps_log.hpp"
#include "io/lammps_log_table.hpp"
#include "models/stokes_einstein.hpp"

namespace vitreous::io {
namespace {

using Words = std::vector<std::string>;
using Numbers = std::vector<double>;

/// Other names that tables have for the same thing.
const std::vector<std::pair<std::string, std::string>> aliases = {
    {"temperature", "T"},    {"T", "temperature"}, {"tau_alpha", "tau"},
    {"tau", "tau_alpha"},    {"V", "volume"},      {"H", "enthalpy"},
    {"temperature", "Temp"}, {"V", "Volume"},      {"H", "Enthalpy"}};  // a LAMMPS log's

[[noreturn]] void refuse_table(const std::string& file, const std::string& key,
                               const std::string& problem, const std::string& why,
                               std::vector<std::string> tries) {
  base::Message message;
  message.file = file;
  message.key = key;
  message.problem = problem;
  message.why = why;
  message.tries = std::move(tries);
  throw base::InputError(std::move(message));
}

Words distinct(const Words& words) {
  Words out;
  for (const auto& word : words)
    if (std::find(out.begin(), out.end(), word) == out.end()) out.push_back(word);
  return out;
}

/// Reads a table for one request; `rows_` are the rows that are still in.
class TableReader {
 public:
  TableReader(const DataTable& file, const FitTableRequest& request)
      : file_(file), table_(file.table()), request_(request) {
    for (std::size_t row = 0; row < table_.rows(); ++row) rows_.push_back(row);
  }

  FitTable read() {
    Words filtered;
    for (const auto& condition : request_.where) filtered.push_back(apply(condition));
    require_one_of_each(filtered);
    choose_columns();
    const auto star = out_.y.find('*');
    const auto of_rows = star == std::string::npos
                             ? points_of_rows(out_.y)
                             : models::product(points_of_rows(out_.y.substr(0, star)),
                                               points_of_rows(out_.y.substr(star + 1)));
    out_.input = combined(of_rows);
    out_.reading = file_.reading(used_);
    if (of_rows.unit == "1" && request_.of_temperature)
      out_.notes.push_back(fmt::format(
          "{0} has no unit in its header: it is fitted as bare numbers ({0}_m2_per_s would be in "
          "m^2/s)",
          of_rows.quantity));
    return std::move(out_);
  }

 private:
  const core::Column* find(const std::string& name) const {
    for (const auto& column : table_.columns)
      if (column.name == name || core::column_name(column) == name) return &column;
    for (const auto& [known, other] : aliases)
      if (known == name)
        for (const auto& column : table_.columns)
          if (column.name == other) return &column;
    return nullptr;
  }

  const core::Column& column(const std::string& name, const std::string& option) const {
    if (const auto* found = find(name)) return *found;
    Words names;
    for (const auto& c : table_.columns) names.push_back(c.name);
    refuse_unknown_unit(name, names);
    const auto nearest = base::nearest_name(name, names);
    const std::string tried = option == "--where" ? nearest + "=..." : nearest;
    refuse_table(file_.path(), {}, fmt::format("there is no column \"{}\"", name),
                 fmt::format("its columns are {}", fmt::join(names, ", ")),
                 nearest.empty() ? Words{} : Words{fmt::format("{} {}", option, tried)});
  }

  /// "D_furlong" is read as a name whole, for it ends in no known unit.
  void refuse_unknown_unit(const std::string& name, const Words& names) const {
    for (const auto& other : names) {
      const auto rest = other.starts_with(name) ? other.substr(name.size()) : std::string();
      if (rest.size() > 1 && std::string("_ ([").find(rest.front()) != std::string::npos)
        refuse_table(
            file_.path(), other, "ends in no unit that is known",
            fmt::format("a column of {} carries its unit in its header", name),
            {fmt::format("{0}_m2_per_s, \"{0} (m^2/s)\", {0}_ps, ...: vitreous list units", name)});
    }
  }

  /// What the request leaves open.
  void choose_columns() {
    Words numeric;
    for (const auto& c : table_.columns)
      if (std::holds_alternative<Numbers>(c.values)) numeric.push_back(c.name);
    x_name_ = request_.x;
    out_.y = request_.y;
    if (x_name_.empty() && request_.of_temperature) x_name_ = "temperature";
    if (x_name_.empty() && !numeric.empty()) x_name_ = chosen(numeric.front(), "--x");
    const auto x = std::find(numeric.begin(), numeric.end(), column(x_name_, "--x").name);
    if (out_.y.empty() && x != numeric.end() && x + 1 != numeric.end())
      out_.y = chosen(*(x + 1), "--y");
    if (out_.y.empty())
      refuse_table(file_.path(), {}, fmt::format("no numbers follow the column {}", x_name_),
                   "the column that is fitted was not told", {"--y NAME"});
  }

  std::string chosen(const std::string& name, const std::string& option) {
    out_.notes.push_back(fmt::format("{} {}", option, name));
    return name;
  }

  /// The numbers of a column, as it stands or in `unit`, with their errors.
  DataColumn numbers(const core::Column& of, const std::string& unit, const char* option) {
    if (std::holds_alternative<Words>(of.values))
      refuse_table(file_.path(), of.name, "holds words, and numbers are needed here",
                   fmt::format("it was asked for by {}", option), {});
    auto found = *file_.find({of.name, {}, unit});
    const bool seen = std::any_of(used_.begin(), used_.end(),
                                  [&](const auto& u) { return u.header == found.header; });
    if (!seen) used_.push_back(found);
    return found;
  }

  /// Keeps the rows that meet NAME=VALUE or NAME=FROM..TO; returns NAME.
  std::string apply(const std::string& condition) {
    const auto equals = condition.find('=');
    if (equals == std::string::npos || equals == 0)
      refuse_table(file_.path(), {}, fmt::format("--where {}: not a condition", condition), {},
                   {"--where temperature=1000K..2000K", "--where species=Cu"});
    const auto& of = column(condition.substr(0, equals), "--where");
    const std::string value = condition.substr(equals + 1);
    const auto keep = condition_on(of, value, condition);
    std::erase_if(rows_, [&](std::size_t row) { return !keep(row); });
    if (rows_.empty())
      refuse_table(file_.path(), of.name, fmt::format("no row is left by --where {}", condition),
                   {}, {});
    return of.name;
  }

  std::function<bool(std::size_t)> condition_on(const core::Column& of, const std::string& value,
                                                const std::string& condition) const {
    if (const auto* words = std::get_if<Words>(&of.values))
      return [words, value](std::size_t row) { return (*words)[row] == value; };
    const auto& held = std::get<Numbers>(of.values);
    const auto bound = [&](const std::string& text, double open) {
      if (text.empty()) return open;
      try {
        return base::quantity_in(text, of.unit);
      } catch (const base::InputError& error) {
        refuse_table(file_.path(), of.name,
                     fmt::format("--where {}: {}", condition, error.message().problem),
                     error.message().why, error.message().tries);
      }
    };
    const auto dots = value.find("..");
    const bool range = dots != std::string::npos;
    const double from = bound(range ? value.substr(0, dots) : value, -INFINITY);
    const double to = range ? bound(value.substr(dots + 2), INFINITY) : from;
    // A bound that was written in another unit may miss by a rounding.
    const double slack = 1e-9;
    return [&held, from, to, slack](std::size_t row) {
      return held[row] >= from - slack * std::abs(from) && held[row] <= to + slack * std::abs(to);
    };
  }

  /// Rows of several species or compositions are no replicas of each other.
  void require_one_of_each(const Words& filtered) {
    for (const auto& of : table_.columns) {
      const auto* words = std::get_if<Words>(&of.values);
      const bool remark =
          of.name == "state" || of.name == "reason" || of.name == "remark" || of.name == "branch";
      if (!words || remark ||
          std::find(filtered.begin(), filtered.end(), of.name) != filtered.end())
        continue;
      Words held;
      for (const std::size_t row : rows_) held.push_back((*words)[row]);
      held = distinct(held);
      if (held.size() < 2) continue;
      if (std::find(held.begin(), held.end(), "all") == held.end())
        refuse_table(file_.path(), of.name, fmt::format("holds several: {}", fmt::join(held, ", ")),
                     "a fit takes one of them",
                     {fmt::format("--where {}={}", of.name, held.front())});
      std::erase_if(rows_, [&](std::size_t row) { return (*words)[row] != "all"; });
      out_.notes.push_back(fmt::format("{} = all (of {}); --where {}=... takes another", of.name,
                                       fmt::join(held, ", "), of.name));
    }
  }

  std::string word(const char* name, std::size_t row) const {
    const auto* of = find(name);
    const auto* words = of ? std::get_if<Words>(&of->values) : nullptr;
    return words ? (*words)[row] : std::string();
  }

  /// One point a row, labelled by its row.
  models::FitInput points_of_rows(const std::string& y_name) {
    const auto& x = column(x_name_, "--x");
    const auto& y = column(y_name, "--y");
    const auto xs = numbers(x, unit_of_x(x), "--x");
    const auto ys = numbers(y, "", "--y");
    models::FitInput input{y.name, y.unit, {}, x.name, xs.unit};
    if (request_.of_temperature) input.x_name = "temperature";
    for (const std::size_t row : rows_) {
      models::Point point;
      if (!std::isfinite(xs.values[row])) continue;
      point.x = xs.values[row];
      point.y = ys.values[row];
      if (ys.standard_errors[row] > 0.0) point.y_se = ys.standard_errors[row];
      point.degrees = ys.degrees[row];
      if (const auto state = word("state", row); !state.empty()) point.state = state;
      point.note = word("reason", row);
      if (point.note.empty()) point.note = word("remark", row);
      point.label = std::to_string(row);
      input.points.push_back(std::move(point));
    }
    return input;
  }

  /// Temperatures become K.
  std::string unit_of_x(const core::Column& x) const {
    const bool temperature = base::parse_unit(x.unit).dimension == base::parse_unit("K").dimension;
    if (temperature) return "K";
    if (request_.of_temperature)
      refuse_table(
          file_.path(), x.name,
          x.unit == "1" ? "has no unit in the header" : "is in " + x.unit + ", not a temperature",
          "laws are fitted against temperature", {"name the column " + x.name + "_K"});
    return x.unit;
  }

  /// Replicas of one x as one point.
  models::FitInput combined(const models::FitInput& rows) const {
    const auto* target = find("target");
    const auto* targets = target ? std::get_if<Numbers>(&target->values) : nullptr;
    std::vector<std::pair<double, std::vector<models::Point>>> groups;
    for (const auto& point : rows.points) {
      const double key = targets ? (*targets)[std::stoul(point.label)] : point.x;
      auto group =
          std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.first == key; });
      if (group == groups.end()) group = groups.insert(groups.end(), {key, {}});
      group->second.push_back(point);
    }
    models::FitInput input = rows;
    input.points.clear();
    const bool tells_replicas = find("replica");
    for (const auto& [key, replicas] : groups)
      input.points.push_back(replicas.size() == 1 && !tells_replicas
                                 ? as_it_stands(rows, replicas.front())
                                 : one_point(rows, replicas));
    return input;
  }

  static std::string label_at(const models::FitInput& rows, double x) {
    return fmt::format("{:.6g}{}", x, rows.x_unit == "1" ? "" : " " + rows.x_unit);
  }

  /// The only row at its x, in a table whose replicas, if any, are combined already.
  static models::Point as_it_stands(const models::FitInput& rows, models::Point point) {
    point.label = label_at(rows, point.x);
    if (std::isfinite(point.y)) return point;
    if (point.state != "upper_bound") point.state = "refused";
    if (point.note.empty()) point.note = "the table has no value";
    return point;
  }

  static models::Point one_point(const models::FitInput& rows,
                                 const std::vector<models::Point>& replicas) {
    std::vector<core::Reported> measured;
    models::Point point;
    for (const auto& replica : replicas) {
      core::Reported one = core::Reported::refused(
          rows.quantity, replica.note.empty() ? "the table has no value" : replica.note);
      if (std::isfinite(replica.y)) {
        one.measured = core::Measured{replica.y, replica.y_se, rows.unit};
        one.status = core::Status::ok;
        one.reason = replica.note;
        analysis::set_error_degrees(one, replica.degrees);
        point.replicas.push_back(replica.y);
      }
      one.state = replica.state;
      measured.push_back(std::move(one));
      point.x += replica.x / static_cast<double>(replicas.size());
    }
    const auto all = analysis::combine_replicas(measured);
    point.label = label_at(rows, point.x);
    point.state = all.state;
    point.note = all.reason;
    if (all.measured) {
      point.y = all.measured->value;
      point.y_se = all.measured->standard_error;
      point.degrees = analysis::error_degrees(all);
    } else if (point.state != "upper_bound") {
      point.state = "refused";
    }
    if (point.replicas.size() != replicas.size() || replicas.size() == 1) point.replicas.clear();
    return point;
  }

  const DataTable& file_;
  const core::Table& table_;
  const FitTableRequest& request_;
  std::vector<std::size_t> rows_;
  std::string x_name_;
  std::vector<DataColumn> used_;
  FitTable out_;
};

}  // namespace

FitTable fit_table(const DataTable& table, const FitTableRequest& request) {
  return TableReader(table, request).read();
}

DataTable read_fit_data(const std::string& path, bool of_temperature) {
  if (of_temperature && is_lammps_log(path))
    return DataTable(averaged_along_ramps(lammps_log_table(path)));
  return DataTable::read(path);
}

std::string usual_quantity(const std::string& law) {
  if (law == "glass_transition") return "V";
  if (law == "stokes_einstein") return "D*tau_alpha";
  if (law == "tangent") return "";
  return models::is_of_temperature(models::law_declaration(law)) ? "D" : "";
}

}  // namespace vitreous::io
