#include "base/units.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "base/constants.hpp"
#include "base/error.hpp"

namespace vitreous::base {
namespace {

struct Named {
  std::string_view symbol;
  Unit unit;
  std::string_view meaning;
};

constexpr Dimension number{};
constexpr Dimension length{.length = 1};
constexpr Dimension time_{.time = 1};
constexpr Dimension rate{.time = -1};
constexpr Dimension mass{.mass = 1};
constexpr Dimension temperature{.temperature = 1};
constexpr Dimension energy{.length = 2, .time = -2, .mass = 1};
constexpr Dimension power_{.length = 2, .time = -3, .mass = 1};
constexpr Dimension pressure{.length = -1, .time = -2, .mass = 1};
constexpr Dimension force{.length = 1, .time = -2, .mass = 1};

const std::vector<Named>& table() {
  static const std::vector<Named> units = {
      {"A", {length, 1, -10}, "angstrom"},
      {"Å", {length, 1, -10}, "angstrom"},
      {"Å", {length, 1, -10}, "angstrom"},
      {"angstrom", {length, 1, -10}, "angstrom"},
      {"pm", {length, 1, -12}, "picometer"},
      {"nm", {length, 1, -9}, "nanometer"},
      {"um", {length, 1, -6}, "micrometer"},
      {"µm", {length, 1, -6}, "micrometer"},
      {"μm", {length, 1, -6}, "micrometer"},
      {"mm", {length, 1, -3}, "millimeter"},
      {"cm", {length, 1, -2}, "centimeter"},
      {"m", {length, 1, 0}, "meter"},
      {"fs", {time_, 1, -15}, "femtosecond"},
      {"ps", {time_, 1, -12}, "picosecond"},
      {"ns", {time_, 1, -9}, "nanosecond"},
      {"us", {time_, 1, -6}, "microsecond"},
      {"µs", {time_, 1, -6}, "microsecond"},
      {"μs", {time_, 1, -6}, "microsecond"},
      {"ms", {time_, 1, -3}, "millisecond"},
      {"s", {time_, 1, 0}, "second"},
      {"min", {time_, 60, 0}, "minute"},
      {"h", {time_, 3600, 0}, "hour"},
      {"d", {time_, 86400, 0}, "day"},
      {"K", {temperature, 1, 0}, "kelvin"},
      {"mK", {temperature, 1, -3}, "millikelvin"},
      {"C", {temperature, 1, 0, 273.15}, "degree Celsius (an absolute temperature)"},
      {"degC", {temperature, 1, 0, 273.15}, "degree Celsius (an absolute temperature)"},
      {"°C", {temperature, 1, 0, 273.15}, "degree Celsius (an absolute temperature)"},
      {"eV", {energy, 1.602176634, -19}, "electronvolt"},
      {"meV", {energy, 1.602176634, -22}, "millielectronvolt"},
      {"keV", {energy, 1.602176634, -16}, "kiloelectronvolt"},
      {"J", {energy, 1, 0}, "joule"},
      {"kJ", {energy, 1, 3}, "kilojoule"},
      {"mJ", {energy, 1, -3}, "millijoule"},
      {"kcal", {energy, 4.184, 3}, "kilocalorie"},
      {"W", {power_, 1, 0}, "watt"},
      {"mW", {power_, 1, -3}, "milliwatt"},
      {"uW", {power_, 1, -6}, "microwatt"},
      {"amu", {mass, 1.66053906660, -27}, "atomic mass unit"},
      {"u", {mass, 1.66053906660, -27}, "atomic mass unit"},
      {"mg", {mass, 1, -6}, "milligram"},
      {"g", {mass, 1, -3}, "gram"},
      {"kg", {mass, 1, 0}, "kilogram"},
      {"Pa", {pressure, 1, 0}, "pascal"},
      {"kPa", {pressure, 1, 3}, "kilopascal"},
      {"MPa", {pressure, 1, 6}, "megapascal"},
      {"GPa", {pressure, 1, 9}, "gigapascal"},
      {"bar", {pressure, 1, 5}, "bar"},
      {"kbar", {pressure, 1, 8}, "kilobar"},
      {"atm", {pressure, 1.01325, 5}, "standard atmosphere"},
      {"N", {force, 1, 0}, "newton"},
      {"mN", {force, 1, -3}, "millinewton"},
      {"uN", {force, 1, -6}, "micronewton"},
      {"µN", {force, 1, -6}, "micronewton"},
      {"μN", {force, 1, -6}, "micronewton"},
      {"nN", {force, 1, -9}, "nanonewton"},
      {"Hz", {rate, 1, 0}, "hertz"},
      {"kHz", {rate, 1, 3}, "kilohertz"},
      {"MHz", {rate, 1, 6}, "megahertz"},
      {"GHz", {rate, 1, 9}, "gigahertz"},
      {"THz", {rate, 1, 12}, "terahertz"},
      {"mol", {number, 6.02214076, 23}, "mole"},
      {"atom", {number, 1, 0}, "an atom (a count)"},
      {"rad", {number, 1, 0}, "radian"},
      {"mrad", {number, 1, -3}, "milliradian"},
      {"deg", {number, 3.14159265358979323846 / 180.0, 0}, "degree of angle"},
      {"%", {number, 1, -2}, "per cent"},
  };
  return units;
}

Dimension combine(const Dimension& a, const Dimension& b, int sign) {
  return {a.length + sign * b.length, a.time + sign * b.time, a.mass + sign * b.mass,
          a.temperature + sign * b.temperature};
}

Unit product(const Unit& a, const Unit& b, int sign) {
  Unit out;
  out.dimension = combine(a.dimension, b.dimension, sign);
  out.mantissa = sign > 0 ? a.mantissa * b.mantissa : a.mantissa / b.mantissa;
  out.exponent = a.exponent + sign * b.exponent;
  return out;
}

Unit power(const Unit& unit, int exponent) {
  Unit out;
  for (int k = 0; k < std::abs(exponent); ++k) out = product(out, unit, exponent > 0 ? 1 : -1);
  return out;
}

double scale_by_power_of_ten(double value, int exponent) {
  // Powers up to 10^22 are exact doubles, so one multiplication or division rounds once.
  while (exponent > 22) value *= 1e22, exponent -= 22;
  while (exponent < -22) value /= 1e22, exponent += 22;
  return exponent >= 0 ? value * std::pow(10.0, exponent) : value / std::pow(10.0, -exponent);
}

bool starts_name(unsigned char c) { return std::isalpha(c) || c == '%' || c >= 0x80; }

constexpr int largest_exponent = 12;

/// Recursive descent over: unit = factor {("*" | " " | "/") factor}; factor = name ["^" int] | "("
/// unit ")" | number.
class UnitParser {
 public:
  explicit UnitParser(std::string_view text) : text_(text) {}

