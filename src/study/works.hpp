// The papers and books that the methods rest on: one table for the account of a run and for its
// references.
#pragma once

#include <string>
#include <vector>

namespace vitreous::study {

struct Work {
  std::string key;       ///< of BibTeX
  std::string cited_as;  ///< how declarations name it in their `source`; "" where none does
  std::string type;      ///< article, book
  std::string fields;    ///< of BibTeX
};

const std::vector<Work>& works();

/// The keys of the works that a declaration's source names, in the order of the table.
std::vector<std::string> works_named(const std::string& source);

/// "[@one; @two]", as pandoc takes it; "" for none.
std::string citation(const std::vector<std::string>& keys);

/// The keys that a text cites in that way, each once, in the text's order.
std::vector<std::string> cited_keys(const std::string& text);

/// The work as BibTeX; "" where the table has none of that key.
std::string bibtex_of_work(const std::string& key);

}  // namespace vitreous::study
