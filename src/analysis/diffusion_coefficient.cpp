#include "analysis/diffusion_coefficient.hpp"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "analysis/error_degrees.hpp"
#include "analysis/relaxation_time.hpp"
#include "analysis/walk_covariance.hpp"

namespace vitreous::analysis {
namespace {

constexpr double fewest_independent = 8.0;
constexpr std::size_t fewest_for_scatter = 4, most_blocks = 20;  ///< blocks
constexpr std::size_t fewest_lags = 4;
constexpr double largest_relative_error = 0.3;
/// How likely chance alone sets the halves of a steady run as far apart as they are: below the
/// first the error is widened to hold both halves, below the second the run still ages. Of studies
/// with six temperatures one in seventeen has a D widened by chance, one in 170 has one refused;
/// and as few for a window that is not straight, which is judged by the second, too.
constexpr double doubted_chance = 0.01, least_chance = 0.001;
/// Where the run is long, D is fitted over the last decade of its lags.
constexpr double last_share = 0.1;
/// Neighboring lags are so alike that generalized least squares would trust their small differences
/// to the last digit of the model; this share of each variance, added, keeps it modest.
constexpr double modesty = 0.02;

/// The curve and its lags, once the groups are averaged.
struct Curve {
  const DiffusionInput& in;
  std::vector<double> time, msd;                 ///< of usable lags
  std::vector<std::vector<std::size_t>> groups;  ///< that have pairs, of each
  std::vector<std::size_t> index;                ///< of each lag in PairCurves

  explicit Curve(const DiffusionInput& input) : in(input) {
    const PairCurves& c = *in.curves;
    // Of an unfinished run, lags that are as short beside it as those of the whole are.
    const double longest = c.share_seen() * static_cast<double>(c.lags().back());
    for (std::size_t lag = 0; lag < c.lags().size(); ++lag) {
      if (static_cast<double>(c.lags()[lag]) > longest) break;
      auto with = c.groups_with(lag);
      if (with.size() < 2) continue;
      time.push_back(static_cast<double>(c.lags()[lag]) * in.timestep);
      msd.push_back(combine(lag));
      groups.push_back(std::move(with));
      index.push_back(lag);
    }
  }
  double combine(std::size_t lag) const {
    double sum = 0.0;
    for (std::size_t k = 0; k < in.weights.size(); ++k)
      if (in.weights[k] != 0.0) sum += in.weights[k] * in.curves->mean(k, lag);
    return sum;
  }
  double combine(std::size_t i, std::size_t group) const {
    double sum = 0.0;
    for (std::size_t k = 0; k < in.weights.size(); ++k)
      if (in.weights[k] != 0.0) sum += in.weights[k] * in.curves->group_mean(k, index[i], group);
    return sum;
  }
};

/// Lags first .. size-1 of the curve.
struct Window {
  std::size_t first = 0;
  const Curve& curve;
  std::size_t size() const { return curve.time.size() - first; }
  double time(std::size_t i) const { return curve.time[first + i]; }
};

struct Line {
  double D = 0.0, cage = 0.0;
  std::vector<double> weights;  ///< D = sum of weights x MSD, over the window's lags
};

/// The walk's covariances over a window, and what follows from them for any combination of lags.
struct Model {
  GroupCovariance groups;
  Eigen::MatrixXd means;  ///< covariance of the curve's points

