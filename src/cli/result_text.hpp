// Results as people read them in a terminal.
#pragma once

#include <string>
#include <vector>

#include "core/result.hpp"

namespace vitreous::cli {

/// One line a quantity: name, value with its error, state, published value and pull where there is
/// one; what was refused, with its reason.
std::string quantity_lines(const std::vector<core::Reported>& quantities);

/// Everything that is known of one quantity.
std::string quantity_description(const core::Reported& quantity);

/// Column names, units and ranges, then the first rows.
std::string table_description(const core::Table& table, std::size_t most_rows = 10);

}  // namespace vitreous::cli
