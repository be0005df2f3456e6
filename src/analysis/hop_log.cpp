#include "analysis/hop_log.hpp"

#include <array>

namespace vitreous::analysis {

HopMoment HopLog::moment(std::size_t k) const {
  const double* n = &moments_[k * numbers_a_moment];
  return {n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8]};
}

std::vector<HopMoment> HopLog::all_moments() const {
  std::vector<HopMoment> all;
  for (std::size_t k = 0; k < moments(); ++k) all.push_back(moment(k));
  return all;
}

std::vector<Hop> HopLog::all_hops() const {
  std::vector<float> numbers(hops_.size());
  hops_.read(0, numbers);
  std::vector<Hop> all;
  for (std::size_t k = 0; k < hops(); ++k) {
    const float* n = &numbers[k * numbers_a_hop];
    all.push_back({n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]});
  }
  return all;
}

void HopLog::add(const HopMoment& m) {
  for (const double number : {m.time, m.temperature, m.energy, m.inherent, m.layer_energy,
                              m.layer_inherent, m.atoms, m.hops, m.converged})
    moments_.push_back(number);
}

void HopLog::add(const Hop& hop) {
  std::array<float, numbers_a_hop> numbers{};
  std::size_t k = 0;
  for (const double number : {hop.moment, hop.atom, hop.kind, hop.length, hop.dE_atom,
                              hop.dE_sphere, hop.coordination_before, hop.coordination_after})
    numbers[k++] = static_cast<float>(number);
  hops_.append(numbers);
}

void HopLog::add(std::int64_t hop, const HopPath& path) {
  hop_of_path_.push_back(hop);
  paths_.push_back(path);
}

void HopLog::transfer(core::Archive& archive) {
  archive.transfer("moments", moments_);
  hops_.transfer(archive, "hops");
  archive.transfer("hop_of_path", hop_of_path_);
  transfer_paths(archive, paths_);
}

}  // namespace vitreous::analysis
