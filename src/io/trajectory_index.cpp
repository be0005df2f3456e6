#include "io/trajectory_index.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "base/error.hpp"
#include "io/format.hpp"

namespace vitreous::io {
namespace {

[[noreturn]] void fail_at(const std::string& file, std::size_t line, const std::string& problem,
                          const std::string& why = {}, std::vector<std::string> tries = {}) {
  base::Message message;
  message.file = file;
  message.line = line;
  message.problem = problem;
  message.why = why;
  message.tries = std::move(tries);
  throw base::InputError(message);
}

/// A file as scanned; times are kept only for the check that they run with the steps.
struct Scanned {
  IndexedFile file;
  std::vector<double> times;
  bool has_steps = true, periodic = true;
};

class Indexer {
 public:
  Indexer(const std::vector<std::string>& paths, const TrajectoryOptions& options)
      : options_(options) {
    index_.follows_atoms = options.follow_atoms;
    for (const auto& path : paths) scanned_.push_back(scan(path));
  }

  TrajectoryIndex make() {
    number_frames();
    sort_files();
    drop_overlaps();
    read_first();
    name_types();
    find_timestep();
    describe_frames();
    for (auto& s : scanned_) index_.files.push_back(std::move(s.file));
    return std::move(index_);
  }

 private:
  Scanned scan(const std::string& path) {
    Scanned s;
    s.file.path = path;
    const auto source = open_frames(path);
    FrameHead head;
    while (source->next_head(head)) {
      if (atoms_ == 0) atoms_ = head.atoms;
      if (head.atoms != atoms_ && options_.follow_atoms)
        fail_at(path, head.line,
                fmt::format("this frame has {} atoms, those before it {}", head.atoms, atoms_),
                "displacements need the same atoms in every frame");
      if (!source->skip_atoms()) break;
      s.has_steps = s.has_steps && head.step;
      s.periodic = s.periodic && head.periodic == std::array{true, true, true};
      s.file.steps.push_back(head.step.value_or(0));
      if (head.time) s.times.push_back(*head.time);
    }
    for (const auto& warning : source->warnings())
      index_.warnings.push_back(fmt::format("{}: {}", path, warning));
    const std::size_t frames = s.file.steps.size();
    if (frames == 0) fail_at(path, 0, "holds no whole frame", source->truncation());
    if (!source->truncation().empty())
      index_.warnings.push_back(fmt::format("{}: {}; the {} {} before are used", path,
                                            source->truncation(), frames,
                                            frames == 1 ? "frame" : "frames"));
    return s;
  }

  /// Frames that tell no step are counted through all files.
  void number_frames() {
    index_.has_steps =
        std::all_of(scanned_.begin(), scanned_.end(), [](const auto& s) { return s.has_steps; });
    index_.has_time = std::all_of(scanned_.begin(), scanned_.end(), [](const auto& s) {
      return s.times.size() == s.file.steps.size();
    });
    if (index_.has_steps) return;
    std::int64_t number = 0;
    for (auto& s : scanned_)
      for (auto& step : s.file.steps) step = number++;
  }

  void sort_files() {
    const auto before = [](const Scanned& a, const Scanned& b) {
      return a.file.steps.front() < b.file.steps.front();
    };
    if (std::is_sorted(scanned_.begin(), scanned_.end(), before)) return;
    std::stable_sort(scanned_.begin(), scanned_.end(), before);
    std::vector<std::string> names;
    for (const auto& s : scanned_) names.push_back(s.file.path);
    index_.warnings.push_back(
        fmt::format("files are taken in the order of their steps: {}", fmt::join(names, ", ")));
  }

  /// A run that was restarted repeats steps: what was written later stands.
  void drop_overlaps() {
    std::int64_t smallest = std::numeric_limits<std::int64_t>::max();
    std::size_t frames = 0, dropped = 0;
    for (auto s = scanned_.rbegin(); s != scanned_.rend(); ++s) {
      IndexedFile& file = s->file;
      file.kept.resize(file.steps.size());
      std::size_t kept = 0;
      for (std::size_t k = file.steps.size(); k-- > 0;) {
        file.kept[k] = file.steps[k] < smallest;
        if (!file.kept[k]) continue;
        smallest = file.steps[k];
        ++kept;
      }
      if (kept == 0)
        fail_at(
            file.path, 0,
            fmt::format("steps {} to {} are all told by another file too", file.steps.front(),
                        file.steps.back()),
            "files in a row must go on where the one before ends; these are other runs, or copies",
            {"analyze them one at a time"});
      const std::size_t lost = file.steps.size() - kept;
      if (lost > 0)
        index_.warnings.push_back(fmt::format("{}: {} {} dropped: their steps are told again later",
                                              file.path, lost,
                                              lost == 1 ? "frame is" : "frames are"));
      frames += file.steps.size(), dropped += lost;
    }
    if (2 * dropped > frames)
      fail_at(scanned_.front().file.path, 0,
              fmt::format("the steps go back so far that {} of {} frames would be dropped", dropped,
                          frames),
              "the step counter was reset, or the files belong to other runs",
              {"split it where the steps start again"});
    for (const auto& s : scanned_)
      for (std::size_t k = 0; k < s.file.steps.size(); ++k)
        if (s.file.kept[k]) index_.steps.push_back(s.file.steps[k]);
  }

