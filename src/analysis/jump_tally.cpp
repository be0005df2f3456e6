#include "analysis/jump_tally.hpp"

#include <cmath>

namespace vitreous::analysis {
namespace {

math::Estimate scaled(math::Estimate estimate, double by) {
  estimate.mean *= by;
  estimate.standard_error *= by;
  return estimate;
}

/// The ratio of two means, its error from what each place adds to numerator - ratio x denominator.
math::Estimate ratio_of_means(std::vector<double> numerator,
                              const std::vector<double>& denominator) {
  const double below = math::mean(denominator);
  const double value = math::mean(numerator) / below;
  for (std::size_t i = 0; i < numerator.size(); ++i)
    numerator[i] = (numerator[i] - value * denominator[i]) / below;
  math::Estimate estimate = math::correlated_mean(numerator);
  estimate.mean = value;
  return estimate;
}

std::size_t sum_of(const std::vector<std::size_t>& counts, const SpeciesRow& row) {
  std::size_t sum = 0;
  for (std::size_t k = 0; k < counts.size(); ++k)
    if (row.weights[k] > 0.0) sum += counts[k];
  return sum;
}

}  // namespace

JumpTally::JumpTally(std::size_t halves, double half_window, std::size_t kinds)
    : windows_(halves - 1),
      half_window_(half_window),
      jumps_(kinds),
      single_(kinds),
      sums_(kinds, std::vector<Sums>(places_to_begin(windows_, 1))) {}

bool JumpTally::holds(std::size_t halves) {
  return halves > 0 && places_to_begin(halves - 1, 1) >= fewest_places;
}

void JumpTally::add(std::size_t kind, const CageJump& jump) {
  const double weight = static_cast<double>(places_to_begin(windows_, 1)) /
                        static_cast<double>(places_to_begin(windows_, jump.places()));
  // The first window that a jump can begin in has two before it.
  Sums& at = sums_[kind][jump.first - 2];
  const double l2 = math::norm2(jump.vector);
  at.jumps += weight;
  at.l_squared += weight * l2;
  ++jumps_[kind];
  if (jump.windows() > 1) return;
  at.single += weight;
  at.single_length += weight * std::sqrt(l2);
  ++single_[kind];
}

double JumpTally::exposure(const SpeciesRow& row) const {
  return row.atoms * half_window_ * static_cast<double>(sums_.front().size());
}

std::vector<double> JumpTally::series(const SpeciesRow& row, double Sums::*member) const {
  std::vector<double> values(sums_.front().size());
  for (std::size_t kind = 0; kind < sums_.size(); ++kind) {
    if (row.weights[kind] == 0.0) continue;
    for (std::size_t i = 0; i < values.size(); ++i) values[i] += sums_[kind][i].*member;
  }
  return values;
}

JumpEstimates JumpTally::estimates(const SpeciesRow& row) const {
  JumpEstimates out;
  out.jumps = sum_of(jumps_, row);
  if (out.jumps < fewest_jumps) return out;
  const auto counts = series(row, &Sums::jumps), l2 = series(row, &Sums::l_squared);
  const double per_atom_ps = 1.0 / (row.atoms * half_window_);
  out.rate = scaled(math::correlated_mean(counts), per_atom_ps);
  out.D = scaled(math::correlated_mean(l2), per_atom_ps / 6.0);
  out.l_squared = ratio_of_means(l2, counts);
  if (sum_of(single_, row) >= fewest_jumps)
    out.length = ratio_of_means(series(row, &Sums::single_length), series(row, &Sums::single));
  return out;
}

std::pair<double, double> JumpTally::rates_of_halves(const SpeciesRow& row) const {
  const auto counts = series(row, &Sums::jumps);
  const std::span<const double> all(counts);
  const double per_atom_ps = 1.0 / (row.atoms * half_window_);
  const std::size_t half = all.size() / 2;
  return {per_atom_ps * math::mean(all.first(half)), per_atom_ps * math::mean(all.subspan(half))};
}

}  // namespace vitreous::analysis