  Model(const Window& window, const CagedWalk& walk)
      : groups(walk,
               {window.curve.time.begin() + static_cast<std::ptrdiff_t>(window.first),
                window.curve.time.end()},
               window.curve.in.curves->groups(),
               window.curve.in.curves->group_spacing() * window.curve.in.timestep,
               window.curve.in.curves->origins_per_group()),
        means(window.size(), window.size()) {
    for (std::size_t a = 0; a < window.size(); ++a)
      for (std::size_t b = a; b < window.size(); ++b)
        means(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b)) =
            means(static_cast<Eigen::Index>(b), static_cast<Eigen::Index>(a)) = groups.of_means(
                a, window.curve.groups[window.first + a], b, window.curve.groups[window.first + b]);
  }
  double variance(const std::vector<double>& w) const {
    const Eigen::Map<const Eigen::VectorXd> v(w.data(), static_cast<Eigen::Index>(w.size()));
    return v.dot(means * v);
  }
};

/// Generalized least squares over lags [begin, end) of a window; weights outside are zero.
Line fit_line(const Window& window, const Model& model, std::size_t begin, std::size_t end) {
  const auto n = static_cast<Eigen::Index>(end - begin), b = static_cast<Eigen::Index>(begin);
  Eigen::MatrixXd design(n, 2);
  Eigen::VectorXd msd(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto at = static_cast<std::size_t>(i + b);
    design(i, 0) = 1.0;
    design(i, 1) = 2.0 * window.curve.in.dimensions * window.time(at);
    msd(i) = window.curve.msd[window.first + at];
  }
  Eigen::MatrixXd covariance = model.means.block(b, b, n, n);
  covariance.diagonal() *= 1.0 + modesty;
  const Eigen::LDLT<Eigen::MatrixXd> solver(covariance);
  const Eigen::MatrixXd half = solver.solve(design);
  const Eigen::MatrixXd rows = (design.transpose() * half).inverse() * half.transpose();
  Line line;
  line.cage = rows.row(0).dot(msd);
  line.D = rows.row(1).dot(msd);
  line.weights.assign(window.size(), 0.0);
  for (Eigen::Index i = 0; i < n; ++i) line.weights[static_cast<std::size_t>(i + b)] = rows(1, i);
  return line;
}

/// A quadratic form of the blocks' values against its expectation for the walk, and the degrees of
/// freedom that its spread implies.
struct Scatter {
  double ratio = 1.0, degrees = 0.0;
};

/// What blocks of origins of one length say of a combination of lags: their scatter about the mean
/// of the run, and about the means of its two halves.
struct BlockScatter {
  Scatter whole, halves;
};

struct Blocks {
  std::vector<double> series;      ///< the combination, one value a group
  std::vector<double> covariance;  ///< of the model, by distance of groups
  double independent = 0.0;        ///< stretches of time
  BlockScatter walk;               ///< of blocks as long as walkers need to forget
  BlockScatter liquid;             ///< of blocks as long as a liquid does

