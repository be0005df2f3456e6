#include "study/provenance.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <nlohmann/json.hpp>
#include <set>

#include "base/parallel.hpp"
#include "io/potential_source.hpp"
#include "study/engine_reading.hpp"
#include "study/methods.hpp"

namespace vitreous::study {
namespace {

std::string now_text() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
}

}  // namespace

std::string provenance_json(const Plan& plan, const std::vector<GatheredBranch>& branches,
                            const std::string& command) {
  const Branch& first = plan.branches.front();
  std::set<std::string> engines;
  double seconds = 0.0;
  for (const auto& branch : branches) {
    if (!branch.record) continue;
    if (!branch.record->engine.empty()) engines.insert(branch.record->engine);
    seconds += branch.record->seconds;
  }
  nlohmann::ordered_json json;
  json["version"] = VITREOUS_VERSION;
  json["written"] = now_text();
  json["command"] = command;
  json["study"] = plan.study_file;
  json["scale"] = plan.scale;
  json["seed"] = first.engine.seed;
  json["timestep_ps"] = first.engine.timestep;
  for (const auto& [name, tables] : potentials_of(plan))
    json["potentials"][name] = io::potential_fingerprint(*tables);
  json["engine"] = engine_words(first.engine);
  json["engines"] = engines;
  json["core_hours"] = seconds / 3600.0;
  json["cores"] = base::available_cores();
  json["compiler"] = __VERSION__;
  return json.dump(2) + "\n";
}

}  // namespace vitreous::study
