// A trajectory as a stream of configurations, from one file or several in a row.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "io/configuration.hpp"

namespace vitreous::io {

struct TrajectoryOptions {
  std::vector<std::string> species =
      {};                               ///< element of type 1, 2, ...; empty: from the file or log
  std::optional<double> timestep = {};  ///< ps a step; empty: from the file or log
  std::optional<std::string> log = {};  ///< a LAMMPS log.lammps that says what a dump cannot
  std::string wanted_by = "msd";        ///< the observers that ask, for messages: "msd and rdf"
  std::string command = "analyze";      ///< with the files and `rest` behind it, what can be tried
  std::string rest = {};                ///< empty: --observe and wanted_by
  bool needs_time = true;               ///< false: a trajectory whose time is not known will do
  bool needs_species = true;            ///< false: types without elements will do
  /// False: each frame stands for itself. The number of atoms may change, positions that are folded
  /// into the box stay so, and times are what the frames say.
  bool follow_atoms = true;
};

struct TrajectoryIndex;

/// What a first pass over the files finds.
struct TrajectorySummary {
  std::vector<std::int64_t> steps;
  double timestep = 0.0;  ///< ps; 0 where it is not known and not needed
  std::size_t atoms = 0;
  std::vector<core::Species> kinds;
  std::vector<std::size_t> counts;
  std::vector<std::string> passed_over;  ///< what frames hold beside what is read: "fx", "charge"
  std::vector<std::string> warnings;  ///< e.g. a truncated last frame, an overlap that was dropped
  std::shared_ptr<const TrajectoryIndex> index;  ///< where the frames stand, for open_trajectory
};

class TrajectoryReader {
 public:
  virtual ~TrajectoryReader() = default;
  /// The next configuration, unwrapped where atoms are followed; false at the end. Memory does not
  /// grow with the file.
  virtual bool next(Configuration& frame) = 0;
  /// Passes over the next configuration; false at the end.
  virtual bool skip() = 0;
};

/// Scans all files once without parsing atoms. Throws InputError where time or species are needed
/// and cannot be known.
TrajectorySummary scan_trajectory(const std::vector<std::string>& files,
                                  const TrajectoryOptions& options);
/// Reads what was scanned. Frames without image flags or unwrapped columns are unwrapped by nearest
/// image; throws InputError where an atom moves more than a third of the box between frames.
std::unique_ptr<TrajectoryReader> open_trajectory(const TrajectorySummary& summary);

}  // namespace vitreous::io
