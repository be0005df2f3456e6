#include "study/run_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <thread>

#include "base/error.hpp"

namespace vitreous::study {
namespace {

/// A process that was told to stop writes its checkpoint in less.
constexpr auto patience = std::chrono::seconds(5);

}  // namespace

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
  const auto give_up = std::chrono::steady_clock::now() + patience;
  while (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (std::chrono::steady_clock::now() > give_up) {
      ::close(descriptor);
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  lock.descriptor_ = descriptor;
  return true;
}

BranchLock::~BranchLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace vitreous::study
