#include "engine/native/nose_hoover_chain.hpp"

#include <array>
#include <cmath>

namespace vitreous::engine {
namespace {

double link_mass(const ChainTarget& target, std::size_t k) {
  return (k == 0 ? target.freedom : 1.0) * target.kT * target.damping * target.damping;
}

/// The acceleration of link k: the first feels the particles, the others the link before.
double link_push(const Chain& chain, const ChainTarget& target, double twice_kinetic,
                 std::size_t k) {
  if (k == 0) return (twice_kinetic - target.freedom * target.kT) / link_mass(target, 0);
  const double before = chain.velocity[k - 1];
  return (link_mass(target, k - 1) * before * before - target.kT) / link_mass(target, k);
}

/// Pushes link k for `time` while the next link brakes it.
void push_link(Chain& chain, const ChainTarget& target, double twice_kinetic, std::size_t k,
               double time) {
  const bool last = k + 1 == chain.velocity.size();
  const double brake = last ? 1.0 : std::exp(-0.5 * time * chain.velocity[k + 1]);
  const double push = link_push(chain, target, twice_kinetic, k);
  chain.velocity[k] = (chain.velocity[k] * brake + time * push) * brake;
}

/// One palindromic sub-step: links from the end to the front, particles, links back to the end.
double advance_once(Chain& chain, const ChainTarget& target, double& twice_kinetic, double time) {
  const std::size_t links = chain.velocity.size();
  for (std::size_t k = links; k-- > 0;) push_link(chain, target, twice_kinetic, k, 0.5 * time);
  const double scale = std::exp(-time * chain.velocity[0]);
  twice_kinetic *= scale * scale;
  for (std::size_t k = 0; k < links; ++k) chain.position[k] += time * chain.velocity[k];
  for (std::size_t k = 0; k < links; ++k) push_link(chain, target, twice_kinetic, k, 0.5 * time);
  return scale;
}

}  // namespace

double advance_chain(Chain& chain, const ChainTarget& target, double twice_kinetic, double time) {
  // Suzuki 1990, Yoshida 1990: three sub-steps whose errors of second order cancel.
  static const double outer = 1.0 / (2.0 - std::cbrt(2.0));
  static const std::array<double, 3> weights = {outer, 1.0 - 2.0 * outer, outer};
  double scale = 1.0;
  for (const double weight : weights)
    scale *= advance_once(chain, target, twice_kinetic, weight * time);
  return scale;
}

double chain_energy(const Chain& chain, const ChainTarget& target) {
  double energy = 0.0;
  for (std::size_t k = 0; k < chain.velocity.size(); ++k) {
    const double v = chain.velocity[k];
    energy += 0.5 * link_mass(target, k) * v * v;
    energy += (k == 0 ? target.freedom : 1.0) * target.kT * chain.position[k];
  }
  return energy;
}

}  // namespace vitreous::engine
