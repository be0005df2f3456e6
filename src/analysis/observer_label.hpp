// Names of observers that are asked for more than once: "msd", "msd_2", "msd_3"; the tables and
// quantities of a numbered one bear its label: "msd_2.D".
#pragma once

#include <string>
#include <utility>

namespace vitreous::analysis {

/// `number` counts from 1.
std::string observer_label(const std::string& kind, int number);

/// "msd_2.D.Cu" -> {"msd_2", "D.Cu"}; what no numbered observer yielded has no label: "D.Cu" ->
/// {"", "D.Cu"}.
std::pair<std::string, std::string> split_label(const std::string& quantity);

/// "_2" of "msd_2"; "" where there is no number.
std::string label_suffix(const std::string& label);

}  // namespace vitreous::analysis
