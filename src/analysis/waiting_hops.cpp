#include "analysis/waiting_hops.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace vitreous::analysis {
namespace {

/// Where it stands among those that were met, to which it is added if it is new.
std::int64_t index_among(std::vector<SharedStructure>& met, const SharedStructure& structure) {
  const auto at = std::find(met.begin(), met.end(), structure);
  const std::int64_t index = at - met.begin();
  if (at == met.end()) met.push_back(structure);
  return index;
}

}  // namespace

void WaitingHops::follow(HopPaths& paths, double seconds, HopLog& log) {
  paths.find(hops_, seconds);
  const auto open =
      std::find_if(hops_.begin(), hops_.end(), [](const SoughtHop& hop) { return !hop.path; });
  for (auto hop = hops_.begin(); hop != open; ++hop) log.add(hop->hop, *hop->path);
  hops_.erase(hops_.begin(), open);
}

void WaitingHops::transfer(core::Archive& archive) {
  std::vector<std::int64_t> jumper, hop;
  for (const SoughtHop& sought : hops_) {
    jumper.push_back(sought.jumper);
    hop.push_back(sought.hop);
  }
  archive.transfer("jumpers", jumper);
  archive.transfer("hop_of_jumper", hop);
  hops_.resize(jumper.size());
  for (std::size_t k = 0; k < hops_.size(); ++k) {
    hops_[k].jumper = jumper[k];
    hops_[k].hop = hop.at(k);
  }
  if (hops_.empty()) return;
  transfer_structures(archive);
  transfer_found(archive);
}

/// Each once, however many hops share it.
void WaitingHops::transfer_structures(core::Archive& archive) {
  std::vector<SharedStructure> met;
  std::vector<std::int64_t> before, after;
  if (!archive.loading())
    for (const SoughtHop& hop : hops_) {
      before.push_back(index_among(met, hop.before));
      after.push_back(index_among(met, hop.after));
    }
  archive.transfer("before_jump", before);
  archive.transfer("after_jump", after);
  auto count = static_cast<std::int64_t>(met.size());
  archive.transfer("structures", count);
  met.resize(static_cast<std::size_t>(count));
  for (std::size_t k = 0; k < met.size(); ++k) {
    const core::Archive::Group group(archive, "structure" + std::to_string(k));
    transfer_structure(archive, met[k]);
  }
  if (!archive.loading()) return;
  for (std::size_t k = 0; k < hops_.size(); ++k) {
    hops_[k].before = met.at(static_cast<std::size_t>(before.at(k)));
    hops_[k].after = met.at(static_cast<std::size_t>(after.at(k)));
  }
}

void WaitingHops::transfer_found(core::Archive& archive) {
  std::vector<std::int64_t> place;
  std::vector<HopPath> found;
  if (!archive.loading())
    for (std::size_t k = 0; k < hops_.size(); ++k)
      if (hops_[k].path) {
        place.push_back(static_cast<std::int64_t>(k));
        found.push_back(*hops_[k].path);
      }
  archive.transfer("found", place);
  transfer_paths(archive, found);
  for (std::size_t k = 0; k < place.size(); ++k)
    hops_.at(static_cast<std::size_t>(place[k])).path = found.at(k);
}

}  // namespace vitreous::analysis
