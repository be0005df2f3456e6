// The fixes of a LAMMPS run that move atoms, hold a temperature or a pressure.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace vitreous::study {

/// What a fix does, or several at a time. Times in ps, pressures in bar.
struct LammpsFix {
  bool moves = false, heats = false, presses = false, stochastic = false;
  double from = 0.0, to = 0.0, temperature_damping = 0.1;
  double pressure_from = 0.0, pressure_to = 0.0, pressure_damping = 1.0;
};

class LammpsFixes {
 public:
  /// Times and pressures of the commands, in ps and bar.
  LammpsFixes(double time_unit, double pressure_unit)
      : time_unit_(time_unit), pressure_unit_(pressure_unit) {}

  /// The words of `fix`. Returns what a study does otherwise, "" where it does the same. Throws
  /// InputError, saying why, for a fix that no study has; an older one of its name is gone anyway.
  std::string add(const std::vector<std::string>& words);
  void remove(const std::string& id) { active_.erase(id); }

  /// What acts in a run. Throws InputError where nothing moves the atoms, or two fixes do.
  LammpsFix acting() const;

 private:
  LammpsFix read(const std::string& style, const std::vector<std::string>& words,
                 std::string& otherwise) const;
  void read_nose_hoover(const std::vector<std::string>& words, LammpsFix& fix,
                        std::string& otherwise) const;
  void set_temperature(const std::vector<std::string>& words, std::size_t at, LammpsFix& fix) const;
  void set_pressure(const std::vector<std::string>& words, std::size_t at, LammpsFix& fix) const;

  double time_unit_, pressure_unit_;
  std::map<std::string, LammpsFix> active_;
};

/// A style without the suffix that says where it is computed: "nvt/kk" is nvt.
std::string plain_style(std::string style);

/// The word at `k` as a number; throws InputError where it is none.
double required_number(const std::vector<std::string>& words, std::size_t k);

}  // namespace vitreous::study
