// Progress on stderr: one line a running branch, redrawn in place on a terminal; elsewhere a plain
// line now and then, for logs.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "study/progress.hpp"

namespace vitreous::cli {

class ProgressLines {
 public:
  /// `branches`: how many there are in all.
  explicit ProgressLines(std::size_t branches);

  void show(const std::vector<std::pair<std::string, study::Progress>>& running,
            std::size_t finished);
  /// Takes the lines off a terminal.
  void clear();

 private:
  bool terminal_;
  std::size_t branches_;
  std::size_t shown_ = 0;  ///< lines now on the terminal
  std::chrono::steady_clock::time_point logged_{};
};

/// "liquid/1000K-r1  hold  45 %  12.0/40 ps  8.1 ns/day  1 min 20 s left  T 1003 K  P 0.1 GPa"
std::string branch_line(const std::string& branch, const study::Progress& progress);

}  // namespace vitreous::cli
