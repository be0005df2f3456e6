// What `vitreous show` tells of a file or a folder, and the things in it that can be asked for by
// name.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/result.hpp"

namespace vitreous::cli {

struct Shown {
  std::string text;
  nlohmann::ordered_json json;
};

/// Something with a name of its own: a quantity, a table, a column, a dataset.
struct NamedItem {
  std::string name;
  std::function<Shown()> show;
};

struct Description {
  Shown whole;
  std::vector<NamedItem> items;
  std::vector<std::string> warnings;
  std::string next;  ///< the command to go on with
};

/// A value that has a name: "volume", 1234.5, "angstrom^3".
struct Fact {
  std::string name;
  nlohmann::ordered_json value;
  std::string unit = {};
  std::string note = {};
};

/// Facts as lines, as an object ("volume_angstrom3"), and as items.
Description describe_facts(const std::string& title, const std::vector<Fact>& facts);

/// A dump or an extended XYZ file with one frame or many, or a data file. Throws InputError.
Description describe_frames(const std::string& path);
/// Throws RunError where the checkpoint is damaged.
Description describe_checkpoint(const std::string& path);
/// A CSV table; items are its columns.
Description describe_table(const std::string& path);
/// The thermo tables of a LAMMPS log, as one.
Description describe_log(const std::string& path);
/// A results.json; items are its quantities.
Description describe_results(const std::string& path);
/// A run, one of its branches, or an analysis.
Description describe_folder(const std::string& path);

/// Is it a TOML file of `vitreous nanomold` or of `vitreous relaxation map`, and no study? What
/// cannot be read is none.
bool holds_parameters(const std::string& path);
/// What such a file tells, read whole. Throws InputError that points at the line.
Description describe_parameters(const std::string& path);
/// Is it a table of diameters, lengths and temperatures? Throws InputError where it is no table.
bool holds_lengths(const std::string& path);
/// How `vitreous nanomold fit` reads it, and what was molded at each temperature. Throws InputError
/// that points at the line.
Description describe_lengths(const std::string& path);

/// Whichever of these it is; of lengths, the table.
Description describe_path(const std::string& path);

/// One item for each name that quantities carry.
std::vector<NamedItem> quantity_items(const std::vector<core::Reported>& quantities);

}  // namespace vitreous::cli
