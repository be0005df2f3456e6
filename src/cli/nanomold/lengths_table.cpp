#include "cli/nanomold/lengths_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/data_table.hpp"

namespace vitreous::cli {
namespace {

constexpr double same_temperature = 0.01;  // K
constexpr double nm = 1e-9, MPa = 1e6;

/// Every cell of a column that must be filled and positive.
void require_all_positive(const io::DataTable& table, const io::DataColumn& column,
                          const std::string& what, const std::string& unit) {
  for (std::size_t row = 0; row < column.values.size(); ++row) {
    const double value = column.values[row];
    if (std::isnan(value)) table.fail(row, column.header, fmt::format("the {} is missing", what));
    if (!(value > 0.0))
      table.fail(row, column.header,
                 fmt::format("the {} is {:g} {}, and must be above zero", what, value, unit), "",
                 {"leave the row out where nothing was molded"});
  }
}

}  // namespace

LengthsTable read_lengths(const std::string& path) {
  const auto table = io::DataTable::read(path);
  const std::vector<io::ColumnRequest> requests = {{"diameter", {"d", "D", "size"}, "nm"},
                                                   {"length", {"L", "l"}, "nm"},
                                                   {"temperature", {"T"}, "K"},
                                                   {"pressure", {"p", "P"}, "MPa"},
                                                   {"time", {"t"}, "s"}};
  std::vector<io::DataColumn> used;
  for (const auto& request : requests) {
    used.push_back(table.column(request));
    require_all_positive(table, used.back(), request.name, request.unit);
  }
  LengthsTable lengths;
  lengths.reading = table.reading(used);
  auto& all = lengths.temperatures;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const double T = used[2].values[row], error = used[1].standard_errors[row];
    auto at = std::find_if(all.begin(), all.end(),
                           [&](const auto& one) { return std::abs(one.T - T) < same_temperature; });
    if (at == all.end()) at = all.insert(at, {T, {}});
    at->wires.push_back({used[0].values[row] * nm, used[1].values[row] * nm,
                         std::isfinite(error) ? error * nm : 0.0, used[3].values[row] * MPa,
                         used[4].values[row]});
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.T > b.T; });
  return lengths;
}

std::string lengths_template() {
  return R"csv(# Lengths of molded wires: a row for each diameter at each temperature, as measured.
#
#   vitreous nanomold fit FILE    viscosity and interface diffusion at each temperature, their laws, and
#                                 a file of parameters that the other verbs of nanomold read
#
# diameter   of the mold's pores
# length     mean length of the wires; length_se is the standard error of that mean. In its place
#            length_sd_nm, the standard deviation, with a column n: how many wires were measured.
#            Leave both out where neither is known: the scatter about the fit then tells.
# Units stand in the header and may be others (T (K), d/um, p [GPa], t (h)); commas, semicolons or tabs.
#
# At each temperature: diameters on both sides of the shortest wires, two at least, better six. Thick
# wires tell the viscosity, thin ones the interface. For all laws: five temperatures, two of them below
# the kink of the viscosity; three are enough where the kink is known (--kink "287 C").
# The rows below are an example; put yours in their place.
diameter_nm,length_nm,length_se_nm,temperature_C,pressure_MPa,time_s
18,52,4,317,1000,300
50,121,6,317,1000,300
120,285,11,317,1000,300
20,355,19,297,1250,36000
35,266,14,297,1250,36000
80,318,13,297,1250,36000
200,788,30,297,1250,36000
)csv";
}

}  // namespace vitreous::cli