  /// Modelled covariance of the means over two ranges of the series.
  double between(std::size_t a0, std::size_t a1, std::size_t b0, std::size_t b1) const {
    double sum = 0.0;
    for (std::size_t g = a0; g < a1; ++g)
      for (std::size_t h = b0; h < b1; ++h) sum += covariance[g > h ? g - h : h - g];
    return sum / (static_cast<double>(a1 - a0) * static_cast<double>(b1 - b0));
  }
  double mean(std::size_t begin, std::size_t end) const {
    double sum = 0.0;
    for (std::size_t g = begin; g < end; ++g) sum += series[g];
    return sum / static_cast<double>(end - begin);
  }
};

/// Groups that have pairs at every lag of the window: as many as at its longest lag, which are
/// there at the shorter ones too when origins are evenly spaced.
std::vector<std::size_t> complete_groups(const Window& window) {
  std::vector<std::size_t> common = window.curve.groups[window.first];
  for (std::size_t i = 1; i < window.size(); ++i) {
    const auto& other = window.curve.groups[window.first + i];
    std::vector<std::size_t> both;
    std::set_intersection(common.begin(), common.end(), other.begin(), other.end(),
                          std::back_inserter(both));
    common = std::move(both);
  }
  return common;
}

/// The scatter of blocks about the mean of their part: the run cut into `parts` equal stretches.
Scatter scatter_within(const Blocks& all, std::size_t blocks, std::size_t parts) {
  const std::size_t n = all.series.size();
  const auto count = static_cast<Eigen::Index>(blocks);
  const auto edge = [&](Eigen::Index b) { return static_cast<std::size_t>(b) * n / blocks; };
  Eigen::VectorXd value(count);
  Eigen::MatrixXd expected(count, count);
  for (Eigen::Index a = 0; a < count; ++a) {
    value(a) = all.mean(edge(a), edge(a + 1));
    for (Eigen::Index b = 0; b < count; ++b)
      expected(a, b) = all.between(edge(a), edge(a + 1), edge(b), edge(b + 1));
  }
  Eigen::MatrixXd center = Eigen::MatrixXd::Identity(count, count);
  for (std::size_t part = 0; part < parts; ++part) {
    const auto begin = static_cast<Eigen::Index>(part * blocks / parts);
    const auto size = static_cast<Eigen::Index>((part + 1) * blocks / parts) - begin;
    center.block(begin, begin, size, size).array() -= 1.0 / static_cast<double>(size);
  }
  const Eigen::MatrixXd centered = center * expected;
  const double trace = centered.trace();
  return {value.dot(center * value) / trace, trace * trace / (centered * centered).trace()};
}

BlockScatter scatter_of(const Blocks& all, double blocks) {
  const std::size_t count = std::max(fewest_for_scatter, static_cast<std::size_t>(blocks));
  return {scatter_within(all, count, 1), scatter_within(all, count, 2)};
}

Blocks measure_blocks(const Window& window, const Model& model, const std::vector<double>& w) {
  Blocks result;
  for (const std::size_t g : complete_groups(window)) {
    double sum = 0.0;
    for (std::size_t i = 0; i < window.size(); ++i)
      if (w[i] != 0.0) sum += w[i] * window.curve.combine(window.first + i, g);
    result.series.push_back(sum);
  }
  const std::size_t n = result.series.size();
  if (n < fewest_for_scatter) return result;
  result.covariance = model.groups.of_combination(w);
  result.independent = result.covariance[0] / result.between(0, n, 0, n);
  const double most = static_cast<double>(std::min(n, most_blocks));
  const double blocks = std::min(most, result.independent);
  result.walk = result.liquid = scatter_of(result, blocks);
  const DiffusionInput& in = window.curve.in;
  if (!in.tau_alpha) return result;
  const double forgotten = in.duration() / (relaxations_to_forget * in.tau_alpha->value);
  if (forgotten < blocks) result.liquid = scatter_of(result, forgotten);
  return result;
}

double error_of(const Model& model, const std::vector<double>& w, const Blocks& blocks) {
  const Scatter& scatter = blocks.liquid.whole;
  return std::sqrt(model.variance(w) * scatter.ratio) * math::student_factor(scatter.degrees);
}

CagedWalk walk_of(const Curve& curve, double D, double cage) {
  CagedWalk walk;
  walk.D = D;
  walk.cage = std::max(0.0, cage);
  walk.dimensions = curve.in.dimensions;
  walk.atoms = curve.in.atoms;
  walk.cage_time = curve.time.front();
  for (std::size_t i = 0; i < curve.time.size(); ++i) {
    walk.cage_time = curve.time[i];
    if (curve.msd[i] - 2.0 * walk.dimensions * D * curve.time[i] >= 0.63 * walk.cage) break;
  }
  return walk;
}

/// D and cage from the last quarter of the lags' range: where the search begins.
Line first_guess(const Curve& curve) {
  const double longest = curve.time.back();
  std::size_t i = 0;
  while (curve.time[i] < 0.25 * longest) ++i;
  Line line;
  if (i + 1 >= curve.time.size()) return line;
  line.D =
      (curve.msd.back() - curve.msd[i]) / (2.0 * curve.in.dimensions * (longest - curve.time[i]));
  line.cage = curve.msd.back() - 2.0 * curve.in.dimensions * line.D * longest;
  return line;
}

/// The first lag that is both late enough and beyond the cage.
std::size_t first_lag(const Curve& curve, const Line& line, double from) {
  std::size_t i = 0;
  while (i < curve.time.size() && (curve.time[i] < from * (1.0 - 1e-9) ||
                                   2.0 * curve.in.dimensions * line.D * curve.time[i] <= line.cage))
    ++i;
  return i;
}

std::string in_unit(const SlopeWords& words, double slope) {
  return fmt::format("{:.2g} {}", slope * words.in_unit, words.unit);
}

std::string caged_text(const Curve& curve, double cage) {
  return fmt::format("upper bound only: {}Dt stays below the cage ({:.2g} A^2) in {:.3g} ps",
                     2 * curve.in.dimensions, cage, curve.time.back());
}

void refuse_caged(DiffusionFit& fit, const Curve& curve, const Line& line) {
  fit.only_upper_bound = true;
  fit.upper_bound = curve.msd.back() / (2.0 * curve.in.dimensions * curve.time.back());
  const double cage =
      line.cage > 0.0 && line.cage < curve.msd.back() ? line.cage : curve.msd.back();
  fit.refusal = fmt::format("{}: {} < {}", caged_text(curve, cage), curve.in.words.symbol,
                            in_unit(curve.in.words, fit.upper_bound));
}

/// Fits the window that begins at `from` or beyond the cage, whichever is later, until it is
/// consistent with its own D and A. False where no lags are left.
bool settle(const Curve& curve, double from, Line& line, Window& window) {
  constexpr int most_rounds = 20;
  std::size_t latest = 0;
  for (int round = 0; round < most_rounds; ++round) {
    if (!(line.D > 0.0)) return false;
    window.first = std::max(latest, first_lag(curve, line, from));
    if (curve.time.size() < window.first + fewest_lags) return false;
    const std::size_t before = window.first;
    line = fit_line(window, Model(window, walk_of(curve, line.D, line.cage)), 0, window.size());
    const std::size_t after = first_lag(curve, line, from);
    if (after == before) break;
    // A window that swings to and fro settles on its later beginning.
    if (round > most_rounds / 2) latest = std::max(before, after);
  }
  return line.D > 0.0;
}

/// A settled window with everything that is said of it.
struct Attempt {
  DiffusionFit fit;
  double difference = 0.0;  ///< D of the window's early lags less that of its late lags, A^2/ps
  double error = 0.0;       ///< of that difference
  double chance = 1.0;      ///< that they differ as much or more where the window is straight
  bool independent_enough() const {
    return fit.independent >= fewest_independent && fit.degrees > 0.0;
  }
  /// Three errors: where chance alone decides, the window that it moves to is a biased one, so a
  /// tighter bound would cost coverage.
  bool straight() const { return std::abs(difference) <= 3.0 * error; }
  bool affordable() const {
    return independent_enough() && fit.standard_error <= largest_relative_error * fit.D;
  }
};

void measure_halves_of_run(DiffusionFit& fit, const Blocks& blocks) {
  const std::size_t n = blocks.series.size(), half = n / 2;
  fit.early = blocks.mean(0, half);
  fit.late = blocks.mean(half, n);
  const double modelled = blocks.between(0, half, 0, half) + blocks.between(half, n, half, n) -
                          2.0 * blocks.between(0, half, half, n);
  const auto chance = [&](const Scatter& scatter) {
    const double error = std::sqrt(scatter.ratio * modelled);
    return error > 0.0 ? math::student_tails((fit.early - fit.late) / error, scatter.degrees) : 1.0;
  };
  fit.halves_chance = chance(blocks.walk.halves);
  // Four blocks may scatter too little by chance: they excuse, and never accuse alone.
  fit.halves_chance_of_liquid = std::max(fit.halves_chance, chance(blocks.liquid.halves));
}

void compare_early_and_late_lags(Attempt& attempt, const Window& window, const Model& model) {
  const std::size_t middle = window.size() / 2;
  const Line early = fit_line(window, model, 0, middle);
  const Line late = fit_line(window, model, middle, window.size());
  std::vector<double> w = early.weights;
  for (std::size_t i = 0; i < w.size(); ++i) w[i] -= late.weights[i];
  attempt.difference = early.D - late.D;
  const Blocks blocks = measure_blocks(window, model, w);
  const Scatter& scatter = blocks.walk.whole;
  const double deviation = std::sqrt(model.variance(w) * scatter.ratio);
  attempt.error = deviation * math::student_factor(scatter.degrees);
  // No walk at all may have no variance in the model of one: never straight.
  attempt.chance =
      deviation > 0.0 ? math::student_tails(attempt.difference / deviation, scatter.degrees) : 0.0;
}

/// Empty where no window from `from` on is left. `line` is the guess to begin with, then the fit.
std::optional<Attempt> attempt_from(const Curve& curve, double from, Line& line) {
  Window window{0, curve};
  if (!settle(curve, from, line, window)) return std::nullopt;
  const Model model(window, walk_of(curve, line.D, line.cage));
  const Blocks blocks = measure_blocks(window, model, line.weights);
  Attempt attempt;
  DiffusionFit& fit = attempt.fit;
  fit.fitted = true;
  fit.D = line.D;
  fit.cage = line.cage;
  fit.from = window.time(0);
  fit.to = window.time(window.size() - 1);
  // Fluctuations of the cage average out between neighboring origins and would count as
  // independent; diffusion is seen anew only once in the shortest lag.
  fit.independent = std::min(blocks.independent, curve.in.duration() / fit.from);
  fit.degrees = blocks.liquid.whole.degrees;
  fit.scatter = blocks.liquid.whole.ratio;
  if (!attempt.independent_enough()) return attempt;
  fit.standard_error = error_of(model, line.weights, blocks);
  measure_halves_of_run(fit, blocks);
  compare_early_and_late_lags(attempt, window, model);
  return attempt;
}

/// What remains of the cage's transient hides in the first lags beyond it, so the window begins
/// later where the run affords it. It begins at fixed shares of the longest lag, a factor of two
/// apart: a beginning that follows D's own fluctuation, or the first of many similar windows that
/// happens to pass a test, would be a biased choice.
void begin_later(const Curve& curve, Line& line, Attempt& found) {
  double from = last_share * curve.time.back();
  while (from < 1.5 * found.fit.from) from *= 2.0;
  for (auto next = attempt_from(curve, from, line); next && next->affordable();
       next = attempt_from(curve, from, line)) {
    found = *next;
    if (found.straight()) break;
    from *= 2.0;
  }
}

std::string too_few_stretches(const DiffusionFit& fit, double duration) {
  return fmt::format(
      "{:.1f} independent stretches of time, {:.0f} needed for an error: lags from {:.3g} ps on in "
      "a "
      "run of {:.3g} ps",
      fit.independent, fewest_independent, fit.from, duration);
}

std::string halves_text(const DiffusionFit& fit, const SlopeWords& words, double chance) {
  return fmt::format(
      "{} in the first half of the run, {} in the second, so far apart by "
      "chance in {:.2g} % of steady runs",
      in_unit(words, fit.early), in_unit(words, fit.late), 100.0 * chance);
}

/// A mean of two values that differ by more than their errors let expect is given the error that
/// makes them agree (Birge's ratio): half of their difference.
void widen_to_both_halves(DiffusionFit& fit, const SlopeWords& words) {
  fit.unwidened_error = fit.standard_error;
  fit.standard_error = std::max(fit.standard_error, 0.5 * std::abs(fit.early - fit.late));
  fit.doubt = fmt::format("{} may drift: {}; the error is half of the difference", words.symbol,
                          halves_text(fit, words, fit.halves_chance));
}

/// Widens the error where that is enough; else says why there is no value.
std::string last_doubts(DiffusionFit& fit, const SlopeWords& words) {
  if (fit.halves_chance_of_liquid < least_chance)
    return fmt::format("{} drifts: {}", words.symbol,
                       halves_text(fit, words, fit.halves_chance_of_liquid));
  if (fit.halves_chance < doubted_chance) widen_to_both_halves(fit, words);
  if (fit.standard_error > largest_relative_error * fit.D)
    return fmt::format("{} is known to {:.0f} % only ({:.0f} % allowed){}{}", words.symbol,
                       100.0 * fit.standard_error / fit.D, 100.0 * largest_relative_error,
                       fit.doubt.empty() ? "" : ": ", fit.doubt);
  return {};
}

}  // namespace

