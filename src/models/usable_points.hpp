// Which points a fit takes, and their logarithms.
#pragma once

#include "models/law.hpp"

namespace vitreous::models {

struct UsablePoints {
  FitInput input;                     ///< only the points that the fit takes
  std::vector<std::string> left_out;  ///< "640 K   upper bound only: ...", one a point left out
  std::vector<std::string> missing;   ///< their labels
};

/// Those of state `state` whose y is finite and, where its logarithm is taken, positive.
enum class Domain { any, positive };
UsablePoints usable_points(const FitInput& input, const std::string& state, Domain domain);

/// "2000 K, 1800 K": labels, or x where a point has none.
std::string label(const Point& point);

/// ln y against T. `errors` (of ln y) is empty where the fit is unweighted.
struct Logarithms {
  std::vector<double> T, ln_y, errors;
  std::vector<double> degrees;  ///< of freedom behind each error
  std::string weighting;        ///< how the points weigh, in words
};
Logarithms logarithms(const std::vector<Point>& points, const std::string& weights);

/// The options that all fits of ln y share: `state` and `weights`.
std::vector<core::OptionDeclaration> logarithmic_fit_options();

}  // namespace vitreous::models
