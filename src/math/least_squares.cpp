#include "math/least_squares.hpp"

#include <Eigen/Dense>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <limits>
#include <unsupported/Eigen/NonLinearOptimization>
#include <unsupported/Eigen/NumericalDiff>

#include "base/error.hpp"

namespace vitreous::math {
namespace {

using RowMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Eigen::MatrixXd;
using Eigen::VectorXd;

MatrixXd to_eigen(const Matrix& m) {
  return Eigen::Map<const RowMatrix>(m.values.data(), static_cast<Eigen::Index>(m.rows),
                                     static_cast<Eigen::Index>(m.columns));
}

VectorXd to_eigen(std::span<const double> v) {
  return Eigen::Map<const VectorXd>(v.data(), static_cast<Eigen::Index>(v.size()));
}

Matrix from_eigen(const MatrixXd& m) {
  Matrix out(static_cast<std::size_t>(m.rows()), static_cast<std::size_t>(m.cols()));
  for (std::size_t i = 0; i < out.rows; ++i)
    for (std::size_t j = 0; j < out.columns; ++j)
      out(i, j) = m(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
  return out;
}

std::vector<double> to_vector(const VectorXd& v) { return {v.data(), v.data() + v.size()}; }

[[noreturn]] void undetermined() {
  throw base::RunError("the points do not determine the parameters of the fit",
                       "they are too few, or too much alike in x");
}

void require_points(std::size_t points, std::size_t parameters, bool errors_known) {
  if (points < parameters + (errors_known ? 0 : 1)) undetermined();
}

/// 1/error a point; ones where the errors are unknown.
VectorXd weights_of(std::size_t points, std::span<const double> errors) {
  if (errors.empty()) return VectorXd::Ones(static_cast<Eigen::Index>(points));
  return to_eigen(errors).cwiseInverse();
}

/// (A'A)^-1 by QR of A with its columns scaled to length one, so that units play no part.
struct Solver {
  VectorXd scale;
  Eigen::ColPivHouseholderQR<MatrixXd> qr;

  explicit Solver(const MatrixXd& a) : scale(a.colwise().norm().transpose()) {
    if (!scale.allFinite() || (scale.array() <= 0.0).any()) undetermined();
    qr.setThreshold(1e-13);
    qr.compute(a * scale.cwiseInverse().asDiagonal());
    if (qr.rank() < a.cols()) undetermined();
  }
  VectorXd solve(const VectorXd& b) const {
    return scale.cwiseInverse().asDiagonal() * VectorXd(qr.solve(b));
  }
  MatrixXd covariance() const {
    const Eigen::Index n = scale.size();
    const MatrixXd r = qr.matrixQR().topLeftCorner(n, n).triangularView<Eigen::Upper>();
    const MatrixXd inverse =
        r.triangularView<Eigen::Upper>().solve(MatrixXd::Identity(n, n).eval());
    const MatrixXd scaled =
        qr.colsPermutation() * (inverse * inverse.transpose()) * qr.colsPermutation().transpose();
    const VectorXd s = scale.cwiseInverse();
    return s.asDiagonal() * scaled * s.asDiagonal();
  }
};

/// What is common to all fits, from the whitened residuals' sum of squares.
Fit finish(std::vector<double> parameters, const MatrixXd& covariance, const VectorXd& residuals,
           double chi_squared, bool errors_known) {
  Fit fit;
  fit.parameters = std::move(parameters);
  fit.residuals = to_vector(residuals);
  fit.chi_squared = chi_squared;
  fit.degrees = static_cast<double>(residuals.size()) - static_cast<double>(fit.parameters.size());
  fit.errors_known = errors_known;
  fit.covariance = from_eigen(errors_known ? covariance : covariance * (chi_squared / fit.degrees));
  return fit;
}

/// The weighted residuals of a model, as Eigen's solver wants them.
struct WeightedResiduals {
  using Scalar = double;
  using InputType = VectorXd;
  using ValueType = VectorXd;
  using JacobianType = MatrixXd;
  enum { InputsAtCompileTime = Eigen::Dynamic, ValuesAtCompileTime = Eigen::Dynamic };

  const Model& model;
  VectorXd y, weights;
  Eigen::Index parameters;

  int inputs() const { return static_cast<int>(parameters); }
  int values() const { return static_cast<int>(y.size()); }
  int operator()(const VectorXd& p, VectorXd& out) const {
    const auto fitted = model({p.data(), static_cast<std::size_t>(p.size())});
    out = weights.cwiseProduct(y - to_eigen(fitted));
    return out.allFinite() ? 0 : -1;
  }
};

}  // namespace

double Fit::standard_error(std::size_t k) const { return std::sqrt(covariance(k, k)); }

double Fit::correlation(std::size_t j, std::size_t k) const {
  return covariance(j, k) / (standard_error(j) * standard_error(k));
}

double Fit::lack_of_fit() const {
  if (!errors_known || degrees <= 0.0) return 1.0;
  return boost::math::cdf(boost::math::complement(boost::math::chi_squared(degrees), chi_squared));
}

Fit fit_linear(const Matrix& design, std::span<const double> y, std::span<const double> errors) {
  require_points(y.size(), design.columns, !errors.empty());
  const VectorXd weights = weights_of(y.size(), errors);
  const MatrixXd x = to_eigen(design);
  const VectorXd target = to_eigen(y);
  const Solver solver(weights.asDiagonal() * x);
  const VectorXd parameters = solver.solve(weights.cwiseProduct(target));
  const VectorXd residuals = target - x * parameters;
  return finish(to_vector(parameters), solver.covariance(), residuals,
                weights.cwiseProduct(residuals).squaredNorm(), !errors.empty());
}

Fit fit_generalized(const Matrix& design, std::span<const double> y, const Matrix& covariance) {
  require_points(y.size(), design.columns, true);
  const MatrixXd x = to_eigen(design);
  const VectorXd target = to_eigen(y);
  const Eigen::LLT<MatrixXd> cholesky(to_eigen(covariance));
  if (cholesky.info() != Eigen::Success)
    throw base::RunError("the covariance of the points is not positive definite");
  const Solver solver(cholesky.matrixL().solve(x));
  const VectorXd parameters = solver.solve(cholesky.matrixL().solve(target));
  const VectorXd residuals = target - x * parameters;
  const VectorXd whitened = cholesky.matrixL().solve(residuals);
  return finish(to_vector(parameters), solver.covariance(), residuals, whitened.squaredNorm(),
                true);
}

Fit fit_line(std::span<const double> x, std::span<const double> y, std::span<const double> errors) {
  Matrix design(x.size(), 2);
  for (std::size_t i = 0; i < x.size(); ++i) {
    design(i, 0) = 1.0;
    design(i, 1) = x[i];
  }
  return fit_linear(design, y, errors);
}

Fit fit_nonlinear(const Model& model, std::span<const double> start, std::span<const double> y,
                  std::span<const double> errors) {
  require_points(y.size(), start.size(), !errors.empty());
  const Eigen::NumericalDiff<WeightedResiduals, Eigen::Central> residuals_of(WeightedResiduals{
      model, to_eigen(y), weights_of(y.size(), errors), static_cast<Eigen::Index>(start.size())});
  auto functor = residuals_of;
  Eigen::LevenbergMarquardt solver(functor);
  solver.parameters.xtol = solver.parameters.ftol = 1e-14;
  solver.parameters.maxfev = 5000;
  VectorXd p = to_eigen(start);
  const auto status = solver.minimize(p);
  if (status < Eigen::LevenbergMarquardtSpace::RelativeReductionTooSmall ||
      status == Eigen::LevenbergMarquardtSpace::TooManyFunctionEvaluation || !p.allFinite())
    throw base::RunError("the nonlinear fit did not converge");
  VectorXd weighted(static_cast<Eigen::Index>(y.size()));
  functor(p, weighted);
  MatrixXd jacobian(weighted.size(), p.size());
  functor.df(p, jacobian);
  const Solver at_optimum(jacobian);
  const VectorXd residuals = weighted.cwiseQuotient(weights_of(y.size(), errors));
  return finish(to_vector(p), at_optimum.covariance(), residuals, weighted.squaredNorm(),
                !errors.empty());
}

}  // namespace vitreous::math
