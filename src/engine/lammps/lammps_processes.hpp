// LAMMPS over all processes of an MPI run, told what to do by the first of them. This header is all
// that the program and the module vitreous_lammps.so share: the module knows LAMMPS and MPI, and
// the program neither.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace vitreous::engine {

/// LAMMPS' own constants of units metal, which differ a little from CODATA 2018.
struct LammpsConstants {
  double boltzmann = 0.0;         ///< eV/K
  double mv2_to_eV = 0.0;         ///< eV in an amu A^2/ps^2
  double eV_per_A3_to_bar = 0.0;  ///< bar in an eV/A^3
};

/// Atoms as LAMMPS is given them; their ids are 1, 2, ... in this order.
struct LammpsAtoms {
  std::vector<std::int32_t> type;          ///< from 1
  std::vector<double> position, velocity;  ///< A and A/ps: x y z of each; positions in the box
};

/// What is read back, in the order of the ids.
struct LammpsMoment {
  std::vector<double> position, velocity;  ///< as above
  std::vector<std::int32_t> image;      ///< boxes crossed since the atoms were given: x y z of each
  std::array<double, 3> low{}, high{};  ///< A
  double xy = 0.0, xz = 0.0, yz = 0.0;  ///< A
};

struct LammpsEnergies {
  double potential = 0.0;                   ///< eV
  std::array<double, 6> virial_pressure{};  ///< bar: xx yy zz xy xz yz, without the kinetic part
  std::vector<double> bath;                 ///< eV: the terms of a fix that were asked for
};

/// Terms of a fix' global vector.
struct LammpsTerms {
  std::string fix;
  std::int64_t first = 0, count = 0;
};

/// Where the targets of a Nose-Hoover fix begin and end in the next run; K and bar of LAMMPS.
struct LammpsTargets {
  double temperature_begin = 0.0, temperature_end = 0.0;
  double pressure_begin = 0.0, pressure_end = 0.0;
};

/// Whatever fails throws std::runtime_error with LAMMPS' words; LAMMPS is then closed. Where it
/// fails on one process alone while others wait for it, that process says so and all end.
class LammpsProcesses {
 public:
  virtual ~LammpsProcesses() = default;
  virtual int rank() const = 0;
  virtual int size() const = 0;

  /// On every process but the first: does what the first says until that one finishes.
  virtual void follow() = 0;
  /// On the first: lets the others go. Nothing else may be called afterwards.
  virtual void finish() = 0;
  /// The largest signal that any process caught so far, or 0.
  virtual int signal() const = 0;

  // The following on the first process alone.
  virtual void open(const std::vector<std::string>& arguments) = 0;
  virtual void close() = 0;
  virtual bool is_open() const = 0;
  /// As YYYYMMDD.
  virtual int version() const = 0;
  virtual LammpsConstants constants() const = 0;

  virtual void command(const std::string& line) = 0;
  virtual void put_atoms(const LammpsAtoms& atoms) = 0;
  virtual LammpsMoment take_moment() = 0;
  /// Of the last step of the last run, which must have computed them: the potential energy and the
  /// compute `vitreous_virial`. `bath` names what else is asked for.
  virtual LammpsEnergies take_energies(const LammpsTerms& bath) = 0;
  virtual double take_kinetic_energy() = 0;  ///< eV
  virtual void scale_velocities(double factor) = 0;
  virtual void set_targets(const std::string& fix, const LammpsTargets& targets) = 0;
  /// What a fix would write into a restart file, and that put back into a fix of the same kind.
  virtual std::vector<double> take_memory(const std::string& fix) = 0;
  virtual void put_memory(const std::string& fix, const std::vector<double>& memory) = 0;
};

/// The module's one entry, `vitreous_lammps_processes`: starts MPI where nobody did. `caught` tells
/// which signal this process caught, or 0. Every process of the run has to call it.
using LammpsEntry = LammpsProcesses*(int (*caught)());

}  // namespace vitreous::engine
