#include "base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace vitreous::base {
namespace {

std::string headline(const Message& m) {
  if (!m.file.empty() && m.line > 0) return fmt::format("{}:{}", m.file, m.line);
  return m.file;
}

Message make_message(std::string problem, std::string why, std::vector<std::string> tries) {
  Message m;
  m.problem = std::move(problem);
  m.why = std::move(why);
  m.tries = std::move(tries);
  return m;
}

std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string to_text(const Message& m, const std::string& label) {
  std::string text = label + ": ";
  if (const std::string place = headline(m); !place.empty()) text += place + ": ";
  if (!m.key.empty()) text += m.key + ": ";
  text += m.problem;
  if (!m.source.empty()) {
    const std::string number = m.line > 0 ? std::to_string(m.line) : std::string();
    text += fmt::format("\n  {} | {}", number, m.source);
    if (m.column > 0) {
      text += fmt::format("\n  {} | {}{}", std::string(number.size(), ' '),
                          std::string(m.column - 1, ' '),
                          std::string(std::max<std::size_t>(m.width, 1), '^'));
    }
  }
  if (!m.why.empty()) text += "\n  why: " + m.why;
  for (std::size_t i = 0; i < m.tries.size(); ++i)
    text += (i == 0 ? "\n  try: " : "\n   or: ") + m.tries[i];
  return text;
}

Error::Error(Message message)
    : std::runtime_error(to_text(message)), message_(std::move(message)) {}

InputError::InputError(std::string problem, std::string why, std::vector<std::string> tries)
    : Error(make_message(std::move(problem), std::move(why), std::move(tries))) {}

RunError::RunError(std::string problem, std::string why, std::vector<std::string> tries)
    : Error(make_message(std::move(problem), std::move(why), std::move(tries))) {}

std::string nearest_name(const std::string& word, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const auto& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace vitreous::base
