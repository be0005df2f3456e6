// Quantities with units at every edge of the program: parse, check the dimension, convert, print.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vitreous::base {

/// Exponents of length, time, mass and temperature.
struct Dimension {
  int length = 0;
  int time = 0;
  int mass = 0;
  int temperature = 0;
  friend bool operator==(const Dimension&, const Dimension&) = default;
};

/// A unit's size in SI as mantissa * 10^exponent, kept apart so that "2 fs" in ps is exactly 0.002.
struct Unit {
  Dimension dimension;
  double mantissa = 1.0;
  int exponent = 0;
  double offset_K = 0.0;  ///< degrees Celsius: added to the value in kelvin; only for a lone unit
};

/// The unit that a text names ("K/(6 ns)" is a unit too: its number joins the mantissa).
/// Throws InputError with the reason, e.g. for two units after one '/' without brackets.
Unit parse_unit(std::string_view text);

/// A number with a unit, perhaps with a standard error: "0.432 +- 0.007 eV", "0.432(7) eV",
/// "5.3(1)e-10 m^2/s".
struct Quantity {
  double number = 0.0;
  std::optional<double> error;
  Unit unit;
  std::string text;       ///< as the user wrote it
  std::string unit_text;  ///< the unit's part of it; "1" where there is none

  /// The value (or its standard error) in `target`; throws InputError where dimensions differ.
  double in(std::string_view target) const;
  std::optional<double> error_in(std::string_view target) const;
};

/// Throws InputError. "inf" is not a quantity; a bare number has the unit "1".
Quantity parse_quantity(std::string_view text);

/// Shorthand: parse_quantity(text).in(target).
double quantity_in(std::string_view text, std::string_view target);

/// What a dimension is called, for messages: "a rate (K/s)", "a length", "a number without unit".
std::string describe(const Dimension& dimension);

/// How a unit is written in a column name: "m^2/s" -> "m2_per_s", "angstrom^2" -> "angstrom2", "1"
/// -> "".
std::string column_suffix(std::string_view unit);

/// The unit names that are understood, for `vitreous list units`: symbol, what it is.
std::vector<std::pair<std::string, std::string>> known_units();

}  // namespace vitreous::base
