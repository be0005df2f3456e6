// How far a branch is: a small file that anyone may read while it runs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace vitreous::study {

struct Progress {
  std::string leg;  ///< "equilibrate", "hold", "quench"
  std::int64_t step = 0, steps = 0;
  double time_ps = 0.0, duration_ps = 0.0;
  double ns_per_day = 0.0;  ///< since it was begun or resumed
  double seconds_left = 0.0;
  double temperature_K = 0.0, pressure_GPa = 0.0;
  double updated = 0.0;      ///< seconds since 1970
  std::int64_t process = 0;  ///< that runs it
};

/// FOLDER/progress.json, replaced as a whole. It tells of the run and is no part of it, so it is
/// not synced, and a full disk only leaves it old.
void write_progress(const std::string& folder, const Progress& progress);
/// Empty where there is none.
std::optional<Progress> read_progress(const std::string& folder);
void remove_progress(const std::string& folder);

/// "3 min 20 s", "4.1 h"
std::string duration_text(double seconds);

}  // namespace vitreous::study
