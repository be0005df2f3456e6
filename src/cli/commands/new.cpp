#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/nanomold/lengths_table.hpp"
#include "io/safe_file.hpp"
#include "study/study_from_lammps.hpp"
#include "study/study_template.hpp"

namespace vitreous::cli {
namespace {

struct NewOptions {
  std::string alloy, kind = "diffusion", potential, from_lammps, out;
};

void write_new(const std::string& file, const std::string& text) {
  std::error_code ignored;
  if (std::filesystem::exists(file, ignored)) {
    base::Message message;
    message.file = file;
    message.problem = "is there already";
    message.why = "what may hold work of yours is never overwritten";
    message.tries = {"--out with another name"};
    throw base::InputError(message);
  }
  io::write_file(file, text);
  fmt::print(stderr, "wrote {}\n", file);
}

/// The one template that is no study: a table of measured lengths.
constexpr const char* table_of_lengths = "nanomold";

void require_template(const std::string& kind) {
  std::vector<std::string> names = {table_of_lengths};
  for (const auto& one : study::study_templates()) names.push_back(one.name);
  if (std::find(names.begin(), names.end(), kind) != names.end()) return;
  const std::string nearest = base::nearest_name(kind, names);
  throw base::InputError(
      fmt::format("no template is called \"{}\"", kind),
      fmt::format("there are {}", fmt::join(names, ", ")),
      nearest.empty() ? std::vector<std::string>{} : std::vector<std::string>{nearest});
}

void hand_out(const NewOptions& options, const std::string& text, const std::string& next) {
  if (options.out.empty())
    fmt::print("{}", text);
  else
    write_new(options.out, text);
  fmt::print(stderr, "next: vitreous {} {}\n", next, options.out.empty() ? "FILE" : options.out);
}

void write_template(const NewOptions& options) {
  require_template(options.kind);
  if (options.kind == table_of_lengths)
    return hand_out(options, lengths_template(), "nanomold fit");
  const std::string alloy = options.alloy.empty() ? "Cu50Zr50" : options.alloy;
  hand_out(
      options,
      study::study_template(options.kind).text(study::template_alloy(alloy, options.potential)),
      "check");
}

void write_from_lammps(const NewOptions& options) {
  const auto history = study::lammps_history(io::read_lammps_commands(options.from_lammps));
  const auto written = study::study_from_lammps(
      history, {options.alloy, options.potential,
                std::filesystem::path(options.out).parent_path().string()});
  for (const auto& remark : written.remarks) fmt::print(stderr, "note: {}\n", remark);
  hand_out(options, written.text, "check");
}

}  // namespace

Command new_command() {
  return {
      "new", "Writes a commented study, or a table of lengths, to start from",
      "vitreous new Cu50Zr50 --out study.toml", [](CLI::App& app, int&) {
        auto options = std::make_shared<NewOptions>();
        std::string templates;
        for (const auto& one : study::study_templates())
          templates += fmt::format("\n{}: {}", one.name, one.one_line);
        templates +=
            fmt::format("\n{}: a table of measured lengths of molded wires", table_of_lengths);
        app.add_option("ALLOY", options->alloy, "e.g. Cu50Zr50, which it is by default");
        auto* from_lammps = app.add_option(
            "--from-lammps", options->from_lammps,
            "the log.lammps of a run, or its input script: writes the study that says the same; "
            "ALLOY and --potential tell what it leaves open");
        app.add_option("--template", options->kind, "diffusion by default" + templates)
            ->excludes(from_lammps);
        app.add_option("--potential", options->potential,
                       "a setfl file, or kim:PART_OF_A_NAME; by default an installed model");
        app.add_option("--out", options->out,
                       "a file that is not there yet; by default it is printed");
        app.callback([options] {
          options->from_lammps.empty() ? write_template(*options) : write_from_lammps(*options);
        });
      }};
}

}  // namespace vitreous::cli
