#include "analysis/msd.hpp"

#include <cmath>

#include "analysis/diffusion_coefficient.hpp"
#include "analysis/lag_grid.hpp"
#include "analysis/lane_sum.hpp"
#include "analysis/origin_store.hpp"

namespace vitreous::analysis {

core::Declaration Msd::declaration() {
  core::Declaration d;
  d.name = "msd";
  d.one_line = "mean square displacement and diffusion coefficient, per species and of all atoms";
  d.formula =
      "MSD(t) = <|r_i(t0 + t) - r_i(t0)|^2> over atoms i and origins t0; D from MSD = A + 2 d D t "
      "over lags where 2 d D t > A, in d = 3 dimensions, 2 in a layer";
  d.options = {
      max_time_option(),
      {"fit_from",
       core::OptionType::number,
       "ps",
       "1 ps",
       "the shortest lag that D may be fitted over: before it atoms still vibrate",
       {}},
      {"q",
       core::OptionType::number,
       "1/A",
       "2.7 1/A",
       "the wave number of the F_s(q, t) whose tau_alpha tells whether the run is long enough",
       {}}};
  const auto layer = SlabLayer::options();
  d.options.insert(d.options.end(), layer.begin(), layer.end());
  d.columns = {{"species", "1", "element, or \"all\""},
               {"time", "ps", "lag"},
               {"msd", "angstrom^2", "mean square displacement with its standard error"}};
  d.derived = {{"D", "m^2/s", "diffusion coefficient of all atoms"},
               {"D.<species>", "m^2/s", "diffusion coefficient of a species"}};
  d.source = "Allen and Tildesley, Computer Simulation of Liquids, 2nd ed., section 2.7";
  return d;
}

Msd::Msd(const core::Options& options, const Setting& setting)
    : PairObserver(setting, log_lags(setting.timeline, max_time(options)), 2 * setting.kinds.size(),
                   SlabLayer::from(options, setting)),
      q_(options.number("q")),
      fit_from_(options.number("fit_from")),
      phase_(dimensions()) {}

void Msd::observe_pair(const Pair& pair) {
  if (!has_members(pair)) return;
  const double q2 = q_ * q_;
  average(pair, 0, [](double d2) { return d2; });
  average(pair, setting_.kinds.size(), [&](double d2) { return phase_(q2 * d2); });
  curves_.add(pair.lag, pair.group, values_);
}

core::Table Msd::table() const {
  const double memory = steps_to_forget(tau_alpha(), setting_.timeline.timestep);
  core::Table table = curve_table("msd", "angstrom^2", [&](const SpeciesRow& row, std::size_t lag) {
    return curves_.estimate(lag, row.weights, memory);
  });
  table.name = "msd";
  return table;
}

std::vector<double> Msd::weights_of_all() const { return rows().back().weights; }

// F_s of all atoms decides on the state of every species: it is the liquid that is in equilibrium.
std::optional<core::Measured> Msd::tau_alpha() const {
  std::vector<double> scattering(setting_.kinds.size(), 0.0);
  const auto all = weights_of_all();
  scattering.insert(scattering.end(), all.begin(), all.end());
  return relaxation_time(curves_, scattering, std::exp(-1.0), setting_.timeline.timestep);
}

RunState Msd::run_state() const {
  return judge_run(tau_alpha(), curves_, setting_.timeline.timestep);
}

Inflection Msd::inflection() const {
  return msd_inflection(curves_, weights_of_all(), setting_.timeline.timestep);
}

core::Reported Msd::diffusion(const SpeciesRow& row) const {
  DiffusionInput input;
  input.curves = &curves_;
  input.weights = row.weights;
  input.atoms = row.atoms;
  input.dimensions = dimensions();
  input.timestep = setting_.timeline.timestep;
  input.fit_from = fit_from_;
  input.tau_alpha = tau_alpha();
  core::Reported reported = diffusion_coefficient(input, "D" + row.suffix);
  tell_how(reported.how);
  return reported;
}

core::Result Msd::result() const {
  core::Result result;
  result.tables.push_back(table());
  for (const auto& row : rows()) result.quantities.push_back(diffusion(row));
  return result;
}

}  // namespace vitreous::analysis
