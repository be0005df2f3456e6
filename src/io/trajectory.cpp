#include "io/trajectory.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "io/format.hpp"
#include "io/trajectory_index.hpp"
#include "io/unwrapping.hpp"

namespace vitreous::io {
namespace {

std::string join_paths(const TrajectoryIndex& index) {
  std::vector<std::string> paths;
  for (const auto& file : index.files) paths.push_back(file.path);
  return fmt::format("{}", fmt::join(paths, " "));
}

std::string first_steps(const TrajectoryIndex& index) {
  const auto& s = index.steps;
  if (s.size() == 1) return fmt::format("({})", s[0]);
  return fmt::format("({}, {}{})", s[0], s[1], s.size() > 2 ? ", ..." : "");
}

/// "--species Cu,Zr" with as many names as there are types.
std::string species_option(const RawFrame& frame) {
  std::int32_t types = 1;
  for (const auto t : frame.type) types = std::max(types, t);
  std::string text = "--species Cu";
  for (std::int32_t t = 2; t <= types; ++t) text += t == 2 ? ",Zr" : (t == 3 ? ",Al" : ",...");
  return text;
}

/// Says all that is missing at once, and what would supply it.
void demand(const TrajectoryIndex& index, const TrajectoryOptions& options) {
  const bool no_time = options.needs_time && !index.timestep;
  const bool no_species =
      options.needs_species && SpeciesTable::is_unknown(index.first, index.types);
  if (!no_time && !no_species) return;
  const std::string types = no_species ? SpeciesTable::describe_types(index.first) : "";
  const std::string steps =
      (index.has_steps ? "steps " : "a count of frames ") + first_steps(index);
  base::Message message;
  message.file = index.files.front().path;
  message.problem =
      fmt::format("{} {} {}; the file has only {}", options.wanted_by,
                  options.wanted_by.find(" and ") == std::string::npos ? "needs" : "need",
                  no_time ? (no_species ? "time and species" : "time") : "species",
                  no_time ? (no_species ? steps + " and " + types : steps) : types);
  const bool carbon = no_species && !index.first.element.empty();
  const std::string no_element =
      carbon ? "its `element` column says C for every atom, LAMMPS' word for not knowing"
             : "it has no `element` column";
  const std::string no_item = "it has no \"ITEM: TIME\"";
  message.why =
      no_time ? (no_species ? no_item + " and " + (carbon ? no_element : "no `element` column")
                            : no_item)
              : no_element;
  const std::string head = fmt::format("vitreous {} {}", options.command, join_paths(index));
  const std::string tail =
      " " + (options.rest.empty() ? "--observe " + options.wanted_by : options.rest);
  if (!options.log) message.tries.push_back(head + " --log log.lammps" + tail);
  message.tries.push_back(head + (no_time ? " --timestep 1fs" : "") +
                          (no_species ? " " + species_option(index.first) : "") + tail);
  throw base::InputError(message);
}

class IndexedReader : public TrajectoryReader {
 public:
  explicit IndexedReader(std::shared_ptr<const TrajectoryIndex> index)
      : index_(std::move(index)), species_(index_->first, index_->types) {}

  bool next(Configuration& frame) override {
    if (!advance(true)) return false;
    const std::string& path = index_->files[file_].path;
    try {
      make_configuration(raw_, species_, frame);
    } catch (const base::InputError& error) {
      base::Message message = error.message();
      message.file = path;
      message.line = raw_.head.line;
      throw base::InputError(message);
    }
    frame.step = index_->files[file_].steps[frame_ - 1];
    if (!index_->follows_atoms) {
      if (!frame.time && index_->timestep) frame.time = time_of(frame.step);
      return true;
    }
    if (index_->timestep) frame.time = time_of(frame.step);
    require_same_atoms(frame);
    unwrap(frame);
    return true;
  }

