#include "analysis/observer_label.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/observer.hpp"

namespace vitreous::analysis {

std::string observer_label(const std::string& kind, int number) {
  return number == 1 ? kind : fmt::format("{}_{}", kind, number);
}

std::string label_suffix(const std::string& label) {
  const auto digits = label.find_last_not_of("0123456789");
  const bool numbered = digits != std::string::npos && digits > 0 && digits + 1 < label.size() &&
                        label[digits] == '_';
  return numbered ? label.substr(digits) : std::string();
}

std::pair<std::string, std::string> split_label(const std::string& quantity) {
  const auto dot = quantity.find('.');
  if (dot == std::string::npos) return {"", quantity};
  const std::string label = quantity.substr(0, dot), suffix = label_suffix(label);
  const std::string kind = label.substr(0, label.size() - suffix.size());
  const auto& all = observer_declarations();
  const bool known =
      std::any_of(all.begin(), all.end(), [&](const auto& d) { return d.name == kind; });
  if (suffix.empty() || !known) return {"", quantity};
  return {label, quantity.substr(dot + 1)};
}

}  // namespace vitreous::analysis
