#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands/commands.hpp"
#include "study/run_comparison.hpp"

namespace vitreous::cli {
namespace {

using Json = nlohmann::ordered_json;
using study::ComparedRun;
using study::QuantityRow;

constexpr double far_apart = 2.0;  ///< standard errors

struct CompareOptions {
  std::vector<std::string> runs;
  bool json = false;
};

/// A, B, ... Z, then run 27 and so on.
std::string letter(std::size_t run) {
  return run < 26 ? std::string(1, static_cast<char>('A' + run)) : fmt::format("run {}", run + 1);
}

std::string value_cell(const std::optional<core::Reported>& quantity) {
  if (!quantity) return "-";
  if (quantity->measured) return core::to_text(*quantity->measured);
  return quantity->status == core::Status::not_run ? "not run" : "refused";
}

std::string reference_cell(const QuantityRow& row) {
  if (!row.reference) return "";
  const auto& reference = *row.reference;
  return core::to_text(core::Measured{reference.value, reference.standard_error, reference.unit});
}

std::string pull_text(const std::optional<double>& pull) {
  return pull ? fmt::format("{:+.1f}", *pull) : "";
}

using Cells = std::vector<std::string>;

/// Columns as wide as their widest cell.
void print_columns(const std::vector<Cells>& rows) {
  std::vector<std::size_t> width;
  for (const auto& row : rows)
    for (std::size_t k = 0; k < row.size(); ++k) {
      if (width.size() <= k) width.push_back(0);
      width[k] = std::max(width[k], row[k].size());
    }
  for (const auto& row : rows) {
    std::string line = "  ";
    for (std::size_t k = 0; k < row.size(); ++k) line += fmt::format("{:<{}}  ", row[k], width[k]);
    line.erase(line.find_last_not_of(' ') + 1);
    fmt::print("{}\n", line);
  }
}

Cells heading(std::size_t runs) {
  Cells cells = {"quantity"};
  for (std::size_t k = 0; k < runs; ++k) cells.push_back(letter(k));
  for (std::size_t k = 1; k < runs; ++k) {
    cells.push_back(fmt::format("A - {}", letter(k)));
    cells.push_back("pull");
  }
  cells.push_back("published");
  for (std::size_t k = 0; k < runs; ++k) cells.push_back(fmt::format("pull of {}", letter(k)));
  return cells;
}

Cells cells_of(const QuantityRow& row) {
  Cells cells = {row.where.empty() ? row.name : fmt::format("{} ({})", row.name, row.where)};
  for (const auto& value : row.values) cells.push_back(value_cell(value));
  for (std::size_t k = 1; k < row.values.size(); ++k) {
    const auto apart = study::difference(row.values[0], row.values[k]);
    cells.push_back(apart ? core::to_text(apart->difference) : "");
    cells.push_back(apart ? pull_text(apart->pull) : "");
  }
  cells.push_back(reference_cell(row));
  for (const auto& value : row.values) cells.push_back(value ? pull_text(core::pull(*value)) : "");
  return cells;
}

/// Why there is no value: a reason once, with the letters of the runs that have it.
void add_reasons(const QuantityRow& row, std::vector<Cells>& lines) {
  std::vector<std::pair<std::string, std::string>> runs_of;  // reason, letters
  for (std::size_t k = 0; k < row.values.size(); ++k) {
    const auto& value = row.values[k];
    if (!value || value->measured) continue;
    const std::string reason = value_cell(value) + ": " + value->reason;
    const auto same = std::find_if(runs_of.begin(), runs_of.end(),
                                   [&](const auto& one) { return one.first == reason; });
    if (same == runs_of.end())
      runs_of.emplace_back(reason, letter(k));
    else
      same->second += ", " + letter(k);
  }
  for (const auto& [reason, runs] : runs_of) lines.push_back({runs, cells_of(row).front(), reason});
}

/// What is no equilibrium is another thing.
void add_other_states(const QuantityRow& row, std::vector<Cells>& lines) {
  std::vector<std::string> states;
  for (const auto& value : row.values)
    if (value && value->measured) states.push_back(value->state);
  if (std::any_of(states.begin(), states.end(), [&](auto& s) { return s != states.front(); }))
    lines.push_back(
        {"", cells_of(row).front(), fmt::format("states differ: {}", fmt::join(states, ", "))});
}

void print_remarks(const std::vector<QuantityRow>& rows) {
  std::vector<Cells> lines;
  for (const auto& row : rows) {
    add_reasons(row, lines);
    add_other_states(row, lines);
  }
  if (lines.empty()) return;
  fmt::print("\nremarks\n");
  print_columns(lines);
}

void print_studies(const std::vector<ComparedRun>& runs) {
  const auto differences = study::study_differences(runs);
  if (differences.empty()) {
    fmt::print("\nthe resolved studies are the same\n");
    return;
  }
  fmt::print("\nthe resolved studies differ in\n");
  std::vector<Cells> lines = {{"key"}};
  for (std::size_t k = 0; k < runs.size(); ++k) lines.front().push_back(letter(k));
  for (const auto& difference : differences) {
    lines.push_back({difference.key});
    for (const auto& value : difference.values) lines.back().push_back(value.empty() ? "-" : value);
  }
  print_columns(lines);
}

/// How many pulls there are, and how many are large: of independent runs of the same about 5 %.
void tell_agreement(const std::vector<QuantityRow>& rows, std::size_t runs) {
  for (std::size_t k = 1; k < runs; ++k) {
    std::size_t all = 0, large = 0;
    for (const auto& row : rows) {
      const auto apart = study::difference(row.values[0], row.values[k]);
      if (!apart || !apart->pull) continue;
      ++all;
      if (std::abs(*apart->pull) > far_apart) ++large;
    }
    fmt::print("\nA and {}: {} of {} differences are beyond {:g} standard errors\n", letter(k),
               large, all, far_apart);
  }
}

void warn_of_shared_branches(const std::vector<ComparedRun>& runs) {
  for (std::size_t k = 1; k < runs.size(); ++k)
    if (const auto shared = study::shared_branches(runs[0], runs[k]); shared > 0)
      fmt::print(stderr,
                 "warning: {} branch{} of {} and {} have the same physics, seed and start: their "
                 "values are the same, not independent, and pulls mean nothing there\n",
                 shared, shared == 1 ? "" : "es", runs[0].path, runs[k].path);
}

void print_side_by_side(const std::vector<ComparedRun>& runs,
                        const std::vector<QuantityRow>& rows) {
  for (std::size_t k = 0; k < runs.size(); ++k)
    fmt::print("{}  {}{}{}\n", letter(k), runs[k].path,
               runs[k].title.empty() ? "" : ": " + runs[k].title,
               runs[k].complete ? "" : " (not complete)");
  std::vector<Cells> lines = {heading(runs.size())};
  for (const auto& row : rows) lines.push_back(cells_of(row));
  fmt::print("\n");
  print_columns(lines);
  tell_agreement(rows, runs.size());
  print_remarks(rows);
  print_studies(runs);
}

Json finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json value_json(const std::optional<core::Reported>& quantity) {
  if (!quantity) return nullptr;
  Json json = {{"value", nullptr},
               {"standard_error", nullptr},
               {"unit", nullptr},
               {"status", core::to_text(quantity->status)},
               {"reason", quantity->reason},
               {"state", quantity->state}};
  if (quantity->measured) {
    json["value"] = quantity->measured->value;
    json["standard_error"] = finite(quantity->measured->standard_error);
    json["unit"] = quantity->measured->unit;
  }
  const auto pull = core::pull(*quantity);
  json["pull_of_published"] = pull ? finite(*pull) : Json(nullptr);
  return json;
}

Json row_json(const QuantityRow& row) {
  Json json = {{"name", row.name}, {"where", row.where}};
  for (const auto& value : row.values) json["values"].push_back(value_json(value));
  for (std::size_t k = 1; k < row.values.size(); ++k) {
    const auto apart = study::difference(row.values[0], row.values[k]);
    if (!apart) {
      json["differences"].push_back(nullptr);
      continue;
    }
    json["differences"].push_back({{"value", apart->difference.value},
                                   {"standard_error", finite(apart->difference.standard_error)},
                                   {"unit", apart->difference.unit},
                                   {"pull", apart->pull ? Json(*apart->pull) : Json(nullptr)}});
  }
  if (row.reference)
    json["published"] = {{"value", row.reference->value},
                         {"standard_error", finite(row.reference->standard_error)},
                         {"unit", row.reference->unit},
                         {"source", row.reference->source}};
  return json;
}

void print_compared_json(const std::vector<ComparedRun>& runs,
                         const std::vector<QuantityRow>& rows) {
  Json json = {{"runs", Json::array()}, {"quantities", Json::array()}, {"studies", Json::array()}};
  for (const auto& run : runs)
    json["runs"].push_back({{"path", run.path}, {"title", run.title}, {"complete", run.complete}});
  for (const auto& row : rows) json["quantities"].push_back(row_json(row));
  for (const auto& difference : study::study_differences(runs))
    json["studies"].push_back({{"key", difference.key}, {"values", difference.values}});
  fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

void compare(const CompareOptions& options) {
  std::vector<ComparedRun> runs;
  for (const auto& path : options.runs) runs.push_back(study::read_run(path));
  const auto rows = study::side_by_side(runs);
  options.json ? print_compared_json(runs, rows) : print_side_by_side(runs, rows);
  warn_of_shared_branches(runs);
  fmt::print(stderr, "next: vitreous show {} QUANTITY\n", runs.front().path);
}

}  // namespace

Command compare_command() {
  return {"compare", "Runs side by side: quantities in units of their errors, and what was asked",
          "vitreous compare bulk-quick bulk-laptop", [](CLI::App& app, int&) {
            auto options = std::make_shared<CompareOptions>();
            app.add_option("RUN", options->runs,
                           "folders of runs or of analyses; the first is what the others are "
                           "compared with: (A - B)/sqrt(se_A^2 + se_B^2)")
                ->required()
                ->expected(2, -1);
            app.add_flag("--json", options->json, "print JSON");
            app.callback([options] { compare(*options); });
          }};
}

}  // namespace vitreous::cli
