// A potential of copper and zirconium that is read in no time: for tests of what surrounds the
// physics.
#pragma once

#include <cmath>
#include <numbers>

#include "../io/scratch_folder.hpp"
#include "io/setfl.hpp"

namespace vitreous::test {

/// Both elements as copper of Cleri and Rosato, Phys. Rev. B 48, 22 (1993), faded out below 6 A.
inline potential::EamTables small_tables() {
  constexpr double A = 0.0855, xi = 1.224, p = 10.96, q = 2.278, r0 = 2.556, fade_from = 4.5;
  potential::EamTables t;
  t.comments = {"made for a test", "", ""};
  t.elements = {{"Cu", 29, 63.546, 3.6, "fcc"}, {"Zr", 40, 91.224, 3.6, "fcc"}};
  t.rho_points = t.r_points = 200;
  t.cutoff = 6.0;
  t.dr = t.cutoff / static_cast<double>(t.r_points - 1);
  t.drho = 0.4;
  std::vector<double> embedding, density, r_phi;
  for (std::size_t k = 0; k < t.rho_points; ++k)
    embedding.push_back(-xi * std::sqrt(static_cast<double>(k) * t.drho));
  for (std::size_t k = 0; k < t.r_points; ++k) {
    const double r = static_cast<double>(k) * t.dr, x = r / r0 - 1.0;
    const double faded = std::max(0.0, (r - fade_from) / (t.cutoff - fade_from));
    const double fade = 0.5 + 0.5 * std::cos(std::numbers::pi * faded);
    density.push_back(fade * std::exp(-2.0 * q * x));
    r_phi.push_back(r * fade * 2.0 * A * std::exp(-p * x));
  }
  t.embedding.assign(2, embedding);
  t.density.assign(4, density);
  t.r_phi.assign(4, r_phi);
  return t;
}

/// The path of a setfl file with these tables, there as long as the test program runs.
inline const std::string& small_potential() {
  static const ScratchFolder folder;
  static const std::string path = [] {
    put(folder / "CuZr.eam.fs", io::write_setfl(small_tables()));
    return folder / "CuZr.eam.fs";
  }();
  return path;
}

}  // namespace vitreous::test