  bool skip() override {
    if (!index_->follows_atoms) return advance(false);
    Configuration passed;  // where atoms go by nearest image, none may be left out
    return next(passed);
  }

 private:
  double time_of(std::int64_t step) const { return static_cast<double>(step) * *index_->timestep; }

  /// Goes to the next kept frame and reads it where asked; false behind the last.
  bool advance(bool read) {
    for (; file_ < index_->files.size(); ++file_, frame_ = 0, source_.reset()) {
      const IndexedFile& file = index_->files[file_];
      if (!source_) source_ = open_frames(file.path);
      while (frame_ < file.steps.size()) {
        FrameHead head;
        const bool kept = file.kept[frame_++];
        if (source_->next_head(head) &&
            (kept && read ? source_->read_atoms(raw_) : source_->skip_atoms())) {
          if (kept) return true;
          continue;
        }
        base::Message message;
        message.file = file.path;
        message.problem = "became shorter while it was read";
        throw base::InputError(message);
      }
    }
    return false;
  }

  [[noreturn]] void fail(const std::string& problem, const std::string& why,
                         std::vector<std::string> tries = {}) const {
    base::Message message;
    message.file = index_->files[file_].path;
    message.line = raw_.head.line;
    message.problem = problem;
    message.why = why;
    message.tries = std::move(tries);
    throw base::InputError(message);
  }

  void require_same_atoms(const Configuration& frame) {
    if (id_.empty()) {
      id_ = frame.atoms.id;
      kind_ = frame.atoms.species;
      return;
    }
    for (std::size_t i = 0; i < id_.size(); ++i) {
      if (frame.atoms.id[i] != id_[i])
        fail(fmt::format("atom id {} is not in the first frame, or atom id {} is missing",
                         frame.atoms.id[i], id_[i]),
             "displacements need the same atoms in every frame");
      if (frame.atoms.species[i] != kind_[i])
        fail(fmt::format("atom id {} is of another species than in the first frame", id_[i]),
             "displacements need the same atoms in every frame");
    }
  }

  void unwrap(Configuration& frame) {
    try {
      unwrapping_.follow(frame, raw_.head.periodic);
    } catch (const base::InputError& error) {
      fail(error.message().problem, error.message().why,
           {"a dump with columns xu yu zu, or with ix iy iz", "frames closer in time"});
    }
  }

  std::shared_ptr<const TrajectoryIndex> index_;
  SpeciesTable species_;
  std::size_t file_ = 0, frame_ = 0;  ///< the next frame to read
  std::unique_ptr<FrameSource> source_;
  RawFrame raw_;
  std::vector<std::int64_t> id_;
  std::vector<std::int32_t> kind_;
  Unwrapping unwrapping_;
};

}  // namespace

TrajectorySummary scan_trajectory(const std::vector<std::string>& files,
                                  const TrajectoryOptions& options) {
  const auto index = std::make_shared<const TrajectoryIndex>(index_trajectory(files, options));
  demand(*index, options);
  TrajectorySummary summary;
  try {
    const Configuration first =
        make_configuration(index->first, SpeciesTable(index->first, index->types));
    summary.kinds = first.atoms.kinds;
    for (std::size_t k = 0; k < summary.kinds.size(); ++k)
      summary.counts.push_back(first.atoms.count(static_cast<std::int32_t>(k)));
    summary.atoms = first.atoms.size();
  } catch (const base::InputError& error) {
    base::Message message = error.message();
    message.file = index->files.front().path;
    message.line = index->first.head.line;
    throw base::InputError(message);
  }
  summary.steps = index->steps;
  summary.timestep = index->timestep.value_or(0.0);
  summary.passed_over = index->passed_over;
  summary.warnings = index->warnings;
  summary.index = index;
  return summary;
}

std::unique_ptr<TrajectoryReader> open_trajectory(const TrajectorySummary& summary) {
  return std::make_unique<IndexedReader>(summary.index);
}

}  // namespace vitreous::io
