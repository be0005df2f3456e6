// Checkpoints: built in memory (HDF5), checksummed, written aside, synced, renamed; the last two
// are kept. What grows with the run (core/grown.hpp) stands beside them, in the folder "grown".
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/archive.hpp"
#include "core/declaration.hpp"

namespace vitreous::io {

/// Calls `save` with an archive and writes FOLDER/checkpoint.h5, moving the one before to
/// checkpoint.previous.h5.
void save_checkpoint(const std::string& folder, const std::function<void(core::Archive&)>& save);

enum class CheckpointFound { none, latest, previous };
struct LoadedCheckpoint {
  CheckpointFound found = CheckpointFound::none;
  std::string warning;  ///< names a damaged file that was passed over
};
/// Restores from the newest sound checkpoint of the folder. Throws RunError where all there are
/// damaged.
LoadedCheckpoint load_checkpoint(const std::string& folder,
                                 const std::function<void(core::Archive&)>& load);

/// Why a checkpoint file is damaged; "" where it is sound.
std::string checkpoint_damage(const std::string& path);
/// The HDF5 file inside a sound checkpoint; throws RunError where it is damaged.
std::string checkpoint_image(const std::string& path);

/// What the format is, for lists and help.
core::Declaration checkpoint_declaration();

}  // namespace vitreous::io
