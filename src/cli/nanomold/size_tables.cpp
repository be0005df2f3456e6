#include "cli/nanomold/size_tables.hpp"

#include <algorithm>
#include <cmath>

#include "cli/nanomold/answer.hpp"
#include "models/nanomold/critical_size.hpp"

namespace vitreous::cli {

namespace nano = models::nanomold;

namespace {
constexpr double nanometer = 1e-9;
}

core::Table critical_size_curve(const AlloyFile& alloy, double T_low, double T_high, double p) {
  core::Table table{"critical_size_curve",
                    {core::number_column("temperature", "K"), core::number_column("d_c", "nm")},
                    {}};
  const int last = 200;
  std::vector<double> T;
  for (int k = 0; k <= last; ++k) T.push_back(T_low + (T_high - T_low) * k / last);
  // The kink is a corner: figures must not cut it.
  if (const auto& glass = alloy.parameters.best.viscosity.glass)
    if (glass->kink > T_low && glass->kink < T_high)
      T.insert(std::lower_bound(T.begin(), T.end(), glass->kink), glass->kink);
  const auto d_c = of_logarithms(alloy.parameters, [&](const nano::Parameters& parameters) {
    std::vector<double> ln;
    for (const double at : T)
      ln.push_back(std::log(nano::critical_diameter(parameters, at, p) / nanometer));
    return ln;
  });
  for (std::size_t k = 0; k < T.size(); ++k) {
    core::add_cell(table.columns[0], T[k]);
    core::add_cell(table.columns[1], d_c[k].value);
    table.columns[1].standard_error.push_back(d_c[k].standard_error);
  }
  return table;
}

core::Table published_sizes(const AlloyFile& alloy) {
  core::Table table{"published_sizes",
                    {core::number_column("temperature", "K"), core::number_column("d_c", "nm")},
                    {{"source", alloy.source}}};
  for (const auto& molding : alloy.moldings) {
    if (!molding.d_c) continue;
    core::add_cell(table.columns[0], molding.conditions.T);
    core::add_cell(table.columns[1], molding.d_c->value);
  }
  return table;
}

core::Table length_curves(const AlloyFile& alloy, const std::vector<Molding>& moldings,
                          double d_low, double d_high) {
  core::Table table{
      "length_curves",
      {core::number_column("temperature", "K"), core::number_column("pressure", "Pa"),
       core::number_column("time", "s"), core::number_column("diameter", "nm"),
       core::number_column("viscous_length", "nm"), core::number_column("diffusive_length", "nm"),
       core::number_column("length", "nm"), core::number_column("d_c", "nm")},
      {}};
  const int last = 120;
  for (const auto& molding : moldings) {
    const auto& c = molding.conditions;
    std::vector<double> d;
    for (int k = 0; k <= last; ++k) d.push_back(d_low * std::pow(d_high / d_low, double(k) / last));
    const auto L = of_logarithms(alloy.parameters, [&](const nano::Parameters& parameters) {
      std::vector<double> ln;
      for (const double at : d)
        ln.push_back(std::log(nano::lengths(parameters, at, c).total / nanometer));
      return ln;
    });
    for (std::size_t k = 0; k < d.size(); ++k) {
      const auto both = nano::lengths(alloy.parameters.best, d[k], c);
      const double cells[] = {c.T,
                              c.p,
                              c.t,
                              d[k] / nanometer,
                              both.viscous / nanometer,
                              both.diffusive / nanometer,
                              L[k].value,
                              nano::critical_diameter(alloy.parameters.best, c.T, c.p) / nanometer};
      for (std::size_t column = 0; column < table.columns.size(); ++column)
        core::add_cell(table.columns[column], cells[column]);
      table.columns[6].standard_error.push_back(L[k].standard_error);
    }
  }
  return table;
}

}  // namespace vitreous::cli
