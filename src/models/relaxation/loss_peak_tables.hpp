// Peaks of the loss modulus as tables: their temperatures, and what they were read from.
#pragma once

#include <vector>

#include "core/result.hpp"
#include "models/relaxation/loss_peak.hpp"

namespace vitreous::models {

/// `peaks`: a row a frequency, with the parts of the error; a peak that was refused has its reason.
core::Table loss_peak_table(const std::vector<LossPeak>& peaks);

/// `spectra`: loss, background and fit over the window, in `unit`.
core::Table loss_spectrum_table(const std::vector<LossPeak>& peaks, const std::string& unit);

}  // namespace vitreous::models
