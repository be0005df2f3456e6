// Published values with their errors, as a study writes them.
#pragma once

#include <map>

#include "core/measured.hpp"
#include "study/value.hpp"

namespace vitreous::study {

/// "0.432(7) eV", "-16.36 +- 0.06", or a bare number where it has no dimension.
core::Reference read_reference(const Value& value, const std::string& key);

/// `source`, `kind` (se, sd or range) and `conditions` of a table.
void read_reference_origin(const Value& table, const std::string& key, core::Reference& reference);

/// { Q = "0.432(7) eV", ln_D0 = "-16.36(6)", source = "paper 1, Table 1" }: one origin for all.
std::map<std::string, core::Reference> read_references(const Value& table, const std::string& key);

/// "0.432(7) eV": as read_reference takes it.
std::string reference_text(const core::Reference& reference);

}  // namespace vitreous::study
