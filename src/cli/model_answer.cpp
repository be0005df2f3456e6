#include "cli/model_answer.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "cli/result_folder.hpp"
#include "cli/result_text.hpp"
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

}  // namespace

void add_answer_options(CLI::App& app, AnswerOptions& options) {
  app.add_flag("--json", options.json, "print JSON");
  app.add_option("--out", options.out, "a folder for tables, values as JSON and figures");
}

void give_answer(const ModelAnswer& answer, const AnswerOptions& options,
                 const std::string& python_module) {
  if (!options.out.empty()) make_result_folder(options.out);
  if (options.json)
    fmt::print("{}\n", io::to_results_json({true, answer.result.quantities, answer.heading}));
  else
    fmt::print("{}\n{}{}", answer.heading, quantity_lines(answer.result.quantities),
               how_lines(answer));
  for (const auto& note : answer.notes) fmt::print(stderr, "note: {}\n", note);
  if (!options.out.empty()) {
    write_result_folder(options.out, answer.result, answer.heading);
    for (const auto& [name, text] : answer.texts)
      io::write_file((std::filesystem::path(options.out) / name).string(), text);
    if (!python_module.empty()) draw_figure(options.out, answer.name, python_module, {});
  }
  if (!answer.next.empty()) fmt::print(stderr, "next: {}\n", answer.next);
}

}  // namespace vitreous::cli
