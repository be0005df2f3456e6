#include "analysis/distance_bins.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "base/error.hpp"

namespace vitreous::analysis {

core::OptionDeclaration r_max_option(const std::string& default_text, const std::string& sentence) {
  return {"r_max", core::OptionType::number, "angstrom", default_text, sentence, {}};
}

core::OptionDeclaration bin_option(const std::string& default_text) {
  return {"bin", core::OptionType::number, "angstrom", default_text, "width of a bin", {}};
}

DistanceBins DistanceBins::from(const core::Options& options) {
  const double r_max = options.number("r_max"), bin = options.number("bin");
  if (!(r_max > 0.0) || !(bin > 0.0) || !(bin <= r_max))
    throw base::InputError(
        fmt::format("r_max = {:.6g} A and bin = {:.6g} A leave no bin", r_max, bin),
        "both are above zero, and a bin is no wider than r_max");
  const double count = std::round(r_max / bin);
  if (!(count <= static_cast<double>(most)))
    throw base::InputError(
        fmt::format("r_max = {:.6g} A in bins of {:.6g} A: more than {} bins", r_max, bin, most),
        "each would hold next to nothing",
        {fmt::format("bin = {:.3g} A", r_max / static_cast<double>(most))});
  return {static_cast<std::size_t>(count), r_max / count};
}

double DistanceBins::shell(std::size_t bin) const {
  const double inner = static_cast<double>(bin) * width, outer = inner + width;
  return 4.0 / 3.0 * std::numbers::pi * (outer * outer * outer - inner * inner * inner);
}

}  // namespace vitreous::analysis
