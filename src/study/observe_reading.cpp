#include "study/observe_reading.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "study/option_reading.hpp"
#include "study/study_keys.hpp"

namespace vitreous::study {
namespace {

const core::Declaration& find_observer(const Value& value, const std::string& key) {
  const std::string& kind = require_text(value, key);
  std::vector<std::string> names;
  for (const auto& declaration : analysis::observer_declarations()) {
    if (declaration.name == kind) return declaration;
    names.push_back(declaration.name);
  }
  const std::string nearest = base::nearest_name(kind, names);
  refuse(value.place, key, fmt::format("no observer is called \"{}\"", kind),
         "`vitreous list observers` lists them",
         nearest.empty() ? std::vector<std::string>{} : std::vector<std::string>{nearest});
}

analysis::ObserverRequest read_observer(const Value& value, const std::string& key) {
  if (!value.is(Value::Kind::table)) return {find_observer(value, key).name, {}};
  const Entry* kind = value.find("kind");
  if (!kind)
    refuse(value.place, key, "an observer's table lacks `kind`", "",
           {"{ kind = \"intermediate_scattering\", q = \"2.7 1/A\" }"});
  const core::Declaration& declaration = find_observer(kind->value, key + ".kind");
  std::vector<std::string> known = {"kind"};
  for (const auto& option : declaration.options) known.push_back(option.name);
  require_known_keys(value, key, declaration.name, known);
  analysis::ObserverRequest request{declaration.name, {}};
  for (const Entry& entry : value.entries) {
    if (entry.key == "kind") continue;
    read_option(*declaration.option(entry.key), entry.value, key + "." + entry.key);
    request.options[entry.key] = words_of(entry.value);
  }
  return request;
}

}  // namespace

std::vector<analysis::ObserverRequest> read_observers(const Value& value, const std::string& key) {
  std::vector<analysis::ObserverRequest> requests;
  const auto add = [&](const Value& item, const std::string& item_key) {
    requests.push_back(read_observer(item, item_key));
    placed(item.place, item_key, [&] { analysis::check_request(requests.back()); });
  };
  if (!value.is(Value::Kind::list)) {
    add(value, key);
    return requests;
  }
  for (std::size_t k = 0; k < value.items.size(); ++k)
    add(value.items[k], fmt::format("{}[{}]", key, k));
  return requests;
}

SaveRequest read_save(const Value& value, double timestep, const std::string& key) {
  require_table(value, key);
  require_known_keys(value, key, "save", section_keys("save"));
  const Entry* every = value.find("every");
  if (!every) refuse(value.place, key, "save lacks `every`", "", {"save = { every = \"1 ps\" }"});
  SaveRequest save;
  save.every = read_positive(every->value, "ps", key + ".every");
  if (save.every < timestep)
    refuse(every->value.place, key + ".every",
           fmt::format("is shorter than the timestep of {:g} ps", timestep));
  if (const Entry* format = value.find("format")) {
    const auto& option = *section_declaration("save").option("format");
    save.format = std::get<std::string>(read_option(option, format->value, key + ".format"));
  }
  return save;
}

}  // namespace vitreous::study
