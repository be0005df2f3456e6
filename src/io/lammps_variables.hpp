// The variables of a LAMMPS input script: ${name}, $x, $(formula), with formulas of plain numbers.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace vitreous::io {

/// Values as LAMMPS would put them into a command. What only a running LAMMPS knows (vol, step,
/// random(), fixes, computes) has none.
class LammpsVariables {
 public:
  /// The words behind `variable`: name, style, values. `equal` keeps its formula, `string` its
  /// text, `index`, `loop` and `universe` stand at their first value, as LAMMPS begins.
  void define(const std::vector<std::string>& words);

  /// What `dt` is in a formula.
  void set_timestep(const std::string& value) { timestep_ = value; }

  struct Substituted {
    std::string text;
    std::string missing;  ///< the first variable or formula without a value; "" where all have one
  };
  /// A command with its variables replaced, but not inside quotes.
  Substituted substitute(std::string_view command) const;

  /// A formula of numbers, v_names, dt, + - * / % ^, brackets, PI and functions of one number.
  /// Throws std::invalid_argument, naming what has no value.
  double evaluate(std::string_view formula) const;

 private:
  friend class LammpsFormula;
  std::string value(const std::string& name) const;

  std::map<std::string, std::string> text_, formula_;
  std::string timestep_;
};

}  // namespace vitreous::io
