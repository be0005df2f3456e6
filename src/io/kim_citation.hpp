// The publication behind a KIM model, from the BibTeX file that comes with it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace vitreous::io {

/// The entries of a BibTeX text whose keys are `key` and a letter more (KIM's sign for a model's
/// own sources), each as one line: authors, title, journal volume, pages (year), doi.
std::vector<std::string> bibtex_citations(std::string_view text, const std::string& key);

/// An entry as it is written, "@Article{...}", without comments.
struct BibtexEntry {
  std::string key, text;
};
std::vector<BibtexEntry> bibtex_entries(std::string_view text);

/// Its fields by their names in small letters, as plain text: braces and TeX's escapes taken out.
std::map<std::string, std::string> bibtex_fields(const BibtexEntry& entry);

/// Whether `key` is `code` and a letter more: a model's own source.
bool is_own_source(const std::string& key, const std::string& code);

/// All that an installed portable model asks its users to cite: its sources, its archive, its
/// driver and KIM; empty where it comes with none.
std::vector<BibtexEntry> kim_bibliography(const std::string& full_name);

/// The citations of an installed portable model; empty where it comes with none.
std::vector<std::string> kim_citations(const std::string& full_name);

}  // namespace vitreous::io
