#include "core/declaration.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "base/error.hpp"
#include "base/units.hpp"

namespace vitreous::core {
namespace {

std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> parts;
  std::string part;
  for (const char c : text + ",") {
    if (c == ',' || c == ';') {
      const auto first = part.find_first_not_of(" \t");
      if (first != std::string::npos)
        parts.push_back(part.substr(first, part.find_last_not_of(" \t") - first + 1));
      part.clear();
    } else {
      part += c;
    }
  }
  return parts;
}

std::int64_t parse_integer(const OptionDeclaration& option, const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    throw base::InputError(fmt::format("{}: \"{}\" is not a whole number", option.name, text));
  return value;
}

bool parse_flag(const OptionDeclaration& option, const std::string& text) {
  if (text == "true" || text == "yes" || text == "on") return true;
  if (text == "false" || text == "no" || text == "off") return false;
  throw base::InputError(fmt::format("{}: \"{}\" is neither true nor false", option.name, text));
}

void require_choice(const OptionDeclaration& option, const std::string& text) {
  const auto& choices = option.choices;
  if (choices.empty() || std::find(choices.begin(), choices.end(), text) != choices.end()) return;
  throw base::InputError(
      fmt::format("{}: \"{}\" is not one of {}", option.name, text, fmt::join(choices, ", ")));
}

double parse_number(const OptionDeclaration& option, const std::string& text) {
  try {
    return base::quantity_in(text, option.unit);
  } catch (const base::InputError& error) {
    base::Message message = error.message();
    message.key = option.name;
    throw base::InputError(message);
  }
}

}  // namespace

const OptionDeclaration* Declaration::option(const std::string& option_name) const {
  const auto found = std::find_if(options.begin(), options.end(),
                                  [&](const auto& o) { return o.name == option_name; });
  return found == options.end() ? nullptr : &*found;
}

OptionValue parse_option(const OptionDeclaration& option, const std::string& text) {
  switch (option.type) {
    case OptionType::number:
      return parse_number(option, text);
    case OptionType::integer:
      return parse_integer(option, text);
    case OptionType::flag:
      return parse_flag(option, text);
    case OptionType::numbers: {
      std::vector<double> values;
      for (const auto& part : split_list(text)) values.push_back(parse_number(option, part));
      return values;
    }
    case OptionType::words: {
      auto words = split_list(text);
      for (const auto& word : words) require_choice(option, word);
      return words;
    }
    case OptionType::text:
      break;
  }
  require_choice(option, text);
  return text;
}

Options parse_options(const Declaration& declaration,
                      const std::map<std::string, std::string>& given) {
  for (const auto& [name, text] : given) {
    if (declaration.option(name)) continue;
    std::vector<std::string> names;
    for (const auto& o : declaration.options) names.push_back(o.name);
    const std::string nearest = base::nearest_name(name, names);
    throw base::InputError(
        fmt::format("{} has no option \"{}\"", declaration.name, name),
        fmt::format("its options are {}",
                    names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "))),
        nearest.empty() ? std::vector<std::string>{} : std::vector<std::string>{nearest});
  }
  Options options;
  for (const auto& option : declaration.options) {
    const auto found = given.find(option.name);
    if (found != given.end())
      options.set(option.name, parse_option(option, found->second));
    else if (option.default_text == "required")
      throw base::InputError(
          fmt::format("{} needs the option \"{}\"", declaration.name, option.name),
          option.sentence);
    else if (option.default_text != "automatic")
      options.set(option.name, parse_option(option, option.default_text));
  }
  return options;
}

}  // namespace vitreous::core
