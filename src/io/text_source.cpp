#include "io/text_source.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <functional>

#include "base/error.hpp"

namespace vitreous::io {
namespace {

constexpr std::size_t block_size = std::size_t{1} << 16;
/// A longer line is no text file of ours: it would be read into memory whole.
constexpr std::size_t longest_line = std::size_t{1} << 24;
constexpr std::size_t longest_shown = 96;

[[noreturn]] void fail_whole(const std::string& path, const std::string& problem,
                             std::vector<std::string> tries = {}) {
  base::Message message;
  message.file = path;
  message.problem = problem;
  message.tries = std::move(tries);
  throw base::InputError(message);
}

void require_file(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) fail_whole(path, "no such file");
  if (std::filesystem::is_directory(status)) fail_whole(path, "is a folder, not a file");
}

void require_text(const std::string& path, std::string_view head) {
  if (head.starts_with("\x28\xb5\x2f\xfd"))
    fail_whole(path, "is packed with zstd, which is not read", {fmt::format("zstd -d {}", path)});
  if (head.starts_with("BZh"))
    fail_whole(path, "is packed with bzip2, which is not read",
               {fmt::format("bunzip2 -k {}", path)});
  if (head.starts_with("\xfd"
                       "7zXZ"))
    fail_whole(path, "is packed with xz, which is not read", {fmt::format("unxz -k {}", path)});
  if (head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff"))
    fail_whole(path, "is text in UTF-16, which is not read",
               {fmt::format("iconv -f UTF-16 -t UTF-8 {0} > {0}.utf8", path)});
  if (head.substr(0, 4096).find('\0') != head.npos)
    fail_whole(path, "is not a text file", {"a text dump, an extended XYZ or a LAMMPS data file"});
}

}  // namespace

struct TextSource::Stream {
  std::string path;
  gzFile file = nullptr;
  std::vector<char> buffer = std::vector<char>(block_size);
  std::size_t begin = 0, end = 0;  ///< what of the buffer is not yet handed out
  std::string_view line;
  std::size_t number = 0;
  bool at_end = false, ended = true, cut = false, repeat = false;

  ~Stream() {
    if (file) gzclose(file);
  }

  /// Reads more behind what is left; false at the end of the file.
  bool fill() {
    if (at_end) return false;
    if (begin > 0) {
      std::memmove(buffer.data(), buffer.data() + begin, end - begin);
      end -= begin;
      begin = 0;
    }
    if (end == buffer.size()) {
      if (buffer.size() >= longest_line)
        fail_whole(path, fmt::format("line {} is longer than 16 MB", number + 1));
      buffer.resize(2 * buffer.size());
    }
    const int got = gzread(file, buffer.data() + end, static_cast<unsigned>(buffer.size() - end));
    int code = Z_OK;
    const char* const text = gzerror(file, &code);
    if (got < 0 && code != Z_BUF_ERROR) fail_damaged(code, text);
    if (got <= 0) {
      at_end = true;
      cut = code == Z_BUF_ERROR;
      return false;
    }
    end += static_cast<std::size_t>(got);
    return true;
  }

  [[noreturn]] void fail_damaged(int code, const char* text) const {
    base::Message message;
    message.file = path;
    message.line = number + 1;
    message.problem = code == Z_ERRNO ? fmt::format("cannot be read: {}", std::strerror(errno))
                                      : "the gzipped data are damaged at or after this line";
    message.why = code == Z_ERRNO ? "" : text;
    throw base::InputError(message);
  }

  bool advance() {
    std::size_t searched = begin;
    while (true) {
      const void* const found = std::memchr(buffer.data() + searched, '\n', end - searched);
      if (found) {
        const auto stop = static_cast<std::size_t>(static_cast<const char*>(found) - buffer.data());
        return hand_out(stop, stop + 1, true);
      }
      const std::size_t offset = end - begin;
      if (!fill()) break;
      searched = begin + offset;
    }
    return begin != end && hand_out(end, end, false);
  }

  bool hand_out(std::size_t stop, std::size_t next, bool with_newline) {
    if (stop > begin && with_newline && buffer[stop - 1] == '\r') --stop;
    line = std::string_view(buffer.data() + begin, stop - begin);
    begin = next;
    ended = with_newline;
    ++number;
    return true;
  }
};

TextSource::TextSource(const std::string& path) : stream_(std::make_unique<Stream>()) {
  require_file(path);
  stream_->path = path;
  stream_->file = gzopen(path.c_str(), "rb");
  if (!stream_->file) fail_whole(path, fmt::format("cannot be read: {}", std::strerror(errno)));
  gzbuffer(stream_->file, block_size);
  stream_->fill();
  require_text(path, {stream_->buffer.data(), stream_->end});
}

TextSource::~TextSource() = default;
TextSource::TextSource(TextSource&&) noexcept = default;

bool TextSource::next(std::string_view& line) {
  if (!stream_->repeat && !stream_->advance()) return false;
  stream_->repeat = false;
  line = stream_->line;
  return true;
}

void TextSource::put_back() { stream_->repeat = true; }

bool TextSource::skip(std::size_t count, std::string_view stop, bool& stopped) {
  stopped = false;
  std::string_view line;
  for (std::size_t k = 0; k < count; ++k) {
    if (!next(line)) return false;
    if (!stop.empty() && line.starts_with(stop)) {
      put_back();
      stopped = true;
      return true;
    }
  }
  return true;
}

const std::string& TextSource::path() const { return stream_->path; }
std::size_t TextSource::line_number() const { return stream_->number; }
bool TextSource::line_was_ended() const { return stream_->ended; }
bool TextSource::is_cut_short() const { return stream_->cut; }

void TextSource::fail(const std::string& problem, std::string_view field, const std::string& why,
                      std::vector<std::string> tries) const {
  base::Message message;
  message.file = stream_->path;
  message.line = stream_->number;
  message.problem = problem;
  message.why = why;
  message.tries = std::move(tries);
  const std::string_view line = stream_->line;
  message.source = std::string(line.substr(0, longest_shown));
  std::replace_if(
      message.source.begin(), message.source.end(),
      [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  const std::less_equal<const char*> not_after;
  if (field.data() && not_after(line.data(), field.data()) &&
      not_after(field.data() + field.size(), line.data() + std::min(line.size(), longest_shown))) {
    message.column = static_cast<std::size_t>(field.data() - line.data()) + 1;
    message.width = std::max<std::size_t>(field.size(), 1);
  }
  throw base::InputError(message);
}

}  // namespace vitreous::io
