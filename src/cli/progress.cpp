#include "cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>

namespace vitreous::cli {
namespace {

std::string duration(double seconds) {
  const auto s = static_cast<long>(std::ceil(seconds));
  if (s < 60) return fmt::format("{} s", s);
  if (s < 3600) return fmt::format("{} min {} s", s / 60, s % 60);
  return fmt::format("{} h {} min", s / 3600, s / 60 % 60);
}

}  // namespace

std::string progress_line(const std::string& what, std::size_t done, std::size_t total,
                          double seconds) {
  const double share = static_cast<double>(done) / static_cast<double>(total);
  std::string line =
      fmt::format("{} of {} {} ({:.0f} %)", done, total, what, std::floor(100.0 * share));
  if (done > 0 && seconds > 0.5)
    line += fmt::format(", {} left", duration(seconds * (1.0 / share - 1.0)));
  return line;
}

Progress::Progress(std::string what, std::size_t total)
    : what_(std::move(what)),
      total_(total),
      is_terminal_(isatty(STDERR_FILENO) == 1),
      start_(Clock::now()),
      last_(start_) {}

Progress::~Progress() {
  if (is_drawn_) fmt::print(stderr, "\r\033[K");
}

void Progress::update(std::size_t done) {
  const auto now = Clock::now();
  if (!is_terminal_ || now - last_ < std::chrono::milliseconds(250)) return;
  last_ = now;
  is_drawn_ = true;
  const std::chrono::duration<double> elapsed = now - start_;
  fmt::print(stderr, "\r\033[K{}", progress_line(what_, done, total_, elapsed.count()));
  std::fflush(stderr);
}

}  // namespace vitreous::cli
