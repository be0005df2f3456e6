#include "engine/lammps/lammps_copy.hpp"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

#include "base/constants.hpp"
#include "base/error.hpp"

namespace vitreous::engine {
namespace {

bool same(const math::Vectors& a, const math::Vectors& b) {
  return a.x == b.x && a.y == b.y && a.z == b.z;
}

void require_form(const core::Box& box) {
  if (box.is_lower_triangular()) return;
  throw base::InputError(
      "LAMMPS takes no box whose edge a is not along x, or b not in the xy plane", "",
      {"engine = \"native\""});
}

std::string region_of(const core::Box& box) {
  const math::Mat3& cell = box.cell();
  const math::Vec3& low = box.origin();
  const std::string ends = fmt::format("{} {} {} {} {} {}", low.x, low.x + cell(0, 0), low.y,
                                       low.y + cell(1, 1), low.z, low.z + cell(2, 2));
  if (box.is_orthogonal()) return fmt::format("block {} units box", ends);
  return fmt::format("prism {} {} {} {} units box", ends, cell(0, 1), cell(0, 2), cell(1, 2));
}

core::Box box_of(const LammpsMoment& moment) {
  const auto& [lx, ly, lz] = moment.low;
  const auto& [hx, hy, hz] = moment.high;
  return core::Box({{math::Vec3{hx - lx, 0.0, 0.0}, math::Vec3{moment.xy, hy - ly, 0.0},
                     math::Vec3{moment.xz, moment.yz, hz - lz}}},
                   {lx, ly, lz});
}

math::Vec3 vector_at(const std::vector<double>& values, std::size_t i) {
  return {values[3 * i], values[3 * i + 1], values[3 * i + 2]};
}

}  // namespace

LammpsCopy::LammpsCopy(LammpsProcesses& processes, const LammpsOptions& options)
    : processes_(processes), options_(options), constants_(processes.constants()) {}

void LammpsCopy::command(const std::string& line) {
  try {
    processes_.command(line);
  } catch (const std::runtime_error& error) {
    throw std::runtime_error(fmt::format("{}, at the command \"{}\"", error.what(), line));
  }
}

bool LammpsCopy::is_of(const State& state) const {
  return holds_ && state.step == step_ && state.box.cell() == box_.cell() &&
         state.box.origin() == box_.origin() && same(state.atoms.position, position_) &&
         same(state.atoms.velocity, velocity_);
}

void LammpsCopy::remember(const State& state) {
  box_ = state.box;
  position_ = state.atoms.position;
  velocity_ = state.atoms.velocity;
  step_ = state.step;
  holds_ = true;
}

void LammpsCopy::put(State& state) {
  require_form(state.box);
  holds_ = false;
  core::remove_drift(state.atoms);
  if (used_) command("clear");
  used_ = true;
  put_box(state.box, state.atoms.kinds.size());
  put_forces(state.atoms);
  put_atoms(state);
  for (const auto& line : options_.commands) command(line);
  command(fmt::format("reset_timestep {}", state.step));
  remember(state);
}

void LammpsCopy::put_box(const core::Box& box, std::size_t kinds) {
  for (const char* line : {"units metal", "atom_style atomic", "atom_modify map array",
                           "boundary p p p", "box tilt large"})
    command(line);
  command("region vitreous " + region_of(box));
  command(fmt::format("create_box {} vitreous", kinds));
}

void LammpsCopy::put_forces(const core::Atoms& atoms) {
  command("pair_style " + options_.pair_style);
  for (const auto& words : options_.pair_coeff) command("pair_coeff " + words);
  for (std::size_t k = 0; k < atoms.kinds.size(); ++k)
    command(fmt::format("mass {} {}", k + 1,
                        atoms.kinds[k].mass * (base::mv2_to_eV / constants_.mv2_to_eV)));
  command("neighbor 1.0 bin");
  command("neigh_modify every 1 delay 0 check yes");
}

void LammpsCopy::put_atoms(const State& state) {
  const std::size_t n = state.atoms.size();
  LammpsAtoms atoms;
  atoms.type.reserve(n);
  atoms.position.reserve(3 * n);
  atoms.velocity.reserve(3 * n);
  image_.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    const math::Vec3 s = state.box.fractional(state.atoms.position[i]);
    math::Vec3 r = state.atoms.position[i];
    for (std::size_t k = 0; k < 3; ++k) {
      image_[i][k] = static_cast<std::int32_t>(std::floor(s[k]));
      r -= state.box.cell().column[k] * image_[i][k];
    }
    const math::Vec3 v = state.atoms.velocity[i];
    atoms.type.push_back(state.atoms.species[i] + 1);
    atoms.position.insert(atoms.position.end(), {r.x, r.y, r.z});
    atoms.velocity.insert(atoms.velocity.end(), {v.x, v.y, v.z});
  }
  processes_.put_atoms(atoms);
}

void LammpsCopy::take(State& state, bool breathes) {
  const LammpsMoment moment = processes_.take_moment();
  if (moment.position.size() != 3 * state.atoms.size())
    throw std::runtime_error(fmt::format("LAMMPS has {} atoms instead of {}",
                                         moment.position.size() / 3, state.atoms.size()));
  if (breathes) state.box = box_of(moment);
  for (std::size_t i = 0; i < state.atoms.size(); ++i) {
    math::Vec3 r = vector_at(moment.position, i);
    for (std::size_t k = 0; k < 3; ++k)
      r += state.box.cell().column[k] * (image_[i][k] + moment.image[3 * i + k]);
    state.atoms.position.set(i, r);
    state.atoms.velocity.set(i, vector_at(moment.velocity, i));
  }
  remember(state);
}

}  // namespace vitreous::engine
