#include "study/lammps_alloy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <numeric>

#include "base/error.hpp"
#include "core/element.hpp"
#include "io/fields.hpp"
#include "io/lammps_data.hpp"
#include "study/lammps_fixes.hpp"

namespace vitreous::study {
namespace {

using LammpsWords = std::vector<std::string>;

std::size_t type_of(const std::string& word) {
  const auto type = io::to_integer(word);
  if (!type || *type < 1 || *type > 1000)
    throw base::InputError(fmt::format("\"{}\" is not a type of atoms", word));
  return static_cast<std::size_t>(*type) - 1;
}

}  // namespace

bool LammpsAlloy::take(const io::LammpsCommand& command) {
  const auto& words = command.words;
  const auto& name = command.name();
  if (name == "lattice") {
    set_lattice(words);
  } else if (name == "region") {
    set_region(words);
  } else if (name == "create_atoms") {
    create(command);
  } else if (name == "set") {
    change_types(command);
  } else if (name == "read_data" || name == "read_restart") {
    read(command);
  } else if (name == "replicate") {
    replicate(words);
  } else if (name == "pair_coeff" ||
             (name == "kim" && words.size() > 2 && words[1] == "interactions")) {
    name_types(words);
  } else {
    return name == "mass" || name == "create_box";
  }
  return true;
}

std::vector<std::int64_t> LammpsAlloy::counts() const {
  if (!known_) return {};
  std::vector<std::int64_t> whole;
  for (const double count : counts_) whole.push_back(std::llround(count));
  return whole;
}

std::string LammpsAlloy::find(const std::string& file) const {
  namespace fs = std::filesystem;
  if (fs::exists(file) || fs::path(file).is_absolute()) return file;
  const fs::path beside = fs::path(folder_) / file;
  return fs::exists(beside) ? beside.string() : file;
}

void LammpsAlloy::forget(const std::string& why) {
  known_ = false;
  throw base::InputError(why);
}

void LammpsAlloy::add(std::size_t type, double atoms) {
  counts_.resize(std::max(counts_.size(), type + 1));
  counts_[type] += atoms;
}

void LammpsAlloy::set_lattice(const LammpsWords& words) {
  static const std::map<std::string, int> cells = {{"sc", 1},  {"bcc", 2},     {"fcc", 4},
                                                   {"hcp", 4}, {"diamond", 8}, {"none", 0}};
  if (words.size() < 2) return;
  basis_ = 0;
  if (const auto found = cells.find(words[1]); found != cells.end()) basis_ = found->second;
  for (const auto& word : words) basis_ += words[1] == "custom" && word == "basis";
}

void LammpsAlloy::set_region(const LammpsWords& words) {
  cells_.reset();
  if (words.size() < 9 || words[2] != "block") return;
  const auto units = std::find(words.begin(), words.end(), "units");
  if (units != words.end() && units + 1 != words.end() && *(units + 1) == "box") return;
  double cells = 1.0;
  for (std::size_t k = 3; k < 9; k += 2) {
    const auto low = io::to_number(words[k]), high = io::to_number(words[k + 1]);
    if (!low || !high) return;
    cells *= *high - *low;
  }
  cells_ = cells;
}

void LammpsAlloy::create(const io::LammpsCommand& command) {
  const auto& words = command.words;
  if (words.size() < 3) return;
  double made = 0.0;
  if (command.count)
    made = static_cast<double>(*command.count);
  else if (words[2] == "random" && words.size() > 3)
    made = required_number(words, 3);
  else if (words[2] == "single")
    made = 1.0;
  else if (words[2] == "box" && basis_ > 0 && cells_)
    made = basis_ * *cells_;
  else
    forget("how many atoms that makes is not told; the log of the run tells");
  atoms_ += std::llround(made);
  if (words[1] == "0") forget("molecules are not read");
  double others = 0.0;
  for (std::size_t k = 3; k + 2 < words.size(); ++k)
    if (words[k] == "basis" && basis_ > 0) {
      add(type_of(words[k + 2]), made / basis_);
      others += made / basis_;
    }
  add(type_of(words[1]), made - others);
}

void LammpsAlloy::replicate(const LammpsWords& words) {
  const double times =
      required_number(words, 1) * required_number(words, 2) * required_number(words, 3);
  for (double& count : counts_) count *= times;
  atoms_ = std::llround(static_cast<double>(atoms_) * times);
}

/// Types change in shares: `type/fraction` draws each atom, and a log tells how many it changed.
void LammpsAlloy::change_types(const io::LammpsCommand& command) {
  const auto& w = command.words;
  const auto how = std::find_if(w.begin(), w.end(), [](const auto& word) {
    return word == "type" || word.starts_with("type/");
  });
  const auto at = static_cast<std::size_t>(how - w.begin());
  // `set type 1 type/fraction ...`: the first "type" chooses.
  const std::size_t change = w.size() > 1 && w[1] == "type" ? 3 : at;
  if (w.size() < 4 || change >= w.size() ||
      !(w[change] == "type" || w[change].starts_with("type/")))
    return;
  if (change + 1 >= w.size()) return;
  const std::size_t to = type_of(w[change + 1]);
  const bool all = w[1] == "group" && w[2] == "all";
  if (!all && w[1] != "type") forget("which atoms become another type is not told");
  std::vector<std::size_t> from;
  double present = 0.0;
  for (std::size_t type = 0; type < counts_.size(); ++type)
    if (type != to && (all || type == type_of(w[2]))) {
      from.push_back(type);
      present += counts_[type];
    }
  double share = 1.0;
  const double chosen = all && to < counts_.size() ? present + counts_[to] : present;
  if (w[change] != "type") {
    if (change + 2 >= w.size()) return;
    const double asked = required_number(w, change + 2);
    share = w[change] == "type/subset" ? asked / std::max(chosen, 1.0) : asked;
    if (command.count && chosen > 0.0) share = static_cast<double>(*command.count) / chosen;
  }
  for (const std::size_t type : from) {
    const double moved = counts_[type] * std::clamp(share, 0.0, 1.0);
    counts_[type] -= moved;
    add(to, moved);
  }
}

void LammpsAlloy::read(const io::LammpsCommand& command) {
  if (command.count) atoms_ = *command.count;
  counts_.clear();
  if (command.words.size() < 2) return;
  const std::string file = find(command.words[1]);
  if (command.name() == "read_restart")
    forget("a restart file tells nothing to others than LAMMPS; `write_data` writes one that does");
  if (!std::filesystem::exists(file))
    forget(fmt::format("{} is not here, and only it tells the composition", command.words[1]));
  const auto data = io::read_lammps_data(file);
  for (const auto type : data.frame.type) add(static_cast<std::size_t>(type) - 1, 1.0);
  atoms_ = static_cast<std::int64_t>(data.frame.type.size());
  if (elements_.empty()) elements_ = data.types.name;
}

/// The elements at the end of pair_coeff * * FILE Cu Zr, or of kim interactions Cu Zr.
void LammpsAlloy::name_types(const LammpsWords& words) {
  std::vector<std::string> names;
  for (std::size_t k = words.size(); k > 1; --k) {
    if (words[k - 1] != "NULL" && !core::find_element(words[k - 1])) break;
    names.insert(names.begin(), words[k - 1] == "NULL" ? "" : words[k - 1]);
  }
  if (!names.empty()) elements_ = names;
}

}  // namespace vitreous::study
