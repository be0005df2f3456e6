#include "models/relaxation/complex_modulus.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "base/error.hpp"
#include "math/statistics.hpp"

namespace vitreous::models {
namespace {

using Cycle = OscillationRun::Cycle;

Cycle sum_of_cycles(const std::vector<Cycle>& cycles) {
  Cycle sum;
  for (const auto& cycle : cycles) {
    sum.strain += cycle.strain;
    sum.stress += cycle.stress;
  }
  return sum;
}

/// What one piece of a run tells: a run, or one of its cycles.
struct ModulusOfPiece {
  std::complex<double> modulus;
  double mean_stress = 0.0;
};

ModulusOfPiece modulus_of_piece(const Cycle& sums) {
  const auto strain = fit_harmonic(sums.strain), stress = fit_harmonic(sums.stress);
  return {std::complex(stress.sine, stress.cosine) / std::complex(strain.sine, strain.cosine),
          stress.mean};
}

/// The cycles of a run that are fitted.
std::vector<Cycle> cycles_behind(const OscillationRun& run, std::size_t dropped) {
  auto cycles = run.whole_cycles();
  if (cycles.size() < dropped + 2)
    throw base::InputError(
        fmt::format("{} whole cycles, of which the first {} are dropped", cycles.size(), dropped),
        "two or more must be left: the error is what cycles or runs differ by",
        {"a longer run, or fewer dropped cycles"});
  cycles.erase(cycles.begin(), cycles.begin() + static_cast<std::ptrdiff_t>(dropped));
  for (const auto& cycle : cycles)
    if (cycle.stress.n < 5.0)
      throw base::InputError(
          fmt::format("a cycle holds {:.0f} samples, and five are needed", cycle.stress.n),
          "with fewer, oscillations of other frequencies look the same",
          {"write the stress more often, or check the frequency"});
  return cycles;
}

void require_strain(const Cycle& all) {
  const auto strain = fit_harmonic(all.strain);
  if (!(strain.amplitude() > 3.0 * strain.scatter / std::sqrt(0.5 * all.strain.n)))
    throw base::InputError("the strain does not oscillate at this frequency",
                           "its amplitude is not above the error of the fit",
                           {"check the frequency and its unit, and the column of the strain"});
}

ModulusPart mean_of_parts(const std::vector<double>& values) {
  const auto mean = math::independent_mean(values);
  return {mean.mean, mean.standard_error};
}

/// A ratio of means whose errors go together.
ModulusPart ratio_of_parts(const std::vector<double>& above, const std::vector<double>& below) {
  const double bottom = math::mean(below), ratio = math::mean(above) / bottom;
  std::vector<double> deviations;
  for (std::size_t k = 0; k < above.size(); ++k)
    deviations.push_back((above[k] - ratio * below[k]) / bottom);
  return {ratio, math::independent_mean(deviations).standard_error};
}

}  // namespace

OscillationRun::OscillationRun(double frequency) : frequency_(frequency) {
  if (!(frequency > 0.0) || !std::isfinite(frequency))
    throw base::InputError(fmt::format("a frequency of {:g} is none", frequency),
                           "it must be positive");
}

void OscillationRun::add(double time, double strain, double stress) {
  if (cycles_.empty())
    first_ = time;
  else if (!(time > last_))
    throw base::InputError(
        fmt::format("time {:g} follows {:g}", time, last_), "the samples of a run rise in time",
        {"a column that numbers the runs (run, replica), where the table holds several"});
  last_ = time;
  // A sample on the border of two cycles must not fall to either by a rounding.
  const auto cycle = static_cast<std::size_t>(std::floor(frequency_ * (time - first_) + 1e-9));
  if (cycle >= cycles_.size()) cycles_.resize(cycle + 1);
  const double phase = 2.0 * std::numbers::pi * frequency_ * time;
  cycles_[cycle].strain.add(phase, strain);
  cycles_[cycle].stress.add(phase, stress);
}

std::vector<OscillationRun::Cycle> OscillationRun::whole_cycles() const {
  auto cycles = cycles_;
  if (cycles.empty()) return cycles;
  double samples = 0.0;
  for (const auto& cycle : cycles) samples += cycle.stress.n;
  const double spacing = samples > 1.0 ? (last_ - first_) / (samples - 1.0) : 0.0;
  const double end = first_ + static_cast<double>(cycles.size()) / frequency_;
  if (last_ + 1.5 * spacing < end) cycles.pop_back();
  return cycles;
}

ComplexModulus complex_modulus(const std::vector<OscillationRun>& runs,
                               std::size_t dropped_cycles) {
  if (runs.empty()) throw base::InputError("there is no run to take a modulus from");
  ComplexModulus result;
  result.runs = runs.size();
  Cycle all;
  std::vector<Cycle> pieces;
  for (const auto& run : runs) {
    if (run.frequency() != runs.front().frequency())
      throw base::InputError(fmt::format("runs of {:g} and {:g} are no replicas of each other",
                                         runs.front().frequency(), run.frequency()),
                             "their frequencies differ");
    const auto cycles = cycles_behind(run, dropped_cycles);
    const auto sum = sum_of_cycles(cycles);
    all.strain += sum.strain;
    all.stress += sum.stress;
    result.cycles = result.cycles == 0 ? cycles.size() : std::min(result.cycles, cycles.size());
    if (runs.size() == 1)
      pieces = cycles;
    else
      pieces.push_back(sum);
  }
  require_strain(all);
  std::vector<double> storage, loss, mean_stress;
  for (const auto& sums : pieces) {
    const auto piece = modulus_of_piece(sums);
    storage.push_back(piece.modulus.real());
    loss.push_back(piece.modulus.imag());
    mean_stress.push_back(piece.mean_stress);
  }
  result.storage = mean_of_parts(storage);
  result.loss = mean_of_parts(loss);
  result.mean_stress = mean_of_parts(mean_stress);
  result.tan_delta = ratio_of_parts(loss, storage);
  result.error_degrees = static_cast<double>(pieces.size()) - 1.0;
  const auto strain = fit_harmonic(all.strain), stress = fit_harmonic(all.stress);
  result.strain_amplitude = strain.amplitude();
  result.stress_amplitude = stress.amplitude();
  result.stress_scatter = stress.scatter;
  result.samples = all.stress.n;
  // A phase error times the amplitude of the modulus, whatever that amplitude is.
  result.white_noise_error =
      expected_phase_error(result.stress_scatter, result.strain_amplitude, result.samples);
  return result;
}

}  // namespace vitreous::models