  Unit parse_all() {
    const Unit unit = parse_product();
    skip_spaces();
    if (position_ < text_.size())
      fail(fmt::format("\"{}\" is not understood", text_.substr(position_)));
    return unit;
  }

 private:
  [[noreturn]] void fail(const std::string& problem, const std::string& why = {},
                         std::vector<std::string> tries = {}) const {
    throw InputError(fmt::format("unit \"{}\": {}", text_, problem), why, std::move(tries));
  }

  void skip_spaces() {
    while (position_ < text_.size() && text_[position_] == ' ') ++position_;
  }

  bool take(std::string_view token) {
    skip_spaces();
    if (!text_.substr(position_).starts_with(token)) return false;
    position_ += token.size();
    return true;
  }

  bool at_end() {
    skip_spaces();
    return position_ == text_.size() || text_[position_] == ')';
  }

  Unit parse_product() {
    Unit unit = parse_factor();
    bool after_slash = false;
    std::size_t slash = 0;
    while (!at_end()) {
      const std::size_t before = position_;
      const int sign = take("/") ? -1 : 1;
      if (sign > 0 && !take("*")) take("·");
      if (sign > 0 && after_slash) refuse_second_factor(slash, before);
      if (sign < 0) {
        after_slash = true;
        slash = position_;
      }
      unit = product(unit, parse_factor(), sign);
    }
    return unit;
  }

  [[noreturn]] void refuse_second_factor(std::size_t slash, std::size_t) const {
    const std::string_view head = text_.substr(0, slash);
    std::string_view tail = text_.substr(slash);
    while (tail.starts_with(' ')) tail.remove_prefix(1);
    fail("two factors follow one '/' without brackets",
         "read left to right the second one multiplies", {fmt::format("{}({})", head, tail)});
  }

  Unit parse_factor() {
    if (take("(")) {
      const Unit inner = parse_product();
      if (!take(")")) fail("a bracket is not closed");
      return raise(inner);
    }
    skip_spaces();
    if (position_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[position_])))
      return parse_number();
    return parse_name();
  }

  Unit parse_number() {
    double value = 0.0;
    const auto [end, error] =
        std::from_chars(text_.data() + position_, text_.data() + text_.size(), value);
    if (error != std::errc() || !(value > 0.0)) fail("a number in it cannot be read");
    position_ = static_cast<std::size_t>(end - text_.data());
    return {number, value, 0};
  }

