// Frames that lie evenly in time, of a run or of a file.
#pragma once

#include "analysis/observer.hpp"

namespace vitreous::analysis {

/// Steps in a time (ps) that must be a whole number of them, at least one. Throws InputError that
/// names the option.
std::int64_t whole_steps(const Timeline& timeline, const std::string& option, double time);

/// Every `spacing` steps from the first of the timeline on.
std::vector<std::int64_t> even_steps(const Timeline& timeline, std::int64_t spacing);

/// The first of these steps that a file lacks.
std::optional<std::int64_t> missing_step(const Timeline& timeline, std::int64_t spacing);

/// Throws InputError where a file lacks one of these steps; `why` evenness is needed.
void require_even_steps(const Timeline& timeline, std::int64_t spacing, const std::string& why);

}  // namespace vitreous::analysis
