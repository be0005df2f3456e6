// What the verbs of `vitreous relaxation` read: columns by what they are.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "io/data_table.hpp"

namespace vitreous::cli {

io::ColumnRequest temperature_column();  ///< K
io::ColumnRequest frequency_column();    ///< Hz
io::ColumnRequest time_column();         ///< s

/// E'' in MPa, or as bare numbers where the header tells no unit; `unit` says which.
struct LossColumn {
  io::DataColumn column;
  std::string unit;
};
LossColumn loss_column(const io::DataTable& table);

/// The words of the first of `names` that the table has; `used` then tells what they do.
std::optional<std::vector<std::string>> word_column(const io::DataTable& table,
                                                    const std::vector<std::string>& names,
                                                    const std::string& what_they_do,
                                                    std::vector<io::DataColumn>& used);

/// Throws InputError for the first cell that is not above zero (empty cells pass).
void require_positive(const io::DataTable& table, const io::DataColumn& column,
                      const std::string& what);

/// Rows by the value of a column, within a millionth; each in the order of the file.
std::map<double, std::vector<std::size_t>> rows_by(const io::DataColumn& column);

/// "16 Hz", "1 GHz".
std::string frequency_text(double hertz);

/// Prints how a table was read, a line a column, to stderr.
void tell_reading(const io::DataTable& table, const std::vector<io::DataColumn>& used);

}  // namespace vitreous::cli