  Unit parse_name() {
    const std::size_t first = position_;
    while (position_ < text_.size() && starts_name(static_cast<unsigned char>(text_[position_])) &&
           !text_.substr(position_).starts_with("·") && !text_.substr(position_).starts_with("²") &&
           !text_.substr(position_).starts_with("³"))
      ++position_;
    const std::string_view name = text_.substr(first, position_ - first);
    for (const auto& known : table())
      if (known.symbol == name) return raise(known.unit);
    std::vector<std::string> symbols;
    for (const auto& known : table()) symbols.emplace_back(known.symbol);
    const std::string nearest = nearest_name(std::string(name), symbols);
    fail(name.empty() ? "a unit is missing" : fmt::format("\"{}\" is not a unit", name), {},
         nearest.empty() ? std::vector<std::string>{"vitreous list units"}
                         : std::vector<std::string>{nearest, "vitreous list units"});
  }

  /// Degrees Celsius keep their offset only where they stand alone.
  Unit raise(const Unit& unit) {
    const int exponent = parse_exponent();
    return exponent == 1 ? unit : power(unit, exponent);
  }

  int parse_exponent() {
    if (text_.substr(position_).starts_with("²")) return position_ += 2, 2;
    if (text_.substr(position_).starts_with("³")) return position_ += 2, 3;
    const bool caret = position_ < text_.size() && text_[position_] == '^';
    if (caret) ++position_;
    int exponent = 1;
    const auto [end, error] =
        std::from_chars(text_.data() + position_, text_.data() + text_.size(), exponent);
    if (error == std::errc::result_out_of_range) fail("an exponent is too large");
    if (error != std::errc()) {
      if (caret) fail("an exponent is missing after '^'");
      return 1;
    }
    if (std::abs(exponent) > largest_exponent) fail("an exponent is too large");
    position_ = static_cast<std::size_t>(end - text_.data());
    return exponent;
  }

  std::string_view text_;
  std::size_t position_ = 0;
};

std::string_view trim(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())))
    text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())))
    text.remove_suffix(1);
  return text;
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  text = trim(text);
  return true;
}

double take_number(std::string_view& rest, std::string_view whole) {
  if (rest.starts_with('+') && !rest.starts_with("+-")) rest.remove_prefix(1);
  double value = 0.0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  if (error != std::errc() || !std::isfinite(value))
    throw InputError(fmt::format("\"{}\" does not start with a number", whole), {},
                     {"a number and a unit, e.g. \"2000 K\" or \"100 ps\""});
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return value;
}

/// The "(7)" of "0.432(7)": in units of the last digit written.
std::optional<double> take_bracketed_error(std::string_view& rest, std::string_view digits) {
  if (!rest.starts_with('(')) return std::nullopt;
  const auto close = rest.find(')');
  double value = 0.0;
  const std::string_view inside = rest.substr(1, close == rest.npos ? rest.npos : close - 1);
  const auto [end, error] = std::from_chars(inside.data(), inside.data() + inside.size(), value);
  if (close == rest.npos || error != std::errc() || end != inside.data() + inside.size())
    return std::nullopt;
  rest = trim(rest.substr(close + 1));
  const auto exponent_at = digits.find_first_of("eE");
  int exponent = 0;
  if (exponent_at != digits.npos)
    std::from_chars(digits.data() + exponent_at + 1 + (digits[exponent_at + 1] == '+'),
                    digits.data() + digits.size(), exponent);
  const std::string_view mantissa = digits.substr(0, exponent_at);
  const auto point = mantissa.find('.');
  const int decimals = point == mantissa.npos ? 0 : static_cast<int>(mantissa.size() - point - 1);
  const bool has_point = inside.find('.') != inside.npos;
  return scale_by_power_of_ten(value, exponent - (has_point ? 0 : decimals));
}

/// The "e-10" of "5.3(1)e-10", after the bracket; 0 where there is none.
int take_exponent(std::string_view& rest) {
  if (!rest.starts_with('e') && !rest.starts_with('E')) return 0;
  const std::string_view digits = rest.substr(rest.substr(1).starts_with('+') ? 2 : 1);
  int exponent = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
  if (error == std::errc()) rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return error == std::errc() ? exponent : 0;
}

}  // namespace

Unit parse_unit(std::string_view text) {
  const std::string_view trimmed = trim(text);
  if (trimmed.empty()) return {};
  // Not degrees of angle times kelvin.
  if (trimmed == "deg C") return parse_unit("degC");
  return UnitParser(trimmed).parse_all();
}

