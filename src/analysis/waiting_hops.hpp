// Hops whose paths wait to be followed: those of one moment are too few to keep several cores busy,
// as one path may take ten times as long as another.
#pragma once

#include <vector>

#include "analysis/hop_log.hpp"
#include "analysis/hop_paths.hpp"

namespace vitreous::analysis {

class WaitingHops {
 public:
  void add(SoughtHop hop) { hops_.push_back(std::move(hop)); }
  std::size_t size() const { return hops_.size(); }

  /// Has paths sought for some seconds, and puts them into the log in the order of their hops: one
  /// that is found before another ahead of it waits on.
  void follow(HopPaths& paths, double seconds, HopLog& log);

  void transfer(core::Archive& archive);

 private:
  void transfer_structures(core::Archive& archive);
  void transfer_found(core::Archive& archive);

  std::vector<SoughtHop> hops_;
};

}  // namespace vitreous::analysis
