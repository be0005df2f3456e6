// Hops of atoms between the inherent structures of successive moments, and what they cost: energies
// before and after, and the barriers on the paths that single atoms took. Thermal motion within a
// minimum is no part of them, and neither are cage jumps that take longer than the moments are
// apart (cage_jumps.hpp sees those).
#pragma once

#include <memory>
#include <optional>

#include "analysis/coordination.hpp"
#include "analysis/hop_log.hpp"
#include "analysis/layer_choice.hpp"
#include "analysis/observer.hpp"

namespace vitreous::analysis {

class Hops : public Observer {
 public:
  static constexpr bool from_positions = true;
  static core::Declaration declaration();
  Hops(const core::Options& options, const Setting& setting);

  std::vector<std::int64_t> frame_steps() const override { return steps_; }
  bool needs_forces() const override { return true; }
  double evaluations() const override;
  void observe(const core::Frame& frame) override;
  /// Hops of the last frame whose paths are to be followed.
  bool has_work() const override { return !jumpers_.empty(); }
  void work() override;
  core::Result result() const override;
  void continue_from(const Observer& shorter) override;
  void transfer(core::Archive& archive) override;

 private:
  std::vector<char> looked_at(const InherentStructure& structure) const;
  void find_hops(HopMoment& moment);
  /// The first minima of g(r) of the first structure, where none were given and it has enough
  /// pairs.
  void find_cutoffs();
  /// As many of the hops as the run may still follow at this moment, drawn at random.
  void choose_paths(std::vector<std::int64_t> hops, std::vector<std::int64_t> atoms);

  Setting setting_;
  std::int64_t spacing_;  ///< steps
  std::vector<std::int64_t> steps_;
  double distance_, radius_;          ///< A
  std::optional<LayerChoice> layer_;  ///< in which hops begin
  double temperature_;                ///< K; 0 where the velocities tell it
  std::int64_t most_paths_;
  PairCutoffs cutoffs_;  ///< of neighbors; empty where they are not known

  std::unique_ptr<engine::Forces> forces_;
  std::unique_ptr<HopPaths> paths_;
  InherentStructure before_, after_;
  /// Those of the last moment's hops whose paths are not followed yet: which hop, which atom.
  std::vector<std::int64_t> hop_of_jumper_, jumpers_;
  HopLog log_;
};

}  // namespace vitreous::analysis
