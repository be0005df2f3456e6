// One line on stderr that tells how far a command has come and how long it will take: for people,
// so only where stderr is a terminal.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace vitreous::cli {

class Progress {
 public:
  /// `what` is counted in the plural: "frames".
  Progress(std::string what, std::size_t total);
  /// Wipes the line.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Writes at most four times a second.
  void update(std::size_t done);

 private:
  using Clock = std::chrono::steady_clock;

  std::string what_;
  std::size_t total_;
  bool is_terminal_, is_drawn_ = false;
  Clock::time_point start_, last_;
};

/// "1200 of 3500 frames (34 %), 12 s left"; without the time left before it can be told.
std::string progress_line(const std::string& what, std::size_t done, std::size_t total,
                          double seconds);

}  // namespace vitreous::cli
