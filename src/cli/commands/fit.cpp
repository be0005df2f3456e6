#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <memory>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/fit_table.hpp"
#include "cli/result_text.hpp"
#include "io/csv.hpp"
#include "io/results_json.hpp"

namespace vitreous::cli {
namespace {

struct FitOptions {
  std::string law;
  FitTableRequest table;
  std::map<std::string, std::string> of_law;  ///< in the user's words
  bool json = false;
};

/// What a law is fitted to where --y does not say.
std::string usual_quantity(const std::string& law) {
  if (law == "glass_transition") return "V";
  if (law == "stokes_einstein") return "D*tau_alpha";
  return "D";
}

/// What follows a fit: for a diffusion coefficient the law that it is compared with.
std::string next_command(const FitOptions& options) {
  if (options.law == "arrhenius") return fmt::format("vitreous fit vft {}", options.table.file);
  if (options.law == "vft") return fmt::format("vitreous fit arrhenius {}", options.table.file);
  return fmt::format("vitreous help {}", options.law);
}

bool all_refused(const core::Result& result) {
  return std::all_of(result.quantities.begin(), result.quantities.end(),
                     [](const auto& q) { return q.status == core::Status::refused; });
}

std::string refusal(const core::Reported& refused, const FitOptions& options) {
  std::string text = fmt::format("refused: fit of {} ({} of {}): {}\n", options.table.file,
                                 options.law, options.table.y, models::refusal_text(refused));
  const auto left_out = refused.how.find("left_out");
  if (left_out != refused.how.end() && left_out->second.find("state is glass") != std::string::npos)
    text += "  try: --state glass\n";
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
        "correlation", "windows", "window_spread", "statistical_error"})
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

void fit(FitOptions options) {
  const auto& declaration = models::law_declaration(options.law);
  const auto of_law = core::parse_options(declaration, options.of_law);
  if (options.table.y.empty()) options.table.y = usual_quantity(options.law);
  const auto table = fit_table(io::read_csv(options.table.file), options.table);
  for (const auto& note : table.notes) fmt::print(stderr, "note: {}\n", note);
  auto result = models::fit_law(options.law, table.input, of_law);
  for (auto& quantity : result.quantities) {
    quantity.how["of"] = options.table.y;
    if (!options.table.where.empty())
      quantity.how["where"] = fmt::format("{}", fmt::join(options.table.where, ", "));
  }
  if (options.json)
    fmt::print("{}\n", io::to_results_json({true, result.quantities}));
  else
    fmt::print("{}", all_refused(result) ? refusal(result.quantities.front(), options)
                                         : report(result, options));
  fmt::print(stderr, "next: {}\n", next_command(options));
}

/// --state, --weights, --glass-from, ...: what the laws declare, each once.
void add_law_options(CLI::App& app, const std::shared_ptr<FitOptions>& options) {
  std::map<std::string, std::string> sentences, laws;
  std::vector<std::string> names;
  for (const auto& law : models::law_declarations())
    for (const auto& option : law.options) {
      if (!sentences.contains(option.name)) names.push_back(option.name);
      sentences[option.name] = option.sentence + " [" + option.default_text + "]";
      laws[option.name] += (laws[option.name].empty() ? "" : ", ") + law.name;
    }
  for (const auto& name : names) {
    std::string dashed = name;
    std::replace(dashed.begin(), dashed.end(), '_', '-');
    app.add_option_function<std::string>(
           "--" + dashed,
           [options, name](const std::string& value) { options->of_law[name] = value; },
           sentences[name])
        ->group("Options of " + laws[name]);
  }
}

}  // namespace

Command fit_command() {
  return {
      "fit", "Fits a law to a table: Arrhenius, VFT, glass transition, Stokes-Einstein",
      "vitreous fit arrhenius liquid/diffusion.csv --where temperature=1000K..2000K",
      [](CLI::App& app, int&) {
        auto options = std::make_shared<FitOptions>();
        std::vector<std::string> names;
        for (const auto& law : models::law_declarations()) names.push_back(law.name);
        app.add_option("LAW", options->law, fmt::format("{}", fmt::join(names, ", ")))->required();
        app.add_option("TABLE", options->table.file, "a CSV file with units in its header")
            ->required();
        app.add_option("--x", options->table.x, "the column of temperatures")
            ->capture_default_str();
        app.add_option("--y", options->table.y,
                       "the column that is fitted [D; V of a ramp], or two: D*tau_alpha");
        app.add_option("--where", options->table.where,
                       "rows to take: NAME=VALUE or NAME=FROM..TO (more than once: all hold)")
            ->allow_extra_args(false);
        add_law_options(app, options);
        app.add_flag("--json", options->json, "print JSON");
        app.callback([options] { fit(*options); });
      }};
}

}  // namespace vitreous::cli
