// A time series in bounded memory: when it is full, neighbors are averaged in pairs.
#pragma once

#include <cstdint>
#include <vector>

#include "core/archive.hpp"

namespace vitreous::analysis {

/// Samples of several channels. Up to `capacity` rows are kept; then each row becomes the mean of
/// two, four, ... samples, so that means stay exact and a run of any length fits.
class ThinnedSeries {
 public:
  static constexpr std::size_t default_capacity = 4096;

  ThinnedSeries() = default;
  /// `capacity` is even.
  explicit ThinnedSeries(std::size_t channels, std::size_t capacity = default_capacity)
      : capacity_(capacity), sums_(channels), rows_(channels) {}

  void add(const std::vector<double>& sample);

  /// Complete rows: samples that do not fill a row yet are not among them.
  std::size_t rows() const { return rows_.empty() ? 0 : rows_.front().size(); }
  const std::vector<double>& channel(std::size_t c) const { return rows_[c]; }
  /// Samples that each row is the mean of.
  std::int64_t samples_a_row() const { return width_; }

  /// Takes over every `every`-th row of a series that has not begun to average, or, where `every`
  /// is 1, all of any series.
  void continue_from(const ThinnedSeries& shorter, std::size_t every);
  void transfer(core::Archive& archive);

 private:
  void halve();

  std::size_t capacity_ = default_capacity;
  std::int64_t width_ = 1, pending_ = 0;
  std::vector<double> sums_;               ///< of the pending samples
  std::vector<std::vector<double>> rows_;  ///< [channel][row]
};

}  // namespace vitreous::analysis
