// RO-Crate metadata (https://w3id.org/ro/crate/1.1): what an archive holds, for other programs.
#pragma once

#include <string>
#include <vector>

#include "study/run_archive.hpp"

namespace vitreous::study {

/// ro-crate-metadata.json of a run: every file with its size, format and checksum; the study, the
/// program with its version, the run as an action, potentials and papers.
std::string ro_crate_metadata(const std::string& run, const std::vector<ArchivedFile>& files,
                              const std::string& license);

}  // namespace vitreous::study
