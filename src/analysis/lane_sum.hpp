// Sums in eight lanes: several additions at once, in an order that never changes, so that the bits
// depend on nothing but the values.
#pragma once

#include <array>
#include <cstddef>

namespace vitreous::analysis {

/// The sum of term(i) over i in [begin, end).
template <class Term>
double lane_sum(std::size_t begin, std::size_t end, const Term& term) {
  constexpr std::size_t lanes = 8;
  std::array<double, lanes> part{};
  std::size_t i = begin;
  for (; i + lanes <= end; i += lanes)
    for (std::size_t k = 0; k < lanes; ++k) part[k] += term(i + k);
  for (; i < end; ++i) part[0] += term(i);
  return ((part[0] + part[4]) + (part[1] + part[5])) + ((part[2] + part[6]) + (part[3] + part[7]));
}

/// The mean of term(i) over i in [begin, end), 0 where that is empty.
template <class Term>
double lane_mean(std::size_t begin, std::size_t end, const Term& term) {
  const double share = end == begin ? 0.0 : 1.0 / static_cast<double>(end - begin);
  return share * lane_sum(begin, end, term);
}

}  // namespace vitreous::analysis
