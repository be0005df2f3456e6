// A value with its standard error, and a quantity as results tell it: measured, refused or not run.
#pragma once

#include <map>
#include <optional>
#include <string>

namespace vitreous::core {

struct Measured {
  double value = 0.0;
  double standard_error = 0.0;
  std::string unit = "1";

  /// The same in another unit of the same dimension; throws InputError otherwise.
  Measured to(const std::string& other) const;
};

/// "0.437(8) eV": two digits of error where its first digit is 1, else one.
std::string to_text(const Measured& measured);

/// A published value: papers differ in what their +- means.
struct Reference {
  double value = 0.0;
  double standard_error = 0.0;
  std::string unit = "1";
  std::string kind = "se";  ///< se, sd or range
  std::string conditions;   ///< number of atoms, rate, state
  std::string source;
  std::string differs = {};  ///< how our conditions differ; there is no pull then
};

enum class Status { ok, refused, not_run };
std::string to_text(Status status);

/// One row of results.json.
struct Reported {
  std::string name;                  ///< e.g. "liquid.Q"
  std::optional<Measured> measured;  ///< empty where refused or not run
  Status status = Status::ok;
  std::string reason;  ///< why it was refused, or what limits it
  std::string state;   ///< equilibrium, glass, upper_bound; "" where it makes no sense
  std::map<std::string, std::string> how;  ///< e.g. {"window", "..."}: how it was made, in words
  std::optional<Reference> reference;

  static Reported refused(std::string name, std::string reason);
};

/// (value - reference)/sqrt(se^2 + se_ref^2); empty where there is no value or no reference, where
/// conditions differ, or where both errors are zero.
std::optional<double> pull(const Reported& reported);

}  // namespace vitreous::core
