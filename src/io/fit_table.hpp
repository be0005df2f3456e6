// The points of a fit from a tidy table: rows chosen, replicas combined, states kept.
#pragma once

#include <string>
#include <vector>

#include "io/data_table.hpp"
#include "models/law.hpp"

namespace vitreous::io {

struct FitTableRequest {
  /// A column's name; "" takes the temperature, or, for a law of any x, the first numbers.
  std::string x;
  /// A column's name, or two with a '*' between (D*tau_alpha); "" takes the numbers after x.
  std::string y;
  std::vector<std::string> where;  ///< "temperature=1000K..2000K", "species=Cu"; all must hold
  bool of_temperature = true;      ///< x must be a temperature
};

struct FitTable {
  models::FitInput input;
  std::string y;                     ///< what was fitted: the request's, or what was chosen
  std::vector<std::string> reading;  ///< how the file and its columns were read
  std::vector<std::string> notes;    ///< what was chosen without being told
};

/// Rows of one x (of one `target`, where the table of a ramp has that column) are replicas of one
/// point. Temperatures become K; any other x stays in the unit of its header. Errors are those of
/// DataColumn: X_se, or X_sd with n; a column X_dof tells the degrees of freedom behind them,
/// which are taken as known without it. A column `state` tells their state (equilibrium without
/// one), `reason` or `remark` why; a row whose y is empty is refused for its reason. Where
/// `species` holds several and "all" is among them, that is taken. Throws InputError: a column that
/// is missing (with the nearest name), a condition that cannot be read or that no row meets, other
/// columns of words that hold several.
FitTable fit_table(const DataTable& table, const FitTableRequest& request);

/// The table of a file; that of a LAMMPS log, averaged along its ramps, where a law of temperature
/// is fitted. Throws InputError as they are read.
DataTable read_fit_data(const std::string& path, bool of_temperature);

/// The column that a law is fitted to where none was told; "" for the numbers that follow x.
std::string usual_quantity(const std::string& law);

}  // namespace vitreous::io
