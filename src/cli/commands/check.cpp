#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/description.hpp"
#include "cli/study_summary.hpp"
#include "cli/verdict.hpp"
#include "study/study_file.hpp"

namespace vitreous::cli {
namespace {

using Json = nlohmann::ordered_json;

struct CheckOptions {
  std::vector<std::string> files;
  study::StudyChoices choices;
  bool json = false;
};

/// The study with one of its scales, or without.
struct Reading {
  std::string scale;
  study::StudyReading study;
};

/// What was asked for; without a scale also every scale that the study offers.
std::vector<Reading> read_all(const std::string& file, const study::StudyChoices& choices) {
  std::vector<Reading> readings = {{choices.scale, study::examine_study(file, choices)}};
  if (!choices.scale.empty() || !readings[0].study.plan) return readings;
  for (const auto& scale : study::scales_of_study(file))
    readings.push_back({scale, study::examine_study(file, {scale, choices.set})});
  return readings;
}

std::string at_scale(const Reading& reading) {
  return reading.scale.empty() ? "" : " at scale " + reading.scale;
}

std::size_t print_mistakes(const std::vector<Reading>& readings) {
  std::size_t count = 0;
  for (const auto& reading : readings)
    for (const auto& message : reading.study.mistakes) {
      ++count;
      if (readings.size() > 1 && !reading.scale.empty())
        fmt::print(stderr, "scale {}: ", reading.scale);
      fmt::print(stderr, "{}\n\n", base::to_text(message));
    }
  return count;
}

void print_understood(const std::string& file, const std::vector<Reading>& readings) {
  const Reading& first = readings.front();
  fmt::print("{}{}: sound\n{}", file, at_scale(first), study_text(*first.study.plan));
  for (std::size_t k = 1; k < readings.size(); ++k) {
    const auto& plan = *readings[k].study.plan;
    fmt::print("{}  scale {}: sound, {} atoms, {} branches\n", k == 1 ? "\n" : "",
               readings[k].scale, plan.branches.front().alloy.atoms, plan.branches.size());
  }
}

Json study_json(const std::string& file, const std::vector<Reading>& readings) {
  Json json = {{"file", file}, {"readings", Json::array()}};
  for (const auto& reading : readings) {
    Json row = {{"scale", reading.scale},
                {"sound", reading.study.mistakes.empty()},
                {"branches", Json::array()},
                {"mistakes", Json::array()}};
    if (reading.study.plan)
      for (const auto& branch : reading.study.plan->branches) row["branches"].push_back(branch.id);
    for (const auto& message : reading.study.mistakes)
      row["mistakes"].push_back(message_json(message));
    json["readings"].push_back(row);
  }
  return json;
}

/// Returns what is to come next; `sound` becomes false where there is a mistake.
std::string check_study(const std::string& file, const CheckOptions& options, Json& json,
                        bool& sound) {
  const auto readings = read_all(file, options.choices);
  json.push_back(study_json(file, readings));
  const std::string words = choice_words(options.choices.scale, options.choices.set);
  const std::size_t mistakes = print_mistakes(readings);
  if (mistakes > 0) {
    sound = false;
    return fmt::format("mend {}, then vitreous check {}{}",
                       mistakes == 1 ? "the mistake" : fmt::format("the {} mistakes", mistakes),
                       file, words);
  }
  if (!options.json) print_understood(file, readings);
  return fmt::format("vitreous plan {}{}", file, words);
}

/// The same for whatever is no study.
std::string check_other(const std::string& file, const CheckOptions& options, Json& json,
                        bool& sound) {
  if (!options.choices.scale.empty() || !options.choices.set.empty())
    throw base::InputError(fmt::format("{}: --scale and --set are for studies (.toml)", file));
  try {
    const Verdict verdict = verdict_on(file);
    const auto& description = verdict.description;
    json.push_back({{"file", file},
                    {"sound", verdict.problems.empty()},
                    {"problems", verdict.problems},
                    {"holds", description.whole.json}});
    for (const auto& problem : verdict.problems) fmt::print(stderr, "{}: {}\n", file, problem);
    sound = sound && verdict.problems.empty();
    if (!options.json)
      fmt::print("{}: {}\n{}", file, verdict.problems.empty() ? "sound" : "not sound",
                 description.whole.text);
    return description.next;
  } catch (const base::Error& error) {
    json.push_back({{"file", file},
                    {"sound", false},
                    {"problems", Json::array({message_json(error.message())})}});
    fmt::print(stderr, "{}\n", error.what());
    sound = false;
    return {};
  }
}

int check(const CheckOptions& options) {
  bool sound = true;
  Json json = Json::array();
  std::string next;
  for (const auto& file : options.files) {
    const bool is_study =
        std::filesystem::path(file).extension() == ".toml" && !holds_parameters(file);
    next = is_study ? check_study(file, options, json, sound)
                    : check_other(file, options, json, sound);
  }
  if (options.json)
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  if (!next.empty()) fmt::print(stderr, "next: {}\n", next);
  return sound ? 0 : 2;
}

}  // namespace

Command check_command() {
  return {"check", "Tells what a study means, or every mistake in it; whether a file is sound",
          "vitreous check bulk.toml --scale quick", [](CLI::App& app, int& status) {
            auto options = std::make_shared<CheckOptions>();
            app.add_option("FILE", options->files,
                           "studies and files of parameters (.toml), potentials, trajectories, "
                           "configurations, tables, archives, or the folder of a run")
                ->required();
            app.add_option("--scale", options->choices.scale,
                           "use [scale.NAME] of the study; without it, each is checked");
            app.add_option("--set", options->choices.set,
                           "override a key, e.g. liquid.duration=\"60 ps\"");
            app.add_flag("--json", options->json, "print JSON");
            app.callback([options, &status] { status = check(*options); });
          }};
}

}  // namespace vitreous::cli
