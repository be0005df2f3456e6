#include "io/text_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <functional>

#include "base/error.hpp"
#include "io/byte_source.hpp"

namespace vitreous::io {
namespace {

constexpr std::size_t block_size = std::size_t{1} << 18;
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

void require_text(const std::string& path, std::string_view head) {
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
  std::unique_ptr<ByteSource> bytes;
  std::vector<char> buffer = std::vector<char>(block_size);
  std::size_t begin = 0, end = 0;  ///< what of the buffer is not yet handed out
  std::string_view line;
  std::size_t number = 0;
  bool at_end = false, ended = true, repeat = false;

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
    const std::size_t got = read(buffer.data() + end, buffer.size() - end);
    at_end = got == 0;
    end += got;
    return got > 0;
  }

  std::size_t read(char* to, std::size_t room) const {
    try {
      return bytes->read(to, room);
    } catch (const base::InputError& error) {
      base::Message message = error.message();
      message.file = path;
      message.line = number + 1;
      throw base::InputError(message);
    }
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
  stream_->path = path;
  stream_->bytes = open_bytes(path);
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
    if (!stop.empty() && !line.empty() && line[0] == stop[0] && line.starts_with(stop)) {
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
std::string TextSource::truncation() const {
  if (!stream_->bytes->is_cut_short()) return {};
  return fmt::format("the {} data end before their time", stream_->bytes->packing());
}

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
