#include "cli/nanomold/fit_tables.hpp"

#include <cmath>

#include "cli/nanomold/answer.hpp"
#include "models/nanomold/critical_size.hpp"

namespace vitreous::cli {

namespace nano = models::nanomold;

namespace {

/// ln of a mobility so slow that no length shows it.
constexpr double unseen = 400.0;

void add_measured(core::Column& column, const std::optional<double>& ln, double variance,
                  double factor) {
  const double value = ln ? factor * std::exp(*ln) : NAN;
  core::add_cell(column, value);
  column.standard_error.push_back(value * std::sqrt(variance));
}

}  // namespace

nano::UncertainParameters parameters_at(const nano::MobilityFit& fit,
                                        const nano::Parameters& assumed) {
  nano::UncertainParameters at{
      assumed, {"viscosity.ln_eta0", "interface.ln_delta_D0"}, fit.covariance};
  at.best.viscosity = {fit.ln_eta.value_or(unseen), 0.0, 0.0, {}};
  at.best.interface.ln_delta_D0 = fit.ln_delta_D.value_or(-unseen);
  at.best.interface.Q = 0.0;
  return at;
}

std::optional<core::Measured> size_at(const nano::MobilityFit& fit, const nano::Parameters& assumed,
                                      double p) {
  if (!fit.ln_eta || !fit.ln_delta_D) return {};
  auto d_c = of_logarithms(parameters_at(fit, assumed), [&](const nano::Parameters& parameters) {
    return std::vector{std::log(nano::critical_diameter(parameters, fit.T, p) * 1e9)};
  });
  d_c[0].unit = "nm";
  return d_c[0];
}

core::Table per_temperature_table(const std::vector<nano::MobilityFit>& fits,
                                  const LengthsTable& lengths, const nano::Parameters& assumed) {
  core::Table table{
      "per_temperature",
      {core::number_column("temperature", "K"), core::number_column("eta", "Pa s", true),
       core::number_column("delta_D_I", "m^3/s", true), core::number_column("D_I", "m^2/s", true),
       core::number_column("d_c", "nm", true), core::number_column("wires", "1"),
       core::number_column("chi_squared", "1"), core::number_column("degrees", "1")},
      {}};
  auto& c = table.columns;
  for (std::size_t k = 0; k < fits.size(); ++k) {
    const auto& fit = fits[k];
    core::add_cell(c[0], fit.T);
    add_measured(c[1], fit.ln_eta, fit.covariance(0, 0), 1.0);
    add_measured(c[2], fit.ln_delta_D, fit.covariance(1, 1), 1.0);
    add_measured(c[3], fit.ln_delta_D, fit.covariance(1, 1), 1.0 / assumed.interface.delta);
    const auto d_c = size_at(fit, assumed, lengths.temperatures[k].wires.front().p);
    core::add_cell(c[4], d_c ? d_c->value : NAN);
    c[4].standard_error.push_back(d_c ? d_c->standard_error : NAN);
    core::add_cell(c[5], double(lengths.temperatures[k].wires.size()));
    core::add_cell(c[6], fit.chi_squared);
    core::add_cell(c[7], fit.degrees);
  }
  return table;
}

core::Table fitted_lengths_table(const std::vector<nano::MobilityFit>& fits,
                                 const LengthsTable& lengths) {
  core::Table table{
      "fitted_lengths",
      {core::number_column("temperature", "K"), core::number_column("pressure", "Pa"),
       core::number_column("time", "s"), core::number_column("diameter", "nm"),
       core::number_column("length", "nm"), core::number_column("fitted_length", "nm", true)},
      {}};
  auto& c = table.columns;
  for (std::size_t k = 0; k < fits.size(); ++k)
    for (std::size_t i = 0; i < lengths.temperatures[k].wires.size(); ++i) {
      const auto& wire = lengths.temperatures[k].wires[i];
      const double cells[] = {fits[k].T,    wire.p,
                              wire.t,       wire.d * 1e9,
                              wire.L * 1e9, fits[k].fitted.empty() ? NAN : fits[k].fitted[i] * 1e9};
      for (std::size_t column = 0; column < c.size(); ++column)
        core::add_cell(c[column], cells[column]);
      c[4].standard_error.push_back(wire.L_se > 0.0 ? wire.L_se * 1e9 : NAN);
    }
  return table;
}

core::Table fitted_laws_table(const nano::UncertainParameters& laws, double T_low, double T_high) {
  core::Table table{"fitted_laws",
                    {core::number_column("temperature", "K"), core::number_column("eta", "Pa s"),
                     core::number_column("delta_D_I", "m^3/s")},
                    {}};
  const int last = 120;
  std::vector<double> T;
  for (int k = 0; k <= last; ++k) T.push_back(T_low + (T_high - T_low) * k / last);
  const auto values = of_logarithms(laws, [&](const nano::Parameters& parameters) {
    std::vector<double> ln;
    for (const double at : T) {
      ln.push_back(nano::ln_viscosity(parameters.viscosity, at));
      ln.push_back(nano::ln_delta_D(parameters.interface, at));
    }
    return ln;
  });
  for (std::size_t k = 0; k < T.size(); ++k) {
    core::add_cell(table.columns[0], T[k]);
    for (std::size_t c = 0; c < 2; ++c) {
      core::add_cell(table.columns[c + 1], values[2 * k + c].value);
      table.columns[c + 1].standard_error.push_back(values[2 * k + c].standard_error);
    }
  }
  return table;
}

}  // namespace vitreous::cli
