#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "base/error.hpp"
#include "cli/arguments.hpp"
#include "cli/commands/commands.hpp"
#include "cli/frame_choice.hpp"
#include "cli/progress.hpp"
#include "io/format.hpp"
#include "io/trajectory.hpp"

namespace vitreous::cli {
namespace {

namespace fs = std::filesystem;

struct ConvertOptions {
  std::vector<std::string> files;  ///< the last is the one to be written
  std::string log, timestep, species, frames;
  std::size_t every = 1;

  std::vector<std::string> inputs() const { return {files.begin(), files.end() - 1}; }
  const std::string& output() const { return files.back(); }
};

/// An input too many would otherwise be taken for the output, and be gone.
void require_new(const std::string& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return;
  base::Message message;
  message.file = path;
  message.problem = "is there already, and nothing is overwritten";
  message.why = "the last file named is the one that is written";
  message.tries = {"another name, or remove that file first"};
  throw base::InputError(message);
}

io::TrajectoryOptions reading_options(const ConvertOptions& options,
                                      const io::FrameFormat& format) {
  io::TrajectoryOptions out;
  out.species = comma_list(options.species);
  out.timestep = positive_quantity("--timestep", options.timestep, "ps");
  if (!options.log.empty()) out.log = options.log;
  out.wanted_by = format.one;
  out.command = "convert";
  out.rest = options.output();
  out.needs_time = false;
  out.needs_species = format.needs_species;
  out.follow_atoms = false;
  return out;
}

/// What of the frames the new file will not hold.
std::vector<std::string> losses(const io::TrajectorySummary& summary,
                                const io::Configuration& first, const io::FrameFormat& format) {
  std::vector<std::string> lost;
  if (!summary.passed_over.empty())
    lost.push_back(fmt::format("{}", fmt::join(summary.passed_over, ", ")));
  if (!format.holds_time && first.time) lost.emplace_back("the time");
  if (!format.holds_time && first.periodic != std::array{true, true, true})
    lost.emplace_back("which edges are periodic");
  for (std::size_t k = 0; k < first.types.size(); ++k) {
    const auto& types = first.types[k];
    const bool renumbered = !format.holds_types && types.front() != static_cast<int>(k) + 1;
    if (types.size() > 1)
      lost.push_back(fmt::format("the difference between types {}, all {}", fmt::join(types, ", "),
                                 first.atoms.kinds[k].name));
    else if (renumbered)
      lost.push_back(fmt::format("that {} is type {}", first.atoms.kinds[k].name, types.front()));
  }
  return lost;
}

void require_room(std::size_t chosen, const io::FrameFormat& format, const std::string& path) {
  if (format.holds_many || chosen == 1) return;
  base::Message message;
  message.file = path;
  message.problem =
      fmt::format("{} holds one configuration, and {} are chosen", format.one, chosen);
  message.tries = {"--frames last", "--frames 1"};
  throw base::InputError(message);
}

/// Adds every chosen frame and returns their number of atoms: of the first and of the last one.
std::pair<std::size_t, std::size_t> copy_frames(const io::TrajectorySummary& summary,
                                                const FrameChoice& choice, io::FrameWriter& writer,
                                                const io::FrameFormat& format) {
  const auto reader = io::open_trajectory(summary);
  Progress progress("frames", choice.last);
  std::pair<std::size_t, std::size_t> atoms;
  io::Configuration frame;
  bool is_first = true;
  for (std::size_t k = 1; k <= choice.last; ++k) {
    if (!choice.takes(k)) {
      reader->skip();
      continue;
    }
    reader->next(frame);
    if (is_first) {
      for (const auto& lost : losses(summary, frame, format))
        fmt::print(stderr, "warning: not kept: {}\n", lost);
      atoms.first = frame.atoms.size();
      is_first = false;
    }
    atoms.second = frame.atoms.size();
    writer.add(frame);
    progress.update(k);
  }
  writer.finish();
  return atoms;
}

void convert(const ConvertOptions& options) {
  if (options.files.size() < 2)
    throw base::InputError("convert needs a file to read and a file to write", {},
                           {fmt::format("vitreous convert {} OUT.h5md", options.files.front())});
  const std::string& path = options.output();
  const io::FrameFormat& format = io::format_to_write(path);
  require_new(path);
  const auto summary = io::scan_trajectory(options.inputs(), reading_options(options, format));
  for (const auto& warning : summary.warnings) fmt::print(stderr, "warning: {}\n", warning);
  const FrameChoice choice = choose_frames(options.frames, options.every, summary.steps.size());
  require_room(choice.count(), format, path);
  const auto writer = format.write(path);
  const auto atoms = copy_frames(summary, choice, *writer, format);
  if (!writer->note().empty()) fmt::print(stderr, "warning: {}\n", writer->note());
  fmt::print("{}: {}, {} {} of {} atoms\n", path, format.one, choice.count(),
             choice.count() == 1 ? "frame" : "frames",
             atoms.first == atoms.second ? fmt::format("{}", atoms.first)
                                         : fmt::format("{} to {}", atoms.first, atoms.second));
  fmt::print(stderr, "next: vitreous show {}\n", path);
}

}  // namespace

Command convert_command() {
  return {"convert", "Writes trajectories and configurations in another format",
          "vitreous convert prod.1.dump.gz prod.2.dump.gz prod.h5md", [](CLI::App& app, int&) {
            auto options = std::make_shared<ConvertOptions>();
            app.add_option("FILES", options->files,
                           "what to read, one or several in a row, and last what to write; its "
                           "name tells the format (vitreous list formats), and .gz or .zst behind "
                           "it packs text")
                ->required();
            app.add_option("--frames", options->frames,
                           "FIRST:LAST, counted from 1, or one number, or last");
            app.add_option("--every", options->every, "take one frame of this many")
                ->check(CLI::PositiveNumber);
            app.add_option("--log", options->log,
                           "the log.lammps of the run, for its time step and elements");
            app.add_option("--timestep", options->timestep, "of the run, e.g. 1fs");
            app.add_option("--species", options->species,
                           "elements of types 1, 2, ..., e.g. Cu,Zr");
            app.callback([options] { convert(*options); });
          }};
}

}  // namespace vitreous::cli
