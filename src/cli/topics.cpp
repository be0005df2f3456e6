#include "cli/topics.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "analysis/observer.hpp"
#include "io/format.hpp"
#include "models/law.hpp"
#include "stage/stage.hpp"
#include "study/study_keys.hpp"

namespace vitreous::cli {
namespace {

constexpr std::size_t line_width = 100;

/// `text` in lines behind `lead`; those that follow are indented as far as `lead` is long.
std::string wrapped(const std::string& lead, const std::string& text) {
  std::string out = lead, word;
  std::size_t column = lead.size();
  const std::string indent = "\n" + std::string(lead.size(), ' ');
  const auto put = [&] {
    if (column > lead.size() && column + 1 + word.size() > line_width) {
      out += indent;
      column = lead.size();
    }
    if (column > lead.size()) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
    word.clear();
  };
  for (const char c : text) {
    if (c == ' ')
      put();
    else
      word += c;
  }
  put();
  return out + "\n";
}

struct Row {
  std::string name, about, sentence;
};

std::string rows_text(const std::string& title, const std::vector<Row>& rows) {
  if (rows.empty()) return {};
  std::size_t name = 0, about = 0;
  for (const auto& row : rows) {
    name = std::max(name, row.name.size());
    about = std::max(about, row.about.size());
  }
  std::string text = fmt::format("\n{}\n", title);
  for (const auto& row : rows)
    text +=
        wrapped(fmt::format("  {:<{}}  {:<{}}  ", row.name, name, row.about, about), row.sentence);
  return text;
}

std::string kind_of(const core::OptionDeclaration& option) {
  using enum core::OptionType;
  switch (option.type) {
    case number:
      return option.unit == "1" ? "number" : option.unit;
    case numbers:
      return option.unit == "1" ? "numbers" : option.unit + ", several";
    case integer:
      return "whole number";
    case flag:
      return "true or false";
    case text:
    case words:
      return fmt::format("{}", fmt::join(option.choices, ", "));
  }
  return {};
}

std::string default_of(const core::OptionDeclaration& option) {
  if (option.default_text == "required") return "required";
  if (option.default_text == "automatic") return "may be left out";
  return "by default " + option.default_text;
}

std::vector<Row> option_rows(const core::Declaration& declaration) {
  std::vector<Row> rows;
  for (const auto& option : declaration.options) {
    const std::string kind = kind_of(option);
    rows.push_back({option.name, default_of(option),
                    option.sentence + (kind.empty() ? "" : fmt::format(" [{}]", kind))});
  }
  return rows;
}

std::vector<Row> output_rows(const std::vector<core::OutputDeclaration>& outputs) {
  std::vector<Row> rows;
  for (const auto& output : outputs)
    rows.push_back({output.name, output.unit == "1" ? "" : output.unit, output.sentence});
  return rows;
}

}  // namespace

const std::vector<TopicGroup>& topic_groups() {
  static const std::vector<TopicGroup> all = {
      {"sections", "section of a study", &study::section_declarations()},
      {"stages", "kind of stage", &stage::stage_declarations()},
      {"observers", "observer", &analysis::observer_declarations()},
      {"laws", "law", &models::law_declarations()},
      {"formats", "format", &io::format_declarations()},
  };
  return all;
}

std::string declaration_list(const std::vector<core::Declaration>& declarations) {
  std::size_t width = 0;
  for (const auto& d : declarations) width = std::max(width, d.name.size());
  std::string text;
  for (const auto& d : declarations)
    text += wrapped(fmt::format("  {:<{}}  ", d.name, width), d.one_line);
  return text;
}

std::string declaration_list_json(const std::vector<core::Declaration>& declarations) {
  auto list = nlohmann::ordered_json::array();
  for (const auto& d : declarations) {
    auto options = nlohmann::ordered_json::array();
    for (const auto& o : d.options)
      options.push_back({{"name", o.name},
                         {"unit", o.unit},
                         {"default", o.default_text},
                         {"choices", o.choices},
                         {"sentence", o.sentence}});
    const auto outputs = [](const std::vector<core::OutputDeclaration>& declared) {
      auto all = nlohmann::ordered_json::array();
      for (const auto& o : declared)
        all.push_back({{"name", o.name}, {"unit", o.unit}, {"sentence", o.sentence}});
      return all;
    };
    list.push_back({{"name", d.name},
                    {"sentence", d.one_line},
                    {"formula", d.formula},
                    {"options", options},
                    {"columns", outputs(d.columns)},
                    {"quantities", outputs(d.derived)},
                    {"source", d.source}});
  }
  return list.dump(2) + "\n";
}

std::string declaration_text(const TopicGroup& group, const core::Declaration& declaration) {
  std::string text = wrapped(
      "", fmt::format("{} ({}): {}", declaration.name, group.singular, declaration.one_line));
  if (!declaration.formula.empty()) text += "\n" + wrapped("  ", declaration.formula);
  text += rows_text(group.name == "sections" ? "keys" : "options", option_rows(declaration));
  text += rows_text("columns", output_rows(declaration.columns));
  text += rows_text("quantities", output_rows(declaration.derived));
  if (!declaration.source.empty()) text += "\n" + wrapped("source: ", declaration.source);
  return text;
}

}  // namespace vitreous::cli
