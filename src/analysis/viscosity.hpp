// Shear viscosity from the fluctuations of the stress (Green and Kubo).
//   eta = V/(kB T) int_0^inf < p(0) p(t) > dt, averaged over the five independent shear components
//   p of the traceless pressure tensor: xy, xz, yz, (xx - yy)/2, (2 zz - xx - yy)/(2 sqrt 3)
// (Daivis, Evans, J. Chem. Phys. 100, 541 (1994)). The integral is had in Helfand's form (Phys.
// Rev. 119, 1 (1960)), in which no cutoff has to be chosen by eye: with the Helfand moment
//   G(t) = int_0^t p dt',   < (G(t0 + t) - G(t0))^2 > = A + 2 eta kB T/V t   beyond the memory
// of the stress. It walks as an atom does, so its slope is fitted, or refused, by the rules of the
// diffusion coefficient. The fit begins at three times the time in which the integral comes to
// 1 - 1/e^2 of the value that is found. That is six times an exponential memory: what is missing
// then is small, and so is what the walk keeps of its direction, which its errors leave out.
#pragma once

#include <array>
#include <deque>
#include <optional>

#include "analysis/diffusion_coefficient.hpp"
#include "analysis/observer.hpp"
#include "analysis/origin_store.hpp"
#include "analysis/pair_curves.hpp"

namespace vitreous::analysis {

class Viscosity : public Observer {
 public:
  static constexpr bool from_positions = false;
  static core::Declaration declaration();
  Viscosity(const core::Options& options, const Setting& setting);

  std::vector<std::int64_t> frame_steps() const override { return steps_; }
  bool needs_thermo() const override { return true; }
  void observe(const core::Frame& frame) override;
  core::Result result() const override;
  void continue_from(const Observer& shorter) override;
  void transfer(core::Archive& archive) override;

 private:
  using Shear = std::array<double, 5>;
  /// A moment that later ones are compared with.
  struct Origin {
    Shear pressure{}, moment{};
  };

  std::optional<double> to_viscosity() const;
  /// The first lag (ps) at which the integral reaches `value` ((eV/A^3)^2 ps); empty where none
  /// does.
  std::optional<double> rise_time(double value) const;
  DiffusionFit fit(double to_viscosity) const;
  core::Reported eta() const;
  core::Table table() const;

  double interval_ = 0.0;  ///< between samples, ps
  double fit_from_;        ///< ps
  std::vector<std::int64_t> steps_;
  std::vector<std::int64_t> lags_;  ///< in samples
  OriginPlan plan_;                 ///< in samples
  PairCurves curves_;               ///< (dG)^2, (p(t0) + p(t0 + t)) dG/2, p(t0) p(t0 + t)

  std::int64_t origin_every_ = 1;  ///< samples between origins

  std::int64_t samples_ = 0;
  double volume_sum_ = 0.0, temperature_sum_ = 0.0, skew_ = 0.0;
  Shear pressure_{}, moment_{};  ///< of the last sample
  std::deque<Origin> alive_;     ///< evenly spaced; the last is the latest origin
};

}  // namespace vitreous::analysis
