// Who the atoms of a LAMMPS run are: types, elements and how many, from the commands that made
// them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "io/lammps_commands.hpp"

namespace vitreous::study {

class LammpsAlloy {
 public:
  /// `folder`: where the run's files are looked for, where they are not found from here.
  explicit LammpsAlloy(std::string folder) : folder_(std::move(folder)) {}

  /// Takes a command that makes or names atoms; false for any other. Throws InputError, saying why,
  /// for one whose atoms cannot be told apart; the composition is then not known.
  bool take(const io::LammpsCommand& command);

  std::vector<std::string> elements() const { return elements_; }
  /// By type; empty where they are not known.
  std::vector<std::int64_t> counts() const;
  std::int64_t atoms() const { return atoms_; }
  /// A file as the study can name it from here.
  std::string find(const std::string& file) const;

 private:
  void set_lattice(const std::vector<std::string>& words);
  void set_region(const std::vector<std::string>& words);
  void create(const io::LammpsCommand& command);
  void replicate(const std::vector<std::string>& words);
  void change_types(const io::LammpsCommand& command);
  void read(const io::LammpsCommand& command);
  void name_types(const std::vector<std::string>& words);
  void add(std::size_t type, double atoms);
  [[noreturn]] void forget(const std::string& why);

  std::string folder_;
  std::vector<std::string> elements_;
  std::vector<double> counts_;
  std::int64_t atoms_ = 0;
  bool known_ = true;
  int basis_ = 0;                ///< atoms of the lattice's cell
  std::optional<double> cells_;  ///< of the last region, where it is a block in lattice units
};

}  // namespace vitreous::study
