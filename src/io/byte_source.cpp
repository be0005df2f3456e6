#include "io/byte_source.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <vector>

#include "base/error.hpp"

namespace vitreous::io {
namespace {

constexpr std::size_t packed_block = std::size_t{1} << 17;

/// The file as it stands on the disk, with a look at its first bytes.
class DiskBytes : public ByteSource {
 public:
  explicit DiskBytes(const std::string& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0)
      throw base::InputError(fmt::format("cannot be read: {}", std::strerror(errno)));
    while (head_length_ < sizeof head_) {
      const std::size_t got = from_disk(head_ + head_length_, sizeof head_ - head_length_);
      if (got == 0) break;
      head_length_ += got;
    }
  }
  ~DiskBytes() override {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  DiskBytes(const DiskBytes&) = delete;
  DiskBytes& operator=(const DiskBytes&) = delete;

  std::string_view head() const { return {head_, head_length_}; }

  std::size_t read(char* to, std::size_t room) override {
    const std::size_t left = std::min(room, head_length_ - head_given_);
    std::memcpy(to, head_ + head_given_, left);
    head_given_ += left;
    return left == room ? left : left + from_disk(to + left, room - left);
  }

 private:
  std::size_t from_disk(char* to, std::size_t room) const {
    while (true) {
      const ssize_t got = ::read(descriptor_, to, room);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR)
        throw base::InputError(fmt::format("cannot be read: {}", std::strerror(errno)));
    }
  }

  int descriptor_;
  char head_[4] = {};
  std::size_t head_length_ = 0, head_given_ = 0;
};

/// What unpackers share: a block of packed bytes, filled from the disk as it is used up.
class Unpacker : public ByteSource {
 public:
  explicit Unpacker(std::unique_ptr<DiskBytes> disk) : disk_(std::move(disk)) {}
  bool is_cut_short() const override { return cut_; }

 protected:
  /// False at the end of the disk's file.
  bool have_input() {
    if (used_ < filled_) return true;
    used_ = 0;
    filled_ = disk_->read(block_.data(), block_.size());
    return filled_ > 0;
  }
  [[noreturn]] void fail(const char* why) const {
    throw base::InputError(fmt::format("the {} data are damaged at or after this line", packing()),
                           why ? why : "");
  }

  std::vector<char> block_ = std::vector<char>(packed_block);
  std::size_t used_ = 0, filled_ = 0;
  bool cut_ = false, inside_ = false;  ///< inside: of a member or frame that has not ended

 private:
  std::unique_ptr<DiskBytes> disk_;
};

class GzipBytes : public Unpacker {
 public:
  explicit GzipBytes(std::unique_ptr<DiskBytes> disk) : Unpacker(std::move(disk)) {
    constexpr int gzip_alone = 16;
    if (inflateInit2(&stream_, MAX_WBITS + gzip_alone) != Z_OK) throw std::bad_alloc();
  }
  ~GzipBytes() override { inflateEnd(&stream_); }
  GzipBytes(const GzipBytes&) = delete;
  GzipBytes& operator=(const GzipBytes&) = delete;

  std::string_view packing() const override { return "gzipped"; }

  std::size_t read(char* to, std::size_t room) override {
    stream_.next_out = reinterpret_cast<Bytef*>(to);
    stream_.avail_out = static_cast<uInt>(room);
    while (stream_.avail_out == room) {
      if (!have_input()) {
        cut_ = inside_;
        return 0;
      }
      if (!inside_ && is_padding()) continue;
      unpack();
    }
    return room - stream_.avail_out;
  }

 private:
  /// Tapes and some disks fill up with zeros behind the last member.
  bool is_padding() {
    if (block_[used_] != '\0') return false;
    ++used_;
    return true;
  }

  void unpack() {
    inside_ = true;
    stream_.next_in = reinterpret_cast<Bytef*>(block_.data() + used_);
    stream_.avail_in = static_cast<uInt>(filled_ - used_);
    const int code = inflate(&stream_, Z_NO_FLUSH);
    used_ = filled_ - stream_.avail_in;
    if (code == Z_STREAM_END) {
      inflateReset(&stream_);
      inside_ = false;
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
      fail(stream_.msg);
    }
  }

  z_stream stream_{};
};

class ZstdBytes : public Unpacker {
 public:
  explicit ZstdBytes(std::unique_ptr<DiskBytes> disk)
      : Unpacker(std::move(disk)), stream_(ZSTD_createDStream()) {
    if (!stream_) throw std::bad_alloc();
  }
  ~ZstdBytes() override { ZSTD_freeDStream(stream_); }
  ZstdBytes(const ZstdBytes&) = delete;
  ZstdBytes& operator=(const ZstdBytes&) = delete;

  std::string_view packing() const override { return "zstd"; }

  std::size_t read(char* to, std::size_t room) override {
    ZSTD_outBuffer out{to, room, 0};
    while (out.pos == 0) {
      // What is unpacked but not handed out yet needs no more input.
      const bool more = have_input();
      if (!more && !inside_) return 0;
      ZSTD_inBuffer in{block_.data(), filled_, used_};
      const std::size_t code = ZSTD_decompressStream(stream_, &out, &in);
      used_ = in.pos;
      if (ZSTD_isError(code)) fail(ZSTD_getErrorName(code));
      inside_ = code != 0;
      if (more || out.pos > 0) continue;
      cut_ = true;
      return 0;
    }
    return out.pos;
  }

 private:
  ZSTD_DStream* stream_;
};

bool is_gzip(std::string_view head) { return head.starts_with("\x1f\x8b"); }

/// A frame, or one of the sixteen kinds of frame that hold no data.
bool is_zstd(std::string_view head) {
  return head.starts_with("\x28\xb5\x2f\xfd") ||
         (head.size() == 4 && (head[0] & 0xf0) == 0x50 && head.substr(1) == "\x2a\x4d\x18");
}

std::unique_ptr<ByteSource> choose(std::unique_ptr<DiskBytes> disk) {
  if (is_gzip(disk->head())) return std::make_unique<GzipBytes>(std::move(disk));
  if (is_zstd(disk->head())) return std::make_unique<ZstdBytes>(std::move(disk));
  return disk;
}

}  // namespace

std::unique_ptr<ByteSource> open_bytes(const std::string& path) {
  base::Message message;
  message.file = path;
  std::error_code ignored;
  const auto status = std::filesystem::status(path, ignored);
  if (!std::filesystem::exists(status)) {
    message.problem = "no such file";
  } else if (std::filesystem::is_directory(status)) {
    message.problem = "is a folder, not a file";
  } else {
    try {
      return choose(std::make_unique<DiskBytes>(path));
    } catch (const base::InputError& error) {
      message.problem = error.message().problem;
    }
  }
  throw base::InputError(message);
}

}  // namespace vitreous::io
