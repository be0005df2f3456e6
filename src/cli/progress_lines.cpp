#include "cli/progress_lines.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace vitreous::cli {
namespace {

constexpr auto between_logged_lines = std::chrono::seconds(60);

}  // namespace

std::string branch_line(const std::string& branch, const study::Progress& p) {
  const double part =
      p.steps > 0 ? 100.0 * static_cast<double>(p.step) / static_cast<double>(p.steps) : 100.0;
  if (p.duration_ps == 0.0 && p.steps > 0)
    return fmt::format("{:<22} {:<11} {:3.0f} %  {} moves of about {}", branch, p.leg, part, p.step,
                       p.steps);
  return fmt::format(
      "{:<22} {:<11} {:3.0f} %  {:g}/{:g} ps  {:.3g} ns/day  {} left  T {:.0f} K  "
      "P {:.2f} GPa",
      branch, p.leg, part, p.time_ps, p.duration_ps, p.ns_per_day,
      study::duration_text(p.seconds_left), p.temperature_K, p.pressure_GPa);
}

ProgressLines::ProgressLines(std::size_t branches)
    : terminal_(::isatty(STDERR_FILENO) == 1), branches_(branches) {}

void ProgressLines::show(const std::vector<std::pair<std::string, study::Progress>>& running,
                         std::size_t finished) {
  const auto now = std::chrono::steady_clock::now();
  if (!terminal_) {
    if (now - logged_ < between_logged_lines) return;
    logged_ = now;
  }
  clear();
  for (const auto& [branch, progress] : running)
    fmt::print(stderr, "{}\n", branch_line(branch, progress));
  if (branches_ > 1) fmt::print(stderr, "{} of {} branches done\n", finished, branches_);
  shown_ = terminal_ ? running.size() + (branches_ > 1 ? 1 : 0) : 0;
  std::fflush(stderr);
}

void ProgressLines::clear() {
  for (; shown_ > 0; --shown_) fmt::print(stderr, "\x1b[1A\x1b[2K");
}

}  // namespace vitreous::cli
