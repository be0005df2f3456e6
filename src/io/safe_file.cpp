#include "io/safe_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/error.hpp"

namespace vitreous::io {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail_with(const std::string& path, int error) {
  base::Message message;
  message.file = path;
  switch (error) {
    case ENOSPC:
      message.problem = "the disk is full";
      message.why = "nothing was lost: what stood there before is untouched";
      message.tries = {"free some space, then run the same command again"};
      break;
    case EDQUOT:
    case EFBIG:
      message.problem = "the disk quota or the limit of file sizes is reached";
      message.why = "nothing was lost: what stood there before is untouched";
      message.tries = {"free some space or raise the limit, then run the same command again"};
      break;
    case EACCES:
    case EPERM:
    case EROFS:
      message.problem = fmt::format("cannot be written: {}", std::strerror(error));
      message.tries = {"choose a folder that you may write to"};
      break;
    case ENOENT:
      message.problem = "cannot be written: its folder does not exist";
      break;
    default:
      message.problem = fmt::format("cannot be written: {}", std::strerror(error));
  }
  throw base::RunError(message);
}

/// An open file descriptor, closed at the end of its scope.
class Descriptor {
 public:
  Descriptor(const std::string& path, int flags)
      : value_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return value_; }
  /// Some file systems tell of a full disk only here.
  int close() { return ::close(std::exchange(value_, -1)); }

 private:
  int value_;
};

/// 0 or the error; the whole text is written or an error is returned.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// A device or a pipe (/dev/stdout) is written to, never replaced.
bool is_special(const fs::path& path) {
  std::error_code ignored;
  const auto status = fs::status(path, ignored);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

/// Where the bytes go: a symbolic link keeps pointing at its target.
fs::path target_of(const std::string& path) {
  std::error_code ignored;
  if (!fs::is_symlink(path, ignored)) return path;
  const fs::path target = fs::weakly_canonical(path, ignored);
  return target.empty() ? fs::path(path) : target;
}

}  // namespace

void sync_folder(const std::string& folder) {
  const Descriptor directory(folder, O_RDONLY | O_DIRECTORY);
  // Some network file systems refuse to sync a folder; the rename itself is still atomic there.
  if (directory.get() >= 0) ::fsync(directory.get());
}

void write_synced(const std::string& path, std::string_view content) {
  Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC);
  if (file.get() < 0) fail_with(path, errno);
  int error = write_all(file.get(), content);
  if (!error && ::fsync(file.get()) != 0) error = errno;
  if (file.close() != 0 && !error) error = errno;
  if (!error) return;
  ::unlink(path.c_str());
  fail_with(path, error);
}

void move_file(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) fail_with(to, errno);
}

WholeFile::WholeFile(const std::string& path) : path_(path), is_special_(is_special(path)) {
  const fs::path target = target_of(path);
  target_ = target;
  aside_ = is_special_ ? path
                       : (folder_of(target) /
                          fmt::format(".{}.{}.writing", target.filename().string(), ::getpid()))
                             .string();
  const int make = is_special_ ? 0 : O_CREAT | O_TRUNC;
  descriptor_ = ::open(aside_.c_str(), O_WRONLY | O_CLOEXEC | make, 0666);
  if (descriptor_ < 0) fail_with(path_, errno);
}

WholeFile::~WholeFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  if (!is_special_) ::unlink(aside_.c_str());
}

void WholeFile::add(std::string_view text) {
  if (const int error = write_all(descriptor_, text)) fail_with(path_, error);
}

void WholeFile::finish() {
  if (!is_special_ && ::fsync(descriptor_) != 0) fail_with(path_, errno);
  const int closed = ::close(std::exchange(descriptor_, -1)) != 0 ? errno : 0;
  if (is_special_) {
    if (closed) fail_with(path_, closed);
    return;
  }
  // Some file systems tell of a full disk only when a file is closed.
  const int error = closed ? closed : (std::rename(aside_.c_str(), target_.c_str()) ? errno : 0);
  if (error) {
    ::unlink(aside_.c_str());
    fail_with(path_, error);
  }
  sync_folder(folder_of(target_));
}

void write_file(const std::string& path, std::string_view content) {
  WholeFile file(path);
  file.add(content);
  file.finish();
}

std::string read_file(const std::string& path) {
  const Descriptor file(path, O_RDONLY);
  struct stat status {};
  int error = file.get() < 0 || ::fstat(file.get(), &status) != 0 ? errno : 0;
  if (!error && S_ISDIR(status.st_mode)) error = EISDIR;
  std::string content(error ? 0 : static_cast<std::size_t>(std::max<off_t>(status.st_size, 0)),
                      '\0');
  std::size_t length = 0;
  while (!error) {
    // One byte of room more than the file tells: pipes tell nothing, and a file may grow.
    if (length == content.size()) content.resize(length + std::max<std::size_t>(length / 2, 4096));
    const ssize_t got = ::read(file.get(), content.data() + length, content.size() - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) error = errno;
    if (got <= 0) break;
    length += static_cast<std::size_t>(got);
  }
  content.resize(length);
  if (!error) return content;
  base::Message message;
  message.file = path;
  message.problem = error == ENOENT   ? "no such file"
                    : error == EISDIR ? "is a folder, not a file"
                                      : fmt::format("cannot be read: {}", std::strerror(error));
  throw base::InputError(message);
}

AppendFile::AppendFile(const std::string& path, std::int64_t length)
    : path_(path), length_(length) {
  descriptor_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) fail_with(path, errno);
  struct stat status {};
  int error = ::fstat(descriptor_, &status) != 0 ? errno : 0;
  const bool too_short = !error && status.st_size < length;
  if (!error && !too_short && ::ftruncate(descriptor_, length) != 0) error = errno;
  if (!error && !too_short && ::lseek(descriptor_, 0, SEEK_END) < 0) error = errno;
  if (!error && !too_short) return;
  ::close(std::exchange(descriptor_, -1));
  if (error) fail_with(path, error);
  base::Message message;
  message.file = path;
  message.problem =
      fmt::format("holds {} bytes, but the checkpoint goes with {}", status.st_size, length);
  message.why = "the file was cut or replaced after the checkpoint was written";
  throw base::RunError(message);
}

AppendFile::~AppendFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

AppendFile::AppendFile(AppendFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      length_(other.length_) {}

AppendFile& AppendFile::operator=(AppendFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(length_, other.length_);
  return *this;
}

void AppendFile::append(std::string_view text) {
  if (const int error = write_all(descriptor_, text)) {
    // Whole appends or none: half a row would be read as a row.
    const bool cut = ::ftruncate(descriptor_, length_) == 0;
    if (cut) ::lseek(descriptor_, length_, SEEK_SET);
    fail_with(path_, error);
  }
  length_ += static_cast<std::int64_t>(text.size());
}

std::int64_t AppendFile::sync() {
  if (::fsync(descriptor_) != 0) fail_with(path_, errno);
  return length_;
}

}  // namespace vitreous::io
