#include "study/reference_reading.hpp"

#include <fmt/format.h>

#include "base/units.hpp"
#include "study/option_reading.hpp"

namespace vitreous::study {
namespace {

bool is_origin(const std::string& key) {
  return key == "source" || key == "kind" || key == "conditions";
}

}  // namespace

core::Reference read_reference(const Value& value, const std::string& key) {
  if (!value.is_single() || value.is(Value::Kind::flag))
    refuse(value.place, key, "a value with its error is expected here", "",
           {"\"0.432(7) eV\"", "\"0.432 +- 0.007 eV\""});
  return placed(value.place, key, [&] {
    const base::Quantity quantity = base::parse_quantity(value.text);
    core::Reference reference;
    reference.unit = quantity.unit_text;
    reference.value = quantity.in(reference.unit);
    reference.standard_error = quantity.error_in(reference.unit).value_or(0.0);
    return reference;
  });
}

void read_reference_origin(const Value& table, const std::string& key, core::Reference& reference) {
  if (const Entry* entry = table.find("source"))
    reference.source = require_text(entry->value, key + ".source");
  if (const Entry* entry = table.find("conditions"))
    reference.conditions = require_text(entry->value, key + ".conditions");
  if (const Entry* entry = table.find("kind")) {
    const core::OptionDeclaration option{"kind", core::OptionType::text, "1", "se",
                                         "",     {"se", "sd", "range"}};
    reference.kind = std::get<std::string>(read_option(option, entry->value, key + ".kind"));
  }
}

std::map<std::string, core::Reference> read_references(const Value& table, const std::string& key) {
  std::map<std::string, core::Reference> references;
  for (const Entry& entry : require_table(table, key).entries) {
    if (is_origin(entry.key)) continue;
    auto reference = read_reference(entry.value, key + "." + entry.key);
    read_reference_origin(table, key, reference);
    references[entry.key] = std::move(reference);
  }
  return references;
}

std::string reference_text(const core::Reference& reference) {
  const std::string unit = reference.unit == "1" ? "" : " " + reference.unit;
  if (reference.standard_error == 0.0) return fmt::format("{}{}", reference.value, unit);
  return fmt::format("{} +- {}{}", reference.value, reference.standard_error, unit);
}

}  // namespace vitreous::study
