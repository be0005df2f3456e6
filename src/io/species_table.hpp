// Which element an atom of a file is: from its element column, or from its type and what the user,
// a log or a Masses section says of types.
#pragma once

#include <string>
#include <vector>

#include "io/configuration.hpp"
#include "io/frame_source.hpp"

namespace vitreous::io {

/// Fills in names that are not known by mass, where one element alone lies within 0.05 amu.
void name_types_by_mass(TypeInfo& types);

class SpeciesTable {
 public:
  /// Kinds in the order of types where there are types, else by name; types of which nothing is
  /// known at all are kinds with an empty name. Throws InputError (without place) for an element or
  /// a mass that is not known.
  SpeciesTable(const RawFrame& frame, const TypeInfo& types);

  /// True where the frame's atoms have types alone and `types` does not name them.
  static bool is_unknown(const RawFrame& frame, const TypeInfo& types);
  /// "types 1, 2", for messages.
  static std::string describe_types(const RawFrame& frame);

  const std::vector<core::Species>& kinds() const { return kinds_; }
  /// The types that became kind 0, 1, ...; empty where the file has no types or they say nothing.
  const std::vector<std::vector<std::int32_t>>& types() const { return types_; }
  /// The kind of every atom of the frame; throws InputError for a type or an element that the
  /// first frame did not have.
  std::vector<std::int32_t> kinds_of(const RawFrame& frame) const;

 private:
  std::int32_t find(const std::string& name) const;
  void add(const std::string& name, double mass);

  void add_types(const RawFrame& frame, const TypeInfo& types);

  bool by_type_ = false;
  std::vector<core::Species> kinds_;
  std::vector<std::vector<std::int32_t>> types_;
  std::vector<std::int32_t> kind_of_type_;
};

/// The frame with its atoms in ascending id. Throws InputError (without place) where an id occurs
/// twice.
Configuration make_configuration(const RawFrame& frame, const SpeciesTable& table);
/// The same in the place, and the memory, of another.
void make_configuration(const RawFrame& frame, const SpeciesTable& table, Configuration& to);

}  // namespace vitreous::io
