#include "study/progress.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace vitreous::study {
namespace {

std::string progress_path(const std::string& folder) { return folder + "/progress.json"; }

}  // namespace

void write_progress(const std::string& folder, const Progress& p) {
  const nlohmann::json json = {{"leg", p.leg},
                               {"step", p.step},
                               {"steps", p.steps},
                               {"time_ps", p.time_ps},
                               {"duration_ps", p.duration_ps},
                               {"ns_per_day", p.ns_per_day},
                               {"seconds_left", p.seconds_left},
                               {"temperature_K", p.temperature_K},
                               {"pressure_GPa", p.pressure_GPa},
                               {"updated", p.updated},
                               {"process", p.process}};
  const std::string aside = progress_path(folder) + ".writing";
  std::ofstream file(aside, std::ios::trunc);
  file << json.dump() << '\n';
  file.close();
  if (file) std::rename(aside.c_str(), progress_path(folder).c_str());
}

std::optional<Progress> read_progress(const std::string& folder) {
  std::ifstream file(progress_path(folder));
  if (!file) return std::nullopt;
  const auto json = nlohmann::json::parse(file, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  Progress p;
  p.leg = json.value("leg", "");
  p.step = json.value("step", std::int64_t{0});
  p.steps = json.value("steps", std::int64_t{0});
  p.time_ps = json.value("time_ps", 0.0);
  p.duration_ps = json.value("duration_ps", 0.0);
  p.ns_per_day = json.value("ns_per_day", 0.0);
  p.seconds_left = json.value("seconds_left", 0.0);
  p.temperature_K = json.value("temperature_K", 0.0);
  p.pressure_GPa = json.value("pressure_GPa", 0.0);
  p.updated = json.value("updated", 0.0);
  p.process = json.value("process", std::int64_t{0});
  return p;
}

void remove_progress(const std::string& folder) {
  std::error_code ignored;
  std::filesystem::remove(progress_path(folder), ignored);
}

std::string duration_text(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0.0) return "?";
  if (seconds < 60.0) return fmt::format("{:.0f} s", seconds);
  if (seconds < 3600.0) {
    const auto whole = static_cast<long>(std::lround(seconds));
    return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  }
  if (seconds < 48.0 * 3600.0) return fmt::format("{:.1f} h", seconds / 3600.0);
  return fmt::format("{:.1f} days", seconds / 86400.0);
}

}  // namespace vitreous::study
