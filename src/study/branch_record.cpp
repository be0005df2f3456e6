#include "study/branch_record.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "io/safe_file.hpp"
#include "stage/leg.hpp"
#include "study/words.hpp"

namespace vitreous::study {
namespace {

using nlohmann::json;

std::string path_in(const std::string& folder) { return folder + "/branch.json"; }

std::string value_text(const core::OptionValue& value, const std::string& unit) {
  const std::string suffix = unit == "1" ? "" : " " + unit;
  struct Writer {
    const std::string& suffix;
    std::string operator()(double v) const { return fmt::format("{:.12g}{}", v, suffix); }
    std::string operator()(std::int64_t v) const { return fmt::format("{}", v); }
    std::string operator()(const std::string& v) const { return v; }
    std::string operator()(bool v) const { return v ? "true" : "false"; }
    std::string operator()(const std::vector<double>& v) const {
      std::vector<std::string> parts;
      for (const double x : v) parts.push_back((*this)(x));
      return fmt::format("[{}]", fmt::join(parts, ", "));
    }
    std::string operator()(const std::vector<std::string>& v) const {
      return fmt::format("[{}]", fmt::join(v, ", "));
    }
  };
  return std::visit(Writer{suffix}, value);
}

double duration_of(const Branch& branch) {
  return branch.options.has("duration") ? branch.options.number("duration") : 0.0;
}

std::string canonical_save(const std::optional<SaveRequest>& save) {
  return save ? fmt::format("{} every {:.12g} ps", save->format, save->every) : "";
}

std::vector<Change> changed_physics(const Branch& branch, const BranchRecord& record) {
  std::vector<Change> changes;
  for (const auto& [key, value] : branch.physics) {
    const auto before = record.physics.find(key);
    if (before == record.physics.end())
      changes.push_back({key, "", value});
    else if (before->second != value)
      changes.push_back({key, before->second, value});
  }
  for (const auto& [key, value] : record.physics)
    if (!branch.physics.contains(key)) changes.push_back({key, value, ""});
  return changes;
}

Comparison changed(std::vector<Change> changes) {
  Comparison comparison{BranchStatus::changed, std::move(changes), "changed"};
  const char* before = " ";
  for (const auto& change : comparison.changes) {
    comparison.reason += fmt::format("{}{}: {} -> {}", before, change.key,
                                     change.before.empty() ? "nothing" : change.before,
                                     change.after.empty() ? "nothing" : change.after);
    before = ", ";
  }
  return comparison;
}

/// What the study asks for, and `thermo` where time passes.
std::vector<std::string> watched_by(const Branch& branch) {
  std::vector<std::string> observers;
  for (const auto& request : branch.observe) observers.push_back(canonical_observer(request));
  const bool has_thermo = std::any_of(branch.observe.begin(), branch.observe.end(),
                                      [](const auto& o) { return o.kind == "thermo"; });
  if (!has_thermo && stage::passes_time(branch.kind))
    observers.push_back(canonical_observer({"thermo", {}}));
  return observers;
}

/// Why observers cannot watch the saved trajectory; "" where they can.
std::string objection_to_replay(const BranchRecord& record,
                                const std::vector<std::string>& observers) {
  if (record.save.empty()) return "no trajectory was saved";
  for (const auto& request : requests_of(observers))
    if (!analysis::can_watch_trajectory(request.kind))
      return request.kind + " needs energies, which a trajectory does not hold";
  return "";
}

bool holds_all(const std::vector<double>& has, const std::vector<double>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(),
                     [&](double w) { return std::find(has.begin(), has.end(), w) != has.end(); });
}

}  // namespace

std::string canonical_observer(const analysis::ObserverRequest& request) {
  for (const auto& declaration : analysis::observer_declarations()) {
    if (declaration.name != request.kind) continue;
    const core::Options options = core::parse_options(declaration, request.options);
    std::vector<std::string> words;
    for (const auto& option : declaration.options)
      if (options.has(option.name))
        words.push_back(option.name + "=" + value_text(options.all().at(option.name), option.unit));
    return words.empty() ? request.kind
                         : fmt::format("{}({})", request.kind, fmt::join(words, ", "));
  }
  return request.kind;
}

BranchRecord record_of(const Branch& branch) {
  BranchRecord record;
  record.id = branch.id;
  record.kind = branch.kind;
  record.parent = branch.parent;
  for (const auto& axis : branch.axes) record.axes += axis.text + ", ";
  record.axes += fmt::format("replica {}", branch.replica);
  record.identity = branch.identity;
  record.physics = branch.physics;
  record.duration = duration_of(branch);
  record.observers = watched_by(branch);
  record.save = canonical_save(branch.save);
  record.left_at = branch.left_at;
  return record;
}

