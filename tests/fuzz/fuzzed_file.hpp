// A fuzzer's bytes as a file that readers open by name, without a disk; and what they may do with
// it: read it, or refuse it with a message.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace vitreous::fuzz {

class FuzzedFile {
 public:
  explicit FuzzedFile(std::string_view bytes) : descriptor_(::memfd_create("fuzzed", MFD_CLOEXEC)) {
    if (descriptor_ < 0 ||
        ::write(descriptor_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
      std::abort();
  }
  ~FuzzedFile() { ::close(descriptor_); }
  FuzzedFile(const FuzzedFile&) = delete;
  FuzzedFile& operator=(const FuzzedFile&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

/// True where `work` came to its end, false where it refused the input in words; whatever else is
/// thrown is a crash.
inline bool accepted(const std::function<void()>& work) {
  try {
    work();
    return true;
  } catch (const base::InputError& error) {
    if (error.message().problem.empty()) std::abort();
    return false;
  }
}

/// What must hold of everything that is read.
inline void require(bool law) {
  if (!law) std::abort();
}

}  // namespace vitreous::fuzz
