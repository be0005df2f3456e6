#include "io/setfl.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/error.hpp"
#include "core/element.hpp"
#include "io/fields.hpp"

namespace vitreous::io {
namespace {

using potential::EamElement;
using potential::EamTables;

constexpr std::size_t comment_lines = 3;
constexpr std::size_t longest_comment = 200;

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return lines;
}

/// The words of a line up to a '#'.
std::vector<std::string_view> split_words(std::string_view line) {
  line = line.substr(0, line.find('#'));
  std::vector<std::string_view> words;
  for (std::size_t at = line.find_first_not_of(" \t\r"); at < line.size();
       at = line.find_first_not_of(" \t\r", at)) {
    const std::size_t end = std::min(line.find_first_of(" \t\r", at), line.size());
    words.push_back(line.substr(at, end - at));
    at = end;
  }
  return words;
}

/// A number as C or Fortran writes it ("1.5D-03"); empty where it is none. NaN and inf are none.
std::optional<double> to_fortran_number(std::string_view word) {
  std::string text(word);
  for (char& c : text)
    if (c == 'D' || c == 'd') c = 'e';
  const char* begin = text.data() + (text.starts_with('+') ? 1 : 0);
  const char* end = text.data() + text.size();
  double value = 0.0;
  const auto [stop, error] = std::from_chars(begin, end, value);
  // A number too small for a double is zero, as strtod has it.
  if (error == std::errc::result_out_of_range && stop == end) {
    value = std::strtod(text.c_str(), nullptr);
    if (std::abs(value) < 1.0) return value;
  }
  if (error != std::errc() || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

/// "fcc", "bcc", "hcp", ... in small letters; "" for words that name no lattice ("dummy").
std::string lattice_name(std::string_view word) {
  std::string name(word);
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (name == "dia") name = "diamond";
  static const std::vector<std::string> known = {"fcc", "bcc", "hcp", "sc", "diamond"};
  return std::find(known.begin(), known.end(), name) == known.end() ? std::string() : name;
}

/// "Z mass a lattice"; the last two may be missing. Empty where the line is something else.
std::optional<EamElement> to_element(const std::vector<std::string_view>& words) {
  if (words.size() < 2 || words.size() > 4) return std::nullopt;
  const auto number = to_integer(words[0]);
  const auto mass = to_fortran_number(words[1]);
  if (!number || *number < 0 || *number > 1000 || !mass || !(*mass > 0.0)) return std::nullopt;
  EamElement element;
  element.atomic_number = static_cast<int>(*number);
  element.mass = *mass;
  if (words.size() > 2) {
    const auto a = to_fortran_number(words[2]);
    if (!a || *a < 0.0) return std::nullopt;
    element.lattice_constant = *a;
  }
  if (words.size() > 3) {
    element.lattice = lattice_name(words[3]);
    // A table's line of four numbers is not an element's line.
    if (element.lattice.empty() && words[3].find('.') != std::string_view::npos)
      return std::nullopt;
  }
  return element;
}

enum class Form { alloy, finnis_sinclair };

std::string describe(Form form) {
  return form == Form::alloy ? "eam.alloy (one density an element)"
                             : "eam.fs (one density an ordered pair)";
}

class SetflReader {
 public:
  SetflReader(std::string_view text, const std::string& file)
      : file_(file), lines_(split_lines(text)) {}

  EamTables read() {
    read_header();
    form_ = decide_form();
    t_.format = form_ == Form::alloy ? "eam.alloy" : "eam.fs";
    const std::size_t n = t_.elements.size();
    t_.embedding.resize(n);
    t_.density.resize(n * n);
    t_.r_phi.resize(n * n);
    for (std::size_t a = 0; a < n; ++a) read_element(a);
    for (std::size_t a = 0; a < n; ++a)
      for (std::size_t b = 0; b <= a; ++b) {
        t_.r_phi[a * n + b] =
            read_table(fmt::format("r phi(r) of {}-{}", name(a), name(b)), t_.r_points);
        t_.r_phi[b * n + a] = t_.r_phi[a * n + b];
      }
    if (skip_blank())
      fail("values are left over after the last table",
           fmt::format("the file's fifth line announces {} values in F and {} in every other table",
                       t_.rho_points, t_.r_points));
    return std::move(t_);
  }

  std::vector<std::string> read_elements() {
    for (at_ = 0; at_ < comment_lines; ++at_) read_comment();
    read_names();
    std::vector<std::string> names;
    for (const auto& element : t_.elements) names.push_back(element.name);
    return names;
  }

 private:
  const std::string& name(std::size_t element) const { return t_.elements[element].name; }

  [[noreturn]] void fail(std::string problem, std::string why = {}, const std::string& key = {},
                         std::vector<std::string> tries = {}) const {
    base::Message m;
    m.file = file_;
    m.line = std::min(at_, lines_.size() - 1) + 1;
    if (at_ < lines_.size()) m.source = std::string(trim(lines_[at_]).substr(0, 90));
    m.key = key;
    m.problem = std::move(problem);
    m.why = std::move(why);
    m.tries = std::move(tries);
    throw base::InputError(m);
  }

  void read_comment() {
    if (at_ >= lines_.size())
      throw base::InputError(fmt::format("{}: the file has only {} lines: not a setfl potential",
                                         file_, lines_.size()));
    const auto text = trim(lines_[at_]);
    if (text.find_first_not_of("# ") != text.npos) t_.comments.emplace_back(text);
  }

  void read_header() {
    t_.name = file_;
    for (at_ = 0; at_ < comment_lines; ++at_) read_comment();
    read_names();
    ++at_;
    read_grid();
    ++at_;
  }

  void read_names() {
    const std::string key = "line of the elements";
    if (at_ >= lines_.size()) fail("the file ends before the line of its elements", {}, key);
    const auto words = split_words(lines_[at_]);
    const auto count = words.empty() ? std::nullopt : to_integer(words[0]);
    if (!count || *count < 1)
      fail("expected the number of elements and their names, e.g. \"2 Cu Zr\"",
           "a setfl file (eam.alloy, eam.fs) has three comment lines and then its elements", key);
    const auto n = static_cast<std::size_t>(*count);
    if (words.size() < n + 1)
      fail(fmt::format("{} elements announced, {} named", n, words.size() - 1), {}, key);
    for (std::size_t k = 1; k <= n; ++k) {
      if (!std::isalpha(static_cast<unsigned char>(words[k][0])))
        fail(fmt::format("\"{}\" is not the name of an element", words[k]), {}, key);
      for (const auto& known : t_.elements)
        if (known.name == words[k]) fail(fmt::format("{} is named twice", words[k]), {}, key);
      t_.elements.emplace_back().name = std::string(words[k]);
    }
    if (words.size() > n + 1 && core::atomic_number(words[n + 1]) > 0)
      fail(fmt::format("{} elements announced, more are named", n), {}, key);
  }

  void read_grid() {
    const std::string key = "line of the grids";
    if (at_ >= lines_.size()) fail("the file ends before the line of its grids", {}, key);
    const auto words = split_words(lines_[at_]);
    if (words.size() < 5) fail("expected five numbers: nrho drho nr dr cutoff", {}, key);
    const auto nrho = to_integer(words[0]), nr = to_integer(words[2]);
    const auto drho = to_fortran_number(words[1]), dr = to_fortran_number(words[3]),
               cutoff = to_fortran_number(words[4]);
    if (!nrho || !nr || !drho || !dr || !cutoff || words.size() > 5)
      fail("expected five numbers: nrho drho nr dr cutoff", {}, key);
    if (*nrho < 5 || *nr < 5) fail("a table needs at least 5 values", {}, key);
    if (!(*drho > 0.0) || !(*dr > 0.0) || !(*cutoff > 0.0))
      fail("drho, dr and the cutoff must be positive", {}, key);
    t_.rho_points = static_cast<std::size_t>(*nrho);
    t_.r_points = static_cast<std::size_t>(*nr);
    t_.drho = *drho, t_.dr = *dr, t_.cutoff = *cutoff;
    // One spacing may be missing at the end: many files end their tables at cutoff - dr.
    if (t_.cutoff > t_.dr * (static_cast<double>(t_.r_points) + 0.5))
      fail(fmt::format("the cutoff {} lies beyond the tables, which end at {:.6g}", t_.cutoff,
                       t_.dr * static_cast<double>(t_.r_points - 1)),
           {}, key);
  }

  std::size_t values(Form form) const {
    const std::size_t n = t_.elements.size();
    const std::size_t densities = form == Form::alloy ? n : n * n;
    return n * t_.rho_points + (densities + n * (n + 1) / 2) * t_.r_points;
  }

  /// By the number of values, leaving room for 2 to 4 words in each element's line.
  Form decide_form() const {
    const std::size_t n = t_.elements.size();
    std::size_t total = 0;
    for (std::size_t k = at_; k < lines_.size(); ++k) total += split_words(lines_[k]).size();
    for (const Form form : {Form::alloy, Form::finnis_sinclair})
      if (n > 1 && total >= values(form) + 2 * n && total <= values(form) + 4 * n) return form;
    if (file_.ends_with("fs")) return Form::finnis_sinclair;
    if (file_.ends_with("alloy") || n == 1) return Form::alloy;
    const std::size_t middle = (values(Form::alloy) + values(Form::finnis_sinclair)) / 2;
    return total < middle ? Form::alloy : Form::finnis_sinclair;
  }

  /// Moves to the next line that holds anything; false at the end of the file.
  bool skip_blank() {
    while (at_ < lines_.size() && split_words(lines_[at_]).empty()) ++at_;
    return at_ < lines_.size();
  }

  void read_element(std::size_t a) {
    const std::string key = fmt::format("line of {}", name(a));
    if (!skip_blank()) fail_at_end(key);
    const auto element = to_element(split_words(lines_[at_]));
    if (!element) {
      const std::string before =
          a == 0 ? std::string()
                 : fmt::format(
                       "read as {}; the tables of {} before it may hold more values than "
                       "the {} and {} announced",
                       describe(form_), name(a - 1), t_.rho_points, t_.r_points);
      fail("expected \"Z mass lattice_constant lattice\"", before, key);
    }
    const std::string symbol = name(a);
    t_.elements[a] = *element;
    t_.elements[a].name = symbol;
    ++at_;
    t_.embedding[a] = read_table(fmt::format("F(rho) of {}", symbol), t_.rho_points);
    const std::size_t n = t_.elements.size();
    if (form_ == Form::alloy) {
      const auto rho = read_table(fmt::format("rho(r) of {}", symbol), t_.r_points);
      for (std::size_t b = 0; b < n; ++b) t_.density[a * n + b] = rho;
      return;
    }
    for (std::size_t b = 0; b < n; ++b)
      t_.density[a * n + b] =
          read_table(fmt::format("rho(r) of {} at {}", symbol, name(b)), t_.r_points);
  }

  [[noreturn]] void fail_at_end(const std::string& key, const std::string& detail = {}) const {
    base::Message m;
    m.file = file_;
    m.line = lines_.size();
    m.key = key;
    m.problem = "the file ends here" + detail;
    m.why = fmt::format("{} elements as {} need {} values", t_.elements.size(), describe(form_),
                        values(form_));
    throw base::InputError(m);
  }

  std::vector<double> read_table(const std::string& key, std::size_t count) {
    std::vector<double> table;
    table.reserve(std::min(count, std::size_t{1} << 20));
    while (table.size() < count) {
      if (!skip_blank())
        fail_at_end(key, fmt::format(", after {} of {} values", table.size(), count));
      const auto words = split_words(lines_[at_]);
      for (const auto& word : words) {
        const auto value = to_fortran_number(word);
        if (!value) fail_at_word(key, word, table.size(), count);
        table.push_back(*value);
      }
      if (table.size() > count)
        fail(fmt::format("{} values where the header announces {}", table.size(), count),
             "this line ends the table, and holds more than is left of it", key,
             {fmt::format("mend the counts in line {}, or take the surplus values out",
                          comment_lines + 2)});
      ++at_;
    }
    return table;
  }

  [[noreturn]] void fail_at_word(const std::string& key, std::string_view word, std::size_t have,
                                 std::size_t count) const {
    if (to_element(split_words(lines_[at_])) && have > 0)
      fail(fmt::format("the next element begins after {} of {} values", have, count), {}, key);
    fail(fmt::format("\"{}\" is not a finite number", word), {}, key);
  }

  std::string file_;
  std::vector<std::string_view> lines_;
  std::size_t at_ = 0;  ///< index of the current line
  Form form_ = Form::alloy;
  EamTables t_;
};

std::string table_text(const std::vector<double>& values) {
  std::string text;
  for (std::size_t k = 0; k < values.size(); ++k)
    text += fmt::format("{:.17g}{}", values[k], k % 5 == 4 || k + 1 == values.size() ? "\n" : " ");
  return text;
}

}  // namespace

EamTables parse_setfl(std::string_view text, const std::string& file) {
  return SetflReader(text, file).read();
}

std::vector<std::string> setfl_elements(std::string_view text, const std::string& file) {
  return SetflReader(text, file).read_elements();
}

bool is_funcfl(std::string_view text) {
  const auto lines = split_lines(text.substr(0, 4096));
  if (lines.size() < 4) return false;
  const auto element = split_words(lines[1]);
  const auto grid = split_words(lines[2]);
  return element.size() >= 3 && to_element(element) && grid.size() >= 5 && to_integer(grid[0]) &&
         to_fortran_number(grid[1]) && to_integer(grid[2]) && to_fortran_number(grid[3]) &&
         to_fortran_number(grid[4]);
}

FuncflHeader parse_funcfl_header(std::string_view text, const std::string& file) {
  if (!is_funcfl(text)) throw base::InputError(fmt::format("{} is not a funcfl file", file));
  const auto lines = split_lines(text.substr(0, 4096));
  FuncflHeader header;
  header.comment = std::string(trim(lines[0]));
  header.element = *to_element(split_words(lines[1]));
  header.element.name = core::element_symbol(header.element.atomic_number);
  return header;
}

std::string write_setfl(const EamTables& tables) {
  const std::size_t n = tables.elements.size();
  std::string text;
  for (std::size_t k = 0; k < comment_lines; ++k) {
    std::string comment = k < tables.comments.size() ? tables.comments[k] : "#";
    for (char& c : comment)
      if (c == '\n' || c == '\r') c = ' ';
    text += comment.substr(0, longest_comment) + "\n";
  }
  std::vector<std::string> names;
  for (const auto& element : tables.elements) names.push_back(element.name);
  text += fmt::format("{} {}\n", n, fmt::join(names, " "));
  text += fmt::format("{} {:.17g} {} {:.17g} {:.17g}\n", tables.rho_points, tables.drho,
                      tables.r_points, tables.dr, tables.cutoff);
  for (std::size_t a = 0; a < n; ++a) {
    const auto& e = tables.elements[a];
    text += fmt::format("{} {:.17g} {:.17g} {}\n", e.atomic_number, e.mass, e.lattice_constant,
                        e.lattice.empty() ? "unknown" : e.lattice);
    text += table_text(tables.embedding[a]);
    for (std::size_t b = 0; b < n; ++b) text += table_text(tables.density[a * n + b]);
  }
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = 0; b <= a; ++b) text += table_text(tables.r_phi[a * n + b]);
  return text;
}

core::Declaration setfl_declaration() {
  core::Declaration d;
  d.name = "setfl";
  d.one_line = "embedded-atom potential as LAMMPS' eam/alloy and eam/fs take it: read and written";
  d.formula =
      "three comments; elements; nrho drho nr dr cutoff; for each element F(rho) and rho(r); r "
      "phi(r) of the pairs";
  d.source = "LAMMPS documentation, pair_style eam";
  return d;
}

}  // namespace vitreous::io
