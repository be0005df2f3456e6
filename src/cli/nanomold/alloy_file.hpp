// The TOML file with what nanomolding needs to know of an alloy, each value with its unit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/measured.hpp"
#include "models/nanomold/lengths.hpp"
#include "models/nanomold/uncertain.hpp"

namespace vitreous::cli {

/// A molding experiment that the file tells of: [[molding]].
struct Molding {
  models::nanomold::Conditions conditions;
  std::optional<core::Reference> d_c;  ///< published critical diameter, nm
};

/// [composition]: the two elements that diffuse, and how the alloy crystallizes when they part.
struct CompositionKeys {
  double root = 0.0;  ///< the faster element's share of both in the feedstock
  std::string faster = "the faster element", slower = "the slower element";
  std::optional<double> ratio;  ///< of their diffusivities
  std::optional<double> tau_0;  ///< s
  std::optional<double> width;
};

struct AlloyFile {
  std::string path, title, source;
  models::nanomold::UncertainParameters parameters;
  std::vector<Molding> moldings;
  std::optional<CompositionKeys> composition;
};

/// Sections: model (rule, hp_prefactor, print), alloy (atomic_volume), viscosity (eta0 or ln_eta0,
/// B, T0, kink, Q_glass), interface (D0 or ln_delta_D0, Q, delta), bulk (D0 or ln_D0, Q, R, c),
/// relaxation (Tg, tau_g, time), capillarity (surface_tension, contact_angle), composition (root,
/// faster, slower, ratio, tau_0, width), molding (temperature, pressure, time, d_c, source),
/// covariance (of, matrix). A value may carry its standard error: "5581 +- 30 K". Logarithms are of
/// Pa s, m^2/s and m^3/s. Throws InputError that points at the line.
AlloyFile read_alloy_file(const std::string& path);

}  // namespace vitreous::cli
