// Steinhardt's bond-orientational order parameters of one atom and its neighbors.
#pragma once

#include <complex>
#include <optional>
#include <vector>

#include "math/vec3.hpp"

namespace vitreous::analysis {

/// A neighbor's direction (of any length) and how much it counts.
struct Bond {
  math::Vec3 separation;
  double weight = 1.0;
};

struct BondOrderValues {
  double q = 0.0;                 ///< from 0 to 1
  std::optional<double> w_hat{};  ///< empty where all q_lm vanish, as for l = 4 in an icosahedron
};

/// Of one degree l:
///   q_lm = sum_j w_j Y_lm(r_j) / sum_j w_j,  q_l = sqrt(4 pi/(2l+1) sum_m |q_lm|^2),
///   w^_l = sum (l l l; m1 m2 m3) q_lm1 q_lm2 q_lm3 / (sum_m |q_lm|^2)^(3/2), m1 + m2 + m3 = 0.
/// Steinhardt, Nelson and Ronchetti, Phys. Rev. B 28, 784 (1983); weights: Mickel, Kapfer,
/// Schroeder-Turk and Mecke, J. Chem. Phys. 138, 044501 (2013).
class BondOrderParameters {
 public:
  explicit BondOrderParameters(int l);
  /// Empty where fewer than two neighbors count.
  std::optional<BondOrderValues> of(const std::vector<Bond>& bonds) const;

 private:
  struct Triple {
    int m1, m2, m3;
    double symbol;  ///< 3j, times how often the triple occurs in another order
  };
  using Components = std::vector<std::complex<double>>;  ///< q_lm, m = 0 ... l

  std::complex<double> component(const Components& q, int m) const;
  double third_order(const Components& q) const;

  int l_;
  std::vector<Triple> triples_;  ///< m1 >= m2 >= m3
};

}  // namespace vitreous::analysis
