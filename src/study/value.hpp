// The study's text as a tree of values that know where they stand. TOML ends here.
#pragma once

#include <string>
#include <vector>

#include "study/place.hpp"

namespace vitreous::study {

struct Entry;

struct Value {
  enum class Kind { text, integer, number, flag, list, table };
  Kind kind = Kind::table;
  std::string text;  ///< of a single value, as an option takes it: "2000 K", "7", "true"
  std::vector<Value> items;
  std::vector<Entry> entries;  ///< of a table, in the order in which they are written
  Place place;

  bool is(Kind k) const { return kind == k; }
  bool is_single() const { return kind != Kind::list && kind != Kind::table; }
  const Entry* find(const std::string& key) const;
  /// Adds an entry, or puts it in the place of the one with its key.
  void put(const Entry& entry);
};

struct Entry {
  std::string key;
  Place place;  ///< of the key
  Value value;
};

/// Throws InputError (file, line, marked part) where it cannot be read or is not TOML.
Value parse_study_text(const std::string& name, const std::string& text);

/// The words of a `--set`: "liquid.duration=60 ps" is the entry of a table of tables. What is not a
/// TOML value (a list, a number, a quoted text) is a text.
Value parse_setting(const std::string& words);

/// The table that `value` must be.
const Value& require_table(const Value& value, const std::string& key);
/// The text that `value` must be.
const std::string& require_text(const Value& value, const std::string& key);
/// Refuses the entry, suggesting the nearest of the keys there are.
[[noreturn]] void refuse_unknown_key(const Entry& entry, const std::string& key,
                                     const std::string& owner,
                                     const std::vector<std::string>& known);
/// Refuses every entry of a table whose key is not in `known`.
void require_known_keys(const Value& table, const std::string& path, const std::string& owner,
                        const std::vector<std::string>& known);

}  // namespace vitreous::study
