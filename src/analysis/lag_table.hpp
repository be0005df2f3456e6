// The tidy table of a curve: species, time, value with its standard error.
#pragma once

#include <functional>
#include <string>

#include "analysis/observer.hpp"
#include "analysis/species_rows.hpp"
#include "math/statistics.hpp"

namespace vitreous::analysis {

/// `estimate(row, lag)` is asked for every row and lag (steps of `timestep` ps); where it has no
/// degrees of freedom the row is left out. `table.how` says how origins were chosen and errors
/// made.
core::Table lag_table(
    const std::string& name, const std::string& unit, const std::vector<SpeciesRow>& rows,
    const std::vector<std::int64_t>& lags, double timestep, const std::string& origins,
    const std::function<math::Estimate(const SpeciesRow&, std::size_t)>& estimate);

}  // namespace vitreous::analysis
