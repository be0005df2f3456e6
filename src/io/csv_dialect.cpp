#include "io/csv_dialect.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "io/fields.hpp"

namespace vitreous::io {
namespace {

std::vector<std::string> split_at_blanks(std::string_view line) {
  std::vector<std::string> cells;
  for (const auto field : split_fields(line)) {
    // "D (m^2 s^-1)" goes on until its bracket closes.
    const auto open = [](const std::string& text) {
      return std::count(text.begin(), text.end(), '(') >
                 std::count(text.begin(), text.end(), ')') ||
             std::count(text.begin(), text.end(), '[') > std::count(text.begin(), text.end(), ']');
    };
    const bool unit =
        !cells.empty() && (field.front() == '(' || field.front() == '[' || open(cells.back()));
    if (unit)
      cells.back() += " " + std::string(field);
    else
      cells.emplace_back(field);
  }
  return cells;
}

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)); }

std::string_view without_sign(std::string_view cell) {
  constexpr std::string_view minus = "−";
  if (cell.starts_with(minus)) return cell.substr(minus.size());
  if (cell.starts_with('-') || cell.starts_with('+')) return cell.substr(1);
  return cell;
}

/// "e-9" and the like, or nothing.
bool is_exponent(std::string_view text) {
  if (text.empty()) return true;
  if (text.front() != 'e' && text.front() != 'E') return false;
  text = without_sign(text.substr(1));
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool continues_utf8(std::string_view text, std::size_t first, std::size_t count) {
  if (first + count > text.size()) return false;
  for (std::size_t k = first; k < first + count; ++k)
    if ((static_cast<unsigned char>(text[k]) & 0xc0) != 0x80) return false;
  return true;
}

bool is_utf8(std::string_view text) {
  for (std::size_t k = 0; k < text.size();) {
    const auto c = static_cast<unsigned char>(text[k]);
    const std::size_t more = c < 0x80             ? 0
                             : (c & 0xe0) == 0xc0 ? 1
                             : (c & 0xf0) == 0xe0 ? 2
                             : (c & 0xf8) == 0xf0 ? 3
                                                  : 9;
    if (more == 9 || !continues_utf8(text, k + 1, more)) return false;
    k += 1 + more;
  }
  return true;
}

}  // namespace

char delimiter_of(const std::string& header, const std::vector<std::string>& rows) {
  constexpr std::array candidates = {'\t', ';', ','};
  const auto cells = [](const std::string& line, char c) { return split_cells(line, c).size(); };
  std::vector<char> present;
  for (const char c : candidates)
    if (cells(header, c) > 1) present.push_back(c);
  for (const char c : present)
    if (!rows.empty() && std::all_of(rows.begin(), rows.end(), [&](const std::string& row) {
          return cells(row, c) == cells(header, c);
        }))
      return c;
  for (const char c : {',', ';', '\t'})
    if (std::find(present.begin(), present.end(), c) != present.end()) return c;
  return ' ';
}

std::string delimiter_name(char delimiter) {
  if (delimiter == '\t') return "tab";
  if (delimiter == ';') return "semicolon";
  return delimiter == ',' ? "comma" : "blanks";
}

std::vector<std::string> split_cells(std::string_view line, char delimiter) {
  if (delimiter == ' ') return split_at_blanks(line);
  std::vector<std::string> cells;
  std::string text;
  bool inside = false;
  for (std::size_t k = 0; k < line.size(); ++k) {
    if (line[k] == '"' && inside && k + 1 < line.size() && line[k + 1] == '"') {
      text += line[k++];
    } else if (line[k] == '"') {
      inside = !inside;
    } else if (line[k] == delimiter && !inside) {
      cells.emplace_back(trim(text));
      text.clear();
    } else {
      text += line[k];
    }
  }
  cells.emplace_back(trim(text));
  return cells;
}

std::string to_utf8(std::string_view line) {
  if (is_utf8(line)) return std::string(line);
  std::string out;
  for (const char byte : line) {
    const auto c = static_cast<unsigned char>(byte);
    if (c < 0x80) {
      out += byte;
    } else {
      out += static_cast<char>(0xc0 | (c >> 6));
      out += static_cast<char>(0x80 | (c & 0x3f));
    }
  }
  return out;
}

bool is_missing(std::string_view cell) {
  constexpr std::array<std::string_view, 10> words = {"",    "nan", "NaN", "NA", "n/a",
                                                      "N/A", "-",   "--",  "–",  "—"};
  return std::find(words.begin(), words.end(), cell) != words.end();
}

NumberShape shape_of(std::string_view cell) {
  const std::string_view body = without_sign(cell);
  const auto end = std::min(body.find_first_of("eE"), body.size());
  const std::string_view digits = body.substr(0, end);
  if (!is_exponent(body.substr(end))) return NumberShape::other;
  std::size_t points = 0, commas = 0;
  for (const char c : digits) {
    if (!is_digit(c) && c != '.' && c != ',') return NumberShape::other;
    points += c == '.';
    commas += c == ',';
  }
  if (points + commas == digits.size()) return NumberShape::other;
  if (points + commas > 1) return NumberShape::grouped;
  if (points == 1) return NumberShape::with_point;
  if (commas == 0) return NumberShape::whole;
  const std::size_t before = digits.find(','), after = digits.size() - before - 1;
  const bool thousands = after == 3 && before >= 1 && before <= 3 && digits.front() != '0';
  return thousands && end == body.size() ? NumberShape::comma_or_groups : NumberShape::with_comma;
}

std::string with_point(std::string_view cell) {
  std::string text;
  constexpr std::string_view minus = "−";
  for (std::size_t k = 0; k < cell.size(); ++k) {
    if (cell.substr(k).starts_with(minus)) {
      text += '-';
      k += minus.size() - 1;
    } else {
      text += cell[k] == ',' ? '.' : cell[k];
    }
  }
  return text;
}

}  // namespace vitreous::io
