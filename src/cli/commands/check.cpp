#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/study_summary.hpp"
#include "study/study_file.hpp"

namespace vitreous::cli {
namespace {

struct CheckOptions {
  std::string study;
  study::StudyChoices choices;
  bool json = false;
};

/// The study with one of its scales, or without.
struct Reading {
  std::string scale;
  study::StudyReading study;
};

/// What was asked for; without a scale also every scale that the study offers.
std::vector<Reading> read_all(const CheckOptions& options) {
  std::vector<Reading> readings = {
      {options.choices.scale, study::examine_study(options.study, options.choices)}};
  if (!options.choices.scale.empty() || !readings[0].study.plan) return readings;
  for (const auto& scale : study::scales_of_study(options.study))
    readings.push_back({scale, study::examine_study(options.study, {scale, options.choices.set})});
  return readings;
}

std::string at_scale(const Reading& reading) {
  return reading.scale.empty() ? "" : " at scale " + reading.scale;
}

std::size_t print_mistakes(const std::vector<Reading>& readings) {
  std::size_t count = 0;
  for (const auto& reading : readings)
    for (const auto& message : reading.study.mistakes) {
      if (count++ > 0) fmt::print(stderr, "\n");
      if (readings.size() > 1 && !reading.scale.empty())
        fmt::print(stderr, "scale {}: ", reading.scale);
      fmt::print(stderr, "{}\n", base::to_text(message));
    }
  return count;
}

void print_understood(const CheckOptions& options, const std::vector<Reading>& readings) {
  const Reading& first = readings.front();
  fmt::print("{}{}: sound\n{}", options.study, at_scale(first), study_text(*first.study.plan));
  for (std::size_t k = 1; k < readings.size(); ++k) {
    const auto& plan = *readings[k].study.plan;
    fmt::print("{}  scale {}: sound, {} atoms, {} branches\n", k == 1 ? "\n" : "",
               readings[k].scale, plan.branches.front().alloy.atoms, plan.branches.size());
  }
}

void print_json(const CheckOptions& options, const std::vector<Reading>& readings) {
  nlohmann::ordered_json json = {{"file", options.study}, {"readings", nlohmann::json::array()}};
  for (const auto& reading : readings) {
    nlohmann::ordered_json row = {{"scale", reading.scale},
                                  {"sound", reading.study.mistakes.empty()},
                                  {"branches", nlohmann::json::array()},
                                  {"mistakes", nlohmann::json::array()}};
    if (reading.study.plan)
      for (const auto& branch : reading.study.plan->branches) row["branches"].push_back(branch.id);
    for (const auto& message : reading.study.mistakes)
      row["mistakes"].push_back(message_json(message));
    json["readings"].push_back(row);
  }
  fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

int check(const CheckOptions& options) {
  const auto readings = read_all(options);
  if (options.json) print_json(options, readings);
  const std::size_t mistakes = print_mistakes(readings);
  if (mistakes > 0) {
    fmt::print(stderr, "\n{} mistake{}. next: mend, then vitreous check {}{}\n", mistakes,
               mistakes == 1 ? "" : "s", options.study,
               choice_words(options.choices.scale, options.choices.set));
    return 2;
  }
  if (!options.json) print_understood(options, readings);
  fmt::print(stderr, "next: vitreous plan {}{}\n", options.study,
             choice_words(options.choices.scale, options.choices.set));
  return 0;
}

}  // namespace

Command check_command() {
  return {"check", "Reads a study; tells what it understood, or every mistake",
          "vitreous check bulk.toml --scale quick", [](CLI::App& app, int& status) {
            auto options = std::make_shared<CheckOptions>();
            app.add_option("STUDY", options->study, "a study file")->required();
            app.add_option("--scale", options->choices.scale,
                           "use [scale.NAME] of the study; without it, each is checked");
            app.add_option("--set", options->choices.set,
                           "override a key, e.g. liquid.duration=\"60 ps\"");
            app.add_flag("--json", options->json, "print JSON");
            app.callback([options, &status] { status = check(*options); });
          }};
}

}  // namespace vitreous::cli
