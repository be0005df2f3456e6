#include "study/engine_reading.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>

#include "base/random.hpp"
#include "io/fields.hpp"
#include "io/safe_file.hpp"
#include "study/option_reading.hpp"
#include "study/study_keys.hpp"
#include "study/words.hpp"

namespace vitreous::study {
namespace {

const std::vector<std::string> keys_of_lammps = {"pair_style", "pair_coeff", "commands",
                                                 "arguments"};

std::string key_of(const std::string& key) { return "engine." + key; }

std::string read_word(const Entry& entry) {
  return std::get<std::string>(read_option(*section_declaration("engine").option(entry.key),
                                           entry.value, key_of(entry.key)));
}

void require_keys_of_kind(const Value& engine, const std::string& kind) {
  for (const Entry& entry : engine.entries) {
    if (kind == "lammps" && entry.key == "precision")
      refuse(entry.place, key_of(entry.key), "means nothing to engine lammps",
             "LAMMPS computes in double precision, or as its accelerator does",
             {"arguments = \"-sf opt\" chooses one"});
    if (kind == "native" && contains(keys_of_lammps, entry.key))
      refuse(entry.place, key_of(entry.key), "means nothing to engine native", "",
             {"kind = \"lammps\""});
  }
}

/// Commands are texts with blanks and commas in them: a list of them, or one.
std::vector<std::string> read_lines(const Entry& entry) {
  const std::string key = key_of(entry.key);
  if (!entry.value.is(Value::Kind::list)) return {require_text(entry.value, key)};
  std::vector<std::string> lines;
  for (const Value& item : entry.value.items) lines.push_back(require_text(item, key));
  return lines;
}

std::vector<std::string> words_in(const std::string& line) {
  std::vector<std::string> words;
  for (const auto word : io::split_fields(line)) words.emplace_back(word);
  return words;
}

/// LAMMPS splits a line at blanks.
std::string quoted_where_needed(const std::string& path) {
  return path.find(' ') == path.npos ? path : fmt::format("\"{}\"", path);
}

/// Adds a line in which words that name files say where they lie, and one in which they say what
/// they hold.
void add_pair_coeff(LammpsChoice& lammps, const std::string& line, const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<std::string> placed_words, known_words;
  for (const auto& word : words_in(line)) {
    const fs::path path = fs::absolute(fs::path(folder) / word);
    const bool is_file = fs::is_regular_file(path);
    placed_words.push_back(is_file ? quoted_where_needed(path.string()) : word);
    known_words.push_back(
        is_file ? fmt::format("{:016x}", base::hash_text(io::read_file(path.string()))) : word);
  }
  lammps.pair_coeff.push_back(fmt::format("{}", fmt::join(placed_words, " ")));
  lammps.pair_coeff_identity.push_back(fmt::format("{}", fmt::join(known_words, " ")));
}

LammpsChoice read_lammps(const Value& engine, const std::string& folder) {
  LammpsChoice lammps;
  const Entry *style = engine.find("pair_style"), *coeff = engine.find("pair_coeff");
  if (style && !coeff)
    refuse(style->place, key_of("pair_style"), "needs pair_coeff beside it", "",
           {"pair_coeff = \"* * CuZr.eam.alloy Cu Zr\""});
  if (coeff && !style)
    refuse(coeff->place, key_of("pair_coeff"), "needs pair_style beside it",
           "without one the alloy's potential is taken, with its own pair_coeff",
           {"pair_style = \"eam/alloy\""});
  if (style) lammps.pair_style = read_word(*style);
  if (coeff)
    for (const auto& line : read_lines(*coeff)) add_pair_coeff(lammps, line, folder);
  if (const Entry* commands = engine.find("commands")) lammps.commands = read_lines(*commands);
  if (const Entry* arguments = engine.find("arguments"))
    lammps.arguments = words_in(read_word(*arguments));
  return lammps;
}

}  // namespace

EngineChoice read_engine(const Value& engine, const std::string& study_folder) {
  require_table(engine, "engine");
  require_known_keys(engine, "engine", "engine", section_keys("engine"));
  EngineChoice choice;
  choice.precision = "auto";
  if (const Entry* entry = engine.find("kind")) choice.kind = read_word(*entry);
  require_keys_of_kind(engine, choice.kind);
  if (const Entry* entry = engine.find("timestep"))
    choice.timestep = read_positive(entry->value, "ps", "engine.timestep");
  if (const Entry* entry = engine.find("seed"))
    choice.seed = static_cast<std::uint64_t>(read_count(entry->value, 0, "engine.seed"));
  if (const Entry* entry = engine.find("precision")) choice.precision = read_word(*entry);
  if (choice.kind == "lammps") choice.lammps = read_lammps(engine, study_folder);
  return choice;
}

std::string engine_words(const EngineChoice& engine) {
  if (engine.kind == "native") return "native, precision " + engine.precision;
  std::string words = engine.kind;
  if (!engine.lammps.pair_style.empty()) words += ", pair_style " + engine.lammps.pair_style;
  if (!engine.lammps.arguments.empty())
    words += fmt::format(", {}", fmt::join(engine.lammps.arguments, " "));
  return words;
}

}  // namespace vitreous::study
