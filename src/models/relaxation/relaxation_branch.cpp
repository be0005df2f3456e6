#include "models/relaxation/relaxation_branch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/constants.hpp"
#include "base/units.hpp"

namespace vitreous::models {
namespace {

const core::Reported* reported_as(const core::Result& result, const std::string& name) {
  for (const auto& q : result.quantities)
    if (q.name == name) return &q;
  return nullptr;
}

const std::vector<double>& numbers_of(const core::Table& table, std::size_t column) {
  return std::get<std::vector<double>>(table.columns.at(column).values);
}

/// The points that the law took, as its table tells them: T, and the error of ln y or ones.
struct TakenPoints {
  std::vector<double> T, errors;
};

TakenPoints points_taken(const core::Result& fit) {
  TakenPoints taken;
  for (const auto& table : fit.tables) {
    if (!table.name.ends_with("_points")) continue;
    taken.T = numbers_of(table, 0);
    const auto& y = numbers_of(table, 1);
    const auto& se = table.columns[1].standard_error;
    const bool known = std::all_of(se.begin(), se.end(), [](double e) { return e > 0.0; });
    for (std::size_t k = 0; k < y.size(); ++k)
      taken.errors.push_back(known && !se.empty() ? se[k] / y[k] : 1.0);
  }
  return taken;
}

/// The correlations of the linearized law, with the standard errors that the law told.
math::Matrix covariance_like(const RelaxationBranch& branch, const TakenPoints& taken,
                             const std::vector<double>& told) {
  const std::size_t n = branch.parameters.size();
  math::Matrix design(taken.T.size(), n);
  for (std::size_t i = 0; i < taken.T.size(); ++i) {
    const auto row = branch.gradient(taken.T[i]);
    for (std::size_t p = 0; p < n; ++p) design(i, p) = row[p];
  }
  const std::vector<double> zeros(taken.T.size(), 0.0);
  auto covariance = math::fit_linear(design, zeros, taken.errors).covariance;
  std::vector<double> scale(n);
  for (std::size_t p = 0; p < n; ++p) scale[p] = told[p] / std::sqrt(covariance(p, p));
  for (std::size_t p = 0; p < n; ++p)
    for (std::size_t q = 0; q < n; ++q) covariance(p, q) *= scale[p] * scale[q];
  return covariance;
}

}  // namespace

double RelaxationBranch::ln_tau(double T, const std::vector<double>& of) const {
  if (law == BranchLaw::arrhenius) return of[0] + of[1] / (base::boltzmann * T);
  if (T <= of[2]) return std::numeric_limits<double>::infinity();
  return of[0] + of[1] / (T - of[2]);
}

double RelaxationBranch::ln_tau(double T) const { return ln_tau(T, parameters); }

std::vector<double> RelaxationBranch::gradient(double T) const {
  if (law == BranchLaw::arrhenius) return {1.0, 1.0 / (base::boltzmann * T)};
  const double above = T - parameters[2];
  return {1.0, 1.0 / above, parameters[1] / (above * above)};
}

double RelaxationBranch::ln_tau_error(double T) const {
  const auto g = gradient(T);
  double variance = 0.0;
  for (std::size_t i = 0; i < g.size(); ++i)
    for (std::size_t j = 0; j < g.size(); ++j) variance += g[i] * covariance(i, j) * g[j];
  return std::sqrt(std::max(variance, 0.0));
}

std::pair<double, double> temperature_of(const RelaxationBranch& branch, double ln_tau) {
  const auto& p = branch.parameters;
  const double above = ln_tau - p[0];
  const double T =
      branch.law == BranchLaw::arrhenius ? p[1] / (base::boltzmann * above) : p[2] + p[1] / above;
  if (!(above > 0.0) || !(T > 1.0)) return {std::nan(""), std::nan("")};
  const double slope = branch.law == BranchLaw::arrhenius ? p[1] / (base::boltzmann * T * T)
                                                          : p[1] / ((T - p[2]) * (T - p[2]));
  return {T, branch.ln_tau_error(T) / slope};
}

RelaxationBranch branch_through(const std::string& name, const core::Measured& energy, double T,
                                double ln_tau, double ln_tau_error) {
  const double slope = 1.0 / (base::boltzmann * T);
  RelaxationBranch branch{name,
                          BranchLaw::arrhenius,
                          {ln_tau - slope * energy.value, energy.value},
                          math::Matrix(2, 2)};
  const double of_energy = energy.standard_error * energy.standard_error;
  branch.covariance(0, 0) = ln_tau_error * ln_tau_error + slope * slope * of_energy;
  branch.covariance(0, 1) = branch.covariance(1, 0) = -slope * of_energy;
  branch.covariance(1, 1) = of_energy;
  return branch;
}

FittedBranch fit_branch(const std::string& name, BranchLaw law, const FitInput& input,
                        double shear_modulus, double shear_modulus_relative_error) {
  const std::string law_name = law == BranchLaw::vft ? "vft" : "arrhenius";
  FittedBranch out;
  out.fit = fit_law(law_name, input, core::parse_options(law_declaration(law_name), {}));
  for (const auto& q : out.fit.quantities)
    if (!q.measured) out.refused = refusal_text(q);
  if (!out.refused.empty()) return out;
  const bool viscosity =
      base::parse_unit(input.unit).dimension == base::parse_unit("Pa s").dimension;
  const auto* prefactor = reported_as(out.fit, viscosity ? "ln_eta0" : "ln_tau0");
  if (!prefactor) {
    out.refused = "only times and viscosities make a branch of the map";
    return out;
  }
  // Laws write times in ps.
  const double to_seconds = viscosity ? -std::log(shear_modulus) : std::log(1e-12);
  std::vector<double> told = {std::hypot(prefactor->measured->standard_error,
                                         viscosity ? shear_modulus_relative_error : 0.0)};
  out.branch.name = name;
  out.branch.law = law;
  out.branch.parameters = {prefactor->measured->value + to_seconds};
  for (const char* parameter : law == BranchLaw::vft ? std::vector{"B", "T0"} : std::vector{"Q"}) {
    const auto* q = reported_as(out.fit, parameter);
    out.branch.parameters.push_back(q->measured->value);
    told.push_back(q->measured->standard_error);
  }
  out.branch.covariance = covariance_like(out.branch, points_taken(out.fit), told);
  return out;
}

}  // namespace vitreous::models
