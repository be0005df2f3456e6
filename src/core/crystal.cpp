#include "core/crystal.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/error.hpp"

namespace vitreous::core {

UnitCell fcc_cell(double a) {
  return {Mat3::diagonal(a, a, a),
          {{{0.0, 0.0, 0.0}, 0}, {{0.0, 0.5, 0.5}, 0}, {{0.5, 0.0, 0.5}, 0}, {{0.5, 0.5, 0.0}, 0}}};
}

UnitCell bcc_cell(double a) {
  return {Mat3::diagonal(a, a, a), {{{0.0, 0.0, 0.0}, 0}, {{0.5, 0.5, 0.5}, 0}}};
}

UnitCell hcp_cell(double a, double c) {
  return {Mat3::diagonal(a, std::sqrt(3.0) * a, c),
          {{{0.0, 0.0, 0.0}, 0},
           {{0.5, 0.5, 0.0}, 0},
           {{0.5, 5.0 / 6.0, 0.5}, 0},
           {{0.0, 1.0 / 3.0, 0.5}, 0}}};
}

UnitCell b2_cell(double a) {
  return {Mat3::diagonal(a, a, a), {{{0.0, 0.0, 0.0}, 0}, {{0.5, 0.5, 0.5}, 1}}};
}

Crystal supercell(const UnitCell& unit, const std::vector<Species>& kinds, int nx, int ny, int nz) {
  if (nx < 1 || ny < 1 || nz < 1)
    throw base::InputError(fmt::format("a crystal of {} x {} x {} cells", nx, ny, nz),
                           "each count must be at least 1");
  Mat3 cell = unit.cell;
  cell.column[0] *= nx, cell.column[1] *= ny, cell.column[2] *= nz;
  Crystal crystal{Box(cell), {}};
  Atoms& atoms = crystal.atoms;
  atoms.kinds = kinds;
  atoms.resize(unit.sites.size() * static_cast<std::size_t>(nx) * static_cast<std::size_t>(ny) *
               static_cast<std::size_t>(nz));
  std::size_t n = 0;
  for (int ix = 0; ix < nx; ++ix)
    for (int iy = 0; iy < ny; ++iy)
      for (int iz = 0; iz < nz; ++iz)
        for (const auto& site : unit.sites) {
          if (site.species < 0 || static_cast<std::size_t>(site.species) >= kinds.size())
            throw base::InputError(
                fmt::format("the crystal has a species {} of {}", site.species, kinds.size()));
          const Vec3 corner{static_cast<double>(ix), static_cast<double>(iy),
                            static_cast<double>(iz)};
          atoms.id[n] = static_cast<std::int64_t>(n) + 1;
          atoms.species[n] = site.species;
          atoms.position.set(n, unit.cell * (corner + site.fraction));
          ++n;
        }
  return crystal;
}

}  // namespace vitreous::core
