#include "cli/model_answer.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "base/error.hpp"
#include "cli/python_package.hpp"
#include "cli/result_text.hpp"
#include "io/csv.hpp"
#include "io/results_json.hpp"
#include "io/safe_file.hpp"

namespace vitreous::cli {
namespace {

std::string how_lines(const ModelAnswer& answer) {
  const auto& quantities = answer.result.quantities;
  const auto first = std::find_if(quantities.begin(), quantities.end(),
                                  [](const auto& q) { return q.measured.has_value(); });
  std::string text;
  if (first == quantities.end()) return text;
  for (const auto& key : answer.told)
    if (const auto found = first->how.find(key); found != first->how.end())
      text += fmt::format("  {:<12} {}\n", key, found->second);
  return text;
}

std::string answer_json(const ModelAnswer& answer) {
  return io::to_results_json({true, answer.result.quantities, answer.heading});
}

void write_answer(const ModelAnswer& answer, const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    throw base::RunError(fmt::format("{}: cannot be made", folder.string()), error.message());
  for (const auto& table : answer.result.tables)
    io::write_file((folder / (table.name + ".csv")).string(), io::to_csv(table));
  for (const auto& [name, text] : answer.texts) io::write_file((folder / name).string(), text);
  io::write_file((folder / (answer.name + ".json")).string(), answer_json(answer));
}

}  // namespace

void add_answer_options(CLI::App& app, AnswerOptions& options) {
  app.add_flag("--json", options.json, "print JSON");
  app.add_option("--out", options.out, "a folder for tables, values as JSON and figures");
}

int give_answer(const ModelAnswer& answer, const AnswerOptions& options,
                const std::string& python_module) {
  if (options.json)
    fmt::print("{}\n", answer_json(answer));
  else
    fmt::print("{}\n{}{}", answer.heading, quantity_lines(answer.result.quantities),
               how_lines(answer));
  for (const auto& note : answer.notes) fmt::print(stderr, "note: {}\n", note);
  int status = 0;
  if (!options.out.empty()) {
    write_answer(answer, options.out);
    status = run_python(python_module, {answer.name, options.out}) == 0 ? 0 : 1;
    if (status == 0)
      fmt::print(stderr, "wrote {}: tables, {}.json, figures\n", options.out, answer.name);
  }
  fmt::print(stderr, "next: {}\n", answer.next);
  return status;
}

}  // namespace vitreous::cli
