#include "study/stage_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/error_degrees.hpp"
#include "analysis/observer_label.hpp"
#include "base/error.hpp"
#include "base/units.hpp"

namespace vitreous::study {
namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

bool is_number(const AxisValue& axis) { return axis.name != "composition"; }

core::Column axis_column(const AxisValue& axis, std::size_t rows) {
  if (is_number(axis)) return {axis.name, axis.unit, std::vector<double>(rows, axis.value), {}};
  return {axis.name, "1", std::vector<std::string>(rows, axis.text), {}};
}

core::Table with_replica(int replica, core::Table table) {
  table.columns.insert(table.columns.begin(),
                       {"replica", "1", std::vector<double>(table.rows(), replica), {}});
  return table;
}

/// "D.Cu" -> D of Cu; "D" and "msd_2.D" -> D of all.
std::pair<std::string, std::string> split_species(const std::string& quantity) {
  const std::string own = analysis::split_label(quantity).second;
  const auto dot = own.find('.');
  if (dot == std::string::npos) return {own, "all"};
  return {own.substr(0, dot), own.substr(dot + 1)};
}

/// "" where the quantity has no table; "diffusion_2" for that of a second observer.
std::string table_name(const std::string& quantity) {
  const std::string suffix = analysis::label_suffix(analysis::split_label(quantity).first);
  const std::string symbol = split_species(quantity).first;
  if (symbol == "D") return "diffusion" + suffix;
  if (symbol == "tau_alpha") return "relaxation_time" + suffix;
  return "";
}

/// What a quantity tells of an upper bound, in `unit`.
double upper_bound_of(const core::Reported& q, const std::string& unit) {
  const auto told = q.how.find("upper_bound");
  return told == q.how.end() ? no_value : base::quantity_in(told->second, unit);
}

/// A row of species, value with error, what is known of both, state and remark. Where the value
/// was refused the row says why: a reader of the table sees that the branch is there.
core::Table quantity_row(const std::string& quantity, const core::Reported& q) {
  const auto [symbol, species] = split_species(quantity);
  const std::string unit = declared_unit(quantity);
  const auto lacking = [&](const std::string& name, const std::string& in, double value) {
    return core::Column{name, in, std::vector<double>{value}, {}, true};
  };
  core::Column value = lacking(symbol, unit, no_value);
  value.standard_error = {no_value};
  double degrees = no_value;
  if (q.measured) {
    const auto measured = q.measured->to(unit);
    value.values = std::vector<double>{measured.value};
    value.standard_error = {measured.standard_error};
    if (const double told = analysis::error_degrees(q); std::isfinite(told)) degrees = told;
  }
  const std::string state = q.state.empty() && !q.measured ? "refused" : q.state;
  core::Table row;
  row.name = table_name(quantity);
  row.columns = {{"species", "1", std::vector<std::string>{species}, {}},
                 std::move(value),
                 lacking(symbol + "_dof", "1", degrees)};
  if (symbol == "D") row.columns.push_back(lacking("D_upper_bound", unit, upper_bound_of(q, unit)));
  row.columns.push_back({"state", "1", std::vector<std::string>{state}, {}});
  row.columns.push_back({"remark", "1", std::vector<std::string>{q.reason}, {}});
  return row;
}

void add_quantities(std::vector<StageTable>& tables, const Group& group) {
  for (const auto& name : quantity_names(group))
    if (!table_name(name).empty())
      if (const auto quantity = group_quantity(group, name))
        stack(tables, group.stage, group.axes, quantity_row(name, *quantity));
}

}  // namespace

void append_rows(core::Table& above, const core::Table& below) {
  const auto fail = [&] {
    throw base::RunError(fmt::format("the branches' tables {} differ in their columns", above.name),
                         "they were made by different observers",
                         {"--rerun runs the older ones again"});
  };
  if (above.columns.size() != below.columns.size()) fail();
  for (std::size_t k = 0; k < above.columns.size(); ++k) {
    core::Column& column = above.columns[k];
    const core::Column& more = below.columns[k];
    if (column.name != more.name || column.unit != more.unit ||
        column.values.index() != more.values.index() ||
        column.standard_error.empty() != more.standard_error.empty())
      fail();
    std::visit(
        [&](auto& values) {
          const auto& added = std::get<std::decay_t<decltype(values)>>(more.values);
          values.insert(values.end(), added.begin(), added.end());
        },
        column.values);
    column.standard_error.insert(column.standard_error.end(), more.standard_error.begin(),
                                 more.standard_error.end());
  }
}

void stack(std::vector<StageTable>& tables, const std::string& stage,
           const std::vector<AxisValue>& axes, core::Table table) {
  std::vector<core::Column> axis_columns;
  for (const auto& axis : axes) axis_columns.push_back(axis_column(axis, table.rows()));
  table.columns.insert(table.columns.begin(), axis_columns.begin(), axis_columns.end());
  const auto found = std::find_if(tables.begin(), tables.end(), [&](const StageTable& t) {
    return t.stage == stage && t.table.name == table.name;
  });
  if (found == tables.end())
    tables.push_back({stage, std::move(table)});
  else
    append_rows(found->table, table);
}

std::vector<StageTable> stage_tables(const std::vector<GatheredBranch>& branches) {
  std::vector<StageTable> tables;
  for (const auto& branch : branches) {
    if (!branch.result) continue;
    for (const auto& table : branch.result->result.tables)
      if (table.rows() > 0)
        stack(tables, branch.branch->stage, branch.branch->axes,
              with_replica(branch.branch->replica, table));
  }
  for (const auto& group : group_replicas(branches)) add_quantities(tables, group);
  return tables;
}

}  // namespace vitreous::study
