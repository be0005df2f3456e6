#include "study/alloy_reading.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <filesystem>

#include "core/element.hpp"
#include "core/random_configuration.hpp"
#include "io/potential_source.hpp"
#include "study/option_reading.hpp"
#include "study/study_keys.hpp"

namespace vitreous::study {
namespace {

[[noreturn]] void refuse_composition(const std::string& text, const std::string& why) {
  throw base::InputError(fmt::format("\"{}\" is not a composition", text), why,
                         {"\"Cu50Zr50\"", "\"Al86.5La13.5\""});
}

std::string take_element(const std::string& text, std::size_t& at) {
  std::string symbol(1, text[at++]);
  while (at < text.size() && std::islower(static_cast<unsigned char>(text[at])))
    symbol += text[at++];
  if (core::atomic_number(symbol) == 0)
    refuse_composition(text, fmt::format("\"{}\" is not the symbol of an element", symbol));
  return symbol;
}

double take_share(const std::string& text, std::size_t& at) {
  double share = 1.0;
  const char* end = text.data() + text.size();
  const auto [next, error] =
      std::from_chars(text.data() + at, end, share, std::chars_format::fixed);
  if (error != std::errc()) return 1.0;
  at = static_cast<std::size_t>(next - text.data());
  if (!(share > 0.0) || !std::isfinite(share))
    refuse_composition(text, "an element has no share in it");
  return share;
}

bool is_model(const std::string& potential) { return potential.starts_with("kim:"); }

const Value& require(const Value& table, const char* key, const std::string& path,
                     const std::string& example) {
  const Entry* entry = table.find(key);
  if (!entry)
    refuse(table.place, path, fmt::format("{} lacks `{}`", path, key), "",
           {fmt::format("{} = {}", key, example)});
  return entry->value;
}

}  // namespace

std::vector<std::pair<std::string, double>> parse_composition(const std::string& words) {
  std::string text;
  std::copy_if(words.begin(), words.end(), std::back_inserter(text),
               [](char c) { return c != ' '; });
  std::vector<std::pair<std::string, double>> fractions;
  double sum = 0.0;
  for (std::size_t at = 0; at < text.size();) {
    const std::string symbol = take_element(text, at);
    for (const auto& [other, share] : fractions)
      if (other == symbol) refuse_composition(text, symbol + " stands in it twice");
    fractions.emplace_back(symbol, take_share(text, at));
    sum += fractions.back().second;
  }
  if (fractions.empty()) refuse_composition(text, "it names no element");
  for (auto& [symbol, share] : fractions) share /= sum;
  return fractions;
}

std::vector<PlacedComposition> read_compositions(const Value& value, const std::string& key) {
  const auto one = [&](const Value& item) {
    const std::string& text = require_text(item, key);
    PlacedComposition composition{
        text, placed(item.place, key, [&] { return parse_composition(text); }), item.place};
    std::erase(composition.text, ' ');
    return composition;
  };
  if (!value.is(Value::Kind::list)) return {one(value)};
  if (value.items.empty()) refuse(value.place, key, "the list is empty");
  std::vector<PlacedComposition> compositions;
  for (const auto& item : value.items) compositions.push_back(one(item));
  return compositions;
}

AlloyChoice read_alloy(const Value& alloy, const std::string& study_folder) {
  require_table(alloy, "alloy");
  require_known_keys(alloy, "alloy", "alloy", section_keys("alloy"));
  AlloyChoice choice;
  const Value& composition = require(alloy, "composition", "alloy", "\"Cu50Zr50\"");
  choice.compositions = read_compositions(composition, "alloy.composition");
  choice.composition_is_list = composition.is(Value::Kind::list);
  const Value& atoms = require(alloy, "atoms", "alloy", "2000");
  choice.atoms = read_count(atoms, 1, "alloy.atoms");
  choice.atoms_place = atoms.place;
  const Value& potential = require(alloy, "potential", "alloy", "\"kim:MO_600021860456_005\"");
  choice.potential = require_text(potential, "alloy.potential");
  const std::filesystem::path path(choice.potential);
  choice.potential_source = is_model(choice.potential) || path.is_absolute()
                                ? choice.potential
                                : (std::filesystem::path(study_folder) / path).string();
  placed(potential.place, "alloy.potential", [&] {
    choice.tables =
        std::make_shared<const potential::EamTables>(io::read_potential(choice.potential_source));
    choice.potential_fingerprint = io::potential_fingerprint(*choice.tables);
  });
  return choice;
}

Alloy make_alloy(const AlloyChoice& choice, const PlacedComposition& composition) {
  std::vector<std::string> known;
  for (const auto& element : choice.tables->elements) known.push_back(element.name);
  std::vector<double> fractions;
  for (const auto& [symbol, fraction] : composition.fractions) {
    fractions.push_back(fraction);
    if (std::find(known.begin(), known.end(), symbol) != known.end()) continue;
    refuse(composition.place, "alloy.composition",
           fmt::format("the potential {} does not describe {}", choice.potential, symbol),
           fmt::format("it describes {}", fmt::join(known, ", ")),
           {fmt::format("vitreous potential list {}", symbol)});
  }
  placed(choice.atoms_place, "alloy.atoms",
         [&] { return core::composition_counts(fractions, choice.atoms); });
  return {composition.text, composition.fractions, choice.atoms, choice.potential_source,
          choice.tables};
}

}  // namespace vitreous::study
