#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "io/safe_file.hpp"
#include "study/study_template.hpp"

namespace vitreous::cli {
namespace {

struct NewOptions {
  std::string alloy = "Cu50Zr50", kind = "diffusion", potential, out;
};

void write_new(const std::string& file, const std::string& text) {
  std::error_code ignored;
  if (std::filesystem::exists(file, ignored)) {
    base::Message message;
    message.file = file;
    message.problem = "is there already";
    message.why = "a study is never overwritten";
    message.tries = {"--out with another name"};
    throw base::InputError(message);
  }
  io::write_file(file, text);
  fmt::print(stderr, "wrote {}\n", file);
}

void write_study(const NewOptions& options) {
  const auto& chosen = study::study_template(options.kind);
  const std::string text = chosen.text(study::template_alloy(options.alloy, options.potential));
  if (options.out.empty())
    fmt::print("{}", text);
  else
    write_new(options.out, text);
  fmt::print(stderr, "next: vitreous check {}\n", options.out.empty() ? "FILE" : options.out);
}

}  // namespace

Command new_command() {
  return {"new", "Writes a commented study to start from", "vitreous new Cu50Zr50 --out study.toml",
          [](CLI::App& app, int&) {
            auto options = std::make_shared<NewOptions>();
            std::string templates;
            for (const auto& one : study::study_templates())
              templates += fmt::format("\n{}: {}", one.name, one.one_line);
            app.add_option("ALLOY", options->alloy, "e.g. Cu50Zr50, which it is by default");
            app.add_option("--template", options->kind, "diffusion by default" + templates);
            app.add_option("--potential", options->potential,
                           "a setfl file, or kim:PART_OF_A_NAME; by default an installed model");
            app.add_option("--out", options->out,
                           "a file that is not there yet; by default the study is printed");
            app.callback([options] { write_study(*options); });
          }};
}

}  // namespace vitreous::cli
