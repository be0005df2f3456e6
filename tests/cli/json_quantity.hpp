// A quantity out of what a command prints with --json.
#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace vitreous::test {

/// The first of that name; of those told at `where`, if one is given. Throws where there is none.
inline nlohmann::json json_quantity(const std::string& json, const std::string& name,
                                    const std::string& where = "") {
  const auto results = nlohmann::json::parse(json);
  for (const auto& q : results["quantities"])
    if (q["name"] == name && (where.empty() || q["where"] == where)) return q;
  throw std::out_of_range("no quantity " + name + " in " + json);
}

inline double json_value(const std::string& json, const std::string& name,
                         const std::string& where = "") {
  return json_quantity(json, name, where)["value"].get<double>();
}

}  // namespace vitreous::test
