// The diffusion coefficient from a mean square displacement, with an error that covers, or a
// refusal.
//
//   MSD(t) = A + 2 d D t   beyond the cage (A is the cage's share), fitted over lags where 2 d D t
//   > A
//
// by generalized least squares. The covariance of the lags is that of a Gaussian walk with this
// very MSD (for Gaussian displacements Cov(x^2, y^2) = 2 Cov(x, y)^2, and Cov(x, y) follows from
// the MSD; Qian, Sheetz, Elson, Biophys. J. 60, 910 (1991); Vestergaard, Blainey, Flyvbjerg, Phys.
// Rev. E 89, 022726 (2014)), so the overlap of windows and the unequal numbers of origins are
// accounted for exactly. Its scale is measured: the scatter of D between blocks of origins, divided
// by what the walk would give, carries what the walk leaves out (atoms that move together,
// non-Gaussian displacements). Student's t for the number of blocks. A liquid is more mobile now
// and less then, and remembers that for several relaxation times: blocks are ten of them long, or
// a quarter of a run that is too short for that.
//
// Whether D drifts is asked of the two halves of the run: their difference over its standard error
// is Student's t where the run is steady. Where chance sets halves so far apart in less than one
// steady run of a hundred, D is kept and its error becomes half of the difference, by which the
// mean of two values that disagree has to be widened (Birge, Phys. Rev. 40, 207 (1932)). Where that
// happens in less than one of a thousand even by the long blocks, D is refused. A refusal is no
// neutral act: the coldest, least certain points are the ones that leave a fit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/pair_curves.hpp"
#include "base/constants.hpp"
#include "core/measured.hpp"

namespace vitreous::analysis {

/// What the slope is called where it is refused, and its unit.
struct SlopeWords {
  std::string symbol = "D";
  std::string unit = "m^2/s";
  double in_unit = base::A2_per_ps_to_m2_per_s;  ///< `unit`s in one A^2/ps
  std::string not_settled = "the motion is not diffusive yet";
};

struct DiffusionInput {
  const PairCurves* curves = nullptr;
  std::vector<double> weights;  ///< of the channels: which atoms
  double atoms = 0.0;           ///< how many atoms these are
  int dimensions = 3;
  double timestep = 0.0;                    ///< ps a step
  double fit_from = 1.0;                    ///< ps: before, vibrations
  std::optional<core::Measured> tau_alpha;  ///< ps; empty where the run does not reach it
  /// Begin the window later than at `fit_from` where the run affords it: what remains of a cage's
  /// transient is otherwise hidden in the first lags beyond it.
  bool later_if_affordable = true;
  SlopeWords words;

  /// Of what was seen of the run, ps.
  double duration() const { return static_cast<double>(curves->seen()) * timestep; }
};

/// The window and quality of a fit, for the record; meaningful where `fitted`.
struct DiffusionFit {
  bool fitted = false;
  double D = 0.0, standard_error = 0.0;  ///< A^2/ps
  double cage = 0.0;                     ///< A, A^2
  double from = 0.0, to = 0.0;           ///< window, ps
  double independent = 0.0;              ///< independent stretches of time behind D
  double degrees = 0.0;                  ///< of freedom behind its error
  double scatter = 0.0;                  ///< measured variance / that of independent walkers
  double early = 0.0, late = 0.0;        ///< D of the earlier and later half of the run, A^2/ps
  double halves_chance = 1.0;  ///< that halves of a steady run differ as much or more: Student's t
  double halves_chance_of_liquid = 1.0;  ///< of one that remembers its mobility
  std::string doubt;                     ///< why the error was widened; "" where it was not
  double unwidened_error = 0.0;          ///< A^2/ps; what it was then
  double upper_bound = 0.0;              ///< A^2/ps; where nothing could be fitted
  std::string refusal;                   ///< why there is no D; "" where there is one
  bool only_upper_bound = false;
};

DiffusionFit fit_diffusion(const DiffusionInput& input);

/// Says in `reason` and `how` that an error was widened, where it was.
void tell_doubt(core::Reported& reported, const DiffusionFit& fit);

/// The fit as a quantity in m^2/s: ok with state `equilibrium` or `glass`, or refused with the
/// reason in plain words (state `upper_bound` where the cage is never left; `how["upper_bound"]`
/// then tells it).
core::Reported diffusion_coefficient(const DiffusionInput& input, const std::string& name);

}  // namespace vitreous::analysis
