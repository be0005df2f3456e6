#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "base/error.hpp"
#include "cli/commands/export.hpp"
#include "study/run_archive.hpp"

namespace vitreous::cli {
namespace {

namespace fs = std::filesystem;

struct ArchiveOptions {
  std::string run, out, license;
};

/// RUN.zip beside the run.
std::string default_archive(const std::string& run) {
  fs::path folder = fs::absolute(run).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();
  return folder.filename().string() + ".zip";
}

void export_archive(const ArchiveOptions& options) {
  const std::string out = options.out.empty() ? default_archive(options.run) : options.out;
  if (fs::exists(out)) {
    base::Message message;
    message.file = out;
    message.problem = "is there already";
    message.why = "an archive may be the only copy of what it holds";
    message.tries = {"--out with another name", "remove it first"};
    throw base::InputError(message);
  }
  const auto summary = study::write_run_archive(options.run, out, options.license);
  if (!summary.lacks.empty())
    fmt::print(stderr, "warning: the potential {} is not there any more, nor in the archive\n",
               summary.lacks);
  fmt::print("{}: {} files, {:.1f} MB unpacked, {:.1f} MB\n", out, summary.files,
             static_cast<double>(summary.bytes) * 1e-6,
             static_cast<double>(fs::file_size(out)) * 1e-6);
  fmt::print(stderr, "next: vitreous check {}\n", out);
}

}  // namespace

void set_up_export_archive(CLI::App& app) {
  auto options = std::make_shared<ArchiveOptions>();
  app.add_option("RUN", options->run, "the folder of a run")->required();
  app.add_option("--out", options->out, "a file that is not there yet; by default RUN.zip here");
  app.add_option("--license", options->license,
                 "under which others may use it: an SPDX name (CC-BY-4.0) or an address");
  app.footer(
      "In it is what was found and what the study asked to save: results, tables, figures,\n"
      "configurations, trajectories, and the potential's file where there is one. What a run\n"
      "keeps to go on with (checkpoints, states between branches) stays out.\n"
      "Example:\n  vitreous export archive bulk-quick --license CC-BY-4.0");
  app.callback([options] { export_archive(*options); });
}

}  // namespace vitreous::cli
