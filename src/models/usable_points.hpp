// Which points a fit takes, and their logarithms.
#pragma once

#include "models/law.hpp"

namespace vitreous::models {

struct UsablePoints {
  FitInput input;                     ///< only the points that the fit takes
  std::vector<std::string> left_out;  ///< "640 K   upper bound only: ...", one a point left out
  std::vector<std::string> missing;   ///< their labels
};

/// Those of state `state` (equilibrium, glass, or "any" of the two) whose y is finite and, where
/// its logarithm is taken, positive.
enum class Domain { any, positive };
UsablePoints usable_points(const FitInput& input, const std::string& state, Domain domain);

/// "2000 K, 1800 K": labels, or x where a point has none.
std::string label(const Point& point);

/// What a fit is made to, a value a point: ln y, or y itself.
struct Observations {
  std::vector<double> x, y;
  std::vector<double> errors;   ///< of `y`; empty where the fit is unweighted
  std::vector<double> degrees;  ///< of freedom behind each error
  std::string weighting;        ///< how the points weigh, in words
};
Observations logarithms(const std::vector<Point>& points, const std::string& weights);
Observations values_themselves(const std::vector<Point>& points, const std::string& weights);

/// The options that all fits of ln y share: `state` and `weights`.
std::vector<core::OptionDeclaration> logarithmic_fit_options();

}  // namespace vitreous::models
