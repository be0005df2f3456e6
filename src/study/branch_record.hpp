// What stands in a branch's folder about how it was made (branch.json), and how that compares with
// what the study asks for now.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "study/plan.hpp"

namespace vitreous::study {

struct BranchRecord {
  std::string id, kind, parent;
  std::string axes;  ///< for people: "1000 K, replica 2"
  std::string identity;
  std::map<std::string, std::string> physics;
  double duration = 0.0;               ///< of a hold, ps
  std::vector<std::string> observers;  ///< that watched it run, in canonical words
  std::vector<std::string> replayed;   ///< that watched its saved trajectory afterwards
  std::string save;                    ///< in canonical words; "" where nothing is saved
  std::vector<double> left_at;         ///< of a ramp, K
  std::string state = "running";       ///< running, done, failed
  std::string problem;                 ///< why it failed
  std::string engine;                  ///< what moved the atoms
  double seconds = 0.0;                ///< of wall time
  std::vector<std::string> warnings;
};

/// The record of a branch that has not begun. `thermo` watches every branch, asked for or not, so
/// that the report can tell whether it was in equilibrium.
BranchRecord record_of(const Branch& branch);

/// The record of a branch that goes on, with the observers it has, from what `before` tells.
BranchRecord continued_record(const Branch& branch, const BranchRecord& before);

/// Observers in canonical words, as requests.
std::vector<analysis::ObserverRequest> requests_of(const std::vector<std::string>& observers);

/// Of the observers that the study asks for now, those that did not watch the branch run.
std::vector<std::string> unseen(const Branch& branch, const BranchRecord& record);

/// An observer in canonical words: every option in its declared unit, defaults included.
std::string canonical_observer(const analysis::ObserverRequest& request);

void write_record(const std::string& folder, const BranchRecord& record);
/// Empty where the folder has none; throws InputError where it is not what write_record writes.
std::optional<BranchRecord> read_record(const std::string& folder);

enum class BranchStatus {
  fresh,          ///< nothing there
  resumed,        ///< begun with the same physics, not done
  longer,         ///< done or begun, and now asked to last longer: continued
  left_more,      ///< a ramp that others now leave at further temperatures
  observed_anew,  ///< done or begun without observers or saves that it would have to run again for
  replayed,       ///< done, and new observers can watch its saved trajectory
  done,
  changed,  ///< other physics: refused unless it is to be run again
};

struct Change {
  std::string key, before, after;
};

struct Comparison {
  BranchStatus status = BranchStatus::fresh;
  std::vector<Change> changes;
  /// "new", "resumed", "longer: 40 -> 60 ps", "changed temperature: 1000 K -> 1100 K", "done"
  std::string reason;
};

Comparison compare_branch(const Branch& branch, const std::optional<BranchRecord>& record);

}  // namespace vitreous::study
