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

/// All lengths have errors, or none: they could not be weighed against each other.
void require_errors_of_all(const io::DataTable& table, const io::DataColumn& length) {
  if (!length.has_errors()) return;
  const auto& errors = length.standard_errors;
  const auto without =
      std::find_if(errors.begin(), errors.end(), [](double e) { return !(e > 0.0); });
  if (without != errors.end())
    table.fail(std::size_t(without - errors.begin()), length.error_headers.front(),
               "the length has no error here, and others have one",
               "it could not be weighed against those",
               {"give all of them an error above zero, or none"});
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
  require_errors_of_all(table, used[1]);
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
# The rows below are made up, and fit; put yours in their place.
diameter_nm,length_nm,length_se_nm,temperature_C,pressure_MPa,time_s
10,69,3,317,1000,300
20,50,3,317,1000,300
40,94,5,317,1000,300
120,292,15,317,1000,300
200,501,25,317,1000,300
250,611,31,317,1000,300
10,141,7,307,2000,900
20,88,4,307,2000,900
40,92,5,307,2000,900
120,265,13,307,2000,900
200,440,22,307,2000,900
250,567,28,307,2000,900
10,506,25,297,1250,36000
20,361,18,297,1250,36000
40,256,13,297,1250,36000
120,528,26,297,1250,36000
200,826,41,297,1250,36000
250,910,46,297,1250,36000
10,484,24,287,2000,36000
20,328,16,287,2000,36000
40,233,12,287,2000,36000
120,192,10,287,2000,36000
200,297,15,287,2000,36000
250,338,17,287,2000,36000
10,365,18,277,2000,36000
20,250,13,277,2000,36000
40,169,8,277,2000,36000
120,146,7,277,2000,36000
200,247,12,277,2000,36000
250,318,16,277,2000,36000
10,260,13,267,2000,36000
20,189,9,267,2000,36000
40,145,7,267,2000,36000
120,124,6,267,2000,36000
200,206,10,267,2000,36000
250,265,13,267,2000,36000
)csv";
}

}  // namespace vitreous::cli
