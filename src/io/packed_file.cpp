#include "io/packed_file.hpp"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <new>
#include <vector>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "io/safe_file.hpp"

namespace vitreous::io {
namespace {

constexpr std::size_t packed_at_once = std::size_t{1} << 17;

}  // namespace

class PackedFile::Packer {
 public:
  explicit Packer(const std::string& path) : file_(path) {}
  virtual ~Packer() = default;
  virtual void add(std::string_view text) = 0;
  virtual void finish() { file_.finish(); }

 protected:
  WholeFile file_;
};

class PackedFile::Plain : public Packer {
 public:
  using Packer::Packer;
  void add(std::string_view text) override { file_.add(text); }
};

class PackedFile::Gzip : public Packer {
 public:
  explicit Gzip(const std::string& path) : Packer(path) {
    constexpr int with_gzip_header = 16, memory = 8;
    if (deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + with_gzip_header,
                     memory, Z_DEFAULT_STRATEGY) != Z_OK)
      throw std::bad_alloc();
  }
  ~Gzip() override { deflateEnd(&stream_); }

  void add(std::string_view text) override {
    constexpr std::size_t most = std::size_t{1} << 30;  // zlib counts in 32 bits
    for (; !text.empty(); text.remove_prefix(std::min(most, text.size())))
      pack(text.substr(0, most), Z_NO_FLUSH);
  }

  void finish() override {
    pack({}, Z_FINISH);
    Packer::finish();
  }

 private:
  void pack(std::string_view text, int flush) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream_.avail_in = static_cast<uInt>(text.size());
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(block_.data());
      stream_.avail_out = static_cast<uInt>(block_.size());
      deflate(&stream_, flush);
      file_.add({block_.data(), block_.size() - stream_.avail_out});
    } while (stream_.avail_out == 0);
  }

  z_stream stream_{};
  std::vector<char> block_ = std::vector<char>(packed_at_once);
};

class PackedFile::Zstd : public Packer {
 public:
  explicit Zstd(const std::string& path) : Packer(path), stream_(ZSTD_createCCtx()) {
    if (!stream_) throw std::bad_alloc();
    ZSTD_CCtx_setParameter(stream_, ZSTD_c_checksumFlag, 1);
    // Packing then goes on beside the writing of text; the bytes do not depend on how many work.
    ZSTD_CCtx_setParameter(stream_, ZSTD_c_nbWorkers, std::max(1, base::available_cores()));
  }
  ~Zstd() override { ZSTD_freeCCtx(stream_); }

  void add(std::string_view text) override { pack(text, ZSTD_e_continue); }

  void finish() override {
    pack({}, ZSTD_e_end);
    Packer::finish();
  }

 private:
  void pack(std::string_view text, ZSTD_EndDirective directive) {
    ZSTD_inBuffer in{text.data(), text.size(), 0};
    for (bool more = true; more;) {
      ZSTD_outBuffer out{block_.data(), block_.size(), 0};
      const std::size_t left = ZSTD_compressStream2(stream_, &out, &in, directive);
      if (ZSTD_isError(left)) throw base::RunError("zstd cannot pack", ZSTD_getErrorName(left));
      file_.add({block_.data(), out.pos});
      more = directive == ZSTD_e_end ? left > 0 : in.pos < in.size;
    }
  }

  ZSTD_CCtx* stream_;
  std::vector<char> block_ = std::vector<char>(packed_at_once);
};

PackedFile::PackedFile(const std::string& path) {
  if (path.ends_with(".gz"))
    packer_ = std::make_unique<Gzip>(path);
  else if (path.ends_with(".zst"))
    packer_ = std::make_unique<Zstd>(path);
  else
    packer_ = std::make_unique<Plain>(path);
}

PackedFile::~PackedFile() = default;
void PackedFile::add(std::string_view text) { packer_->add(text); }
void PackedFile::finish() { packer_->finish(); }

std::string without_packing(const std::string& path) {
  for (const std::string_view ending : {".gz", ".zst"})
    if (path.ends_with(ending)) return path.substr(0, path.size() - ending.size());
  return path;
}

}  // namespace vitreous::io
