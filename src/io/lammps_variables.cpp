#include "io/lammps_variables.hpp"

#include <fmt/format.h>

#include <cctype>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "io/fields.hpp"

namespace vitreous::io {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

std::string first_word(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && is_word(text[n])) ++n;
  return std::string(text.substr(0, n));
}

/// Where the bracket that `open` begins is closed; npos where it is not.
std::size_t closing(std::string_view text, std::size_t open, char closer) {
  int depth = 0;
  for (std::size_t k = open; k < text.size(); ++k) {
    if (text[k] == text[open]) ++depth;
    if (text[k] == closer && --depth == 0) return k;
  }
  return text.npos;
}

using Function = double (*)(double);
const std::map<std::string, Function, std::less<>> functions = {
    {"sqrt", std::sqrt}, {"exp", std::exp},     {"ln", std::log},     {"log", std::log10},
    {"abs", std::fabs},  {"sin", std::sin},     {"cos", std::cos},    {"tan", std::tan},
    {"ceil", std::ceil}, {"floor", std::floor}, {"round", std::round}};

}  // namespace

/// Sums of products of powers, from left to right.
class LammpsFormula {
 public:
  LammpsFormula(std::string_view text, const LammpsVariables& variables, int depth)
      : text_(text), variables_(variables), depth_(depth) {
    // A variable that is defined by itself would go on without end.
    if (depth > 50) throw std::invalid_argument(std::string(text));
  }

  double whole() {
    const double value = sum();
    if (skip_blanks(); at_ != text_.size()) fail();
    return value;
  }

 private:
  [[noreturn]] void fail() const { throw std::invalid_argument(std::string(text_)); }
  void skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(char c) {
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  double sum() {
    double value = product();
    for (;;) {
      if (take('+'))
        value += product();
      else if (take('-'))
        value -= product();
      else
        return value;
    }
  }

  double product() {
    double value = signed_power();
    for (;;) {
      if (take('*'))
        value *= signed_power();
      else if (take('/'))
        value /= signed_power();
      else if (take('%'))
        value = std::fmod(value, signed_power());
      else
        return value;
    }
  }

  double signed_power() {
    if (take('-')) return -signed_power();
    const double base = operand();
    return take('^') ? std::pow(base, signed_power()) : base;
  }

  double operand() {
    if (take('(')) {
      const double value = sum();
      if (!take(')')) fail();
      return value;
    }
    if (at_ < text_.size() &&
        (std::isdigit(static_cast<unsigned char>(text_[at_])) || text_[at_] == '.'))
      return number();
    const std::string name = first_word(text_.substr(at_));
    if (name.empty()) fail();
    at_ += name.size();
    if (name == "PI") return std::numbers::pi;
    if (const auto dt = to_number(variables_.timestep_); dt && name == "dt") return *dt;
    if (name.starts_with("v_")) return variable(name.substr(2));
    const auto function = functions.find(name);
    if (function == functions.end() || !take('(')) fail();
    const double value = function->second(sum());
    if (!take(')')) fail();
    return value;
  }

  double number() {
    std::size_t end = at_;
    while (end < text_.size() && (std::isdigit(static_cast<unsigned char>(text_[end])) ||
                                  text_[end] == '.' || text_[end] == 'e' || text_[end] == 'E' ||
                                  ((text_[end] == '-' || text_[end] == '+') &&
                                   (text_[end - 1] == 'e' || text_[end - 1] == 'E'))))
      ++end;
    const auto value = to_number(text_.substr(at_, end - at_));
    if (!value) fail();
    at_ = end;
    return *value;
  }

  double variable(const std::string& name) const {
    if (const auto formula = variables_.formula_.find(name); formula != variables_.formula_.end())
      return LammpsFormula(formula->second, variables_, depth_ + 1).whole();
    const auto text = variables_.text_.find(name);
    const auto value = text == variables_.text_.end() ? std::nullopt : to_number(text->second);
    if (!value) throw std::invalid_argument(name);
    return *value;
  }

  std::string_view text_;
  const LammpsVariables& variables_;
  int depth_;
  std::size_t at_ = 0;
};

void LammpsVariables::define(const std::vector<std::string>& words) {
  if (words.size() < 2) return;
  const std::string &name = words[0], &style = words[1];
  text_.erase(name);
  formula_.erase(name);
  if (words.size() < 3 || style == "delete") return;
  if (style == "equal")
    formula_[name] = words[2];
  else if (style == "loop")
    text_[name] = words.size() > 3 && to_integer(words[3]) ? words[2] : "1";
  else if (style == "string" || style == "index" || style == "universe")
    text_[name] = words[2];
}

double LammpsVariables::evaluate(std::string_view formula) const {
  return LammpsFormula(formula, *this, 0).whole();
}

std::string LammpsVariables::value(const std::string& name) const {
  if (const auto text = text_.find(name); text != text_.end()) return text->second;
  const auto formula = formula_.find(name);
  if (formula == formula_.end()) throw std::invalid_argument(name);
  return fmt::format("{:.15g}", evaluate(formula->second));
}

LammpsVariables::Substituted LammpsVariables::substitute(std::string_view command) const {
  Substituted out;
  char quote = 0;
  for (std::size_t k = 0; k < command.size(); ++k) {
    const char c = command[k];
    if (quote == 0 && (c == '"' || c == '\''))
      quote = c;
    else if (c == quote)
      quote = 0;
    if (c != '$' || quote != 0 || k + 1 == command.size()) {
      out.text += c;
      continue;
    }
    const char next = command[k + 1];
    const bool bracket = next == '{' || next == '(';
    const std::size_t end = bracket ? closing(command, k + 1, next == '{' ? '}' : ')') : k + 1;
    if (end == command.npos) return {std::string(command), std::string(command.substr(k))};
    const std::string inner(bracket ? command.substr(k + 2, end - k - 2)
                                    : command.substr(k + 1, 1));
    try {
      // $(x:%.3f) tells how the number is written: what it is written for needs no such thing.
      out.text += next == '(' ? fmt::format("{:.15g}", evaluate(inner.substr(0, inner.find(":%"))))
                              : value(inner);
    } catch (const std::invalid_argument&) {
      if (out.missing.empty()) out.missing = std::string(command.substr(k, end - k + 1));
      out.text += command.substr(k, end - k + 1);
    }
    k = end;
  }
  return out;
}

}  // namespace vitreous::io
