#include "io/lammps_dump_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/error.hpp"

namespace vitreous::io {
namespace {

void add_box(std::string& text, const core::Box& box) {
  const auto& [a, b, c] = box.cell().column;
  const math::Vec3 low = box.origin();
  const auto out = std::back_inserter(text);
  if (box.is_orthogonal()) {
    fmt::format_to(out, "ITEM: BOX BOUNDS pp pp pp\n{} {}\n{} {}\n{} {}\n", low.x, low.x + a.x,
                   low.y, low.y + b.y, low.z, low.z + c.z);
    return;
  }
  // LAMMPS writes the bounds of the parallelepiped, not its edges.
  const double xy = b.x, xz = c.x, yz = c.y;
  fmt::format_to(out, "ITEM: BOX BOUNDS xy xz yz pp pp pp\n{} {} {}\n{} {} {}\n{} {} {}\n",
                 low.x + std::min({0.0, xy, xz, xy + xz}),
                 low.x + a.x + std::max({0.0, xy, xz, xy + xz}), xy, low.y + std::min(0.0, yz),
                 low.y + b.y + std::max(0.0, yz), xz, low.z, low.z + c.z, yz);
}

}  // namespace

std::string to_lammps_dump(const core::Frame& frame) {
  const core::Atoms& atoms = *frame.atoms;
  if (!frame.box->is_lower_triangular())
    throw base::InputError("a LAMMPS dump cannot hold this box",
                           "its edge a is not along x, or b not in the xy plane",
                           {"save = { every = \"1 ps\", format = \"extxyz\" }"});
  std::string text = fmt::format(
      "ITEM: UNITS\nmetal\nITEM: TIME\n{}\nITEM: TIMESTEP\n{}\nITEM: NUMBER OF ATOMS\n{}\n",
      frame.time, frame.step, atoms.size());
  add_box(text, *frame.box);
  text += "ITEM: ATOMS id type element xu yu zu\n";
  const auto out = std::back_inserter(text);
  for (std::size_t i = 0; i < atoms.size(); ++i)
    fmt::format_to(out, "{} {} {} {} {} {}\n", atoms.id[i], atoms.species[i] + 1,
                   atoms.kinds[static_cast<std::size_t>(atoms.species[i])].name,
                   atoms.position.x[i], atoms.position.y[i], atoms.position.z[i]);
  return text;
}

}  // namespace vitreous::io
