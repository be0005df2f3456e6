// What all branches of a study have yielded, side by side.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "study/branch_record.hpp"
#include "study/branch_result.hpp"

namespace vitreous::study {

/// A branch with what it yielded so far.
struct GatheredBranch {
  const Branch* branch = nullptr;
  BranchStatus status = BranchStatus::fresh;
  std::optional<BranchRecord> record;
  std::optional<BranchResult> result;  ///< empty where there is nothing yet
};

/// The branches of a stage that differ only in their replica.
struct Group {
  std::string stage;
  std::vector<AxisValue> axes;
  std::vector<const GatheredBranch*> replicas;
};

/// "temperature = 1000 K, composition = Cu54Zr46"; "" without axes.
std::string axes_text(const std::vector<AxisValue>& axes);

/// The axis of that name, or null.
const AxisValue* find_axis(const std::vector<AxisValue>& axes, const std::string& name);

/// Reads what each branch of the plan left. Branches whose record differs from the plan count as
/// not run.
std::vector<GatheredBranch> gather(const Plan& plan, const RunFolder& run);

/// In the plan's order. The groups point into `branches`.
std::vector<Group> group_replicas(const std::vector<GatheredBranch>& branches);

/// The quantity of a group, its replicas combined; empty where no replica has it. Its name is
/// STAGE.QUANTITY and how["where"] tells its axes.
std::optional<core::Reported> group_quantity(const Group& group, const std::string& quantity);

/// The unit in which observers declare a quantity ("D.Cu" as "D.<species>", "msd_2.D" as "D").
std::string declared_unit(const std::string& quantity);

/// Names of the quantities that the replicas of a group have, in order.
std::vector<std::string> quantity_names(const Group& group);

}  // namespace vitreous::study
