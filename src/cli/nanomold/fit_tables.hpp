// Tables of a fit of lengths, as figures take them.
#pragma once

#include <optional>

#include "cli/nanomold/lengths_table.hpp"
#include "core/result.hpp"
#include "models/nanomold/global_fit.hpp"

namespace vitreous::cli {

/// The mobilities of one temperature as parameters that know no other: what is not seen is so slow
/// that it does not show.
models::nanomold::UncertainParameters parameters_at(const models::nanomold::MobilityFit& fit,
                                                    const models::nanomold::Parameters& assumed);

/// d_c (nm) of one temperature's mobilities; nothing where one of them is not seen.
std::optional<core::Measured> size_at(const models::nanomold::MobilityFit& fit,
                                      const models::nanomold::Parameters& assumed, double p);

/// `per_temperature`: eta, delta D_I, D_I given delta, d_c, with errors; chi^2.
core::Table per_temperature_table(const std::vector<models::nanomold::MobilityFit>& fits,
                                  const LengthsTable& lengths,
                                  const models::nanomold::Parameters& assumed);

/// `fitted_lengths`: every wire with its fitted length.
core::Table fitted_lengths_table(const std::vector<models::nanomold::MobilityFit>& fits,
                                 const LengthsTable& lengths);

/// `fitted_laws`: eta and delta D_I of the global fit with their errors, from 10 K below the
/// coldest to 10 K above the hottest temperature.
core::Table fitted_laws_table(const models::nanomold::UncertainParameters& laws, double T_low,
                              double T_high);

}  // namespace vitreous::cli
