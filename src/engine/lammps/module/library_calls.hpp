// One LAMMPS on this process: every call is made by all processes at once.
#pragma once

#include "engine/lammps/lammps_processes.hpp"

namespace vitreous::engine {

class LibraryCalls {
 public:
  void open(const std::vector<std::string>& arguments);
  void close();
  /// Leaves a LAMMPS that failed midway as it is: it may not be fit to be taken down.
  void abandon() { lammps_ = nullptr; }
  bool is_open() const { return lammps_ != nullptr; }
  int version() const;
  LammpsConstants constants() const;

  void command(const std::string& line);
  void put_atoms(const LammpsAtoms& atoms);
  LammpsMoment take_moment();
  LammpsEnergies take_energies(const LammpsTerms& bath);
  double take_kinetic_energy();
  void scale_velocities(double factor);
  void set_targets(const std::string& fix, const LammpsTargets& targets);
  std::vector<double> take_memory(const std::string& fix);  ///< on the first process; else empty
  void put_memory(const std::string& fix, std::vector<double> memory);

 private:
  void* lammps_ = nullptr;
};

}  // namespace vitreous::engine
