// LAMMPS' binary dumps (`dump custom NAME.bin`), in the form that names its columns: LAMMPS from
// 2020 on, on processors of this byte order.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "io/byte_source.hpp"
#include "io/lammps_dump_columns.hpp"

namespace vitreous::io {

/// By its first bytes.
bool is_binary_dump(const std::string& path);

/// Throws InputError with file and frame; units as in text dumps.
class LammpsBinaryDumpSource : public FrameSource {
 public:
  explicit LammpsBinaryDumpSource(const std::string& path);
  bool next_head(FrameHead& head) override;
  bool read_atoms(RawFrame& frame) override;
  bool skip_atoms() override;
  std::string truncation() const override { return truncation_; }
  std::vector<std::string> passed_over() const override { return columns_.passed_over(); }

 private:
  bool take(void* to, std::size_t bytes);
  template <class T>
  T number();
  std::string text(std::size_t longest);
  void require_magic(std::int64_t length);
  void read_head(FrameHead& head);
  void read_columns();
  /// Hands every row to `use`; false where the file ends before.
  template <class Use>
  bool each_row(Use use);
  void add_row(const double* row, RawFrame& frame) const;
  std::int64_t whole(double value, const char* what) const;
  [[noreturn]] void fail(const std::string& problem, const std::string& why = {}) const;

  std::string path_;
  std::unique_ptr<ByteSource> bytes_;
  FrameHead head_;
  std::size_t frame_ = 0, width_ = 0;  ///< the frame's number from 1; values in a row
  DumpColumns columns_;
  double velocity_factor_ = 1.0;
  std::string truncation_;
  std::vector<double> rows_;
};

}  // namespace vitreous::io
