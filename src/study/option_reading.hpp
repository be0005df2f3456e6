// Values of a study by what their owners declare: units checked, nearest names suggested.
#pragma once

#include "core/declaration.hpp"
#include "study/value.hpp"

namespace vitreous::study {

/// Rates are in K/ps inside, and in K/s in a study's axes.
constexpr double per_ps_in_per_s = 1e12;

/// One option's value in its declared unit. Throws InputError that points at the value: a bare
/// number where a quantity is expected, a wrong dimension, a word that is not one of its choices.
core::OptionValue read_option(const core::OptionDeclaration& option, const Value& value,
                              const std::string& key);

/// A value in the words that core::parse_option takes.
std::string words_of(const Value& value);

/// A quantity in `unit`.
double read_quantity(const Value& value, const std::string& unit, const std::string& key);
double read_positive(const Value& value, const std::string& unit, const std::string& key);
/// A whole number of at least `least`.
std::int64_t read_count(const Value& value, std::int64_t least, const std::string& key);

/// A number in a list of values: a list, or { from, to, step } with both ends.
struct PlacedNumber {
  double number = 0.0;
  Place place;
};
std::vector<PlacedNumber> read_numbers(const Value& value, const std::string& unit,
                                       const std::string& key);

/// Runs `work`; an InputError without a line of its own is told as one at `place`.
template <class Work>
auto placed(const Place& place, const std::string& key, Work work) {
  try {
    return work();
  } catch (const base::InputError& error) {
    if (!error.message().source.empty()) throw;
    throw base::InputError(at_place(place, key, error.message()));
  }
}

}  // namespace vitreous::study
