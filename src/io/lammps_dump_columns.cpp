#include "io/lammps_dump_columns.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"

namespace vitreous::io {

DumpColumns::DumpColumns(const std::vector<std::string_view>& names) {
  holds_.assign(names.size(), DumpColumn::other);
  const auto take = [&](std::initializer_list<std::string_view> wanted, DumpColumn first) {
    std::vector<std::size_t> where;
    for (const auto name : wanted)
      where.push_back(
          static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin()));
    if (std::count(where.begin(), where.end(), names.size()) > 0) return false;
    for (std::size_t k = 0; k < where.size(); ++k)
      holds_[where[k]] = static_cast<DumpColumn>(static_cast<std::size_t>(first) + k);
    return true;
  };
  if (take({"xu", "yu", "zu"}, DumpColumn::x))
    positions_ = Positions::unwrapped;
  else if (take({"xsu", "ysu", "zsu"}, DumpColumn::x))
    positions_ = Positions::scaled_unwrapped;
  else if (take({"x", "y", "z"}, DumpColumn::x))
    positions_ = Positions::plain;
  else if (take({"xs", "ys", "zs"}, DumpColumn::x))
    positions_ = Positions::scaled;
  else
    throw base::InputError(
        "no columns with positions: x y z, xs ys zs, xu yu zu or xsu ysu zsu are read", {},
        {"dump 1 all custom 1000 prod.dump id type xu yu zu"});
  images_ = take({"ix", "iy", "iz"}, DumpColumn::ix);
  velocities_ = take({"vx", "vy", "vz"}, DumpColumn::vx);
  mass_ = take({"mass"}, DumpColumn::mass);
  take({"id"}, DumpColumn::id);
  const bool type = take({"type"}, DumpColumn::type);
  if (!take({"element"}, DumpColumn::element) && !type)
    throw base::InputError("neither a `type` nor an `element` column");
  static const std::vector<std::string_view> positions = {"x",  "y",  "z",  "xs",  "ys",  "zs",
                                                          "xu", "yu", "zu", "xsu", "ysu", "zsu"};
  for (std::size_t k = 0; k < names.size(); ++k)
    if (holds_[k] == DumpColumn::other &&
        std::find(positions.begin(), positions.end(), names[k]) == positions.end())
      passed_over_.emplace_back(names[k]);
}

bool DumpColumns::has(DumpColumn column) const {
  return std::find(holds_.begin(), holds_.end(), column) != holds_.end();
}

void DumpColumns::start(RawFrame& frame) const {
  frame.has_velocities = velocities_;
  frame.is_unwrapped = !is_wrapped() || images_;
}

void DumpColumns::place(const Numbers& number, double velocity_factor, RawFrame& frame) const {
  const core::Box& box = frame.head.box;
  const auto vector = [&](DumpColumn first) {
    const auto k = static_cast<std::size_t>(first);
    return math::Vec3{number[k], number[k + 1], number[k + 2]};
  };
  const auto append = [](math::Vectors& to, const math::Vec3& v) {
    to.x.push_back(v.x), to.y.push_back(v.y), to.z.push_back(v.z);
  };
  math::Vec3 r = vector(DumpColumn::x);
  const math::Vec3 images = is_wrapped() && images_ ? vector(DumpColumn::ix) : math::Vec3{};
  if (positions_ == Positions::scaled || positions_ == Positions::scaled_unwrapped)
    r = box.cartesian(r + images);
  else if (images != math::Vec3{})
    r += box.cell() * images;
  append(frame.position, r);
  if (mass_) frame.mass.push_back(number[static_cast<std::size_t>(DumpColumn::mass)]);
  if (velocities_) append(frame.velocity, vector(DumpColumn::vx) * velocity_factor);
}

// LAMMPS manual, "Triclinic boxes".
core::Box box_of_bounds(const std::array<std::array<double, 3>, 3>& row) {
  const double xy = row[0][2], xz = row[1][2], yz = row[2][2];
  const double xlo = row[0][0] - std::min({0.0, xy, xz, xy + xz});
  const double xhi = row[0][1] - std::max({0.0, xy, xz, xy + xz});
  const double ylo = row[1][0] - std::min(0.0, yz);
  const double yhi = row[1][1] - std::max(0.0, yz);
  return core::Box(math::Mat3{{math::Vec3{xhi - xlo, 0, 0}, math::Vec3{xy, yhi - ylo, 0},
                               math::Vec3{xz, yz, row[2][1] - row[2][0]}}},
                   {xlo, ylo, row[2][0]});
}

double velocity_factor_of_units(std::string_view name) {
  if (name == "metal") return 1.0;
  if (name == "real") return 1000.0;
  throw base::InputError(fmt::format("units {} are not read", name),
                         "lengths and times are needed in angstrom and ps; reduced units have none",
                         {"a dump written in units metal or real"});
}

}  // namespace vitreous::io
