#include "analysis/cage_jumps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

#include "analysis/jump_quantities.hpp"
#include "base/error.hpp"

namespace vitreous::analysis {
namespace {

std::size_t convention_of(const std::string& name) {
  std::size_t c = 0;
  while (name != u2_conventions[c]) ++c;
  return c;
}

std::optional<double> optional_number(const core::Options& options, const std::string& name) {
  if (!options.has(name)) return std::nullopt;
  return options.number(name);
}

/// The MSD of the same atoms, by the same rule.
core::Options msd_options(const core::Options& options) {
  core::Options of_msd = core::parse_options(Msd::declaration(), {});
  for (const auto& option : LayerChoice::options())
    if (options.has(option.name)) of_msd.set(option.name, options.all().at(option.name));
  return of_msd;
}

std::size_t atoms_of(const Setting& setting) {
  return std::accumulate(setting.counts.begin(), setting.counts.end(), std::size_t{0});
}

/// A plain number of ps of at most `limit`, or of a file a multiple of eight of its frames.
double plain_window(const Timeline& timeline, double limit) {
  const double grain =
      timeline.from_file()
          ? 8.0 * static_cast<double>(timeline.steps[1] - timeline.steps[0]) * timeline.timestep
          : std::pow(10.0, std::floor(std::log10(limit)) - 1.0);
  return std::floor(limit / grain * (1.0 + 1e-9)) * grain;
}

void require_length(const Timeline& timeline, double window, const WindowPlan& plan) {
  if (JumpTally::holds(2 * plan.parts() / plan.parts_a_window)) return;
  std::size_t halves = 1;
  while (!JumpTally::holds(halves)) ++halves;
  const double needed = 0.5 * static_cast<double>(halves);
  std::vector<std::string> tries = {fmt::format("a run of {:.6g} ps", needed * window)};
  if (const double plain = plain_window(timeline, timeline.duration() / needed); plain > 0.0)
    tries.insert(tries.begin(), fmt::format("window = \"{:.6g} ps\"", plain));
  throw base::InputError(
      fmt::format("cage_jumps: {:.6g} ps hold {:.3g} windows of {:.6g} ps, {:.3g} needed",
                  timeline.duration(), timeline.duration() / window, window, needed),
      "a jump is measured between windows before and behind it, and errors come from the scatter "
      "of jumps in time",
      tries);
}

void require_short_lags(const Timeline& timeline, const std::vector<std::int64_t>& lags) {
  const double first = static_cast<double>(lags.front()) * timeline.timestep;
  if (first <= longest_first_lag * (1.0 + 1e-9)) return;
  throw base::InputError(
      fmt::format("cage_jumps: <u^2> cannot be told from frames {:.6g} ps apart", first),
      fmt::format("it is the MSD at its inflection near 1 ps, which needs frames {:g} ps apart",
                  longest_first_lag),
      {"u2 = \"0.0675 A^2\" where it is known from elsewhere"});
}

}  // namespace

core::Declaration CageJumps::declaration() {
  core::Declaration d;
  d.name = "cage_jumps";
  d.one_line = "jumps of atoms out of their cages: events, rates, lengths and their diffusion";
  d.formula =
      "an atom jumps where <(r - <r>)^2> > 5 <u^2> over a window of time; windows overlap by half, "
      "those that overlap or touch are one jump; l = <r>(behind) - <r>(before), |l| >= "
      "sqrt(<u^2>); "
      "a jump and the next one cancel where |l + l'| < 1 A; D_jumps = Gamma <l^2>/(2 d) in d = 3 "
      "dimensions, along the surface in a layer "
      "2";
  d.options = {
      {"window", core::OptionType::number, "ps", "200 ps", "the length of a window", {}},
      {"every",
       core::OptionType::number,
       "ps",
       "automatic",
       "time between frames; a 40th of a window, or what a file has, if not given",
       {}},
      {"u2",
       core::OptionType::number,
       "angstrom^2",
       "automatic",
       "<u^2>, how far atoms move in their cages; if not given, from the MSD where its logarithmic "
       "slope is least",
       {}},
      {"u2_convention",
       core::OptionType::text,
       "1",
       u2_conventions[0],
       "what <u^2> is of that MSD: half of it, which is the variance of the position; all; or its "
       "share of one component",
       {u2_conventions[0], u2_conventions[1], u2_conventions[2]}}};
  const auto layer = LayerChoice::options();
  d.options.insert(d.options.end(), layer.begin(), layer.end());
  d.columns = {{"atom", "1", "its id"},
               {"start", "ps", "begin of the first window in which it jumps"},
               {"end", "ps", "end of the last one"},
               {"lx", "angstrom", "the jump along x; ly and lz likewise"},
               {"length", "angstrom", "|l|"},
               {"windows", "1", "how many windows, one behind another, the jump takes"},
               {"window ... D_jumps", "1",
                "of a second table, cage_jumps_rates: the quantities by windows of a quarter, a "
                "half, one, two, ... of this one, and by every u2_convention"}};
  const auto derive = [&](const std::string& name, const std::string& unit,
                          const std::string& sentence) {
    d.derived.push_back({name, unit, sentence});
    d.derived.push_back({name + ".<species>", unit, "the same for a species"});
  };
  derive("Gamma", "1/ns", "jumps an atom and nanosecond");
  derive("length", "angstrom", "mean length of the jumps within one window");
  derive("l_squared", "angstrom^2", "mean square length of all jumps");
  derive("D_jumps", "m^2/s", "diffusion by jumps, Gamma l_squared/(2 d)");
  derive("D_ratio", "1", "D_jumps over the D of the MSD");
  d.derived.push_back({"u2", "angstrom^2", "<u^2> where it was not given"});
  for (const char* c : u2_conventions) {
    d.derived.push_back(
        {fmt::format("Gamma_{}", c), "1/ns", fmt::format("Gamma with u2_convention {}", c)});
    d.derived.push_back({fmt::format("length_{}", c), "angstrom", "and the length"});
  }
  d.source =
      "Annamareddy, Voyles, Perepezko and Morgan (2021), section 3; Lu and Wang, Phys. Rev. E 94, "
      "062611 (2016)";
  return d;
}

CageJumps::CageJumps(const core::Options& options, const Setting& setting)
    : setting_(setting),
      window_(options.number("window")),
      u2_(optional_number(options, "u2")),
      convention_(convention_of(options.text("u2_convention"))),
      plan_(plan_windows(setting.timeline, window_, optional_number(options, "every"))),
      sums_(atoms_of(setting), plan_.frames_a_part),
      msd_(msd_options(options), setting) {
  if (const auto choice = LayerChoice::from(options, setting)) layer_.emplace(*choice);
  if (u2_ && !(*u2_ > 0.0))
    throw base::InputError(fmt::format("u2 = {:.6g} A^2 is not above zero", *u2_));
  require_length(setting.timeline, window_, plan_);
  if (!u2_) require_short_lags(setting.timeline, msd_.lags());
}

std::vector<std::int64_t> CageJumps::frame_steps() const {
  const auto watched = msd_.frame_steps();
  std::vector<std::int64_t> steps;
  std::set_union(plan_.steps.begin(), plan_.steps.end(), watched.begin(), watched.end(),
                 std::back_inserter(steps));
  return steps;
}

void CageJumps::observe(const core::Frame& frame) {
  const auto wanted = [&](const std::vector<std::int64_t>& steps) {
    return std::binary_search(steps.begin(), steps.end(), frame.step);
  };
  if (wanted(msd_.frame_steps())) msd_.observe(frame);
  if (!wanted(plan_.steps)) return;
  if (layer_) layer_->see(*frame.box);
  sums_.add(*frame.atoms, layer_ ? layer_->normal() : math::Vec3{});
  kind_ = frame.atoms->species;
}

CageJumps::Cage CageJumps::cage() const {
  const char* convention = u2_conventions[convention_];
  const char* whose = layer_ ? "the layer's MSD along the surface" : "the MSD";
  Cage cage;
  if (u2_) {
    cage.msd = *u2_ / u2_share();
    cage.told = fmt::format("{:.4g} A^2 ({} of {}), as given", *u2_, convention, whose);
    return cage;
  }
  cage.measured = msd_.inflection();
  if (!cage.measured.refusal.empty()) {
    cage.told = "<u^2> is not known: " + cage.measured.refusal;
    return cage;
  }
  cage.msd = cage.measured.msd.mean;
  cage.told = fmt::format(
      "{:.4g} A^2 ({}): {} is {:.4g} A^2 where its logarithmic slope is least, at {:.3g} ps",
      u2_share() * cage.msd, convention, whose, cage.msd, cage.measured.time);
  return cage;
}

core::Reported CageJumps::u2(const Cage& cage) const {
  if (cage.msd == 0.0) return core::Reported::refused("u2", cage.told);
  const double share = u2_share();
  core::Reported reported;
  reported.name = "u2";
  reported.measured =
      core::Measured{share * cage.msd, share * cage.measured.msd.standard_error, "angstrom^2"};
  reported.how["u2"] = cage.told;
  return reported;
}

std::map<std::string, std::string> CageJumps::how(const Cage& cage,
                                                  const JumpSearch& search) const {
  std::map<std::string, std::string> how = {
      {"window", fmt::format("{:.6g} ps, the next one half of that later, {} frames each", window_,
                             plan_.frames_a_part * plan_.parts_a_window)},
      {"u2", cage.told},
      {"flagged", fmt::format("{:.2g} % of the windows", 100.0 * search.share_flagged())},
      {"ends", "a jump counts where the run holds a whole window before and behind it"},
      {"error",
       "from the scatter of jumps in time, with its autocorrelation; <u^2> taken as exact"},
      {"drift", "the center of mass is left in the positions"}};
  if (layer_)
    how["layer"] = layer_->description(search.find(convention_)->tally.rows(setting_).back().atoms);
  return how;
}

core::Result CageJumps::result() const {
  const Cage cage = this->cage();
  std::optional<JumpSearch> search;
  if (cage.msd > 0.0) search.emplace(windows(), cage.msd, convention_);
  const auto tally = [&](std::size_t convention) {
    const JumpSearch::Case* found = search ? search->find(convention) : nullptr;
    return found ? &found->tally : nullptr;
  };
  JumpConditions conditions{msd_.run_state(), {}, {}, 0.0, window_};
  if (!search)
    conditions.refusal = cage.told;
  else if (!tally(convention_))
    conditions.refusal = "too few windows of the run were observed so far";
  core::Result result;
  if (conditions.refusal.empty()) {
    conditions.how = how(cage, *search);
    conditions.share_flagged = search->share_flagged();
    result.tables = {search->events(), search->rates()};
    for (auto& table : result.tables) table.how = conditions.how;
  }
  const auto rows =
      conditions.refusal.empty() ? tally(convention_)->rows(setting_) : species_rows(setting_);
  const auto msd_rows = msd_.rows();
  const auto append = [&](std::vector<core::Reported> quantities) {
    std::move(quantities.begin(), quantities.end(), std::back_inserter(result.quantities));
  };
  for (std::size_t k = 0; k < rows.size(); ++k)
    append(jump_quantities(tally(convention_), rows[k], msd_.diffusion(msd_rows[k]), conditions));
  for (std::size_t c = 0; c < u2_conventions.size(); ++c)
    append(convention_quantities(tally(c), rows.back(), u2_conventions[c], conditions));
  if (!u2_) result.quantities.push_back(u2(cage));
  return result;
}

void CageJumps::continue_from(const Observer& shorter) {
  const auto& before = dynamic_cast<const CageJumps&>(shorter);
  sums_ = before.sums_;
  kind_ = before.kind_;
  layer_ = before.layer_;
  msd_.continue_from(before.msd_);
}

void CageJumps::transfer(core::Archive& archive) {
  archive.transfer("kind", kind_);
  if (layer_) layer_->transfer(archive);
  {
    const core::Archive::Group group(archive, "windows");
    sums_.transfer(archive);
  }
  const core::Archive::Group group(archive, "msd");
  msd_.transfer(archive);
}

}  // namespace vitreous::analysis