double Quantity::in(std::string_view target) const {
  const Unit to = parse_unit(target);
  if (to.dimension != unit.dimension)
    throw InputError(
        fmt::format("\"{}\" is {}, not {}", text, describe(unit.dimension), describe(to.dimension)),
        {}, {});
  const double ratio = unit.mantissa == to.mantissa ? number : number * unit.mantissa / to.mantissa;
  return scale_by_power_of_ten(ratio, unit.exponent - to.exponent) + unit.offset_K - to.offset_K;
}

std::optional<double> Quantity::error_in(std::string_view target) const {
  if (!error) return std::nullopt;
  Quantity difference = *this;
  difference.number = *error;
  difference.unit.offset_K = 0.0;
  return difference.in(target) + parse_unit(target).offset_K;
}

Quantity parse_quantity(std::string_view text) {
  Quantity quantity;
  quantity.text = std::string(trim(text));
  std::string_view rest = quantity.text;
  const std::string_view before = rest;
  quantity.number = take_number(rest, quantity.text);
  const std::string_view digits = before.substr(0, before.size() - rest.size());
  quantity.error = take_bracketed_error(rest, digits);
  if (quantity.error) {
    const int exponent = take_exponent(rest);
    quantity.number = scale_by_power_of_ten(quantity.number, exponent);
    quantity.error = scale_by_power_of_ten(*quantity.error, exponent);
  }
  rest = trim(rest);
  if (take_prefix(rest, "+-") || take_prefix(rest, "+/-") || take_prefix(rest, "±"))
    quantity.error = take_number(rest, quantity.text);
  if (quantity.error && *quantity.error < 0.0)
    throw InputError(fmt::format("\"{}\" has a negative standard error", quantity.text));
  rest = trim(rest);
  // "2.7 1/A" and "2.7/A" are both a number per angstrom.
  quantity.unit_text = fmt::format("{}{}", rest.empty() || rest.starts_with('/') ? "1" : "", rest);
  try {
    quantity.unit = parse_unit(quantity.unit_text);
  } catch (const InputError& failure) {
    Message message = failure.message();
    for (auto& suggestion : message.tries)
      if (suggestion.find('(') != std::string::npos)
        suggestion = fmt::format(
            "\"{}{}\"", quantity.text.substr(0, quantity.text.size() - rest.size()), suggestion);
    throw InputError(message);
  }
  return quantity;
}

double quantity_in(std::string_view text, std::string_view target) {
  return parse_quantity(text).in(target);
}

std::string describe(const Dimension& d) {
  static const std::vector<std::pair<Dimension, std::string>> names = {
      {number, "a number without unit"},
      {length, "a length"},
      {time_, "a time"},
      {rate, "a rate (1/s)"},
      {mass, "a mass"},
      {temperature, "a temperature"},
      {energy, "an energy"},
      {pressure, "a pressure"},
      {force, "a force"},
      {{.time = -1, .temperature = 1}, "a rate of temperature (K/s)"},
      {{.length = -1}, "a wave number (1/length)"},
      {{.length = 2, .time = -1}, "a diffusion coefficient (length^2/time)"},
      {{.length = 2}, "an area"},
      {{.length = 3}, "a volume"},
      {{.length = -1, .time = -1, .mass = 1}, "a viscosity"},
      {{.length = -3, .mass = 1}, "a density"},
  };
  for (const auto& [dimension, name] : names)
    if (dimension == d) return name;
  std::string text;
  const std::array<std::pair<int, const char*>, 4> parts = {
      {{d.mass, "kg"}, {d.length, "m"}, {d.time, "s"}, {d.temperature, "K"}}};
  for (const auto& [exponent, symbol] : parts)
    if (exponent != 0)
      text += fmt::format("{}{}{}", text.empty() ? "" : " ", symbol,
                          exponent == 1 ? "" : fmt::format("^{}", exponent));
  return "in " + text;
}

std::string column_suffix(std::string_view unit) {
  if (unit == "1") return {};
  std::string text;
  for (const char c : unit.starts_with("1/") ? unit.substr(1) : unit) {
    if (c == '/')
      text += text.empty() ? "per_" : "_per_";
    else if (c == ' ' || c == '*')
      text += '_';
    else if (c != '^' && c != '(' && c != ')')
      text += c;
  }
  return text;
}

std::vector<std::pair<std::string, std::string>> known_units() {
  std::vector<std::pair<std::string, std::string>> units;
  for (const auto& known : table()) units.emplace_back(known.symbol, known.meaning);
  return units;
}

}  // namespace vitreous::base