  void read_first() {
    const IndexedFile& file = scanned_.front().file;
    const auto source = open_frames(file.path);
    FrameHead head;
    for (std::size_t k = 0; source->next_head(head); ++k) {
      if (!file.kept[k]) {
        source->skip_atoms();
      } else if (source->read_atoms(index_.first)) {
        break;
      }
    }
    index_.types = source->types();
    index_.passed_over = source->passed_over();
    if (options_.follow_atoms && index_.first.id.empty() && index_.steps.size() > 1 &&
        !index_.first.type.empty())
      fail_at(file.path, head.line, "the frames have no `id` column",
              "atoms cannot be followed: LAMMPS changes their order from frame to frame",
              {"dump 1 all custom 1000 prod.dump id type xu yu zu"});
  }

  /// What the user says stands above the log, and the log above the file.
  void name_types() {
    name_types_by_mass(index_.types);
    if (!options_.species.empty()) index_.types.name = options_.species;
  }

  void find_timestep() {
    std::optional<double> told;
    if (options_.follow_atoms && index_.has_time && index_.steps.size() > 1)
      told = timestep_from_times();
    if (options_.log) use_log(told);
    if (options_.timestep) {
      if (told && std::abs(*told - *options_.timestep) > 1e-6 * *told)
        index_.warnings.push_back(
            fmt::format("the time step given ({} ps) is used; the frames tell {} ps",
                        *options_.timestep, *told));
      index_.timestep = options_.timestep;
    } else if (told) {
      index_.timestep = told;
    }
  }

  double timestep_from_times() const {
    std::vector<double> times;
    for (const auto& s : scanned_)
      for (std::size_t k = 0; k < s.times.size(); ++k)
        if (s.file.kept[k]) times.push_back(s.times[k]);
    const auto& steps = index_.steps;
    const double span = times.back() - times.front();
    const double raw = span / static_cast<double>(steps.back() - steps.front());
    for (std::size_t k = 0; k < times.size(); ++k) {
      const double expected = times.front() + raw * static_cast<double>(steps[k] - steps.front());
      if (span > 0.0 && std::abs(times[k] - expected) <= 1e-6 * span) continue;
      fail_at(scanned_.front().file.path, 0,
              fmt::format("time does not run with the steps: {} ps at step {}, {} ps at step {}",
                          times.front(), steps.front(), times[k], steps[k]),
              "the time step changed, or the clock was reset",
              {"analyze the frames of each time step on their own"});
    }
    // Times are printed with rounding errors; a time step is a short number.
    return std::strtod(fmt::format("{:.10g}", raw).c_str(), nullptr);
  }

  void use_log(const std::optional<double>& told) {
    const LammpsLog log = read_lammps_log(*options_.log);
    TypeInfo types = log.types;
    name_types_by_mass(types);
    if (options_.species.empty()) index_.types.name = types.name;
    index_.types.mass = types.mass;
    if (told || options_.timestep || index_.steps.size() < 2) return;
    index_.timestep =
        timestep_of_steps(log, *options_.log, index_.steps.front(), index_.steps.back());
  }

  void describe_frames() {
    const std::string& path = scanned_.front().file.path;
    if (!index_.has_steps)
      index_.warnings.push_back(fmt::format(
          "{}: frames tell no step: a step is a frame, and a time step the time between frames",
          path));
    if (!options_.follow_atoms) return;
    if (!index_.first.is_unwrapped && index_.steps.size() > 1)
      index_.warnings.push_back(fmt::format(
          "{}: no image flags and no unwrapped columns: positions are unwrapped by nearest image",
          path));
    if (std::any_of(scanned_.begin(), scanned_.end(), [](const auto& s) { return !s.periodic; }))
      index_.warnings.push_back(
          fmt::format("{}: the box is not periodic along every edge: pairs across an open face "
                      "count as neighbors all the same",
                      path));
  }

  const TrajectoryOptions& options_;
  std::vector<Scanned> scanned_;
  std::size_t atoms_ = 0;
  TrajectoryIndex index_;
};

}  // namespace

TrajectoryIndex index_trajectory(const std::vector<std::string>& files,
                                 const TrajectoryOptions& options) {
  if (files.empty()) throw base::InputError("no trajectory is given");
  return Indexer(files, options).make();
}

}  // namespace vitreous::io
