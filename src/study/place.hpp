// Where a piece of a study stands in its text, so that a message can point at it.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace vitreous::study {

/// A study's text by lines; the words of a `--set` are a text of one line.
struct SourceText {
  std::string name;  ///< as the user spelled it
  std::vector<std::string> lines;
  bool is_file = true;
};

std::shared_ptr<const SourceText> source_text(std::string name, const std::string& text,
                                              bool is_file);

/// A part of one line. Columns and widths count characters, not bytes.
struct Place {
  std::shared_ptr<const SourceText> source;
  std::size_t line = 0;    ///< 1-based
  std::size_t column = 0;  ///< 1-based
  std::size_t width = 0;
};

/// Puts file, line and marked part of `place`, and the key, into a message. A message that speaks
/// of another file (a potential's) still says which, and where in it.
base::Message at_place(const Place& place, const std::string& key, base::Message message);

[[noreturn]] void refuse(const Place& place, const std::string& key, const std::string& problem,
                         const std::string& why = {}, std::vector<std::string> tries = {});

}  // namespace vitreous::study
