#include "io/zip_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <zip.h>

#include <array>
#include <filesystem>

#include "base/error.hpp"
#include "io/safe_file.hpp"

namespace vitreous::io {
namespace {

namespace fs = std::filesystem;

struct DiscardZip {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, DiscardZip>;

std::string words_of_error(int code) {
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  return text;
}

[[noreturn]] void refuse_to_write(const std::string& path, const std::string& why) {
  base::Message message;
  message.file = path;
  message.problem = "cannot be written: " + why;
  message.why = "nothing was lost: what stood there before is untouched";
  throw base::RunError(message);
}

void add_content(zip_t* archive, const ZipContent& content, const std::string& path) {
  zip_source_t* source =
      content.path.empty() ? zip_source_buffer(archive, content.text.data(), content.text.size(), 0)
                           : zip_source_file(archive, content.path.c_str(), 0, -1);
  if (source && zip_file_add(archive, content.name.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0) return;
  zip_source_free(source);
  refuse_to_write(path, fmt::format("{}: {}", content.name, zip_strerror(archive)));
}

void sync_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

void write_aside(const std::string& aside, const std::string& path,
                 const std::vector<ZipContent>& contents) {
  int error = 0;
  Archive archive(zip_open(aside.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error));
  if (!archive) refuse_to_write(path, words_of_error(error));
  for (const auto& content : contents) add_content(archive.get(), content, path);
  if (zip_close(archive.get()) != 0) refuse_to_write(path, zip_strerror(archive.get()));
  (void)archive.release();  // zip_close has freed it
  sync_file(aside);
}

}  // namespace

void write_zip(const std::string& path, const std::vector<ZipContent>& contents,
               const std::function<void(const std::string& aside)>& accept) {
  const fs::path target = path;
  const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
  const std::string aside =
      (folder / fmt::format(".{}.{}.writing", target.filename().string(), ::getpid())).string();
  try {
    write_aside(aside, path, contents);
    accept(aside);
    move_file(aside, path);
  } catch (...) {
    ::unlink(aside.c_str());
    throw;
  }
  sync_folder(folder.string());
}

struct ZipReader::Handle {
  Archive archive;
};

ZipReader::ZipReader(const std::string& path) : path_(path), handle_(std::make_unique<Handle>()) {
  int error = 0;
  handle_->archive.reset(zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &error));
  if (!handle_->archive) {
    base::Message message;
    message.file = path;
    message.problem = error == ZIP_ER_NOENT ? "no such file" : "is not a whole zip archive";
    if (error != ZIP_ER_NOENT)
      message.why = fmt::format(
          "{}; the list of its files stands at its end, and is gone where it was cut off",
          words_of_error(error));
    if (error != ZIP_ER_NOENT) message.tries = {"copy or download it again"};
    throw base::InputError(message);
  }
  const zip_int64_t count = zip_get_num_entries(handle_->archive.get(), 0);
  for (zip_int64_t k = 0; k < count; ++k) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(handle_->archive.get(), static_cast<zip_uint64_t>(k), 0, &stat) == 0)
      entries_.push_back({stat.name, stat.size});
  }
}

ZipReader::~ZipReader() = default;

void ZipReader::read(const std::string& name,
                     const std::function<void(std::string_view)>& take) const {
  zip_file_t* file = zip_fopen(handle_->archive.get(), name.c_str(), 0);
  std::array<char, 1 << 16> piece;
  zip_int64_t got = file ? 1 : -1;
  while (got > 0) {
    got = zip_fread(file, piece.data(), piece.size());
    if (got > 0) take({piece.data(), static_cast<std::size_t>(got)});
  }
  const std::string why =
      got == 0 ? "" : (file ? zip_file_strerror(file) : zip_strerror(handle_->archive.get()));
  if (file) zip_fclose(file);
  if (got == 0) return;
  base::Message message;
  message.file = path_;
  message.problem = fmt::format("{}: cannot be unpacked", name);
  message.why = why;
  throw base::InputError(message);
}

std::string ZipReader::text(const std::string& name) const {
  std::string all;
  read(name, [&](std::string_view piece) { all += piece; });
  return all;
}

}  // namespace vitreous::io
