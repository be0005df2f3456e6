#include "study/comparisons.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/units.hpp"
#include "study/conditions.hpp"

namespace vitreous::study {
namespace {

/// The cooling rate behind the first branch of a stage with these axes.
double rate_of(const Plan& plan, const std::string& stage, const std::vector<AxisValue>& axes) {
  for (const Branch& branch : plan.branches)
    if (branch.stage == stage && holds(branch.axes, axes)) return cooling_rate(plan, branch);
  return 0.0;
}

bool lies_at(const std::vector<AxisValue>& axes, const CompareRequest& compare) {
  return std::all_of(compare.at.begin(), compare.at.end(), [&](const auto& at) {
    const AxisValue* axis = find_axis(axes, at.first);
    if (!axis) return false;
    if (axis->name == "composition") return axis->text == at.second;
    return std::abs(base::quantity_in(at.second, axis->unit) - axis->value) <=
           1e-9 * std::abs(axis->value);
  });
}

core::Reported* find_told(std::vector<core::Reported>& quantities, const std::string& name,
                          const std::string& where) {
  const auto found = std::find_if(quantities.begin(), quantities.end(), [&](const auto& q) {
    const auto at = q.how.find("where");
    return q.name == name && (at == q.how.end() ? "" : at->second) == where;
  });
  return found == quantities.end() ? nullptr : &*found;
}

core::Reported not_there(const std::string& name, const std::string& where) {
  core::Reported missing;
  missing.name = name;
  missing.status = core::Status::not_run;
  missing.reason = "there is no such value yet";
  if (!where.empty()) missing.how["where"] = where;
  return missing;
}

/// Why a quotient has no value; "" where it has one.
std::string quotient_refusal(const core::Reported& above, const core::Reported& below) {
  for (const core::Reported* part : {&above, &below})
    if (!part->measured) return fmt::format("{} has no value: {}", part->name, part->reason);
  if (!(above.measured->value > 0.0 && below.measured->value > 0.0))
    return fmt::format("{} and {} are not both above zero", above.name, below.name);
  return "";
}

core::Reported quotient(const std::string& name, const core::Reported& above,
                        const core::Reported& below) {
  const auto is_worse = [](const std::string& a, const std::string& b) {
    return a != "equilibrium" && b == "equilibrium";
  };
  core::Reported ratio;
  if (const std::string reason = quotient_refusal(above, below); !reason.empty()) {
    ratio = core::Reported::refused(name, reason);
  } else {
    const core::Measured &a = *above.measured, b = below.measured->to(a.unit);
    const double value = a.value / b.value;
    ratio.name = name;
    ratio.measured = core::Measured{
        value, value * std::hypot(a.standard_error / a.value, b.standard_error / b.value), "1"};
    ratio.state = is_worse(below.state, above.state) ? below.state : above.state;
    ratio.how["error"] = "of both, taken as independent";
  }
  if (const auto where = above.how.find("where"); where != above.how.end())
    ratio.how["where"] = where->second;
  return ratio;
}

/// The quantity that a comparison is of, there or added.
core::Reported& compared_quantity(const CompareRequest& compare, const std::string& where,
                                  std::vector<core::Reported>& quantities) {
  core::Reported* found = find_told(quantities, compare.quantity, where);
  if (compare.over.empty()) {
    if (found) return *found;
    return quantities.emplace_back(not_there(compare.quantity, where));
  }
  const core::Reported* below = find_told(quantities, compare.over, where);
  const std::string name = compare.quantity + " / " + compare.over;
  return quantities.emplace_back(found && below ? quotient(name, *found, *below)
                                                : not_there(name, where));
}

}  // namespace

bool holds(const std::vector<AxisValue>& axes, const std::vector<AxisValue>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const AxisValue& w) {
    const AxisValue* axis = find_axis(axes, w.name);
    return axis && axis->text == w.text;
  });
}

std::pair<std::string, std::string> split_of(const std::string& of) {
  const auto dot = of.find('.');
  return {of.substr(0, dot), dot == std::string::npos ? std::string() : of.substr(dot + 1)};
}

void attach_reference(core::Reported& quantity, const core::Reference& reference, const Plan& plan,
                      const std::string& stage, const std::vector<AxisValue>& axes) {
  quantity.reference = reference;
  quantity.reference->differs =
      differing_conditions(reference, rate_of(plan, stage, axes), quantity.state);
}

void attach_references(const Plan& plan, std::vector<core::Reported>& quantities,
                       const std::vector<GatheredBranch>& branches) {
  const auto groups = group_replicas(branches);
  for (const auto& compare : plan.compares) {
    const std::string stage = split_of(compare.quantity).first;
    for (const auto& group : groups)
      if (group.stage == stage && lies_at(group.axes, compare))
        attach_reference(compared_quantity(compare, axes_text(group.axes), quantities),
                         compare.reference, plan, stage, group.axes);
  }
}

}  // namespace vitreous::study
