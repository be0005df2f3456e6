#include "models/nanomold/crystallization.hpp"

#include <algorithm>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <numbers>

namespace vitreous::models::nanomold {

double onset_share(const CrystallizationTime& law, double root, double time) {
  const double decades = std::log10(law.tau_0 / time);
  return decades <= 0.0 ? root : root + law.width * std::sqrt(decades);
}

std::optional<Crystalline> crystalline_part(const CompositionProfile& profile,
                                            const CrystallizationTime& law, double time,
                                            Exposure exposure) {
  // log10 of exposure over tau_cry: crystalline above zero.
  const auto excess = [&](double zeta) {
    const double off = (profile.at(zeta) - profile.input.root) / law.width;
    const double exposed = exposure == Exposure::experiment ? time : time * (1.0 - zeta * zeta);
    return std::log10(std::max(exposed / law.tau_0, 1e-300)) + off * off;
  };
  const auto root = [&](double low, double high) {
    std::uintmax_t iterations = 100;
    const auto ends = boost::math::tools::toms748_solve(
        excess, low, high, boost::math::tools::eps_tolerance<double>(45), iterations);
    return 0.5 * (ends.first + ends.second);
  };
  const int pieces = 1000;
  std::optional<Crystalline> part;
  double before = 0.0;
  for (int k = 0; k <= pieces; ++k) {
    const double zeta = double(k) / pieces;
    const bool crystalline = excess(zeta) >= 0.0;
    if (crystalline && !part) {
      part = Crystalline{k == 0 ? 0.0 : root(before, zeta), 1.0, 0.0};
      part->share = profile.at(part->from);
    }
    if (!crystalline && part) {
      part->to = root(before, zeta);
      break;
    }
    before = zeta;
  }
  return part;
}

}  // namespace vitreous::models::nanomold
