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

}  // namespace

std::vector<std::string> bibtex_citations(std::string_view text, const std::string& key) {
  std::vector<std::string> lines;
  for (auto at = text.find('@'); at != text.npos; at = text.find('@', at + 1)) {
    const auto brace = text.find('{', at);
    const auto comma = brace == text.npos ? brace : text.find(',', brace);
    if (comma == text.npos) break;
    const std::string found = plain(std::string(text.substr(brace + 1, comma - brace - 1)));
    if (found.size() != key.size() + 1 || !found.starts_with(key) ||
        !std::islower(static_cast<unsigned char>(found.back())))
      continue;
    const Fields fields = take_fields(text, comma + 1);
    if (fields.contains("title")) lines.push_back(one_line(fields));
  }
  return lines;
}

std::vector<std::string> kim_citations(const std::string& full_name) {
  const auto code = full_name.rfind("__");
  if (code == full_name.npos) return {};
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
      return bibtex_citations(*text, full_name.substr(code + 2));
  }
  return {};
}

}  // namespace vitreous::io
