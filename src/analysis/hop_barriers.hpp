// Barriers of many hops, and what they are together.
#pragma once

#include <string>
#include <vector>

#include "analysis/hop_log.hpp"
#include "core/result.hpp"
#include "math/statistics.hpp"

namespace vitreous::analysis {

/// E with exp(-E/kB T) = <exp(-E_i/kB T)>: the barrier that one way would need to be as fast as all
/// of them side by side (Annamareddy et al. 2021, section 3). Its error follows from that of the
/// mean, with barriers of one group taken as one. `T` in K, barriers in eV; two groups are needed.
math::Estimate parallel_mean(const std::vector<double>& barriers,
                             const std::vector<std::int64_t>& group, double temperature);

class HopBarriers {
 public:
  /// At this temperature (K); where it is 0, at the mean of the moments'.
  HopBarriers(const HopLog& log, double temperature);

  std::size_t found() const { return forward_.size(); }
  std::vector<core::Reported> quantities(const std::map<std::string, std::string>& how) const;
  /// Densities of forward and reverse barriers (1/eV), in bins of 0.05 eV.
  core::Table histogram() const;

 private:
  std::string counts() const;

  double temperature_ = 0.0;  ///< K; 0 where it is not known
  std::vector<double> forward_, reverse_;
  std::vector<std::int64_t> atom_;     ///< whose barrier each is
  std::vector<std::int64_t> fallen_;   ///< atoms of collapsed hops
  std::vector<std::size_t> outcomes_;  ///< how many there were of each
};

}  // namespace vitreous::analysis
