// A text file, plain or packed (gzip, zstd), line by line: memory does not grow with the file.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vitreous::io {

class TextSource {
 public:
  /// Packing is told by content, not by name. Throws InputError: not there, a folder, not text,
  /// packed in another way.
  explicit TextSource(const std::string& path);
  ~TextSource();
  TextSource(TextSource&&) noexcept;

  /// The next line without its end; false at the end of the file. The view holds until the next
  /// call. Throws InputError where packed data are damaged.
  bool next(std::string_view& line);
  /// Hands out the line of the last `next` once more.
  void put_back();
  /// Passes over `count` lines; false where the file ends before. Stops before a line that starts
  /// with `stop` (where it is not empty), and says so by
  /// `stopped`.
  bool skip(std::size_t count, std::string_view stop, bool& stopped);

  const std::string& path() const;
  /// Of the last line, from 1.
  std::size_t line_number() const;
  /// True where the last line ended with a newline: false for one that may be cut short.
  bool line_was_ended() const;
  /// "the gzipped data end before their time", or "" where they do not; known once `next` returned
  /// false.
  std::string truncation() const;

  /// Throws InputError that names file and line, shows the line, and marks `field` where it is a
  /// view into that line.
  [[noreturn]] void fail(const std::string& problem, std::string_view field = {},
                         const std::string& why = {}, std::vector<std::string> tries = {}) const;

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
};

}  // namespace vitreous::io
