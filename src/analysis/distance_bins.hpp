// Bins of a distance, as histograms over distances share them.
#pragma once

#include "core/declaration.hpp"

namespace vitreous::analysis {

/// The options `r_max` and `bin` (A).
core::OptionDeclaration r_max_option(const std::string& default_text, const std::string& sentence);
core::OptionDeclaration bin_option(const std::string& default_text);

/// Bins of width r_max/count, the whole number of them that comes closest to `bin`.
struct DistanceBins {
  std::size_t count = 0;
  double width = 0.0;  ///< A

  static constexpr std::size_t most = 1000;  ///< more would cost memory and tell only noise

  /// Throws InputError where r_max or bin is not above zero, bin is wider than r_max, or there
  /// would be more than `most` bins.
  static DistanceBins from(const core::Options& options);

  double center(std::size_t bin) const { return (static_cast<double>(bin) + 0.5) * width; }
  /// Volume of the spherical shell, A^3.
  double shell(std::size_t bin) const;
};

}  // namespace vitreous::analysis
