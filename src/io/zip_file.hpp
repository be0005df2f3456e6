// Zip archives (by libzip): written aside and renamed, read piece by piece.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vitreous::io {

/// A file of an archive: a file of the disk, or a text.
struct ZipContent {
  std::string name;  ///< in the archive, with / between folders
  std::string path;  ///< on the disk; "" where `text` is meant
  std::string text;
};

/// Writes an archive as a whole or not at all: aside, then `accept` looks at it, then it is synced
/// and renamed. Throws RunError (disk full, a file that cannot be read), leaving what was there.
void write_zip(const std::string& path, const std::vector<ZipContent>& contents,
               const std::function<void(const std::string& aside)>& accept);

struct ZipEntry {
  std::string name;
  std::uint64_t bytes = 0;  ///< unpacked
};

class ZipReader {
 public:
  /// Throws InputError where it is not a whole zip archive: cut off, or something else.
  explicit ZipReader(const std::string& path);
  ~ZipReader();
  ZipReader(const ZipReader&) = delete;
  ZipReader& operator=(const ZipReader&) = delete;

  const std::vector<ZipEntry>& entries() const { return entries_; }
  /// Hands out the file's bytes piece by piece. Throws InputError where they are damaged.
  void read(const std::string& name, const std::function<void(std::string_view)>& take) const;
  std::string text(const std::string& name) const;

 private:
  struct Handle;
  std::string path_;
  std::unique_ptr<Handle> handle_;
  std::vector<ZipEntry> entries_;
};

}  // namespace vitreous::io
