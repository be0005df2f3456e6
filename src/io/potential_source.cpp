#include "io/potential_source.hpp"

#include <fmt/format.h>

#include <bit>
#include <filesystem>

#include "base/error.hpp"
#include "io/kim_model.hpp"
#include "io/safe_file.hpp"
#include "io/setfl.hpp"

namespace vitreous::io {
namespace {

constexpr std::string_view kim_prefix = "kim:";

/// FNV-1a over 64-bit words, each mixed so that every bit of a word reaches the whole hash.
class Hash {
 public:
  void add(std::uint64_t word) {
    word *= 0x9E3779B97F4A7C15ull;
    word ^= word >> 32;
    value_ = (value_ ^ word) * 1099511628211ull;
    value_ ^= value_ >> 29;
  }
  // Minus zero and zero are one number.
  void add(double value) { add(std::bit_cast<std::uint64_t>(value + 0.0)); }
  void add(const std::string& text) {
    add(static_cast<std::uint64_t>(text.size()));
    for (const unsigned char c : text) add(static_cast<std::uint64_t>(c));
  }
  void add(const std::vector<std::vector<double>>& tables) {
    for (const auto& table : tables) {
      add(static_cast<std::uint64_t>(table.size()));
      for (const double value : table) add(value);
    }
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 14695981039346656037ull;
};

}  // namespace

potential::EamTables read_potential(const std::string& name) {
  if (name.starts_with(kim_prefix))
    return read_kim_model(find_kim_model(name.substr(kim_prefix.size())));
  if (!std::filesystem::exists(name))
    throw base::InputError(fmt::format("no potential file \"{}\"", name),
                           "a potential is a setfl file (eam.alloy, eam.fs) or a KIM model",
                           {fmt::format("kim:{}", name), "vitreous potential list ELEMENTS"});
  const std::string text = read_file(name);
  if (is_funcfl(text))
    throw base::InputError(
        fmt::format("{} is a funcfl file (one element, LAMMPS' \"eam\")", name),
        "vitreous reads setfl files (eam.alloy, eam.fs) and KIM models",
        {fmt::format("vitreous potential list {}", parse_funcfl_header(text, name).element.name)});
  return parse_setfl(text, name);
}

std::string potential_fingerprint(const potential::EamTables& tables) {
  Hash hash;
  for (const auto& element : tables.elements) {
    hash.add(element.name);
    hash.add(element.mass);
  }
  for (const double value : {tables.drho, tables.dr, tables.cutoff}) hash.add(value);
  hash.add(tables.embedding);
  hash.add(tables.density);
  hash.add(tables.r_phi);
  return fmt::format("{:016x}", hash.value());
}

std::vector<std::string> list_kim_models(const std::vector<std::string>& elements) {
  return kim_eam_models(elements);
}

}  // namespace vitreous::io
