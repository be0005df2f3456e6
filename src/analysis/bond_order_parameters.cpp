#include "analysis/bond_order_parameters.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "math/wigner_3j.hpp"

namespace vitreous::analysis {
namespace {

/// Rounding leaves some 1e-16 of a q_lm that symmetry forbids.
constexpr double vanishing_q = 1e-12;

/// In how many orders three numbers can stand.
double orders(int a, int b, int c) {
  if (a == b && b == c) return 1.0;
  return a == b || b == c || a == c ? 3.0 : 6.0;
}

}  // namespace

BondOrderParameters::BondOrderParameters(int l) : l_(l) {
  for (int m1 = -l; m1 <= l; ++m1)
    for (int m2 = -l; m2 <= m1; ++m2) {
      const int m3 = -m1 - m2;
      if (m3 > m2 || m3 < -l) continue;
      triples_.push_back({m1, m2, m3, orders(m1, m2, m3) * math::wigner_3j(l, m1, m2)});
    }
}

std::complex<double> BondOrderParameters::component(const Components& q, int m) const {
  const auto positive = q[static_cast<std::size_t>(std::abs(m))];
  if (m >= 0) return positive;
  return (m % 2 == 0 ? 1.0 : -1.0) * std::conj(positive);
}

double BondOrderParameters::third_order(const Components& q) const {
  std::complex<double> sum = 0.0;  // real: with every triple stands its negative
  for (const Triple& t : triples_)
    sum += t.symbol * component(q, t.m1) * component(q, t.m2) * component(q, t.m3);
  return sum.real();
}

std::optional<BondOrderValues> BondOrderParameters::of(const std::vector<Bond>& bonds) const {
  const auto l = static_cast<unsigned>(l_);
  Components q(l + 1);
  double weight = 0.0;
  int counted = 0;
  for (const Bond& bond : bonds) {
    if (!(bond.weight > 0.0)) continue;
    ++counted;
    weight += bond.weight;
    const math::Vec3& r = bond.separation;
    const double theta = std::atan2(std::hypot(r.x, r.y), r.z), phi = std::atan2(r.y, r.x);
    for (unsigned m = 0; m <= l; ++m)
      q[m] += std::polar(bond.weight, m * phi) * std::sph_legendre(l, m, theta);
  }
  if (counted < 2) return std::nullopt;
  double square = 0.0;
  for (unsigned m = 0; m <= l; ++m) {
    q[m] /= weight;
    square += (m == 0 ? 1.0 : 2.0) * std::norm(q[m]);
  }
  BondOrderValues values;
  values.q = std::sqrt(4.0 * std::numbers::pi / (2.0 * l_ + 1.0) * square);
  if (values.q > vanishing_q) values.w_hat = third_order(q) / std::pow(square, 1.5);
  return values;
}

}  // namespace vitreous::analysis
