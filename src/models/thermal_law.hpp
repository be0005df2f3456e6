// What laws have in common: names of prefactors, signs, tables, refusals.
#pragma once

#include <functional>

#include "math/least_squares.hpp"
#include "models/usable_points.hpp"

namespace vitreous::models {

/// y = y0 exp(sign E(T)): diffusion and rates fall on cooling (-1), times and viscosities grow
/// (+1).
struct Prefactor {
  std::string name;  ///< "D0", "tau0", "eta0", else the quantity's own name and "0"
  std::string unit;  ///< the unit that prefactors are written in: m^2/s, ps, Pa s
  double sign = -1.0;
};
Prefactor prefactor_of(const FitInput& input);

/// The same points with y in `unit`.
FitInput in_unit(FitInput input, const std::string& unit);

/// All of `names` refused for one reason, each with the points left out.
core::Result refuse_all(const std::vector<std::string>& names, const std::string& reason,
                        const UsablePoints& usable);

/// The `how` that every quantity of a fit shares: n, points, left_out, weights, chi_squared,
/// degrees, lack_of_fit.
std::map<std::string, std::string> how_fitted(const UsablePoints& usable,
                                              const std::string& weighting, const math::Fit& fit);

/// What limits a fit that was made: points that it had to do without (where they are the coldest,
/// Q of a curved ln D changes), and a model that does not describe the others within their errors
/// (probability below 1 %). Empty where there is neither.
std::string doubts_text(const UsablePoints& usable, const math::Fit& fit);

/// "[[a, b], [b, c]] of Q, ln_D0".
std::string covariance_text(const math::Matrix& covariance, const std::vector<std::string>& names);

/// What was fitted, ln y or y itself, and its standard error at an x.
using Prediction = std::function<std::pair<double, double>(double x)>;
enum class Fitted { logarithm, value };

/// `LAW_curve`: y at 101 x over the points' range, evenly or, for laws of other things than
/// temperature whose x span a decade, evenly in ln x; `LAW_points`: the points that were fitted,
/// with the fit and the residual in what was fitted; `LAW_prediction` where the input asks for x of
/// its own. The curve stands first, the points last.
std::vector<core::Table> prediction_tables(const std::string& law, const UsablePoints& usable,
                                           const Prediction& predict,
                                           Fitted fitted = Fitted::logarithm);

}  // namespace vitreous::models
