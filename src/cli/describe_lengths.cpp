#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.hpp"
#include "cli/description.hpp"
#include "cli/nanomold/answer.hpp"
#include "cli/nanomold/lengths_table.hpp"
#include "io/data_table.hpp"

namespace vitreous::cli {
namespace {

/// A column of that name and dimension, or one of that name whose unit has to be mended.
bool mentions(const io::DataTable& table, const io::ColumnRequest& request) {
  try {
    return table.find(request).has_value();
  } catch (const base::InputError&) {
    return true;
  }
}

/// "287 C: 6 lengths, diameters 10 to 250 nm".
std::string wires_text(const models::nanomold::WiresAt& at) {
  const auto [low, high] = std::minmax_element(
      at.wires.begin(), at.wires.end(), [](const auto& a, const auto& b) { return a.d < b.d; });
  return fmt::format("{}: {} lengths, diameters {:.4g} to {:.4g} nm", celsius_text(at.T),
                     at.wires.size(), low->d * 1e9, high->d * 1e9);
}

}  // namespace

bool holds_lengths(const std::string& path) {
  const auto table = io::DataTable::read(path);
  return mentions(table, {"diameter", {"d"}, "nm"}) && mentions(table, {"length", {"L"}, "nm"}) &&
         mentions(table, {"temperature", {"T"}, "K"});
}

Description describe_lengths(const std::string& path) {
  const auto lengths = read_lengths(path);
  std::vector<std::string> told;
  for (const auto& at : lengths.temperatures) told.push_back(wires_text(at));
  Description out;
  out.whole.text = fmt::format("lengths of molded wires\n  {}\n  {}\n",
                               fmt::join(lengths.reading, "\n  "), fmt::join(told, "\n  "));
  out.whole.json = {{"reading", lengths.reading}, {"temperatures", told}};
  out.next = fmt::format("vitreous nanomold fit {}", path);
  return out;
}

}  // namespace vitreous::cli
