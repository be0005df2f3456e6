#include "core/measured.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/units.hpp"

namespace vitreous::core {

Measured Measured::to(const std::string& other) const {
  base::Quantity quantity;
  quantity.number = value;
  quantity.error = standard_error;
  quantity.unit = base::parse_unit(unit);
  quantity.text = fmt::format("{:.6g} {}", value, unit);
  return {quantity.in(other), *quantity.error_in(other), other};
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
  const int scale = std::max(magnitude, last);
  const double step = std::pow(10.0, last);
  const double error_digits = std::round(m.standard_error / step);
  if (scale < -4 || scale > 6)
    return fmt::format("{:.{}f}({:.0f})e{}{}", m.value / std::pow(10.0, scale), scale - last,
                       error_digits, scale, suffix);
  // "700(20) K": an error of tens is written out, and the value rounded to tens with it.
  if (last > 0)
    return fmt::format("{:.0f}({:.0f}){}", std::round(m.value / step) * step, error_digits * step,
                       suffix);
  return fmt::format("{:.{}f}({:.0f}){}", m.value, -last, error_digits, suffix);
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
  if (!reported.reference->differs.empty()) return std::nullopt;
  const Measured ours = reported.measured->to(reported.reference->unit);
  const double variance = ours.standard_error * ours.standard_error +
                          reported.reference->standard_error * reported.reference->standard_error;
  if (!(variance > 0.0)) return std::nullopt;
  return (ours.value - reported.reference->value) / std::sqrt(variance);
}

}  // namespace vitreous::core
