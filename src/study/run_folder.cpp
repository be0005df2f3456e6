#include "study/run_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/error.hpp"

namespace vitreous::study {

std::string RunFolder::left_at(const std::string& id, double temperature) const {
  return branch_file(id, fmt::format("left_at/{:g}K", temperature));
}

void make_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!error) return;
  base::Message message;
  message.file = path;
  message.problem = "cannot be made: " + error.message();
  throw base::RunError(message);
}

bool BranchLock::try_lock(const std::string& folder, BranchLock& lock) {
  const std::string path = folder + "/lock";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor < 0) {
    base::Message message;
    message.file = path;
    message.problem = fmt::format("cannot be opened: {}", std::strerror(errno));
    throw base::RunError(message);
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    ::close(descriptor);
    return false;
  }
  lock.descriptor_ = descriptor;
  return true;
}

BranchLock::~BranchLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace vitreous::study
