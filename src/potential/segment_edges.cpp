#include "potential/segment_edges.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace vitreous::potential {
namespace {

/// A weight read from a table, since it is asked for a million times.
class TabulatedWeight {
 public:
  TabulatedWeight(const std::function<double(double)>& weight, double low, double high)
      : low_(low) {
    for (double r = low; r < high + spacing; r += spacing) values_.push_back(weight(r));
  }
  double operator()(double r) const {
    const double place = std::max(0.0, (r - low_) / spacing + 0.5);
    return values_[std::min(static_cast<std::size_t>(place), values_.size() - 1)];
  }
  double integral() const { return spacing * std::accumulate(values_.begin(), values_.end(), 0.0); }

 private:
  static constexpr double spacing = 0.005;  // A
  double low_;
  std::vector<double> values_;
};

/// A map whose edges are moved one at a time, each to where its two segments err least. The error
/// is a sum over segments, so every move lowers the whole.
class EdgeSearch {
 public:
  /// Stops where what errs is below `enough`.
  EdgeSearch(const SegmentMap& map, const std::vector<Followed>& functions,
             const std::function<double(double)>& weight, double enough)
      : map_(map), functions_(&functions), weight_(&weight), enough_(enough) {
    // From the middle of its cell an edge may go either way.
    std::fill(map_.move.begin(), map_.move.end() - 1, SegmentMap::places / 2);
  }
  const SegmentMap& map() const { return map_; }

  double error() const {
    double sum = 0.0;
    for (int k = 0; k < SegmentMap::segments; ++k) sum += error(map_.edge(k), map_.edge(k + 1));
    return sum;
  }

  /// Moves every edge in turn, to a part of a cell that `levels` divisions by eight tell apart, for
  /// as long as that helps.
  void search(int levels) {
    constexpr int most_sweeps = 12;
    double before = std::numeric_limits<double>::infinity(), now = error();
    for (int sweep = 0; sweep < most_sweeps && now < 0.98 * before && now > enough_; ++sweep) {
      for (int cell = 0; cell + 1 < SegmentMap::segments; ++cell) place(cell, levels);
      before = now;
      now = error();
    }
  }

 private:
  double error(double u0, double u1) const {
    double sum = 0.0;
    for (const Followed& g : *functions_)
      if (const double end = std::min(u1, map_.u(g.end)); u0 < end)
        sum += g.factor * g.factor * segment_misfit(g.f, map_, u0, end, g.degree, *weight_);
    return sum;
  }

  /// Of the two segments that meet in a cell. None may become narrow: single precision would lose
  /// the coefficients, which count from the beginning of a cell.
  double error_around(int cell, std::uint32_t move) {
    constexpr double narrowest = 0.25;
    map_.move[static_cast<std::size_t>(cell)] = move;
    const double u0 = map_.edge(cell), u1 = map_.edge(cell + 1), u2 = map_.edge(cell + 2);
    if (std::min(u1 - u0, u2 - u1) < narrowest * SegmentMap::width(cell))
      return std::numeric_limits<double>::infinity();
    return error(u0, u1) + error(u1, u2);
  }

  void place(int cell, int levels) {
    std::uint32_t best = map_.move[static_cast<std::size_t>(cell)];
    double least = error_around(cell, best);
    std::int64_t step = SegmentMap::places / 16, reach = 16;
    for (int level = 0; level < levels; ++level, step /= 8, reach = 7) {
      const auto center = static_cast<std::int64_t>(best);
      for (std::int64_t move = center - reach * step; move <= center + reach * step; move += step) {
        if (move < 0 || move >= SegmentMap::places || move == center) continue;
        if (const double e = error_around(cell, static_cast<std::uint32_t>(move)); e < least)
          least = e, best = static_cast<std::uint32_t>(move);
      }
    }
    map_.move[static_cast<std::size_t>(cell)] = best;
  }

  SegmentMap map_;
  const std::vector<Followed>* functions_;
  const std::function<double(double)>* weight_;
  double enough_;
};

}  // namespace

SegmentMap place_edges(double least_r_low, double most_r_low, double r_high,
                       const std::vector<Followed>& functions,
                       const std::function<double(double)>& weight, double enough) {
  const TabulatedWeight table(weight, least_r_low, r_high);
  const std::function<double(double)> tabulated = table;
  const double enough_in_all = enough * enough * table.integral();
  std::vector<EdgeSearch> searches;
  for (double low = least_r_low; low < most_r_low + 0.01; low += 0.1) {
    searches.emplace_back(SegmentMap::between(low, r_high), functions, tabulated, enough_in_all);
    searches.back().search(2);
    if (searches.back().error() < enough_in_all) break;
  }
  EdgeSearch best = *std::min_element(
      searches.begin(), searches.end(),
      [](const EdgeSearch& x, const EdgeSearch& y) { return x.error() < y.error(); });
  best.search(4);
  return best.map();
}

}  // namespace vitreous::potential
