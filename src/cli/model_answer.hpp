// What a command that applies a model answers: values, tables, a figure.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/result.hpp"

namespace CLI {
class App;
}

namespace vitreous::cli {

struct AnswerOptions {
  std::string out;
  bool json = false;
};
/// --json and --out.
void add_answer_options(CLI::App& app, AnswerOptions& options);

struct ModelAnswer {
  std::string name;     ///< of the figure or figures: "peaks"
  std::string heading;  ///< what was done with which data
  core::Result result;
  std::vector<std::string> told;  ///< keys of `how`, of the first value that was had, in this order
  std::vector<std::pair<std::string, std::string>> texts;  ///< more files: name, content
  std::vector<std::string> notes;                          ///< for stderr
  std::string next;
};

/// Prints heading, values and how they were had, or JSON; notes and the next command to stderr.
/// With --out writes the folder of cli/result_folder.hpp, the other texts, and the figures of
/// NAME where there is a module to draw them; a folder that cannot be had is told before all else.
void give_answer(const ModelAnswer& answer, const AnswerOptions& options,
                 const std::string& python_module);

}  // namespace vitreous::cli
