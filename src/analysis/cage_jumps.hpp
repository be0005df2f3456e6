// Jumps of atoms out of their cages: every event, how often and how far they go, and the diffusion
// that they make. What a jump is: cage_jump_detector.hpp. Jumps are searched for at the end, in the
// means and variances over parts of windows that were gathered on the way: the threshold needs
// <u^2>, which in situ is known last, and the same parts serve other windows and thresholds.
#pragma once

#include <optional>

#include "analysis/jump_search.hpp"
#include "analysis/msd.hpp"

namespace vitreous::analysis {

class CageJumps : public Observer {
 public:
  static constexpr bool from_positions = true;
  static core::Declaration declaration();
  CageJumps(const core::Options& options, const Setting& setting);

  std::vector<std::int64_t> frame_steps() const override;
  std::vector<std::int64_t> lags() const override { return msd_.lags(); }
  void prepare(const OriginPlan& plan) override { msd_.prepare(plan); }
  void observe(const core::Frame& frame) override;
  void observe_pair(const Pair& pair) override { msd_.observe_pair(pair); }
  core::Result result() const override;
  void continue_from(const Observer& shorter) override;
  void transfer(core::Archive& archive) override;

 private:
  /// The MSD at its inflection, as it was measured or as it follows from the u2 that was given.
  struct Cage {
    double msd = 0.0;  ///< A^2; 0 where it is not known
    std::string told;  ///< how it is known, or why it is not
    Inflection measured;
  };

  Cage cage() const;
  core::Reported u2(const Cage& cage) const;
  std::map<std::string, std::string> how(const Cage& cage, const JumpSearch& search) const;
  double u2_share() const { return analysis::u2_share(convention_, layer_ ? 2 : 3); }
  JumpWindows windows() const {
    return {setting_, plan_, sums_, kind_, layer_ ? &*layer_ : nullptr};
  }

  Setting setting_;
  double window_;             ///< ps
  std::optional<double> u2_;  ///< A^2, where it was given
  std::size_t convention_;    ///< of u2
  std::optional<WindowLayer> layer_;
  WindowPlan plan_;
  WindowSums sums_;
  std::vector<std::int32_t> kind_;  ///< of each atom
  Msd msd_;  ///< of the same atoms: tells <u^2>, the D that jumps are compared with, and the state
             ///< of the run
};

}  // namespace vitreous::analysis
