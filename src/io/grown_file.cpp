#include "io/grown_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "io/safe_file.hpp"

namespace vitreous::io {
namespace {

constexpr std::size_t bytes_a_number = sizeof(float);

[[noreturn]] void fail(const std::string& path, std::size_t length) {
  base::Message message;
  message.file = path;
  message.problem =
      fmt::format("does not hold the {} numbers that the checkpoint goes with", length);
  message.why = "the file was cut, removed or replaced after the checkpoint was written";
  throw base::RunError(message);
}

}  // namespace

GrownFile::GrownFile(std::string path, std::size_t length)
    : path_(std::move(path)),
      length_(length),
      descriptor_(::open(path_.c_str(), O_RDONLY | O_CLOEXEC)) {
  struct stat status {};
  const bool there = descriptor_ >= 0 && ::fstat(descriptor_, &status) == 0;
  if (there && status.st_size >= static_cast<off_t>(length_ * bytes_a_number)) return;
  if (descriptor_ >= 0) ::close(descriptor_);
  fail(path_, length_);
}

GrownFile::~GrownFile() { ::close(descriptor_); }

void GrownFile::extend(const std::string& path, std::size_t length, std::span<const float> more) {
  AppendFile file(path, static_cast<std::int64_t>(length * bytes_a_number));
  file.append({reinterpret_cast<const char*>(more.data()), more.size_bytes()});
  file.sync();
}

void GrownFile::read(std::size_t begin, std::span<float> out) const {
  if (begin + out.size() > length_) fail(path_, begin + out.size());
  auto* to = reinterpret_cast<char*>(out.data());
  for (std::size_t done = 0; done < out.size_bytes();) {
    const ssize_t got = ::pread(descriptor_, to + done, out.size_bytes() - done,
                                static_cast<off_t>(begin * bytes_a_number + done));
    if (got <= 0) fail(path_, length_);
    done += static_cast<std::size_t>(got);
  }
}

}  // namespace vitreous::io
