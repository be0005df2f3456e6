// A table of measurements asked for its columns by what they are: "the diameter, in nm, with its
// errors", whatever the file calls it and in whatever unit it stands there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/csv.hpp"

namespace vitreous::io {

/// A column that a command needs. Names are compared as written first, then without regard to
/// capitals, blanks, '_' and '-'; a column of another dimension is not meant: of "d (nm)" and
/// "D_m2_per_s" the first is a length called d.
struct ColumnRequest {
  std::string name;                  ///< "diameter": what messages call it
  std::vector<std::string> aliases;  ///< {"d"}: other names that tables have for it
  /// That values are handed out in: "nm", "K", "1"; "" takes any, as it stands.
  std::string unit;
};

/// Numbers in the unit of the request, one a row of the table.
struct DataColumn {
  std::string header;          ///< as it stands in the file
  std::string unit;            ///< of values and errors
  std::vector<double> values;  ///< NaN where the cell is empty
  /// Standard errors, NaN where none is known. From `X_se`; or from `X_sd`, the standard deviation
  /// of n measurements, and the column `X_n` or `n`: sd/sqrt(n) times Student's factor for n - 1,
  /// so that +- one of them covers 68 %. n = 1 takes the deviation as known.
  std::vector<double> standard_errors;
  /// Degrees of freedom behind each error: n - 1, X_dof where the table tells it, else infinite.
  std::vector<double> degrees;
  std::vector<std::string> error_headers;  ///< of the columns that the errors came from
  std::string reading;  ///< "diameter, nm -> angstrom, 12 numbers, errors from L_sd (nm) and n"

  bool has_errors() const;
};

class DataTable {
 public:
  /// CSV, or the thermo tables of a LAMMPS log. Throws InputError as read_csv_file does.
  static DataTable read(const std::string& path);
  explicit DataTable(CsvFile file) : file_(std::move(file)) {}

  const std::string& path() const { return file_.path; }
  const core::Table& table() const { return file_.table; }
  std::size_t rows() const { return file_.lines.size(); }

  /// Nothing where no column of that name and dimension is there. Throws InputError where one has
  /// the name but not the unit or the dimension, where several could be meant, where it holds
  /// words, and where a deviation stands without n.
  std::optional<DataColumn> find(const ColumnRequest& request) const;
  /// The same; throws InputError where it is not there, naming the columns that are.
  DataColumn column(const ColumnRequest& request) const;
  /// The words of a column (any cell is one); nothing where there is none of these names.
  std::optional<std::vector<std::string>> words(const std::vector<std::string>& names) const;

  /// How the file was read, a line each: its separator, then every column, those in `used` as what
  /// they were taken for. Commands print this to stderr before they compute.
  std::vector<std::string> reading(const std::vector<DataColumn>& used) const;

  /// Throws InputError for one cell: file, line, header of the column, then the words given.
  [[noreturn]] void fail(std::size_t row, const std::string& header, const std::string& problem,
                         const std::string& why = {}, std::vector<std::string> tries = {}) const;

 private:
  [[noreturn]] void fail_header(const std::string& key, const std::string& problem,
                                const std::string& why, std::vector<std::string> tries) const;
  const core::Column* choose(const ColumnRequest& request) const;
  const core::Column* exactly(const std::string& name) const;
  void add_errors(const core::Column& from, const ColumnRequest& request, DataColumn& to) const;
  void errors_of_deviation(const core::Column& from, const core::Column& deviation,
                           const ColumnRequest& request, DataColumn& to) const;
  std::string header_of(const core::Column& column) const;
  const std::vector<double>& numbers(const core::Column& column) const;

  CsvFile file_;
};

/// A value or an error (a difference: 5 °C is 5 K) in another unit of the same dimension.
std::vector<double> converted(const std::vector<double>& values, const std::string& from,
                              const std::string& to);
std::vector<double> converted_errors(const std::vector<double>& errors, const std::string& from,
                                     const std::string& to);

}  // namespace vitreous::io
