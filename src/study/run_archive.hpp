// A finished run as one file that can be shared: a zip with a checksum of every file and an account
// of what each is.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vitreous::study {

/// A file that goes into the archive.
struct ArchivedFile {
  std::string name;  ///< in the archive, relative to the run's folder
  std::string path;  ///< on the disk
  std::uint64_t bytes = 0;
  std::string sha256;
};

/// What the run found and was asked to save, sorted by name. What it keeps to go on with stays out:
/// checkpoints, states handed from branch to branch, locks, progress.
std::vector<ArchivedFile> files_to_archive(const std::string& run);

struct ArchiveSummary {
  std::size_t files = 0;
  std::uint64_t bytes = 0;  ///< unpacked
  /// The potential that the study names and that is not there any more; "" where nothing lacks.
  std::string lacks;
};

/// Writes the files, `manifest-sha256.txt` (as sha256sum reads it) and `ro-crate-metadata.json`;
/// with a potential file, that too. The archive is read back and checked before it is there.
/// `license`: an SPDX name or an address; "" where its owner has not said. Throws InputError where
/// the folder holds no results, RunError where it cannot be written.
ArchiveSummary write_run_archive(const std::string& run, const std::string& path,
                                 const std::string& license);

struct ArchiveCheck {
  std::string title;
  std::string written;  ///< when the results were
  ArchiveSummary holds;
  std::vector<std::string> problems;  ///< a line each, in the manifest's order
};

/// Reads all of it. Throws InputError where it is no whole zip archive, or none of ours.
ArchiveCheck check_run_archive(const std::string& path);

inline constexpr const char* manifest_name = "manifest-sha256.txt";
inline constexpr const char* crate_name = "ro-crate-metadata.json";

}  // namespace vitreous::study
