// How observers, stages, laws and formats tell what they are: one block each, from which come
// validation, suggestions, help and documentation.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace vitreous::core {

enum class OptionType { number, integer, text, flag, numbers, words };

/// An option as its owner declares it. A test fails on one without unit, default or sentence.
struct OptionDeclaration {
  std::string name;
  OptionType type = OptionType::number;
  std::string unit;          ///< unit of the value handed to the owner; "1" where it has none
  std::string default_text;  ///< as a user would write it; "required" or "automatic" are allowed
  std::string sentence;      ///< what it does
  std::vector<std::string> choices;  ///< the allowed words of a text option; empty allows any
};

/// A column or a derived quantity that the owner yields.
struct OutputDeclaration {
  std::string name;
  std::string unit;
  std::string sentence;
};

struct Declaration {
  std::string name;  ///< e.g. "msd"
  std::string one_line;
  std::string formula;  ///< in plain text, as a paper would write it
  std::vector<OptionDeclaration> options;
  std::vector<OutputDeclaration> columns;
  std::vector<OutputDeclaration> derived;
  std::string source;  ///< paper, equation, book

  const OptionDeclaration* option(const std::string& option_name) const;
};

using OptionValue = std::variant<double, std::int64_t, std::string, bool, std::vector<double>,
                                 std::vector<std::string>>;

/// Options by name, every value in its declared unit; an absent key means "automatic".
class Options {
 public:
  bool has(const std::string& name) const { return values_.contains(name); }
  void set(const std::string& name, OptionValue value) { values_[name] = std::move(value); }
  const std::map<std::string, OptionValue>& all() const { return values_; }

  double number(const std::string& name) const { return std::get<double>(values_.at(name)); }
  std::int64_t integer(const std::string& name) const {
    return std::get<std::int64_t>(values_.at(name));
  }
  const std::string& text(const std::string& name) const {
    return std::get<std::string>(values_.at(name));
  }
  bool flag(const std::string& name) const { return std::get<bool>(values_.at(name)); }
  const std::vector<double>& numbers(const std::string& name) const {
    return std::get<std::vector<double>>(values_.at(name));
  }
  const std::vector<std::string>& words(const std::string& name) const {
    return std::get<std::vector<std::string>>(values_.at(name));
  }

 private:
  std::map<std::string, OptionValue> values_;
};

/// One option's text in the user's words ("2.7 1/A", "100ps", "true") as a value in the declared
/// unit. Throws InputError that names the option.
OptionValue parse_option(const OptionDeclaration& option, const std::string& text);

/// Checks names (suggesting the nearest), parses every value, and fills in the defaults.
/// A "required" option that is missing throws; an "automatic" one stays absent.
Options parse_options(const Declaration& declaration,
                      const std::map<std::string, std::string>& given);

}  // namespace vitreous::core
