#include "study/value.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>

namespace vitreous::study {
namespace {

using Source = std::shared_ptr<const SourceText>;

/// The byte at which the character in a column (1-based) begins.
std::size_t byte_of_column(const std::string& line, std::size_t column) {
  std::size_t byte = 0;
  for (std::size_t c = 1; c < column && byte < line.size(); ++c)
    for (++byte; byte < line.size() && (static_cast<unsigned char>(line[byte]) & 0xc0) == 0x80;)
      ++byte;
  return byte;
}

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xc0) != 0x80; }));
}

/// Marks what stands between quotes, and of several lines the first.
Place place_of(const toml::source_region& region, const Source& source) {
  Place place;
  place.source = source;
  place.line = region.begin.line;
  place.column = region.begin.column;
  if (place.line == 0 || place.line > source->lines.size()) return place;
  const std::string& line = source->lines[place.line - 1];
  const bool one_line = region.end.line == region.begin.line;
  const std::size_t past = one_line ? region.end.column : characters(line) + 1;
  place.width = past > place.column ? past - place.column : 1;
  const std::size_t first = byte_of_column(line, place.column);
  const bool quoted = first < line.size() && (line[first] == '"' || line[first] == '\'');
  if (quoted && place.width > 2) {
    place.column += 1;
    place.width -= 2;
  }
  return place;
}

Value convert(const toml::node& node, const Source& source);

Value convert_table(const toml::table& table, const Source& source) {
  Value value;
  for (const auto& [key, node] : table)
    value.entries.push_back(
        {std::string(key.str()), place_of(key.source(), source), convert(node, source)});
  const auto before = [](const Entry& a, const Entry& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  };
  std::stable_sort(value.entries.begin(), value.entries.end(), before);
  return value;
}

Value convert(const toml::node& node, const Source& source) {
  Value value;
  if (const auto* table = node.as_table()) {
    value = convert_table(*table, source);
  } else if (const auto* array = node.as_array()) {
    value.kind = Value::Kind::list;
    for (const auto& item : *array) value.items.push_back(convert(item, source));
  } else if (const auto* text = node.as_string()) {
    value.kind = Value::Kind::text;
    value.text = text->get();
  } else if (const auto* integer = node.as_integer()) {
    value.kind = Value::Kind::integer;
    value.text = std::to_string(integer->get());
  } else if (const auto* number = node.as_floating_point()) {
    value.kind = Value::Kind::number;
    value.text = fmt::format("{}", number->get());
  } else if (const auto* flag = node.as_boolean()) {
    value.kind = Value::Kind::flag;
    value.text = flag->get() ? "true" : "false";
  } else {
    refuse(place_of(node.source(), source), "", "a date or a time of day has no meaning here");
  }
  value.place = place_of(node.source(), source);
  return value;
}

toml::table parse_toml(const std::string& text, const Source& source) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    refuse(place_of(error.source(), source), "", std::string(error.description()),
           "the file is not TOML (toml.io)");
  }
}

/// A TOML value, or the words themselves as a text.
Value parse_words(const std::string& words, const Source& source) {
  try {
    const toml::table table = toml::parse("v = " + words);
    if (table.size() == 1) return convert(*table.get("v"), source);
  } catch (const toml::parse_error&) {
    // Words such as 60 ps are meant as they stand.
  }
  Value value;
  value.kind = Value::Kind::text;
  value.text = words;
  return value;
}

/// Gives every part of a value one place: words of a command line are marked as a whole.
void put_at(Value& value, const Place& place) {
  value.place = place;
  for (auto& item : value.items) put_at(item, place);
  for (auto& entry : value.entries) {
    entry.place = place;
    put_at(entry.value, place);
  }
}

}  // namespace

const Entry* Value::find(const std::string& key) const {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

void Value::put(const Entry& entry) {
  for (auto& mine : entries) {
    if (mine.key != entry.key) continue;
    mine = entry;
    return;
  }
  entries.push_back(entry);
}

Value parse_study_text(const std::string& name, const std::string& text) {
  const Source source = source_text(name, text, true);
  return convert(parse_toml(text, source), source);
}

Value parse_setting(const std::string& words) {
  const Source source = source_text("--set", words, false);
  const auto equals = words.find('=');
  const std::string path = words.substr(0, equals);
  const auto dot = path.find('.');
  if (equals == std::string::npos || dot == std::string::npos || dot == 0 ||
      dot + 1 == path.size() || equals + 1 == words.size())
    refuse({source, 1, 1, characters(words)}, "", "is not of the form STAGE.KEY=VALUE", "",
           {"--set liquid.duration=\"60 ps\"", "--set engine.timestep=\"2 fs\""});
  const std::size_t head = characters(words.substr(0, equals + 1));
  Entry inner{path.substr(dot + 1), {source, 1, 1, head - 1}, {}};
  inner.value = parse_words(words.substr(equals + 1), source);
  put_at(inner.value, {source, 1, head + 1, characters(words.substr(equals + 1))});
  Entry outer{path.substr(0, dot), inner.place, {}};
  outer.value.place = inner.place;
  outer.value.entries.push_back(inner);
  Value all;
  all.place = inner.place;
  all.entries.push_back(outer);
  return all;
}

const Value& require_table(const Value& value, const std::string& key) {
  if (!value.is(Value::Kind::table))
    refuse(value.place, key, "a table { key = value, ... } is expected here");
  return value;
}

const std::string& require_text(const Value& value, const std::string& key) {
  if (!value.is(Value::Kind::text)) {
    std::vector<std::string> tries;
    if (value.is_single()) tries.push_back(fmt::format("\"{}\"", value.text));
    refuse(value.place, key, "a text in quotes is expected here", "", tries);
  }
  return value.text;
}

void refuse_unknown_key(const Entry& entry, const std::string& key, const std::string& owner,
                        const std::vector<std::string>& known) {
  const std::string nearest = base::nearest_name(entry.key, known);
  refuse(entry.place, key, fmt::format("{} has no key \"{}\"", owner, entry.key),
         fmt::format("its keys are {}", fmt::join(known, ", ")),
         nearest.empty() ? std::vector<std::string>{} : std::vector<std::string>{nearest});
}

void require_known_keys(const Value& table, const std::string& path, const std::string& owner,
                        const std::vector<std::string>& known) {
  for (const Entry& entry : table.entries) {
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
    refuse_unknown_key(entry, path.empty() ? entry.key : path + "." + entry.key, owner, known);
  }
}

}  // namespace vitreous::study
