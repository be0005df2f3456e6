#include "io/kim_citation.hpp"

#include <fmt/format.h>

#include <KIM_CollectionItemType.hpp>
#include <KIM_Collections.hpp>
#include <KIM_Log.hpp>
#include <KIM_LogVerbosity.hpp>
#include <cctype>
#include <map>
#include <memory>

namespace vitreous::io {
namespace {

using Fields = std::map<std::string, std::string>;

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

/// Takes one value, {balanced}, "quoted" or bare, and moves `at` behind it.
std::string take_value(std::string_view text, std::size_t& at) {
  const std::size_t first = at;
  int depth = 0;
  const bool quoted = at < text.size() && text[at] == '"';
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '{') ++depth;
    if (c == '}' && --depth < 0) break;
    if (depth == 0 && c == ',' && !quoted) break;
    if (depth == 0 && quoted && c == '"' && at > first) {
      ++at;
      break;
    }
  }
  return std::string(text.substr(first, at - first));
}

/// Braces, quotes and TeX's escapes taken out, white space made single.
std::string plain(const std::string& value) {
  std::string out;
  for (std::size_t k = 0; k < value.size(); ++k) {
    const char c = value[k];
    if (c == '{' || c == '}' || c == '"' || c == '\\') continue;
    if (c == '-' && k + 1 < value.size() && value[k + 1] == '-') continue;
    if (is_space(c) || c == '~') {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += c;
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

Fields take_fields(std::string_view text, std::size_t at) {
  Fields fields;
  for (;;) {
    at = skip_spaces(text, at);
    std::string name;
    while (at < text.size() &&
           (std::isalpha(static_cast<unsigned char>(text[at])) || text[at] == '-'))
      name += static_cast<char>(std::tolower(static_cast<unsigned char>(text[at++])));
    at = skip_spaces(text, at);
    if (name.empty() || at >= text.size() || text[at] != '=') return fields;
    at = skip_spaces(text, at + 1);
    fields[name] = plain(take_value(text, at));
    at = skip_spaces(text, at);
    if (at >= text.size() || text[at] != ',') return fields;
    ++at;
  }
}

std::string one_line(Fields fields) {
  std::string authors = fields["author"];
  for (auto at = authors.find(" and "); at != authors.npos; at = authors.find(" and ", at))
    authors.replace(at, 5, ", ");
  std::string line = fmt::format("{}: {}", authors, fields["title"]);
  if (!fields["journal"].empty()) line += ", " + fields["journal"];
  if (!fields["volume"].empty()) line += " " + fields["volume"];
  if (!fields["pages"].empty()) line += ", " + fields["pages"];
  if (!fields["year"].empty()) line += fmt::format(" ({})", fields["year"]);
  if (!fields["doi"].empty()) line += ", doi:" + fields["doi"];
  return line;
}

/// Behind the brace that closes the one at `open`; npos where none does.
std::size_t behind_braces(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < text.size(); ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == '}' && --depth == 0) return at + 1;
  }
  return text.npos;
}

/// The BibTeX file of an installed portable model; "" where it comes with none.
std::string kim_bibtex(const std::string& full_name) {
  KIM::Log::PushDefaultVerbosity(KIM::LOG_VERBOSITY::silent);
  KIM::Collections* raw = nullptr;
  const int failed = KIM::Collections::Create(&raw);
  KIM::Log::PopDefaultVerbosity();
  if (failed) return {};
  const auto destroy = [](KIM::Collections* c) { KIM::Collections::Destroy(&c); };
  const std::unique_ptr<KIM::Collections, decltype(destroy)> collections(raw, destroy);
  int count = 0;
  if (collections->CacheListOfItemMetadataFiles(KIM::COLLECTION_ITEM_TYPE::portableModel, full_name,
                                                &count) != 0)
    return {};
  for (int k = 0; k < count; ++k) {
    const std::string* name = nullptr;
    const std::string* text = nullptr;
    int is_text = 0;
    if (collections->GetItemMetadataFile(k, &name, nullptr, nullptr, &is_text, &text) == 0 &&
        is_text && name->ends_with(".bib"))
      return *text;
  }
  return {};
}

}  // namespace

std::vector<BibtexEntry> bibtex_entries(std::string_view text) {
  std::vector<BibtexEntry> entries;
  for (auto at = text.find('@'); at != text.npos;) {
    const auto brace = text.find('{', at);
    const auto end = brace == text.npos ? brace : behind_braces(text, brace);
    if (end == text.npos) break;
    std::string type = plain(std::string(text.substr(at + 1, brace - at - 1)));
    for (char& c : type) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const auto comma = text.find(',', brace);
    if (type != "comment" && comma < end)
      entries.push_back({plain(std::string(text.substr(brace + 1, comma - brace - 1))),
                         std::string(text.substr(at, end - at))});
    at = text.find('@', end);
  }
  return entries;
}

std::map<std::string, std::string> bibtex_fields(const BibtexEntry& entry) {
  return take_fields(entry.text, entry.text.find(',') + 1);
}

bool is_own_source(const std::string& key, const std::string& code) {
  return key.size() == code.size() + 1 && key.starts_with(code) &&
         std::islower(static_cast<unsigned char>(key.back()));
}

std::vector<std::string> bibtex_citations(std::string_view text, const std::string& key) {
  std::vector<std::string> lines;
  for (const auto& entry : bibtex_entries(text)) {
    if (!is_own_source(entry.key, key)) continue;
    const Fields fields = bibtex_fields(entry);
    if (fields.contains("title")) lines.push_back(one_line(fields));
  }
  return lines;
}

std::vector<BibtexEntry> kim_bibliography(const std::string& full_name) {
  return bibtex_entries(kim_bibtex(full_name));
}

std::vector<std::string> kim_citations(const std::string& full_name) {
  const auto code = full_name.rfind("__");
  if (code == full_name.npos) return {};
  return bibtex_citations(kim_bibtex(full_name), full_name.substr(code + 2));
}

}  // namespace vitreous::io
