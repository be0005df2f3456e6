// One configuration in, one configuration out, whatever the format.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/frame.hpp"

namespace vitreous::io {

/// A frame that owns its data.
struct Configuration {
  std::int64_t step = 0;
  std::optional<double> time;  ///< ps, where the file says
  core::Box box;
  std::array<bool, 3> periodic{true, true, true};  ///< along a, b, c
  /// The LAMMPS types that are kind 0, 1, ... of the atoms; empty where the file has none.
  std::vector<std::vector<std::int32_t>> types;
  core::Atoms atoms;  ///< ascending id; unwrapped where the file allows it
  bool has_velocities = false;
  bool is_unwrapped = false;  ///< by image flags or unwrapped columns
};

/// What a file may be unable to say.
struct ConfigurationOptions {
  std::vector<std::string> species;  ///< element of type 1, 2, ...; empty: from the file
};

/// Reads the first frame of a file, whatever its format; the format is told by the content. Throws
/// InputError with file, line and what is missing.
Configuration read_configuration(const std::string& path, const ConfigurationOptions& options = {});

}  // namespace vitreous::io
