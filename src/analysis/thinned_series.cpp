#include "analysis/thinned_series.hpp"

#include <algorithm>
#include <string>

namespace vitreous::analysis {

void ThinnedSeries::add(const std::vector<double>& sample) {
  for (std::size_t c = 0; c < sums_.size(); ++c) sums_[c] += sample[c];
  if (++pending_ < width_) return;
  for (std::size_t c = 0; c < sums_.size(); ++c)
    rows_[c].push_back(sums_[c] / static_cast<double>(width_));
  std::fill(sums_.begin(), sums_.end(), 0.0);
  pending_ = 0;
  if (rows() == capacity_) halve();
}

void ThinnedSeries::halve() {
  for (auto& row : rows_) {
    for (std::size_t i = 0; i < row.size() / 2; ++i) row[i] = 0.5 * (row[2 * i] + row[2 * i + 1]);
    row.resize(row.size() / 2);
  }
  width_ *= 2;
}

void ThinnedSeries::continue_from(const ThinnedSeries& shorter, std::size_t every) {
  if (every == 1) {
    *this = shorter;
    return;
  }
  for (std::size_t c = 0; c < rows_.size(); ++c)
    for (std::size_t i = 0; i < shorter.rows(); i += every) rows_[c].push_back(shorter.rows_[c][i]);
}

void ThinnedSeries::transfer(core::Archive& archive) {
  archive.transfer("samples_a_row", width_);
  archive.transfer("pending", pending_);
  archive.transfer("sums", sums_);
  for (std::size_t c = 0; c < rows_.size(); ++c)
    archive.transfer("channel" + std::to_string(c), rows_[c]);
}

}  // namespace vitreous::analysis