BranchRecord continued_record(const Branch& branch, const BranchRecord& before) {
  BranchRecord record = record_of(branch);
  record.observers = before.observers;
  record.engine = before.engine;
  record.seconds = before.seconds;
  record.warnings = before.warnings;
  return record;
}

std::vector<analysis::ObserverRequest> requests_of(const std::vector<std::string>& observers) {
  if (observers.empty()) return {};
  return analysis::parse_observer_list(fmt::format("{}", fmt::join(observers, ", ")));
}

std::vector<std::string> unseen(const Branch& branch, const BranchRecord& record) {
  std::vector<std::string> observers;
  for (const auto& observer : watched_by(branch))
    if (!contains(record.observers, observer)) observers.push_back(observer);
  return observers;
}

void write_record(const std::string& folder, const BranchRecord& record) {
  const json out = {{"schema", "vitreous-branch/1"}, {"id", record.id},
                    {"kind", record.kind},           {"parent", record.parent},
                    {"axes", record.axes},           {"identity", record.identity},
                    {"physics", record.physics},     {"duration_ps", record.duration},
                    {"observers", record.observers}, {"replayed", record.replayed},
                    {"save", record.save},           {"left_at_K", record.left_at},
                    {"state", record.state},         {"problem", record.problem},
                    {"engine", record.engine},       {"seconds", record.seconds},
                    {"warnings", record.warnings}};
  io::write_file(path_in(folder), out.dump(2) + "\n");
}

std::optional<BranchRecord> read_record(const std::string& folder) {
  if (!std::filesystem::exists(path_in(folder))) return std::nullopt;
  try {
    const json in = json::parse(io::read_file(path_in(folder)));
    BranchRecord record;
    record.id = in.at("id");
    record.kind = in.at("kind");
    record.parent = in.at("parent");
    record.axes = in.at("axes");
    record.identity = in.at("identity");
    record.physics = in.at("physics").get<std::map<std::string, std::string>>();
    record.duration = in.at("duration_ps");
    record.observers = in.at("observers").get<std::vector<std::string>>();
    record.replayed = in.at("replayed").get<std::vector<std::string>>();
    record.save = in.at("save");
    record.left_at = in.at("left_at_K").get<std::vector<double>>();
    record.state = in.at("state");
    record.problem = in.at("problem");
    record.engine = in.at("engine");
    record.seconds = in.at("seconds");
    record.warnings = in.at("warnings").get<std::vector<std::string>>();
    return record;
  } catch (const json::exception& error) {
    base::Message message;
    message.file = path_in(folder);
    message.problem = "is no record of a branch";
    message.why = error.what();
    message.tries = {"remove the branch's folder: it is then run anew"};
    throw base::InputError(message);
  }
}

Comparison compare_branch(const Branch& branch, const std::optional<BranchRecord>& record) {
  if (!record) return {BranchStatus::fresh, {}, "new"};
  const BranchRecord wanted = record_of(branch);
  if (wanted.identity != record->identity) return changed(changed_physics(branch, *record));
  const auto ps = [](double t) { return fmt::format("{:g} ps", t); };
  if (wanted.duration < record->duration)
    return changed({{"duration", ps(record->duration), ps(wanted.duration)}});
  if (!wanted.save.empty() && wanted.save != record->save)
    return {BranchStatus::observed_anew, {{"save", record->save, wanted.save}}, "other saves"};
  const auto added = unseen(branch, *record);
  const std::string added_text = fmt::format("{}", fmt::join(added, ", "));
  const std::string objection = added.empty() ? "" : objection_to_replay(*record, added);
  if (!objection.empty())
    return {BranchStatus::observed_anew,
            {{"observe", fmt::format("{}", fmt::join(record->observers, ", ")), added_text}},
            fmt::format("new observers {}: {}", added_text, objection)};
  if (wanted.duration > record->duration)
    return {BranchStatus::longer,
            {{"duration", ps(record->duration), ps(wanted.duration)}},
            fmt::format("longer: {} -> {}", ps(record->duration), ps(wanted.duration))};
  if (!holds_all(record->left_at, wanted.left_at))
    return {BranchStatus::left_more,
            {},
            "left at further temperatures, from its start to the same bits"};
  if (record->state != "done")
    return {
        BranchStatus::resumed, {}, record->state == "failed" ? "failed, tried again" : "resumed"};
  if (!std::all_of(added.begin(), added.end(),
                   [&](const auto& observer) { return contains(record->replayed, observer); }))
    return {BranchStatus::replayed,
            {},
            fmt::format("new observers {}, from the saved trajectory", added_text)};
  return {BranchStatus::done, {}, "done"};
}

}  // namespace vitreous::study
