// The files of a run's folder that tell what was found: results.json, the stages' tables, methods,
// references, provenance.
#pragma once

#include <string>

#include "io/results_json.hpp"
#include "study/plan.hpp"
#include "study/run_folder.hpp"

namespace vitreous::study {

/// Reads what every branch has left and writes, each file as a whole or not at all:
/// results.json, STAGE/TABLE.csv, study.toml (resolved), methods.md, references.bib and
/// provenance.json (with `command`, the words that started the run). Returns the results.
io::Results write_results(const Plan& plan, const RunFolder& run, const std::string& command);

}  // namespace vitreous::study
