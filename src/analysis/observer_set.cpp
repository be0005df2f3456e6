#include "analysis/observer_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>

#include "analysis/finite_size.hpp"
#include "analysis/observer_label.hpp"
#include "base/error.hpp"

namespace vitreous::analysis {
namespace {

bool contains(const std::vector<std::int64_t>& steps, std::int64_t step) {
  return std::binary_search(steps.begin(), steps.end(), step);
}

void sort_unique(std::vector<std::int64_t>& steps) {
  std::sort(steps.begin(), steps.end());
  steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
}

const core::Declaration& declaration_of(const std::string& kind) {
  std::vector<std::string> names;
  for (const auto& declaration : observer_declarations()) {
    if (declaration.name == kind) return declaration;
    names.push_back(declaration.name);
  }
  const std::string nearest = base::nearest_name(kind, names);
  throw base::InputError(
      fmt::format("no observer is called \"{}\"", kind), "`vitreous list observers` lists them",
      nearest.empty() ? std::vector<std::string>{} : std::vector<std::string>{nearest});
}

}  // namespace

const core::Declaration& check_request(const ObserverRequest& request) {
  const core::Declaration& declaration = declaration_of(request.kind);
  core::parse_options(declaration, request.options);
  return declaration;
}

struct ObserverSet::Member {
  std::string kind;
  std::string label;  ///< the kind, numbered from its second observer on
  std::unique_ptr<Observer> observer;
  std::vector<std::int64_t> steps;   ///< of `observe`
  std::vector<std::int64_t> lags;    ///< of `observe_pair`
  std::vector<std::size_t> own_lag;  ///< of each of the plan's lags; `none` where it is not wanted

  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
};

ObserverSet::ObserverSet(ObserverSet&&) noexcept = default;
ObserverSet& ObserverSet::operator=(ObserverSet&&) noexcept = default;
ObserverSet::~ObserverSet() = default;

ObserverSet::ObserverSet(const Setting& setting, const std::vector<ObserverRequest>& requests,
                         const std::vector<ObserverRequest>& beside)
    : setting_(setting) {
  std::map<std::string, int> seen;
  for (const auto& request : beside) ++seen[request.kind];
  for (const auto& request : requests) {
    const auto& declaration = declaration_of(request.kind);
    auto member = std::make_unique<Member>();
    member->kind = request.kind;
    member->label = observer_label(request.kind, ++seen[request.kind]);
    member->observer =
        make_observer(request.kind, core::parse_options(declaration, request.options), setting);
    member->steps = member->observer->frame_steps();
    member->lags = member->observer->lags();
    steps_.insert(steps_.end(), member->steps.begin(), member->steps.end());
    members_.push_back(std::move(member));
  }
  share_origins();
  sort_unique(steps_);
}

void ObserverSet::share_origins() {
  std::vector<std::int64_t> lags;
  for (const auto& member : members_)
    lags.insert(lags.end(), member->lags.begin(), member->lags.end());
  if (lags.empty()) return;
  sort_unique(lags);
  std::size_t atoms = 0;
  for (const std::size_t count : setting_.counts) atoms += count;
  origins_ = OriginStore(OriginPlan::make(setting_.timeline, lags, atoms), setting_);
  steps_.insert(steps_.end(), origins_.frame_steps().begin(), origins_.frame_steps().end());
  for (const auto& member : members_) {
    for (const std::int64_t lag : lags) {
      const auto at = std::lower_bound(member->lags.begin(), member->lags.end(), lag);
      const bool wanted = at != member->lags.end() && *at == lag;
      member->own_lag.push_back(wanted ? static_cast<std::size_t>(at - member->lags.begin())
                                       : Member::none);
    }
    if (!member->lags.empty()) member->observer->prepare(origins_.plan());
  }
}

std::int64_t ObserverSet::next_step(std::int64_t after) const {
  const auto next = std::upper_bound(steps_.begin(), steps_.end(), after);
  return next == steps_.end() ? std::numeric_limits<std::int64_t>::max() : *next;
}

bool ObserverSet::needs_thermo_at(std::int64_t step) const {
  return std::any_of(members_.begin(), members_.end(), [&](const auto& member) {
    return member->observer->needs_thermo() && contains(member->steps, step);
  });
}

bool ObserverSet::needs_velocities_at(std::int64_t step) const {
  return std::any_of(members_.begin(), members_.end(), [&](const auto& member) {
    return member->observer->needs_velocities() && contains(member->steps, step);
  });
}

std::string ObserverSet::needs_forces() const {
  for (const auto& member : members_)
    if (member->observer->needs_forces()) return member->kind;
  return {};
}

bool ObserverSet::has_work() const {
  return std::any_of(members_.begin(), members_.end(),
                     [](const auto& member) { return member->observer->has_work(); });
}

void ObserverSet::work() {
  for (const auto& member : members_)
    if (member->observer->has_work()) return member->observer->work();
}

void ObserverSet::take(const core::Frame& frame) {
  for (const auto& member : members_)
    if (contains(member->steps, frame.step)) member->observer->observe(frame);
  origins_.take(frame, [this](const Pair& pair) {
    for (const auto& member : members_) {
      const std::size_t own = member->own_lag[pair.lag];
      if (own == Member::none) continue;
      member->observer->observe_pair(
          {pair.origin, pair.now, own, pair.group, pair.begin, pair.distance2});
    }
  });
}

core::Result ObserverSet::result() const {
  core::Result all;
  for (const auto& member : members_) {
    core::Result one = member->observer->result();
    const bool numbered = member->label != member->kind;
    for (auto& table : one.tables) {
      if (numbered) table.name = member->label + table.name.substr(member->kind.size());
      all.tables.push_back(std::move(table));
    }
    for (auto& quantity : one.quantities) {
      if (numbered) quantity.name = member->label + "." + quantity.name;
      all.quantities.push_back(std::move(quantity));
    }
  }
  add_infinite_system(all);
  return all;
}

void ObserverSet::continue_from(const ObserverSet& shorter) {
  origins_.continue_from(shorter.origins_);
  for (std::size_t i = 0; i < members_.size(); ++i)
    members_[i]->observer->continue_from(*shorter.members_.at(i)->observer);
}

void ObserverSet::transfer(core::Archive& archive) {
  std::string labels;
  for (const auto& member : members_) labels += member->label + " ";
  const std::string expected = labels;
  archive.transfer("observers", labels);
  if (labels != expected)
    throw base::RunError(
        fmt::format("the saved observers ({}) are others than these ({})", labels, expected));
  origins_.transfer(archive);
  for (std::size_t i = 0; i < members_.size(); ++i) {
    const core::Archive::Group group(archive, "observer" + std::to_string(i));
    members_[i]->observer->transfer(archive);
  }
}

}  // namespace vitreous::analysis
