// How often atoms jump, how far, and the diffusion that this makes, with errors from the run's own
// scatter in time.
#pragma once

#include <utility>
#include <vector>

#include "analysis/cage_jump_detector.hpp"
#include "analysis/species_rows.hpp"
#include "math/statistics.hpp"

namespace vitreous::analysis {

/// One jump a ps, in 1/ns.
inline constexpr double per_ns = 1000.0;

/// What a row of species does. An estimate without degrees of freedom stands for none.
struct JumpEstimates {
  std::size_t jumps = 0;
  math::Estimate rate;       ///< jumps an atom and ps
  math::Estimate length;     ///< mean length of the jumps within one window, A
  math::Estimate l_squared;  ///< <l^2> of all jumps, A^2
  math::Estimate D;          ///< rate <l^2>/(2 d), A^2/ps
};

/// Jumps are counted by the window that they begin in: the series in time from which means get
/// their errors (math::correlated_mean), atoms that move together included. A jump of p flagged
/// windows is seen at fewer places of a run than a short one, and weighs more by that.
class JumpTally {
 public:
  static constexpr std::size_t fewest_places = 8;  ///< of windows to begin in, for an error
  static constexpr std::size_t fewest_jumps = 3;

  /// A run of so many half windows, each of `half_window` ps. `always`: atoms of each kind that
  /// could begin a jump in any of them; jumps are vectors in so many dimensions.
  JumpTally(std::size_t halves, double half_window, const std::vector<double>& always,
            int dimensions);

  /// Whether a run of so many half windows is long enough.
  static bool holds(std::size_t halves);

  void add(std::size_t kind, const CageJump& jump);
  /// One more atom that could begin a jump in the window `windows_beside` + `place`.
  void add_member(std::size_t kind, std::size_t place) { members_[kind][place] += 1.0; }
  std::size_t places() const { return members_.front().size(); }

  /// Of as many atoms of each kind as could begin a jump in a window, on the average.
  std::vector<SpeciesRow> rows(const Setting& setting) const;
  /// In which a jump of one flagged window could begin, ps.
  double time() const { return half_window_ * static_cast<double>(places()); }
  JumpEstimates estimates(const SpeciesRow& row) const;
  /// Jumps an atom and ps in the first and in the second half of the run: whether it drifts.
  std::pair<double, double> rates_of_halves(const SpeciesRow& row) const;

 private:
  /// Sums over the jumps that begin in a window.
  struct Sums {
    double jumps = 0.0, l_squared = 0.0, single = 0.0, single_length = 0.0;
  };

  std::vector<double> series(const SpeciesRow& row, double Sums::*member) const;
  std::vector<double> members(const SpeciesRow& row) const;

  std::size_t windows_;
  double half_window_;
  int dimensions_;
  std::vector<std::size_t> jumps_;  ///< of each kind
  std::vector<std::size_t> single_;
  std::vector<std::vector<Sums>> sums_;       ///< [kind][place]
  std::vector<std::vector<double>> members_;  ///< [kind][place], atoms that could begin a jump
};

}  // namespace vitreous::analysis
