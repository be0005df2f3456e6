// Hops of atoms between the inherent structures of successive moments, and what they cost: energies
// before and after, and the barriers on the paths that single atoms took. Thermal motion within a
// minimum is no part of them, and neither are cage jumps that take longer than the moments are
// apart (cage_jumps.hpp sees those).
#pragma once

#include <memory>
#include <optional>

#include "analysis/coordination.hpp"
#include "analysis/layer_choice.hpp"
#include "analysis/observer.hpp"
#include "analysis/waiting_hops.hpp"

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
  /// Where frames or hops wait that are enough to keep all cores busy, or any behind the last
  /// frame.
  bool has_work() const override { return has_frames_to_minimize() || has_hops_to_follow(); }
  void work() override;
  core::Result result() const override;
  void continue_from(const Observer& shorter) override;
  void transfer(core::Archive& archive) override;

 private:
  /// A frame whose minimum is not sought yet.
  struct SeenFrame {
    double time = 0.0;         ///< ps
    double temperature = 0.0;  ///< K; 0 where velocities are not known
    core::Box box;
    core::Atoms atoms;
    void transfer(core::Archive& archive);
  };
  /// What becomes of it.
  struct MinimizedFrame {
    std::vector<double> energy;  ///< of each atom before, eV
    /// Its minimum, and that of the frame before in the same box; none of the first frame.
    SharedStructure now, before;
  };

  bool has_seen_last() const { return log_.moments() + frames_.size() == steps_.size(); }
  bool has_frames_to_minimize() const;
  bool has_hops_to_follow() const;
  /// Side by side over the cores; each minimum depends on its frame alone.
  void minimize_frames();
  void transfer_frames(core::Archive& archive);
  void add_moment(const SeenFrame& frame, const MinimizedFrame& minimized);
  std::vector<char> looked_at(const InherentStructure& structure) const;
  void find_hops(const SharedStructure& before, const SharedStructure& after, HopMoment& moment);
  /// The first minima of g(r) of the first structure, where none were given and it has enough
  /// pairs.
  void find_cutoffs(const InherentStructure& structure);
  /// Has as many of them wait as the run may still follow at this moment, drawn at random.
  void choose_paths(std::vector<SoughtHop> hops);

  Setting setting_;
  std::int64_t spacing_;  ///< steps
  std::vector<std::int64_t> steps_;
  double distance_, radius_;          ///< A
  std::optional<LayerChoice> layer_;  ///< in which hops begin
  double temperature_;                ///< K; 0 where the velocities tell it
  std::int64_t most_paths_;
  PairCutoffs cutoffs_;  ///< of neighbors; empty where they are not known

  std::vector<std::unique_ptr<engine::Forces>> forces_;  ///< of each frame of a piece of work
  std::unique_ptr<HopPaths> paths_;
  std::vector<SeenFrame> frames_;
  SharedStructure last_;  ///< that of the last moment
  WaitingHops waiting_;
  HopLog log_;
};

}  // namespace vitreous::analysis
