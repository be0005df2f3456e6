// Files that are never half-written: written aside, synced, renamed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vitreous::io {

/// Replaces `path` as a whole or not at all. Throws RunError (disk full, no permission), leaving
/// what was there.
void write_file(const std::string& path, std::string_view content);

/// The pieces of write_file, for whoever renames more than one file: a file written and synced in
/// place (removed again where that fails), a rename, and the sync of the folder that makes it last.
void write_synced(const std::string& path, std::string_view content);
void move_file(const std::string& from, const std::string& to);
void sync_folder(const std::string& folder);

/// The same piece by piece, for files that need not fit into memory: what is added stands under
/// another name until `finish`, and is gone where that is never called.
class WholeFile {
 public:
  /// Throws RunError where the folder cannot be written to.
  explicit WholeFile(const std::string& path);
  ~WholeFile();
  WholeFile(const WholeFile&) = delete;
  WholeFile& operator=(const WholeFile&) = delete;

  /// Where the bytes stand until `finish`, for libraries that write by themselves.
  const std::string& aside() const { return aside_; }
  void add(std::string_view text);
  void finish();

 private:
  std::string path_, target_, aside_;  ///< aside_ is the path itself where it is a device or pipe
  int descriptor_ = -1;
  bool is_special_ = false;
};

/// Reads a whole file; throws InputError where it is not there or not readable.
std::string read_file(const std::string& path);

/// A growing text file that resume can cut back: append, sync, tell its length.
class AppendFile {
 public:
  /// Opens for appending after cutting the file to `length` bytes (0 starts it anew).
  AppendFile(const std::string& path, std::int64_t length);
  ~AppendFile();
  AppendFile(AppendFile&&) noexcept;
  AppendFile& operator=(AppendFile&&) noexcept;

  void append(std::string_view text);
  /// Flushes to the disk and returns the length; throws RunError where the disk is full.
  std::int64_t sync();

 private:
  std::string path_;
  int descriptor_ = -1;
  std::int64_t length_ = 0;
};

}  // namespace vitreous::io