DiffusionFit fit_diffusion(const DiffusionInput& input) {
  const Curve curve(input);
  DiffusionFit fit;
  if (input.curves->longest_lag() == 0) {
    fit.refusal = "nothing was observed yet";
    return fit;
  }
  if (curve.time.size() < fewest_lags || curve.time.back() < input.fit_from) {
    fit.refusal = fmt::format("no lag beyond fit_from = {:.3g} ps", input.fit_from);
    return fit;
  }
  Line line = first_guess(curve);
  const Line guess = line;
  std::optional<Attempt> found = attempt_from(curve, input.fit_from, line);
  if (!found) {
    refuse_caged(fit, curve, guess);
    return fit;
  }
  if (input.later_if_affordable) begin_later(curve, line, *found);
  fit = found->fit;
  if (!found->independent_enough())
    fit.refusal = too_few_stretches(fit, input.duration());
  else if (found->chance < least_chance)
    fit.refusal =
        fmt::format("{}: {} from early and late lags differs by {}, {:.1f} standard errors",
                    input.words.not_settled, input.words.symbol,
                    in_unit(input.words, std::abs(found->difference)),
                    std::abs(found->difference) / found->error);
  else
    fit.refusal = last_doubts(fit, input.words);
  return fit;
}

void tell_doubt(core::Reported& reported, const DiffusionFit& fit) {
  if (fit.doubt.empty()) return;
  reported.reason += (reported.reason.empty() ? "" : "; ") + fit.doubt;
  reported.how["widened"] = fmt::format("from {:.2g} % to half of the difference of the halves",
                                        100.0 * fit.unwidened_error / fit.D);
}

