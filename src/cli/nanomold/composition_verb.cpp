// `vitreous nanomold composition`: how the composition drifts along a wire, and where it
// crystallizes.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>

#include "base/error.hpp"
#include "base/units.hpp"
#include "cli/arguments.hpp"
#include "cli/nanomold/answer.hpp"
#include "cli/nanomold/conditions.hpp"
#include "cli/nanomold/verbs.hpp"
#include "models/nanomold/bulk_diffusion.hpp"
#include "models/nanomold/composition.hpp"
#include "models/nanomold/crystallization.hpp"

namespace vitreous::cli {
namespace {

namespace nano = models::nanomold;

struct CompositionOptions : NanomoldOptions {
  ConditionOptions conditions;
  std::string root, tip, ratio, diameter = "20 nm", tau_0, width;
};

/// A number without unit, perhaps with its error: "0.80 +- 0.02".
std::optional<core::Measured> plain_number(const std::string& option, const std::string& text) {
  if (text.empty()) return {};
  const auto value = positive_quantity(option, text, "1");
  return core::Measured{*value, base::parse_quantity(text).error_in("1").value_or(0.0), "1"};
}

core::Measured ratio_of(const AlloyFile& alloy, const CompositionOptions& options, double root,
                        const nano::Conditions& c) {
  const auto peclet_of = [&](double volume) { return nano::molding_peclet(c.p, volume, c.T); };
  const double volume = alloy.parameters.best.atomic_volume;
  if (const auto tip = plain_number("--tip", options.tip)) {
    const double ratio = nano::ratio_of_tip(tip->value, root, peclet_of(volume));
    // ln r by the tip's share, and by Omega through Pe, to first order.
    const double h = 1e-4 * (tip->value - root);
    const double by_tip = (nano::ratio_of_tip(tip->value + h, root, peclet_of(volume)) -
                           nano::ratio_of_tip(tip->value - h, root, peclet_of(volume))) /
                          (2.0 * h);
    const auto by_volume = to_first_order(alloy.parameters, [&](const nano::Parameters& p) {
      return std::vector{nano::ratio_of_tip(tip->value, root, peclet_of(p.atomic_volume))};
    });
    return {ratio, std::hypot(by_tip * tip->standard_error, by_volume[0].standard_error), "1"};
  }
  if (const auto ratio = plain_number("--ratio", options.ratio)) return *ratio;
  if (alloy.composition && alloy.composition->ratio) return {*alloy.composition->ratio, 0.0, "1"};
  throw base::InputError(
      "neither the ratio of the two diffusivities nor the share at the tip is given", {},
      {"--tip 0.80", "--ratio 2.04"});
}

double root_of(const AlloyFile& alloy, const CompositionOptions& options) {
  if (const auto root = plain_number("--root", options.root)) return root->value;
  if (alloy.composition) return alloy.composition->root;
  throw base::InputError("the share of the faster element at the root is not given",
                         "it is that in the feedstock, of the two elements that diffuse",
                         {"--root 0.5625", "[composition] with root = 0.5625 in " + alloy.path});
}

/// The value and its error by the ratio (to first order) of something the profile tells.
template <class Tell>
core::Measured by_ratio(const nano::CompositionInput& input, double ratio_error, const Tell& tell) {
  core::Measured measured{tell(nano::composition_profile(input)), 0.0, "1"};
  if (!(ratio_error > 0.0)) return measured;
  const double h = 1e-3 * ratio_error;
  auto up = input, down = input;
  up.ratio += h;
  down.ratio -= h;
  measured.standard_error =
      std::abs(tell(nano::composition_profile(up)) - tell(nano::composition_profile(down))) /
      (2.0 * h) * ratio_error;
  return measured;
}

void add_crystallization(ModelAnswer& answer, const nano::CompositionProfile& profile,
                         const nano::CrystallizationTime& law, double time) {
  add_value(answer, "onset_share", {nano::onset_share(law, profile.input.root, time), 0.0, "1"},
            fmt::format("time = {:.6g} s", time));
  for (const auto& [exposure, name] :
       {std::pair{nano::Exposure::experiment, "time of the experiment"},
        std::pair{nano::Exposure::residence, "time since deposition"}}) {
    const auto part = nano::crystalline_part(profile, law, time, exposure);
    if (!part) {
      answer.result.quantities.push_back(
          core::Reported::refused("crystalline_from", "the wire stays amorphous"));
      answer.result.quantities.back().how["where"] = name;
      continue;
    }
    auto& added = add_value(answer, "crystalline_from", {part->from, 0.0, "1"}, name);
    added.reason = fmt::format("of z/L, to {:.4f}", part->to);
  }
}

core::Table profile_table(const nano::CompositionProfile& profile) {
  core::Table table{
      "composition",
      {core::number_column("zeta", "1"), core::number_column("share", "1"),
       core::number_column("first_order", "1"), core::number_column("without_exchange", "1")},
      {}};
  const double flat = nano::share_without_exchange(profile.input);
  for (std::size_t k = 0; k < profile.zeta.size(); k += 4) {
    const double cells[] = {profile.zeta[k], profile.share[k],
                            nano::first_order_share(profile.input, profile.zeta[k]), flat};
    for (std::size_t c = 0; c < table.columns.size(); ++c)
      core::add_cell(table.columns[c], cells[c]);
  }
  return table;
}

/// Is the section of the wire in equilibrium with its layer? D_B t/(d/2)^2.
void add_fourier(ModelAnswer& answer, const AlloyFile& alloy, const nano::Conditions& c, double d) {
  try {
    const auto fourier = of_logarithms(alloy.parameters, [&](const nano::Parameters& p) {
      return std::vector{nano::ln_bulk_D(nano::bulk_diffusion(p), c.T) +
                         std::log(4.0 * c.t / (d * d))};
    });
    auto& added = add_value(answer, "radial_fourier_number", fourier[0],
                            fmt::format("diameter = {:.6g} nm", d * 1e9));
    if (fourier[0].value < 0.5)
      added.reason = "too small for layer and wire to exchange atoms all through the section";
  } catch (const base::InputError& error) {
    answer.result.quantities.push_back(
        core::Reported::refused("radial_fourier_number", error.message().problem));
  }
}

void composition(const CompositionOptions& options) {
  const auto alloy = read_alloy_file(options.parameters);
  const auto moldings = moldings_of(alloy, options.conditions);
  if (moldings.size() != 1)
    throw base::InputError("a wire is molded at one temperature",
                           "the file tells of several experiments", {"--temperature \"297 C\""});
  const auto& c = moldings.front().conditions;
  auto answer = nanomold_answer("composition", alloy);
  const CompositionKeys keys = alloy.composition.value_or(CompositionKeys{});
  const double root = root_of(alloy, options);
  const auto peclet = to_first_order(alloy.parameters, [&](const nano::Parameters& p) {
    return std::vector{nano::molding_peclet(c.p, p.atomic_volume, c.T)};
  });
  const auto ratio = ratio_of(alloy, options, root, c);
  const nano::CompositionInput input{root, ratio.value, peclet[0].value};
  const auto profile = nano::composition_profile(input);
  answer.heading = fmt::format("{}share of {} against {} along the wire, {} at {:.6g} GPa",
                               alloy.title.empty() ? "" : alloy.title + ": ", keys.faster,
                               keys.slower, celsius_text(c.T), c.p / 1e9);
  add_value(answer, "Pe", peclet[0]);
  add_value(answer, "ratio", ratio).how["of"] = keys.faster + "/" + keys.slower;
  add_value(answer, "kappa",
            by_ratio(input, ratio.standard_error, [](const auto& p) { return p.kappa; }));
  for (const double zeta : {0.25, 0.5, 0.75, 1.0})
    add_value(answer, "share",
              by_ratio(input, ratio.standard_error, [&](const auto& p) { return p.at(zeta); }),
              fmt::format("z/L = {:g}", zeta));
  add_value(answer, "mean_share",
            by_ratio(input, ratio.standard_error, [](const auto& p) { return p.mean; }));
  auto& jump =
      add_value(answer, "share_without_exchange", {nano::share_without_exchange(input), 0.0, "1"});
  jump.reason = "all along the wire, if layer and wire exchanged no atoms";
  add_fourier(answer, alloy, c, positive_quantity("--diameter", options.diameter, "m").value());
  auto tau_0 = positive_quantity("--tau0", options.tau_0, "s"),
       width = positive_quantity("--width", options.width, "1");
  if (!tau_0) tau_0 = keys.tau_0;
  if (!width) width = keys.width;
  if (tau_0 && width)
    add_crystallization(answer, profile, {*tau_0, *width}, c.t);
  else
    answer.notes.push_back(
        "where it crystallizes needs tau_0 and width of tau_cry(x) = tau_0 10^-((x - x0)/width)^2: "
        "--tau0 \"100 h\" --width 0.1");
  answer.result.tables = {profile_table(profile)};
  answer.next = "vitreous nanomold fit lengths.csv";
  give_answer(answer, options, nanomold_figures);
}

}  // namespace

void add_nanomold_composition(CLI::App& app) {
  auto options = std::make_shared<CompositionOptions>();
  CLI::App* sub = app.add_subcommand("composition",
                                     "Composition along a wire that grew by interface diffusion");
  add_nanomold_options(*sub, *options);
  add_condition_options(*sub, options->conditions);
  sub->add_option("--root", options->root,
                  "share of the faster element in the feedstock [the file's]");
  sub->add_option("--tip", options->tip, "its share at the tip, measured: tells the ratio");
  sub->add_option("--ratio", options->ratio,
                  "of the diffusivities, faster over slower [the file's]");
  sub->add_option("--diameter", options->diameter, "of the wire, for its radial exchange")
      ->capture_default_str();
  sub->add_option("--tau0", options->tau_0,
                  "time to crystallize at the root's composition [the file's]");
  sub->add_option("--width", options->width, "share that costs a decade of it [the file's]");
  sub->footer(
      "Example:\n  vitreous nanomold composition --parameters examples/liu2023/ni-bmg.toml "
      "--temperature \"297 C\" --tip 0.80");
  sub->callback([options] { composition(*options); });
}

}  // namespace vitreous::cli
