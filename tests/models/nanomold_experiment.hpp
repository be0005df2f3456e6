// Lengths of wires as the published experiment would find them, with and without noise.
#pragma once

#include "base/random.hpp"
#include "models/nanomold/lengths.hpp"
#include "models/nanomold/mobility_fit.hpp"
#include "nanomold_fixture.hpp"

namespace vitreous::test {

/// How Liu et al. (2023) molded Ni45Pd35P16B4.
inline std::vector<models::nanomold::Conditions> published_moldings() {
  return {{celsius(327), 1e9, 300},      {celsius(317), 1e9, 300},   {celsius(307), 2e9, 900},
          {celsius(297), 1.25e9, 36000}, {celsius(287), 2e9, 36000}, {celsius(277), 2e9, 36000},
          {celsius(267), 2e9, 36000}};
}

/// Wires of these diameters (nm) with errors of `relative` times their length, and noise of that
/// size where a stream is given.
inline std::vector<models::nanomold::WireLength> molded(const models::nanomold::Parameters& alloy,
                                                        const models::nanomold::Conditions& c,
                                                        const std::vector<double>& diameters_nm,
                                                        double relative,
                                                        base::RandomStream* noise = nullptr) {
  std::vector<models::nanomold::WireLength> wires;
  for (const double nm : diameters_nm) {
    const double exact = models::nanomold::lengths(alloy, nm * 1e-9, c).total;
    const double L = noise ? exact * (1.0 + relative * noise->normal()) : exact;
    wires.push_back({nm * 1e-9, L, relative * exact, c.p, c.t});
  }
  return wires;
}

inline std::vector<models::nanomold::WiresAt> molded_at_all(
    const models::nanomold::Parameters& alloy, const std::vector<double>& diameters_nm,
    double relative, base::RandomStream* noise = nullptr) {
  std::vector<models::nanomold::WiresAt> all;
  for (const auto& c : published_moldings())
    all.push_back({c.T, molded(alloy, c, diameters_nm, relative, noise)});
  return all;
}

inline const std::vector<double> mold_diameters_nm = {10, 13,  18,  25,  35, 50,
                                                      80, 120, 160, 200, 250};

}  // namespace vitreous::test
