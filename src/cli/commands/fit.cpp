#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/result_folder.hpp"
#include "cli/result_text.hpp"
#include "io/csv.hpp"
#include "io/fit_table.hpp"
#include "io/results_json.hpp"

namespace vitreous::cli {
namespace {

namespace fs = std::filesystem;

struct FitOptions {
  std::string law, file, out;
  io::FitTableRequest table;
  std::map<std::string, std::string> of_law;  ///< in the user's words
  bool json = false;
};

/// What follows a fit: for a diffusion coefficient the law that it is compared with.
std::string next_command(const FitOptions& options) {
  if (options.law == "arrhenius") return fmt::format("vitreous fit vft {}", options.file);
  if (options.law == "vft" || options.law == "kink")
    return fmt::format("vitreous fit arrhenius {}", options.file);
  return fmt::format("vitreous help {}", options.law);
}

bool all_refused(const core::Result& result) {
  return std::all_of(result.quantities.begin(), result.quantities.end(),
                     [](const auto& q) { return q.status == core::Status::refused; });
}

std::string range_of(const std::vector<models::Point>& points) {
  const auto [low, high] =
      std::minmax_element(points.begin(), points.end(), [](auto& a, auto& b) { return a.x < b.x; });
  return fmt::format("{:.0f} to {:.0f} K", low->x, high->x);
}

std::string refusal(const core::Reported& refused, const models::FitInput& input,
                    const FitOptions& options) {
  std::string text = fmt::format("refused: fit of {} ({} of {}): {}\n", options.file, options.law,
                                 options.table.y, models::refusal_text(refused));
  const auto left_out = refused.how.find("left_out");
  if (left_out != refused.how.end() && left_out->second.find("state is glass") != std::string::npos)
    text += "  try: --state glass\n";
  if (options.law == "glass_transition" && !input.points.empty())
    text += fmt::format(
        "  the points lie at {}\n"
        "  try: --glass-from, --glass-to, --liquid-from, --liquid-to: windows where {} is a line\n",
        range_of(input.points), options.table.y);
  return text;
}

/// The quantities, then how they were had: once, for it is the same for all.
std::string report(const core::Result& result, const FitOptions& options) {
  const auto& how = result.quantities.front().how;
  std::string text =
      fmt::format("{} of {}, {} points\n", options.law, options.table.y, how.at("n"));
  text += quantity_lines(result.quantities);
  for (const char* key :
       {"weights", "error", "chi_squared", "degrees", "lack_of_fit", "scatter", "covariance",
        "correlation", "windows", "window_spread", "statistical_error", "test", "reference"})
    if (const auto found = how.find(key); found != how.end())
      text += fmt::format("  {:<17} {}\n", key, found->second);
  if (const auto left_out = how.find("left_out"); left_out != how.end()) {
    std::string lines = left_out->second;
    for (std::size_t at = 0; (at = lines.find('\n', at)) != std::string::npos; at += 5)
      lines.replace(at, 1, "\n    ");
    text += "  left out:\n    " + lines + "\n";
  }
  return text;
}

/// A table that a fit could take, and not one that a fit has written.
bool has_data(const fs::path& file, const std::string& quantity) {
  const std::string stem = file.stem().string();
  if (file.extension() != ".csv" || stem.ends_with("_curve") || stem.ends_with("_points"))
    return false;
  try {
    const auto columns = io::read_csv(file.string()).columns;
    return std::any_of(columns.begin(), columns.end(),
                       [&](const auto& column) { return column.name == quantity; });
  } catch (const base::InputError&) {
    return false;
  }
}

/// A run's folder holds many tables: names those with the quantity.
void refuse_folder(const FitOptions& options) {
  const std::string quantity = options.table.y.substr(0, options.table.y.find('*'));
  std::vector<std::string> tries;
  for (const auto& entry : fs::recursive_directory_iterator(
           options.file, fs::directory_options::skip_permission_denied))
    if (entry.is_regular_file() && has_data(entry.path(), quantity))
      tries.push_back(fmt::format("vitreous fit {} {}", options.law, entry.path().string()));
  std::sort(tries.begin(), tries.end());
  throw base::InputError(
      fmt::format("{}: is a folder, and a fit takes one table", options.file),
      tries.empty() ? fmt::format("no table in it has a column {}", quantity) : "", tries);
}

/// Tables, results and, where the law has points to show, a figure.
void write_fit_folder(const FitOptions& options, const core::Result& result) {
  write_result_folder(options.out, result, {});
  const bool points =
      std::any_of(result.tables.begin(), result.tables.end(), [&](const auto& table) {
        return table.name == options.law + "_points" || table.name == "tangent_lines";
      });
  if (points)
    draw_figure(options.out, options.law, "vitreous.plot_fit",
                {fs::path(options.file).filename().string()});
}

void fit(FitOptions options) {
  const auto& declaration = models::law_declaration(options.law);
  const auto of_law = core::parse_options(declaration, options.of_law);
  options.table.of_temperature = models::is_of_temperature(declaration);
  if (options.table.y.empty()) options.table.y = io::usual_quantity(options.law);
  if (fs::is_directory(options.file)) refuse_folder(options);
  const auto table =
      io::fit_table(io::read_fit_data(options.file, options.table.of_temperature), options.table);
  options.table.y = table.y;
  for (const auto& line : table.reading) fmt::print(stderr, "{}\n", line);
  for (const auto& note : table.notes) fmt::print(stderr, "note: {}\n", note);
  auto result = models::fit_law(options.law, table.input, of_law);
  for (auto& quantity : result.quantities) {
    quantity.how["of"] = options.table.y;
    if (!options.table.where.empty())
      quantity.how["where"] = fmt::format("{}", fmt::join(options.table.where, ", "));
  }
  if (!options.out.empty()) make_result_folder(options.out);
  if (options.json)
    fmt::print("{}\n", io::to_results_json({true, result.quantities}));
  else
    fmt::print("{}", all_refused(result) ? refusal(result.quantities.front(), table.input, options)
                                         : report(result, options));
  if (!options.out.empty()) write_fit_folder(options, result);
  fmt::print(stderr, "next: {}\n", next_command(options));
}

/// What an option does; by law where the laws do not say the same.
std::string option_sentence(const std::string& option) {
  std::vector<std::pair<std::string, std::string>> told;  // laws, sentence
  for (const auto& law : models::law_declarations()) {
    const auto* of_law = law.option(option);
    if (!of_law) continue;
    const std::string text = of_law->sentence + " [" + of_law->default_text + "]";
    const auto same =
        std::find_if(told.begin(), told.end(), [&](const auto& t) { return t.second == text; });
    if (same == told.end())
      told.emplace_back(law.name, text);
    else
      same->first += ", " + law.name;
  }
  if (told.size() == 1) return told.front().second;
  std::string all;
  for (const auto& [laws, text] : told)
    all += fmt::format("{}{}: {}", all.empty() ? "" : "; ", laws, text);
  return all;
}

/// --state, --weights, --glass-from, ...: what the laws declare, each once.
void add_law_options(CLI::App& app, const std::shared_ptr<FitOptions>& options) {
  std::map<std::string, std::string> laws;
  std::vector<std::string> names;
  for (const auto& law : models::law_declarations())
    for (const auto& option : law.options) {
      if (!laws.contains(option.name)) names.push_back(option.name);
      laws[option.name] += (laws[option.name].empty() ? "" : ", ") + law.name;
    }
  for (const auto& name : names) {
    std::string dashed = name;
    std::replace(dashed.begin(), dashed.end(), '_', '-');
    app.add_option_function<std::string>(
           "--" + dashed,
           [options, name](const std::string& value) { options->of_law[name] = value; },
           option_sentence(name))
        ->group("Options of " + laws[name]);
  }
}

}  // namespace

Command fit_command() {
  return {
      "fit", "Fits a law to a table: Arrhenius, VFT, a kink, a power law, a decay, ...",
      "vitreous fit arrhenius liquid/diffusion.csv --where temperature=1000K..2000K",
      [](CLI::App& app, int&) {
        auto options = std::make_shared<FitOptions>();
        std::vector<std::string> names;
        for (const auto& law : models::law_declarations()) names.push_back(law.name);
        app.add_option("LAW", options->law, fmt::format("{}", fmt::join(names, ", ")))->required();
        app.add_option("TABLE", options->file,
                       "a CSV file with units in its header, or a log.lammps")
            ->required();
        app.add_option("--x", options->table.x,
                       "the column of x [the temperature; the first numbers for other laws]");
        app.add_option("--y", options->table.y,
                       "the column that is fitted [D; V of a ramp; the next numbers for laws of "
                       "another x], or two: D*tau_alpha");
        app.add_option("--where", options->table.where,
                       "rows to take: NAME=VALUE or NAME=FROM..TO (more than once: all hold)")
            ->allow_extra_args(false);
        add_law_options(app, options);
        app.add_flag("--json", options->json, "print JSON");
        app.add_option("--out", options->out,
                       "a folder for the curve, the residuals, results.json and a figure");
        app.callback([options] { fit(*options); });
      }};
}

}  // namespace vitreous::cli
