// "msd,intermediate_scattering:q=2.7/A,max_time=100ps" or "name(key=value, ...)": the observers of
// a command line.
#include <fmt/format.h>

#include <cctype>

#include "analysis/observer_set.hpp"
#include "base/error.hpp"

namespace vitreous::analysis {
namespace {

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\n");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

[[noreturn]] void reject(const std::string& text, const std::string& problem) {
  throw base::InputError(fmt::format("observers \"{}\": {}", text, problem), {},
                         {"msd,intermediate_scattering:q=2.7/A,max_time=100ps",
                          "'intermediate_scattering(q=2.7 1/A, max_time=100 ps)'"});
}

/// The text cut at commas that no bracket encloses.
std::vector<std::string> split_outside_brackets(const std::string& text) {
  std::vector<std::string> parts(1);
  int depth = 0;
  for (const char c : text) {
    depth += (c == '(' || c == '[') - (c == ')' || c == ']');
    if (depth < 0) reject(text, "a bracket closes that was never opened");
    if (c == ',' && depth == 0)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  if (depth != 0) reject(text, "a bracket is not closed");
  return parts;
}

void add_option(const std::string& text, const std::string& word, ObserverRequest& to) {
  const auto equals = word.find('=');
  const std::string key = trimmed(word.substr(0, equals));
  std::string value = equals == std::string::npos ? "" : trimmed(word.substr(equals + 1));
  if (value.size() > 1 && value.front() == '[' && value.back() == ']')
    value = value.substr(1, value.size() - 2);
  if (key.empty() || value.empty())
    reject(text, fmt::format("\"{}\" is not of the form key=value", trimmed(word)));
  if (!to.options.emplace(key, value).second) reject(text, fmt::format("{} is given twice", key));
}

ObserverRequest parse_one(const std::string& text, const std::string& part) {
  ObserverRequest request;
  const auto mark = part.find_first_of(":(");
  request.kind = trimmed(part.substr(0, mark));
  if (request.kind.empty()) reject(text, "a name is missing");
  if (mark == std::string::npos) return request;
  std::string options = part.substr(mark + 1);
  if (part[mark] == '(') {
    const auto close = options.rfind(')');
    if (close == std::string::npos || !trimmed(options.substr(close + 1)).empty())
      reject(text, fmt::format("\"{}\" does not end with its bracket", part));
    options.resize(close);
    if (trimmed(options).empty()) return request;
  }
  for (const auto& word : split_outside_brackets(options)) add_option(text, word, request);
  return request;
}

/// True for "key=value" without a name before it: it belongs to the observer before it.
bool continues(const std::string& part) {
  const auto equals = part.find('=');
  return equals != std::string::npos && part.find_first_of(":(") > equals;
}

}  // namespace

std::vector<ObserverRequest> parse_observer_list(const std::string& text) {
  std::vector<ObserverRequest> requests;
  for (const auto& raw : split_outside_brackets(text)) {
    const std::string part = trimmed(raw);
    if (part.empty()) reject(text, "a name is missing");
    if (continues(part)) {
      if (requests.empty()) reject(text, "it begins with an option");
      add_option(text, part, requests.back());
    } else {
      requests.push_back(parse_one(text, part));
    }
  }
  return requests;
}

}  // namespace vitreous::analysis
