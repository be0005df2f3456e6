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

std::optional<double> positive_quantity(const std::string& option, const std::string& text,
                                        const std::string& unit) {
  if (text.empty()) return std::nullopt;
  try {
    const double value = base::quantity_in(text, unit);
    if (value > 0.0) return value;
    throw base::InputError(fmt::format("\"{}\" is not positive", text));
  } catch (const base::InputError& error) {
    base::Message message = error.message();
    message.key = option;
    throw base::InputError(message);
  }
}

std::string default_run_folder(const std::string& study, const std::string& scale) {
  const std::string stem = std::filesystem::path(study).stem().string();
  return scale.empty() ? stem : stem + "-" + scale;
}

}  // namespace vitreous::cli
