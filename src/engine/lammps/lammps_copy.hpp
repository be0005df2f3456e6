// The atoms of a state as LAMMPS holds them: put in, and taken out again.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "engine/lammps/lammps_processes.hpp"
#include "engine/state.hpp"

namespace vitreous::engine {

/// What LAMMPS is told beside the atoms.
struct LammpsOptions {
  std::string pair_style;               ///< what stands behind the command
  std::vector<std::string> pair_coeff;  ///< each what stands behind the command
  std::vector<std::string> commands;    ///< further ones, once box and atoms are there
  std::vector<std::string> arguments;   ///< of the command line: "-sf", "opt"
};

/// LAMMPS has the atoms in its box and counts the boxes that they cross; a state has them where
/// they went. Boxes must have LAMMPS' form: a along x, b in the xy plane.
///
/// LAMMPS counts amu A^2/ps^2 in eV with a constant of its own: it is given masses larger by the
/// ratio of ours to it, so that accelerations and kinetic energies are ours.
class LammpsCopy {
 public:
  LammpsCopy(LammpsProcesses& processes, const LammpsOptions& options);

  /// True where LAMMPS holds just this state: nothing but `take` changed it since.
  bool is_of(const State& state) const;
  void forget() { holds_ = false; }
  /// Makes box, atoms and forces anew; no fix is left. Total momentum at zero.
  void put(State& state);
  /// Positions and velocities back into the state, and the box where it `breathes`. The state's
  /// step is that of LAMMPS.
  void take(State& state, bool breathes);
  /// One command; what it says about a mistake names the command.
  void command(const std::string& line);

 private:
  void put_box(const core::Box& box, std::size_t kinds);
  void put_forces(const core::Atoms& atoms);
  void put_atoms(const State& state);
  void remember(const State& state);

  LammpsProcesses& processes_;
  const LammpsOptions& options_;
  LammpsConstants constants_;
  bool used_ = false;   ///< whether something must be cleared away first
  bool holds_ = false;  ///< whether what follows stands in LAMMPS
  core::Box box_;
  math::Vectors position_, velocity_;
  std::int64_t step_ = 0;
  std::vector<std::array<std::int32_t, 3>> image_;  ///< of each atom as it was put in
};

}  // namespace vitreous::engine
