#include "study/results.hpp"

#include <algorithm>

#include "io/csv.hpp"
#include "io/safe_file.hpp"
#include "study/comparisons.hpp"
#include "study/gathered.hpp"
#include "study/methods.hpp"
#include "study/provenance.hpp"
#include "study/stage_tables.hpp"
#include "study/study_fits.hpp"
#include "study/trust.hpp"

namespace vitreous::study {
namespace {

std::vector<std::string> stage_names(const Plan& plan) {
  std::vector<std::string> names;
  for (const Branch& branch : plan.branches)
    if (std::find(names.begin(), names.end(), branch.stage) == names.end())
      names.push_back(branch.stage);
  return names;
}

bool is_complete(const std::vector<GatheredBranch>& branches) {
  return std::all_of(branches.begin(), branches.end(),
                     [](const auto& b) { return b.status == BranchStatus::done; });
}

/// What compares with a paper comes first.
void add_fits_first(std::vector<core::Reported>& quantities,
                    const std::vector<core::Reported>& fits) {
  quantities.insert(quantities.begin(), fits.begin(), fits.end());
}

void write_tables(const RunFolder& run, const std::vector<StageTable>& tables) {
  for (const auto& [stage, table] : tables) {
    make_folder(run.file(stage));
    io::write_file(run.file(stage + "/" + table.name + ".csv"), io::to_csv(table));
  }
}

}  // namespace

io::Results write_results(const Plan& plan, const RunFolder& run, const std::string& command) {
  const auto branches = gather(plan, run);
  io::Results results;
  results.title = plan.title;
  results.stages = stage_names(plan);
  results.complete = is_complete(branches);
  for (const auto& group : group_replicas(branches))
    for (const auto& name : quantity_names(group))
      if (auto quantity = group_quantity(group, name)) results.quantities.push_back(*quantity);
  attach_references(plan, results.quantities, branches);
  const Fitted fits = study_fits(plan, branches);
  add_fits_first(results.quantities, fits.quantities);
  results.trust = trust_table(branches);

  make_folder(run.path());
  write_tables(run, stage_tables(branches));
  write_tables(run, fits.tables);
  io::write_file(run.file("study.toml"), plan.resolved_toml);
  const std::string methods = methods_text(plan, branches);
  io::write_file(run.file("methods.md"), methods);
  io::write_file(run.file("references.bib"), references_text(plan, methods));
  io::write_file(run.file("provenance.json"), provenance_json(plan, branches, command));
  io::write_file(run.file("results.json"), io::to_results_json(results));
  return results;
}

}  // namespace vitreous::study
