// A study as it was understood.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "base/error.hpp"
#include "study/plan.hpp"

namespace vitreous::cli {

/// Alloy and engine, every stage with its branches, options and observers, fits and published
/// values. Options at their defaults are left out.
std::string study_text(const study::Plan& plan);

nlohmann::ordered_json message_json(const base::Message& message);

/// "--scale quick --set 'liquid.duration=60 ps'", with a blank before each.
std::string choice_words(const std::string& scale, const std::vector<std::string>& settings);

}  // namespace vitreous::cli
