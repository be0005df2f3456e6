#include "cli/study_summary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.hpp"
#include "cli/arguments.hpp"
#include "stage/stage.hpp"
#include "study/branch_identity.hpp"
#include "study/branch_record.hpp"
#include "study/branch_setup.hpp"
#include "study/engine_reading.hpp"
#include "study/reference_reading.hpp"
#include "study/stage_reading.hpp"

namespace vitreous::cli {
namespace {

using study::Branch;
using study::Plan;

constexpr std::size_t most_values = 8;

std::string few(const std::vector<std::string>& values) {
  if (values.size() <= most_values) return fmt::format("{}", fmt::join(values, ", "));
  return fmt::format("{}, ... {} ({} of them)", fmt::join(values.begin(), values.begin() + 3, ", "),
                     values.back(), values.size());
}

bool is_axis(const Branch& branch, const std::string& option) {
  return std::any_of(branch.axes.begin(), branch.axes.end(), [&](const auto& axis) {
    return axis.name == option || (axis.name == "rate" && option == "schedule.rate");
  });
}

/// Rates in K/s, as people write them.
std::string shown_value(const core::OptionValue& value, const std::string& unit) {
  if (unit != "K/ps" || !std::holds_alternative<std::vector<double>>(value))
    return study::canonical_value(value, unit);
  std::vector<std::string> rates;
  for (const double rate : std::get<std::vector<double>>(value))
    rates.push_back(fmt::format("{:.4g} K/s", rate * 1e12));
  return fmt::format("{}", fmt::join(rates, "; "));
}

/// "duration 40 ps, ensemble nvt": what is neither an axis nor a default.
std::string options_text(const Branch& branch) {
  const auto& kinds = stage::stage_declarations();
  const auto& kind = *std::find_if(kinds.begin(), kinds.end(),
                                   [&](const auto& d) { return d.name == branch.kind; });
  std::vector<std::string> parts;
  for (const auto& option : kind.options) {
    if (!branch.options.has(option.name) || is_axis(branch, option.name)) continue;
    const auto& value = branch.options.all().at(option.name);
    const bool has_default =
        option.default_text != "required" && option.default_text != "automatic";
    if (has_default && value == core::parse_option(option, option.default_text)) continue;
    parts.push_back(fmt::format("{} {}", option.name, shown_value(value, option.unit)));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string stage_text(const std::vector<const Branch*>& branches) {
  const Branch& first = *branches.front();
  std::string text = fmt::format("\n  {}: {}", first.stage, first.kind);
  if (first.parent.empty())
    text += " of a random liquid";
  else
    text += fmt::format(" from {}{}", first.parent.substr(0, first.parent.find('/')),
                        first.leaves_at ? " at its temperature" : "");
  int replicas = 1;
  for (const Branch* branch : branches) replicas = std::max(replicas, branch->replica);
  text += fmt::format(", {} branch{}", branches.size(), branches.size() == 1 ? "" : "es");
  if (replicas > 1) text += fmt::format(" ({} replicas)", replicas);
  text += "\n";
  for (const auto& axis : first.axes)
    text += fmt::format("    {}: {}\n", axis.name, few(study::axis_texts(branches, axis.name)));
  if (const auto options = options_text(first); !options.empty())
    text += fmt::format("    {}\n", options);
  for (const auto& request : first.observe)
    text += fmt::format("    observes {}\n", study::canonical_observer(request));
  if (first.save)
    text += fmt::format("    saves {} every {:g} ps\n", first.save->format, first.save->every);
  return text;
}

std::string reference_line(const std::string& name, const core::Reference& reference) {
  return fmt::format("    published {}: {} [{}]{}{}\n", name, study::reference_text(reference),
                     reference.kind, reference.conditions.empty() ? "" : ", ",
                     reference.conditions) +
         (reference.source.empty() ? "" : fmt::format("      {}\n", reference.source));
}

std::string fit_text(const study::FitRequest& fit) {
  std::string text =
      fmt::format("\n  fit {}: {} of {}", fit.name, fit.law, fmt::join(fit.of, ", "));
  for (const auto& [axis, range] : fit.where)
    text += fmt::format(", {} {:g} to {:g} {}", axis, range.first, range.second,
                        study::axis_unit(axis));
  for (const auto& [name, words] : fit.options) text += fmt::format(", {} {}", name, words);
  text += "\n";
  for (const auto& [name, reference] : fit.compare) text += reference_line(name, reference);
  return text;
}

std::string compare_text(const study::CompareRequest& compare) {
  std::string at;
  for (const auto& [axis, value] : compare.at) at += fmt::format(" at {} {}", axis, value);
  return "\n" + reference_line(compare.quantity + at, compare.reference);
}

}  // namespace

std::string study_text(const Plan& plan) {
  const Branch& first = plan.branches.front();
  std::string text;
  if (!plan.title.empty()) text += fmt::format("  {}\n", plan.title);
  text += fmt::format("  {} atoms of {}, {}\n", first.alloy.atoms, first.alloy.composition,
                      first.alloy.potential);
  text += fmt::format("  engine {}, timestep {:g} fs, seed {}\n", study::engine_words(first.engine),
                      first.engine.timestep * 1000.0, first.engine.seed);
  for (const auto& branches : study::by_stage(plan)) text += stage_text(branches);
  for (const auto& fit : plan.fits) text += fit_text(fit);
  for (const auto& compare : plan.compares) text += compare_text(compare);
  return text;
}

nlohmann::ordered_json message_json(const base::Message& message) {
  nlohmann::ordered_json json;
  json["file"] = message.file;
  if (message.line > 0) json["line"] = message.line;
  if (message.column > 0) json["column"] = message.column;
  if (!message.key.empty()) json["key"] = message.key;
  json["problem"] = message.problem;
  if (!message.why.empty()) json["why"] = message.why;
  if (!message.tries.empty()) json["try"] = message.tries;
  return json;
}

std::string choice_words(const std::string& scale, const std::vector<std::string>& settings) {
  std::string words;
  if (!scale.empty()) words += " --scale " + scale;
  for (const auto& setting : settings) words += " --set " + shell_word(setting);
  return words;
}

}  // namespace vitreous::cli
