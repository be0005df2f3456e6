#include "cli/arguments.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "base/error.hpp"
#include "base/units.hpp"

namespace vitreous::cli {

std::vector<std::string> comma_list(const std::string& text) {
  if (text.empty()) return {};
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c == ',')
      words.emplace_back();
    else if (c != ' ')
      words.back() += c;
  }
  for (const auto& word : words)
    if (word.empty()) throw base::InputError(fmt::format("\"{}\": a name is missing", text));
  return words;
}

core::Measured measured_option(const std::string& option, const std::string& text,
                               const std::string& unit) {
  try {
    const auto quantity = base::parse_quantity(text);
    const core::Measured measured{quantity.in(unit), quantity.error_in(unit).value_or(0.0), unit};
    if (!(measured.value > 0.0))
      throw base::InputError(fmt::format("\"{}\" is not positive", text));
    return measured;
  } catch (const base::InputError& error) {
    base::Message message = error.message();
    message.key = option;
    throw base::InputError(message);
  }
}

std::optional<double> positive_quantity(const std::string& option, const std::string& text,
                                        const std::string& unit) {
  if (text.empty()) return std::nullopt;
  return measured_option(option, text, unit).value;
}

std::string shell_word(const std::string& word) {
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string default_run_folder(const std::string& study, const std::string& scale) {
  const std::string stem = std::filesystem::path(study).stem().string();
  return scale.empty() ? stem : stem + "-" + scale;
}

}  // namespace vitreous::cli
