// A law and its fit: points in, parameters with their full covariance out. No atoms here.
#pragma once

#include <string>
#include <vector>

#include "core/declaration.hpp"
#include "core/result.hpp"

namespace vitreous::models {

/// One point of a fit, with its error and the state it was measured in.
struct Point {
  double x = 0.0;                     ///< e.g. temperature, K
  double y = 0.0;                     ///< e.g. D, m^2/s
  double y_se = 0.0;                  ///< 0 where unknown: the fit is then unweighted
  std::string state = "equilibrium";  ///< equilibrium, glass, upper_bound
  std::string label;                  ///< for messages: "640 K r1"
  std::vector<double> replicas;       ///< y of each replica, where there are several
};

struct FitInput {
  std::string quantity;  ///< e.g. "D", "tau_alpha", "V", "H"
  std::string unit;      ///< of y
  std::vector<Point> points;
};

/// The declarations of every law, in the order in which they are listed.
const std::vector<core::Declaration>& law_declarations();

/// Fits `law`. The result's quantities are named by the law ("Q", "ln_D0"); those that the data
/// cannot support are refused with the reason. Tables hold the fitted curve and the residuals.
core::Result fit_law(const std::string& law, const FitInput& input, const core::Options& options);

}  // namespace vitreous::models
