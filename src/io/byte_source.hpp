// The bytes of a file, unpacked on the way: plain, gzip or zstd, told by content and not by name.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace vitreous::io {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Puts up to `room` > 0 bytes at `to` and returns how many; 0 at the end. Throws InputError
  /// without place: packed data that are damaged, a disk that cannot be read.
  virtual std::size_t read(char* to, std::size_t room) = 0;
  /// "gzipped", "zstd" or "" for a plain file.
  virtual std::string_view packing() const { return {}; }
  /// True where packed data end before their time; known once `read` returned 0.
  virtual bool is_cut_short() const { return false; }
};

/// Throws InputError: not there, a folder, not readable. Members of gzip and frames of zstd that
/// stand in a row are one text.
std::unique_ptr<ByteSource> open_bytes(const std::string& path);

}  // namespace vitreous::io
