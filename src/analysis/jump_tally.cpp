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

JumpTally::JumpTally(std::size_t halves, double half_window, const std::vector<double>& always,
                     int dimensions)
    : windows_(halves - 1),
      half_window_(half_window),
      dimensions_(dimensions),
      jumps_(always.size()),
      single_(always.size()),
      sums_(always.size(), std::vector<Sums>(places_to_begin(windows_, 1))) {
  for (const double atoms : always) members_.emplace_back(sums_.front().size(), atoms);
}

bool JumpTally::holds(std::size_t halves) {
  return halves > 0 && places_to_begin(halves - 1, 1) >= fewest_places;
}

void JumpTally::add(std::size_t kind, const CageJump& jump) {
  const double weight = static_cast<double>(places_to_begin(windows_, 1)) /
                        static_cast<double>(places_to_begin(windows_, jump.places()));
  Sums& at = sums_[kind][jump.before()];
  const double l2 = math::norm2(jump.vector);
  at.jumps += weight;
  at.l_squared += weight * l2;
  ++jumps_[kind];
  if (jump.windows() > 1) return;
  at.single += weight;
  at.single_length += weight * std::sqrt(l2);
  ++single_[kind];
}

std::vector<SpeciesRow> JumpTally::rows(const Setting& setting) const {
  std::vector<double> atoms;
  for (const auto& of_kind : members_) atoms.push_back(math::mean(of_kind));
  return species_rows(setting, atoms);
}

std::vector<double> JumpTally::series(const SpeciesRow& row, double Sums::*member) const {
  std::vector<double> values(sums_.front().size());
  for (std::size_t kind = 0; kind < sums_.size(); ++kind) {
    if (row.weights[kind] == 0.0) continue;
    for (std::size_t i = 0; i < values.size(); ++i) values[i] += sums_[kind][i].*member;
  }
  return values;
}

std::vector<double> JumpTally::members(const SpeciesRow& row) const {
  std::vector<double> atoms(places());
  for (std::size_t kind = 0; kind < members_.size(); ++kind) {
    if (row.weights[kind] == 0.0) continue;
    for (std::size_t i = 0; i < atoms.size(); ++i) atoms[i] += members_[kind][i];
  }
  return atoms;
}

JumpEstimates JumpTally::estimates(const SpeciesRow& row) const {
  JumpEstimates out;
  out.jumps = sum_of(jumps_, row);
  if (out.jumps < fewest_jumps) return out;
  const auto counts = series(row, &Sums::jumps), l2 = series(row, &Sums::l_squared),
             atoms = members(row);
  out.rate = scaled(ratio_of_means(counts, atoms), 1.0 / half_window_);
  out.D = scaled(ratio_of_means(l2, atoms), 0.5 / (dimensions_ * half_window_));
  out.l_squared = ratio_of_means(l2, counts);
  if (sum_of(single_, row) >= fewest_jumps)
    out.length = ratio_of_means(series(row, &Sums::single_length), series(row, &Sums::single));
  return out;
}

std::pair<double, double> JumpTally::rates_of_halves(const SpeciesRow& row) const {
  const auto counts = series(row, &Sums::jumps), atoms = members(row);
  const auto rate = [&](std::size_t begin, std::size_t count) {
    return math::mean(std::span(counts).subspan(begin, count)) /
           (half_window_ * math::mean(std::span(atoms).subspan(begin, count)));
  };
  const std::size_t half = counts.size() / 2;
  return {rate(0, half), rate(half, counts.size() - half)};
}

}  // namespace vitreous::analysis
