// What is kept of hops between inherent structures: every structure's energy, every hop, and the
// paths of those that were followed.
#pragma once

#include <optional>
#include <vector>

#include "analysis/hop_paths.hpp"
#include "core/grown.hpp"

namespace vitreous::analysis {

/// A moment: energies are eV an atom.
struct HopMoment {
  double time = 0.0;                                ///< ps
  double temperature = 0.0;                         ///< K; 0 where velocities are not known
  double energy = 0.0, inherent = 0.0;              ///< potential, of all atoms
  double layer_energy = 0.0, layer_inherent = 0.0;  ///< of those looked at
  double atoms = 0.0;                               ///< looked at since the structure before
  double hops = 0.0;                                ///< of these
  double converged = 1.0;                           ///< 0 where the structure did not come to rest
};

struct Hop {
  double moment = 0.0;  ///< index of the one it ended at
  double atom = 0.0;    ///< its id
  double kind = 0.0;
  double length = 0.0;                                           ///< A
  double dE_atom = 0.0, dE_sphere = 0.0;                         ///< eV
  double coordination_before = -1.0, coordination_after = -1.0;  ///< -1 where it is not known
};

class HopLog {
 public:
  std::size_t moments() const { return moments_.size() / numbers_a_moment; }
  HopMoment moment(std::size_t k) const;
  std::vector<HopMoment> all_moments() const;
  std::size_t hops() const { return hops_.size() / numbers_a_hop; }
  std::vector<Hop> all_hops() const;
  /// Paths of hops, in the order in which they were sought, and which hop each is of.
  const std::vector<HopPath>& paths() const { return paths_; }
  const std::vector<std::int64_t>& hop_of_path() const { return hop_of_path_; }

  void add(const HopMoment& moment);
  void add(const Hop& hop);
  void add(std::int64_t hop, const HopPath& path);
  void transfer(core::Archive& archive);

 private:
  static constexpr std::size_t numbers_a_moment = 9, numbers_a_hop = 8;

  std::vector<double> moments_;
  core::Grown hops_;
  std::vector<std::int64_t> hop_of_path_;
  std::vector<HopPath> paths_;
};

}  // namespace vitreous::analysis
