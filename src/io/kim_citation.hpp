// The publication behind a KIM model, from the BibTeX file that comes with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vitreous::io {

/// The entries of a BibTeX text whose keys are `key` and a letter more (KIM's sign for a model's
/// own sources), each as one line: authors, title, journal volume, pages (year), doi.
std::vector<std::string> bibtex_citations(std::string_view text, const std::string& key);

/// Those of an installed portable model; empty where it comes with none.
std::vector<std::string> kim_citations(const std::string& full_name);

}  // namespace vitreous::io
