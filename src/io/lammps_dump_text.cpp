#include "io/lammps_dump_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/error.hpp"

namespace vitreous::io {
namespace {

void add_box(std::string& text, const core::Box& box, const std::array<bool, 3>& periodic) {
  const auto& [a, b, c] = box.cell().column;
  const math::Vec3 low = box.origin();
  const auto out = std::back_inserter(text);
  std::string boundaries;
  for (const bool p : periodic) boundaries += p ? " pp" : " ff";
  if (box.is_orthogonal()) {
    fmt::format_to(out, "ITEM: BOX BOUNDS{}\n{} {}\n{} {}\n{} {}\n", boundaries, low.x, low.x + a.x,
                   low.y, low.y + b.y, low.z, low.z + c.z);
    return;
  }
  // LAMMPS writes the bounds of the parallelepiped, not its edges.
  const double xy = b.x, xz = c.x, yz = c.y;
  fmt::format_to(out, "ITEM: BOX BOUNDS xy xz yz{}\n{} {} {}\n{} {} {}\n{} {} {}\n", boundaries,
                 low.x + std::min({0.0, xy, xz, xy + xz}),
                 low.x + a.x + std::max({0.0, xy, xz, xy + xz}), xy, low.y + std::min(0.0, yz),
                 low.y + b.y + std::max(0.0, yz), xz, low.z, low.z + c.z, yz);
}

}  // namespace

std::string to_lammps_dump(const core::Box& box, const core::Atoms& atoms,
                           const LammpsDumpFields& fields) {
  if (!box.is_lower_triangular())
    throw base::InputError("a LAMMPS dump cannot hold this box",
                           "its edge a is not along x, or b not in the xy plane",
                           {"extended XYZ, which holds any box: in a study save = { every = \"1 "
                            "ps\", format = \"extxyz\" }"});
  const bool elements = std::none_of(atoms.kinds.begin(), atoms.kinds.end(),
                                     [](const auto& kind) { return kind.name.empty(); });
  std::string text = "ITEM: UNITS\nmetal\n";
  const auto out = std::back_inserter(text);
  if (fields.time) fmt::format_to(out, "ITEM: TIME\n{}\n", *fields.time);
  fmt::format_to(out, "ITEM: TIMESTEP\n{}\nITEM: NUMBER OF ATOMS\n{}\n", fields.step, atoms.size());
  add_box(text, box, fields.periodic);
  text += "ITEM: ATOMS id type";
  if (elements) text += " element";
  if (fields.masses) text += " mass";
  text += fields.unwrapped ? " xu yu zu" : " x y z";
  if (fields.velocities) text += " vx vy vz";
  text += '\n';
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const auto kind = static_cast<std::size_t>(atoms.species[i]);
    fmt::format_to(out, "{} {}", atoms.id[i],
                   fields.type_of_kind.empty() ? atoms.species[i] + 1 : fields.type_of_kind[kind]);
    if (elements) fmt::format_to(out, " {}", atoms.kinds[kind].name);
    if (fields.masses) fmt::format_to(out, " {}", atoms.kinds[kind].mass);
    fmt::format_to(out, " {} {} {}", atoms.position.x[i], atoms.position.y[i], atoms.position.z[i]);
    if (fields.velocities)
      fmt::format_to(out, " {} {} {}", atoms.velocity.x[i], atoms.velocity.y[i],
                     atoms.velocity.z[i]);
    text += '\n';
  }
  return text;
}

}  // namespace vitreous::io
