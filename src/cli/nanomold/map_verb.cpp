// `vitreous nanomold map`: which mechanism molds at which size and temperature.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/math/tools/toms748_solve.hpp>
#include <chrono>
#include <cmath>
#include <memory>

#include "base/error.hpp"
#include "cli/arguments.hpp"
#include "cli/nanomold/answer.hpp"
#include "cli/nanomold/conditions.hpp"
#include "cli/nanomold/size_tables.hpp"
#include "cli/nanomold/verbs.hpp"
#include "models/nanomold/critical_size.hpp"
#include "models/nanomold/mechanism_map.hpp"

namespace vitreous::cli {
namespace {

namespace nano = models::nanomold;

struct MapOptions : NanomoldOptions {
  ConditionOptions conditions;
  std::string from, to, smallest = "5 nm", largest = "300 nm", below = "10 nm";
  int points = 200;
};

nano::MapRange range_of_map(const AlloyFile& alloy, const MapOptions& options) {
  const auto [low, high] = figure_range(alloy);
  nano::MapRange range{positive_quantity("--from", options.from, "K").value_or(low),
                       positive_quantity("--to", options.to, "K").value_or(high),
                       positive_quantity("--smallest", options.smallest, "m").value_or(0.0),
                       positive_quantity("--largest", options.largest, "m").value_or(0.0),
                       options.points};
  if (!(range.T_low < range.T_high))
    throw base::InputError(fmt::format("--from {} is not below --to {}", celsius_text(range.T_low),
                                       celsius_text(range.T_high)));
  if (!(range.d_low < range.d_high))
    throw base::InputError(
        fmt::format("--smallest {} is not below --largest {}", options.smallest, options.largest));
  return range;
}

core::Table map_table(const nano::MechanismMap& map) {
  core::Table table{"mechanism_map",
                    {core::number_column("temperature", "K"), core::number_column("diameter", "nm"),
                     core::number_column("log10_ratio", "1")},
                    {}};
  for (std::size_t i = 0; i < map.T.size(); ++i)
    for (std::size_t k = 0; k < map.d.size(); ++k) {
      core::add_cell(table.columns[0], map.T[i]);
      core::add_cell(table.columns[1], map.d[k] * 1e9);
      core::add_cell(table.columns[2], map.log10_ratio[i * map.d.size() + k]);
    }
  return table;
}

/// d_c at its largest, and where it is.
void add_largest(ModelAnswer& answer, const AlloyFile& alloy, const nano::MapRange& range,
                 double p) {
  const auto T_of = [&](const nano::Parameters& parameters) {
    return nano::temperature_of_largest(parameters, range.T_low, range.T_high, p);
  };
  const auto size = of_logarithms(alloy.parameters, [&](const nano::Parameters& parameters) {
    return std::vector{std::log(nano::critical_diameter(parameters, T_of(parameters), p) * 1e9)};
  });
  const auto T = to_first_order(alloy.parameters, [&](const nano::Parameters& parameters) {
    return std::vector{T_of(parameters) - 273.15};
  });
  auto& largest = add_value(answer, "largest_d_c", {size[0].value, size[0].standard_error, "nm"});
  const double at = T_of(alloy.parameters.best), edge = 1e-3 * (range.T_high - range.T_low);
  if (at - range.T_low < edge) largest.reason = "at the cold edge of the map, where it still grows";
  if (range.T_high - at < edge) largest.reason = "at the hot edge of the map, where it still grows";
  add_value(answer, "T_of_largest_d_c", {T[0].value, T[0].standard_error, "C"});
}

/// The temperature below its maximum at which d_c falls to a size, where it does in the map.
void add_falls_to(ModelAnswer& answer, const AlloyFile& alloy, const nano::MapRange& range,
                  double p, const std::string& size_text) {
  const double size = positive_quantity("--below", size_text, "m").value();
  const auto T_of = [&](const nano::Parameters& parameters) {
    const double top = nano::temperature_of_largest(parameters, range.T_low, range.T_high, p);
    const auto excess = [&](double T) {
      return std::log(nano::critical_diameter(parameters, T, p) / size);
    };
    if (!(excess(range.T_low) < 0.0 && excess(top) > 0.0))
      throw base::InputError(fmt::format("d_c does not fall to {} within the map", size_text));
    std::uintmax_t iterations = 200;
    const auto ends = boost::math::tools::toms748_solve(
        excess, range.T_low, top, boost::math::tools::eps_tolerance<double>(45), iterations);
    return std::vector{0.5 * (ends.first + ends.second) - 273.15};
  };
  const std::string where = "d_c = " + size_text;
  try {
    const auto T = to_first_order(alloy.parameters, T_of);
    add_value(answer, "T_of_d_c", {T[0].value, T[0].standard_error, "C"}, where);
  } catch (const base::InputError& error) {
    answer.result.quantities.push_back(
        core::Reported::refused("T_of_d_c", error.message().problem));
    answer.result.quantities.back().how["where"] = where;
  }
}

void draw_map(const MapOptions& options) {
  const auto alloy = read_alloy_file(options.parameters);
  auto answer = nanomold_answer("mechanism_map", alloy);
  const auto range = range_of_map(alloy, options);
  const double p = pressure_for(alloy, options.conditions, range.T_high);
  const auto start = std::chrono::steady_clock::now();
  const auto map = nano::mechanism_map(alloy.parameters.best, range, p);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  answer.notes.push_back(
      fmt::format("{0} x {0} cells computed in {1:.1f} ms", options.points, took.count()));
  add_largest(answer, alloy, range, p);
  add_falls_to(answer, alloy, range, p, options.below);
  if (!options.out.empty())
    answer.result.tables = {map_table(map),
                            critical_size_curve(alloy, range.T_low, range.T_high, p),
                            published_sizes(alloy)};
  answer.next = fmt::format("vitreous nanomold transitions --parameters {}", options.parameters);
  give_answer(answer, options, nanomold_figures);
}

}  // namespace

void add_nanomold_map(CLI::App& app) {
  auto options = std::make_shared<MapOptions>();
  CLI::App* sub = app.add_subcommand("map", "Map of the mechanisms over temperature and diameter");
  add_nanomold_options(*sub, *options);
  sub->add_option("--from", options->from, "lowest temperature [50 C]");
  sub->add_option("--to", options->to, "highest temperature [10 K above the file's]");
  sub->add_option("--smallest", options->smallest, "smallest diameter")->capture_default_str();
  sub->add_option("--largest", options->largest, "largest diameter")->capture_default_str();
  sub->add_option("--below", options->below,
                  "tells the temperature at which d_c falls to this size")
      ->capture_default_str();
  sub->add_option("--pressure", options->conditions.pressure,
                  "matters where the file turns capillarity on");
  sub->add_option("--points", options->points, "along each axis")
      ->capture_default_str()
      ->check(CLI::Range(2, 5000));
  sub->footer(
      "Example:\n  vitreous nanomold map --parameters examples/liu2023/ni-bmg.toml --out map");
  sub->callback([options] { draw_map(*options); });
}

}  // namespace vitreous::cli
