// Where things stand in the folder of a run.
#pragma once

#include <string>

namespace vitreous::study {

class RunFolder {
 public:
  explicit RunFolder(std::string path) : path_(std::move(path)) {}

  const std::string& path() const { return path_; }
  /// A file of the run: "results.json".
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  /// The folder of a branch; `id` is "liquid/1000K-r1".
  std::string branch(const std::string& id) const { return file(id); }
  std::string branch_file(const std::string& id, const std::string& name) const {
    return branch(id) + "/" + name;
  }
  /// The folder of the checkpoint in which a ramp hands its state on at a temperature (K).
  std::string left_at(const std::string& id, double temperature) const;

 private:
  std::string path_;
};

/// Makes a folder and its parents; throws RunError where it cannot.
void make_folder(const std::string& path);

/// Holds a branch for one process; released when it ends, however it ends.
class BranchLock {
 public:
  /// False where another process holds it; one that was told to stop is given a few seconds.
  static bool try_lock(const std::string& folder, BranchLock& lock);
  BranchLock() = default;
  ~BranchLock();
  BranchLock(const BranchLock&) = delete;
  BranchLock& operator=(const BranchLock&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace vitreous::study
