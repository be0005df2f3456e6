// Whether a file or a run is sound: everything in it is read.
#pragma once

#include <string>
#include <vector>

#include "cli/description.hpp"

namespace vitreous::cli {

struct Verdict {
  Description description;
  std::vector<std::string> problems;  ///< a line each; empty where it is sound
};

/// Of a potential, every table; of a trajectory, every frame; of a run, every checkpoint and table;
/// of an archive, the checksum of every file. Throws InputError or RunError where even its
/// beginning cannot be read.
Verdict verdict_on(const std::string& path);

}  // namespace vitreous::cli
