// Files of numbers that grow with a run, beside its checkpoint: 4-byte floats as the machine writes
// them, nothing else.
#pragma once

#include <string>

#include "core/grown.hpp"

namespace vitreous::io {

class GrownFile : public core::StoredNumbers {
 public:
  /// The first `length` numbers of a file. Throws RunError where it holds fewer.
  GrownFile(std::string path, std::size_t length);
  ~GrownFile() override;
  GrownFile(const GrownFile&) = delete;
  GrownFile& operator=(const GrownFile&) = delete;

  /// Cuts the file to `length` numbers, puts `more` behind them and syncs it. Throws RunError where
  /// it holds fewer, or the disk is full.
  static void extend(const std::string& path, std::size_t length, std::span<const float> more);

  std::size_t size() const override { return length_; }
  void read(std::size_t begin, std::span<float> out) const override;

 private:
  std::string path_;
  std::size_t length_;
  int descriptor_ = -1;
};

}  // namespace vitreous::io
