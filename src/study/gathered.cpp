#include "study/gathered.hpp"

#include <algorithm>

#include "analysis/combine_replicas.hpp"
#include "analysis/observer_label.hpp"

namespace vitreous::study {
namespace {

bool same_axes(const std::vector<AxisValue>& a, const std::vector<AxisValue>& b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(),
      [](const AxisValue& x, const AxisValue& y) { return x.name == y.name && x.text == y.text; });
}

/// What was made by the very physics that the plan asks for.
bool is_ours(BranchStatus status) {
  return status == BranchStatus::done || status == BranchStatus::resumed ||
         status == BranchStatus::left_more || status == BranchStatus::longer ||
         status == BranchStatus::replayed;
}

const core::Reported* find_quantity(const core::Result& result, const std::string& name) {
  const auto found = std::find_if(result.quantities.begin(), result.quantities.end(),
                                  [&](const auto& q) { return q.name == name; });
  return found == result.quantities.end() ? nullptr : &*found;
}

}  // namespace

std::string axes_text(const std::vector<AxisValue>& axes) {
  std::string text;
  for (const auto& axis : axes) text += (text.empty() ? "" : ", ") + axis.name + " = " + axis.text;
  return text;
}

const AxisValue* find_axis(const std::vector<AxisValue>& axes, const std::string& name) {
  const auto found =
      std::find_if(axes.begin(), axes.end(), [&](const auto& axis) { return axis.name == name; });
  return found == axes.end() ? nullptr : &*found;
}

std::vector<GatheredBranch> gather(const Plan& plan, const RunFolder& run) {
  std::vector<GatheredBranch> branches;
  for (const Branch& branch : plan.branches) {
    GatheredBranch gathered{&branch, {}, read_record(run.branch(branch.id)), {}};
    gathered.status = compare_branch(branch, gathered.record).status;
    if (is_ours(gathered.status))
      gathered.result = load_result(plan, branch, *gathered.record, run);
    branches.push_back(std::move(gathered));
  }
  return branches;
}

std::vector<Group> group_replicas(const std::vector<GatheredBranch>& branches) {
  std::vector<Group> groups;
  for (const auto& branch : branches) {
    const auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& g) {
      return g.stage == branch.branch->stage && same_axes(g.axes, branch.branch->axes);
    });
    if (group != groups.end())
      group->replicas.push_back(&branch);
    else
      groups.push_back({branch.branch->stage, branch.branch->axes, {&branch}});
  }
  return groups;
}

std::optional<core::Reported> group_quantity(const Group& group, const std::string& quantity) {
  std::vector<core::Reported> replicas;
  for (const auto* branch : group.replicas) {
    if (!branch->result) continue;
    if (const auto* found = find_quantity(branch->result->result, quantity))
      replicas.push_back(*found);
  }
  if (replicas.empty()) return std::nullopt;
  core::Reported combined = analysis::combine_replicas(replicas);
  combined.name = group.stage + "." + quantity;
  if (const std::string where = axes_text(group.axes); !where.empty())
    combined.how["where"] = where;
  return combined;
}

std::string declared_unit(const std::string& quantity) {
  const std::string own = analysis::split_label(quantity).second;
  const std::string symbol = own.substr(0, own.find('.'));
  for (const auto& observer : analysis::observer_declarations())
    for (const auto& output : observer.derived)
      if (output.name == symbol) return output.unit;
  return "1";
}

std::vector<std::string> quantity_names(const Group& group) {
  std::vector<std::string> names;
  for (const auto* branch : group.replicas) {
    if (!branch->result) continue;
    for (const auto& quantity : branch->result->result.quantities)
      if (std::find(names.begin(), names.end(), quantity.name) == names.end())
        names.push_back(quantity.name);
  }
  return names;
}

}  // namespace vitreous::study
