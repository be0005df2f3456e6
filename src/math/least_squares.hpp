// Least squares with the full covariance of its parameters: weighted, generalized, nonlinear.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace vitreous::math {

/// A dense matrix by rows.
struct Matrix {
  std::size_t rows = 0, columns = 0;
  std::vector<double> values;

  Matrix() = default;
  Matrix(std::size_t n_rows, std::size_t n_columns)
      : rows(n_rows), columns(n_columns), values(n_rows * n_columns, 0.0) {}
  double& operator()(std::size_t i, std::size_t j) { return values[i * columns + j]; }
  double operator()(std::size_t i, std::size_t j) const { return values[i * columns + j]; }
};

struct Fit {
  std::vector<double> parameters;
  /// (X' C^-1 X)^-1 where errors are given; times chi_squared/degrees where they are not, the
  /// scatter about the fit then being the error of a point.
  Matrix covariance;
  std::vector<double> residuals;  ///< y - fit, in the units of y
  double chi_squared = 0.0;       ///< r' C^-1 r; the plain sum of squares where errors are unknown
  double degrees = 0.0;           ///< points - parameters
  bool errors_known = false;

  double standard_error(std::size_t k) const;
  double correlation(std::size_t j, std::size_t k) const;
  /// The probability of a chi^2 at least this large were the model and the errors right; small
  /// means a lack of fit. 1 where errors are unknown or nothing is left to test.
  double lack_of_fit() const;
};

/// y = X a + e. `errors` are the points' standard errors (all positive), or empty where unknown:
/// all points then weigh the same and need to outnumber the parameters. Throws RunError where X
/// does not determine the parameters.
Fit fit_linear(const Matrix& design, std::span<const double> y, std::span<const double> errors);

/// The same for correlated points of known covariance (symmetric, positive definite).
/// Aitken 1935.
Fit fit_generalized(const Matrix& design, std::span<const double> y, const Matrix& covariance);

/// y = a + b x: parameters {a, b}.
Fit fit_line(std::span<const double> x, std::span<const double> y, std::span<const double> errors);

/// The model's values (one a point) at the given parameters.
using Model = std::function<std::vector<double>(std::span<const double> parameters)>;

/// Nonlinear least squares from `start` by Levenberg-Marquardt (MINPACK's, as Eigen has it); the
/// covariance is that of the model linearized at the optimum. Throws RunError where it does not
/// converge or the data do not determine the parameters.
Fit fit_nonlinear(const Model& model, std::span<const double> start, std::span<const double> y,
                  std::span<const double> errors);

}  // namespace vitreous::math
