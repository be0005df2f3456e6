#include "analysis/finite_size.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "analysis/error_degrees.hpp"
#include "base/constants.hpp"
#include "math/statistics.hpp"

namespace vitreous::analysis {
namespace {

/// Of the simple cubic lattice of images.
constexpr double cubic_lattice = 2.837297;
constexpr double angstrom_in_m = 1e-10;

const core::Reported* find(const core::Result& result, const std::string& name) {
  for (const auto& quantity : result.quantities)
    if (quantity.name == name) return &quantity;
  return nullptr;
}

core::Reported corrected(const core::Reported& D, const core::Reported& shift) {
  const std::string name = "D_infinite" + D.name.substr(1);
  if (!shift.measured) return core::Reported::refused(name, shift.reason);
  if (!D.measured) return core::Reported::refused(name, D.reason);
  if (D.state != "equilibrium")
    return core::Reported::refused(name,
                                   "the correction holds for a liquid in equilibrium; " + D.reason);
  core::Reported sum;
  sum.name = name;
  sum.state = D.state;
  sum.measured = core::Measured{
      D.measured->value + shift.measured->value,
      std::hypot(D.measured->standard_error, shift.measured->standard_error), D.measured->unit};
  const std::array variances{std::pow(D.measured->standard_error, 2),
                             std::pow(shift.measured->standard_error, 2)};
  const std::array degrees{error_degrees(D), error_degrees(shift)};
  set_error_degrees(sum, math::degrees_of_sum(variances, degrees));
  sum.how["correction"] =
      fmt::format("{:.3g} {} were added to D = {:.4g} {}", shift.measured->value,
                  shift.measured->unit, D.measured->value, D.measured->unit);
  return sum;
}

}  // namespace

core::Measured finite_size_shift(double temperature, const core::Measured& eta, double length) {
  const double shift = cubic_lattice * base::boltzmann_J_per_K * temperature /
                       (6.0 * std::numbers::pi * eta.value * length * angstrom_in_m);
  return {shift, shift * eta.standard_error / eta.value, "m^2/s"};
}

double difference_from_cube(const core::Box& box) {
  const double edge = std::cbrt(box.volume());
  double most = 0.0;
  for (std::size_t row = 0; row < 3; ++row)
    for (std::size_t col = 0; col < 3; ++col)
      most = std::max(most, std::abs(box.cell()(row, col) - (row == col ? edge : 0.0)) / edge);
  return most;
}

void add_infinite_system(core::Result& result) {
  const core::Reported* shift = find(result, "D_shift");
  if (!shift) return;
  std::vector<core::Reported> sums;
  for (const auto& quantity : result.quantities)
    if ((quantity.name == "D" || quantity.name.starts_with("D.")) &&
        !quantity.how.contains("layer"))
      sums.push_back(corrected(quantity, *shift));
  result.quantities.insert(result.quantities.end(), sums.begin(), sums.end());
}

}  // namespace vitreous::analysis