core::Reported diffusion_coefficient(const DiffusionInput& input, const std::string& name) {
  const DiffusionFit fit = fit_diffusion(input);
  core::Reported reported;
  if (!fit.refusal.empty()) {
    reported = core::Reported::refused(name, fit.refusal);
    if (fit.only_upper_bound) {
      reported.state = "upper_bound";
      reported.how["upper_bound"] =
          fmt::format("{:.4g} m^2/s", fit.upper_bound * base::A2_per_ps_to_m2_per_s);
    }
  } else {
    reported.name = name;
    reported.measured = core::Measured{fit.D * base::A2_per_ps_to_m2_per_s,
                                       fit.standard_error * base::A2_per_ps_to_m2_per_s, "m^2/s"};
    const auto run = judge_run(input.tau_alpha, *input.curves, input.timestep);
    reported.state = run.state;
    reported.reason = run.reason;
    tell_doubt(reported, fit);
  }
  if (fit.fitted) {
    set_error_degrees(reported, fit.degrees);
    reported.how["window"] = fmt::format("lags {:.3g} to {:.3g} ps of a run of {:.4g} ps", fit.from,
                                         fit.to, input.duration());
    reported.how["blocks"] = fmt::format("{:.1f}", fit.independent);
    // d ln MSD / d ln t of the fitted A + 2 d D t, where the window ends.
    const double moved = 2.0 * input.dimensions * fit.D * fit.to;
    reported.how["log_slope"] = fmt::format("{:.3f}", moved / (moved + fit.cage));
    reported.how["cage"] = fmt::format("{:.3g} A^2", fit.cage);
    reported.how["error"] = fmt::format(
        "{:.1f} independent stretches of time, {:.1f} degrees of freedom, scatter {:.2f} times "
        "that "
        "of independent Gaussian walkers",
        fit.independent, fit.degrees, fit.scatter);
    if (fit.standard_error > 0.0)
      reported.how["halves"] = fmt::format(
          "{:.3g} and {:.3g} m^2/s from the first and second half of the run; so far apart by "
          "chance in {:.2g} % of steady runs",
          fit.early * base::A2_per_ps_to_m2_per_s, fit.late * base::A2_per_ps_to_m2_per_s,
          100.0 * fit.halves_chance);
  }
  return reported;
}

}  // namespace vitreous::analysis
