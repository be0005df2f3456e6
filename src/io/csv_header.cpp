#include "io/csv_header.hpp"

#include <fmt/format.h>

#include <cctype>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/units.hpp"
#include "io/fields.hpp"

namespace vitreous::io {
namespace {

bool is_unit(const std::string& text) {
  try {
    base::parse_unit(text);
    return true;
  } catch (const base::InputError&) {
    return false;
  }
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size())
    text.replace(at, from.size(), to);
}

/// "m⁻¹" -> "m^-1"; ² and ³ alone too.
std::string lowered_digits(const std::string& text) {
  static const std::vector<std::pair<std::string_view, char>> raised = {
      {"⁰", '0'}, {"¹", '1'}, {"²", '2'}, {"³", '3'}, {"⁴", '4'}, {"⁵", '5'},
      {"⁶", '6'}, {"⁷", '7'}, {"⁸", '8'}, {"⁹", '9'}, {"⁻", '-'}};
  std::string out;
  bool before = false;
  for (std::size_t at = 0; at < text.size();) {
    bool found = false;
    for (const auto& [symbol, digit] : raised) {
      if (text.compare(at, symbol.size(), symbol) != 0) continue;
      if (!before) out += '^';
      out += digit;
      at += symbol.size();
      found = true;
      break;
    }
    before = found;
    if (!found) out += text[at++];
  }
  return out;
}

/// "10^-9 m^2/s" -> "1e-9 m^2/s", at the beginning alone.
std::string power_of_ten(const std::string& text) {
  const std::string_view body = trim(text);
  if (!body.starts_with("10^")) return std::string(body);
  std::size_t end = 3 + (body.size() > 3 && body[3] == '-');
  while (end < body.size() && std::isdigit(static_cast<unsigned char>(body[end]))) ++end;
  return fmt::format("1e{}{}", body.substr(3, end - 3), body.substr(end));
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

/// Units that are words.
std::string spelled_out(const std::string& text) {
  static const std::vector<std::pair<std::string_view, std::string_view>> words = {
      {"kelvin", "K"},     {"celsius", "°C"}, {"deg c", "°C"},   {"degree c", "°C"},
      {"degrees c", "°C"}, {"deg. c", "°C"},  {"sec", "s"},      {"hours", "h"},
      {"hour", "h"},       {"hrs", "h"},      {"minutes", "min"}};
  const std::string small = lower(text);
  for (const auto& [word, unit] : words)
    if (small == word) return std::string(unit);
  return text;
}

/// The inverse of base::column_suffix: "m2_per_s" -> "m^2/s", "per_ps" -> "1/ps".
std::string unit_of_suffix(std::string_view suffix) {
  std::string text(suffix);
  if (text.starts_with("per_")) text.replace(0, 4, "1/");
  for (std::size_t at; (at = text.find("_per_")) != text.npos;) text.replace(at, 5, "/");
  // Two factors below one '/' must be bracketed: "J_per_m_K" was "J/(m K)".
  const auto slash = text.find('/');
  if (slash != text.npos && text.find('_', slash) != text.npos)
    text = fmt::format("{}({})", text.substr(0, slash + 1), text.substr(slash + 1));
  std::string unit;
  for (std::size_t k = 0; k < text.size(); ++k) {
    const bool digit_after_letter = k > 0 && std::isdigit(static_cast<unsigned char>(text[k])) &&
                                    std::isalpha(static_cast<unsigned char>(text[k - 1]));
    if (digit_after_letter) unit += '^';
    unit += text[k] == '_' ? ' ' : text[k];
  }
  return unit;
}

/// "T (K)" and "D [m^2/s]".
bool split_brackets(std::string_view text, HeaderField& field) {
  const char close = text.empty() ? '\0' : text.back();
  if (close != ')' && close != ']') return false;
  // The bracket that matches the last one: units may hold brackets of their own.
  int depth = 0;
  for (std::size_t k = text.size(); k-- > 0;) {
    const char c = text[k];
    depth += (c == ')' || c == ']') - (c == '(' || c == '[');
    if (depth > 0) continue;
    field.name = trim(text.substr(0, k));
    field.unit = plain_unit(trim(text.substr(k + 1, text.size() - k - 2)));
    return !field.name.empty() && is_unit(field.unit);
  }
  return false;
}

/// "L/nm", "D / m2 s-1".
bool split_slash(std::string_view text, HeaderField& field) {
  const auto slash = text.find('/');
  if (slash == text.npos) return false;
  field.name = trim(text.substr(0, slash));
  const std::string_view unit = trim(text.substr(slash + 1));
  field.unit = plain_unit(unit);
  return !field.name.empty() && !unit.empty() && unit != "d" &&
         !std::isdigit(static_cast<unsigned char>(field.name.back())) && is_unit(field.unit);
}

}  // namespace

std::string plain_unit(std::string_view text) {
  const std::string whole = spelled_out(std::string(trim(text)));
  if (is_unit(whole)) return whole;
  std::string plain = lowered_digits(whole);
  replace_all(plain, "℃", "°C");
  replace_all(plain, "º", "°");
  replace_all(plain, "° C", "°C");
  replace_all(plain, "−", "-");
  replace_all(plain, "⋅", "*");
  replace_all(plain, "×", "*");
  replace_all(plain, "**", "^");
  plain = spelled_out(power_of_ten(plain));
  return is_unit(plain) ? plain : whole;
}

HeaderField parse_header_field(std::string_view text) {
  HeaderField field;
  if (split_brackets(trim(text), field)) return field;
  const std::string_view whole = trim(text);
  // The longest end of the name that is a unit: "D_m2_per_s" is not a D_m2 per s.
  for (std::size_t at = whole.find('_'); at != whole.npos; at = whole.find('_', at + 1)) {
    const std::string_view suffix = whole.substr(at + 1);
    if (at == 0 || suffix.empty() || std::isdigit(static_cast<unsigned char>(suffix.front())))
      continue;
    const std::string unit = unit_of_suffix(suffix);
    if (is_unit(unit)) return {std::string(whole.substr(0, at)), unit};
  }
  if (split_slash(whole, field)) return field;
  return {std::string(whole), "1"};
}

namespace {

/// Takes "_se", " SE", "_sd", ... off the end of a name that is longer.
HeaderRole take_role(std::string& name) {
  if (name.size() <= 3) return HeaderRole::value;
  const std::string end = lower(std::string_view(name).substr(name.size() - 3));
  if (end[0] != '_' && end[0] != ' ') return HeaderRole::value;
  const bool error = end.ends_with("se"), deviation = end.ends_with("sd");
  if (!error && !deviation) return HeaderRole::value;
  name = trim(std::string_view(name).substr(0, name.size() - 3));
  return error ? HeaderRole::standard_error : HeaderRole::standard_deviation;
}

}  // namespace

HeaderCell parse_header_cell(const std::string& text) {
  HeaderCell cell{text, {}, HeaderRole::value};
  std::string rest = text;
  cell.role = take_role(rest);
  cell.field = parse_header_field(rest);
  if (cell.role == HeaderRole::value) cell.role = take_role(cell.field.name);
  return cell;
}

}  // namespace vitreous::io
