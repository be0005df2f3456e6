// Radial distribution functions: of every pair of kinds, and of all atoms.
//   g_ab(r) = V n_ab(r) / (N_a N_b 4 pi r^2 dr), n_ab the pairs of an a with a b at a distance in
//   [r, r + dr); for a = b, and for all atoms, N (N - 1)/2 pairs take the place of N_a N_b.
// Each frame is normalized with its own box's volume. 1 in an ideal gas.
#pragma once

#include "analysis/frame_sums.hpp"
#include "analysis/pair_distances.hpp"

namespace vitreous::analysis {

class Rdf : public Observer {
 public:
  static constexpr bool from_positions = true;
  static core::Declaration declaration();
  Rdf(const core::Options& options, const Setting& setting);

  std::vector<std::int64_t> frame_steps() const override { return sums_.plan().steps; }
  void observe(const core::Frame& frame) override;
  core::Result result() const override;
  void continue_from(const Observer& shorter) override;
  void transfer(core::Archive& archive) override;

 private:
  std::string pair_name(std::size_t a, std::size_t b) const;
  void add(std::size_t curve, double scale, const std::vector<std::size_t>& pairs);
  void append(core::Table& table, std::size_t curve, const std::string& name) const;

  Setting setting_;
  DistanceBins bins_;
  PairDistances distances_;
  FrameSums sums_;  ///< channels [curve][bin]; the last curve is that of all atoms
};

}  // namespace vitreous::analysis
