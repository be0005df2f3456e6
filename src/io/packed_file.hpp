// Text written piece by piece into a file that is whole or not there, packed as its name asks.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace vitreous::io {

class PackedFile {
 public:
  /// gzip for NAME.gz, zstd for NAME.zst, plain for any other. Throws RunError where the folder
  /// cannot be written to.
  explicit PackedFile(const std::string& path);
  ~PackedFile();
  PackedFile(const PackedFile&) = delete;
  PackedFile& operator=(const PackedFile&) = delete;

  void add(std::string_view text);
  /// Until then nothing stands under the name.
  void finish();

 private:
  class Packer;
  class Plain;
  class Gzip;
  class Zstd;
  std::unique_ptr<Packer> packer_;
};

/// "a.dump" for "a.dump.gz" and "a.dump.zst"; any other name as it is.
std::string without_packing(const std::string& path);

}  // namespace vitreous::io
