// What a first pass over the files of a trajectory finds, complete or not.
#pragma once

#include <string>
#include <vector>

#include "io/lammps_log.hpp"
#include "io/species_table.hpp"
#include "io/trajectory.hpp"

namespace vitreous::io {

/// The frames of one file: those that are dropped repeat what a later file (or frame) tells.
struct IndexedFile {
  std::string path;
  std::vector<std::int64_t> steps;  ///< of every whole frame, in the order of the file
  std::vector<bool> kept;
};

struct TrajectoryIndex {
  std::vector<IndexedFile> files;        ///< in the order of their first steps
  std::vector<std::int64_t> steps;       ///< of the kept frames, ascending
  std::optional<double> timestep;        ///< ps
  bool has_steps = true;                 ///< false: frames are counted, and a step is a frame
  bool has_time = false;                 ///< the frames tell their time
  RawFrame first;                        ///< the first kept frame
  TypeInfo types;                        ///< from the options, the log and the first file
  bool follows_atoms = true;             ///< as the options ask
  std::vector<std::string> passed_over;  ///< what the first frame holds that is not read
  std::vector<std::string> warnings;
};

/// One pass, atoms of the first frame alone are parsed. Throws InputError where a file is damaged,
/// the number of atoms changes, or the steps of several files contradict each other.
TrajectoryIndex index_trajectory(const std::vector<std::string>& files,
                                 const TrajectoryOptions& options);

}  // namespace vitreous::io
