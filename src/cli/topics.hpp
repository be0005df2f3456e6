// What `vitreous list` lists and `vitreous help` explains: everything that declares itself.
#pragma once

#include <string>
#include <vector>

#include "core/declaration.hpp"

namespace vitreous::cli {

/// Declarations of one sort.
struct TopicGroup {
  std::string name;      ///< "observers"
  std::string singular;  ///< "observer"
  const std::vector<core::Declaration>* declarations = nullptr;
};

/// Study sections, stages, observers, laws, formats.
const std::vector<TopicGroup>& topic_groups();

/// Name and sentence of each, a line each.
std::string declaration_list(const std::vector<core::Declaration>& declarations);
std::string declaration_list_json(const std::vector<core::Declaration>& declarations);

/// A declaration in full: formula, options with unit and default, columns, quantities, source.
std::string declaration_text(const TopicGroup& group, const core::Declaration& declaration);

}  // namespace vitreous::cli
