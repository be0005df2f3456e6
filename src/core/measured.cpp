#include "core/measured.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/units.hpp"

namespace vitreous::core {
namespace {

double factor(const std::string& from, const std::string& to) {
  base::Quantity one;
  one.number = 1.0;
  one.unit = base::parse_unit(from);
  one.text = "1 " + from;
  return one.in(to);
}

}  // namespace

Measured Measured::to(const std::string& other) const {
  const double f = factor(unit, other);
  return {value * f, standard_error * std::abs(f), other};
}

std::string to_text(const Measured& m) {
  const std::string suffix = m.unit == "1" ? "" : " " + m.unit;
  if (!(m.standard_error > 0.0) || !std::isfinite(m.standard_error) || !std::isfinite(m.value))
    return fmt::format("{:.6g}{}", m.value, suffix);
  // Digits of the error: two where it starts with 1, so that rounding costs at most 5 %.
  int exponent = static_cast<int>(std::floor(std::log10(m.standard_error)));
  const double leading = m.standard_error / std::pow(10.0, exponent);
  const int last = leading < 1.95 ? exponent - 1 : exponent;
  const int magnitude =
      m.value == 0.0 ? last : static_cast<int>(std::floor(std::log10(std::abs(m.value))));
  if (magnitude < -4 || magnitude > 6 || last > 0) {
    const int scale = std::max(magnitude, last);
    const double power = std::pow(10.0, scale);
    const int decimals = scale - last;
    return fmt::format("{:.{}f}({:.0f})e{}{}", m.value / power, decimals,
                       m.standard_error / std::pow(10.0, last), scale, suffix);
  }
  return fmt::format("{:.{}f}({:.0f}){}", m.value, -last, m.standard_error / std::pow(10.0, last),
                     suffix);
}

std::string to_text(Status status) {
  switch (status) {
    case Status::ok:
      return "ok";
    case Status::refused:
      return "refused";
    case Status::not_run:
      return "not_run";
  }
  return {};
}

Reported Reported::refused(std::string name, std::string reason) {
  Reported r;
  r.name = std::move(name);
  r.status = Status::refused;
  r.reason = std::move(reason);
  return r;
}

std::optional<double> pull(const Reported& reported) {
  if (!reported.measured || !reported.reference) return std::nullopt;
  const Measured ours = reported.measured->to(reported.reference->unit);
  const double variance = ours.standard_error * ours.standard_error +
                          reported.reference->standard_error * reported.reference->standard_error;
  if (!(variance > 0.0)) return std::nullopt;
  return (ours.value - reported.reference->value) / std::sqrt(variance);
}

}  // namespace vitreous::core
