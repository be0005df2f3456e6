// setfl texts: round trips, the two forms, and one clear message for each way to be broken.
#include "io/setfl.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "base/error.hpp"
#include "base/random.hpp"
#include "io/potential_source.hpp"

namespace vitreous::io {
namespace {

using potential::EamTables;

EamTables random_tables(std::size_t n, std::size_t rho_points, std::size_t r_points) {
  base::RandomStream random(1, "setfl_test");
  const auto table = [&](std::size_t size) {
    std::vector<double> values(size);
    for (auto& v : values) v = random.normal() * std::pow(10.0, 40 * random.uniform() - 30);
    return values;
  };
  const char* const names[] = {"Al", "Sm", "Zr"};
  EamTables t;
  t.comments = {"one", "two", "three"};
  for (std::size_t a = 0; a < n; ++a) {
    t.elements.push_back({names[a], static_cast<int>(13 + a), 26.98 + 0.1 * static_cast<double>(a),
                          4.05, a == 0 ? "fcc" : "hcp"});
    t.embedding.push_back(table(rho_points));
  }
  t.rho_points = rho_points, t.drho = 0.1;
  t.r_points = r_points, t.dr = 0.3, t.cutoff = t.dr * static_cast<double>(r_points - 1);
  for (std::size_t k = 0; k < n * n; ++k) t.density.push_back(table(r_points));
  t.r_phi.resize(n * n);
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = 0; b <= a; ++b) t.r_phi[a * n + b] = t.r_phi[b * n + a] = table(r_points);
  return t;
}

/// The same as eam.alloy: densities by source alone.
std::string alloy_text(const EamTables& t) {
  const std::size_t n = t.elements.size();
  std::ostringstream text;
  text << "# a\n# b\n# c\n" << n;
  for (const auto& e : t.elements) text << " " << e.name;
  text << fmt::format("\n{} {} {} {} {}\n", t.rho_points, t.drho, t.r_points, t.dr, t.cutoff);
  const auto write = [&](const std::vector<double>& values) {
    for (const double v : values) text << fmt::format("{:.17g}\n", v);
  };
  for (std::size_t a = 0; a < n; ++a) {
    text << fmt::format("{} {} {} dummy # comment\n", t.elements[a].atomic_number,
                        t.elements[a].mass, 0);
    write(t.embedding[a]);
    write(t.density[a * n]);
  }
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = 0; b <= a; ++b) write(t.r_phi[a * n + b]);
  return text.str();
}

/// A well-formed eam.fs text whose line `line` (1-based) is replaced; "" takes it out.
std::string with_line(std::size_t line, const std::string& replacement) {
  std::istringstream in(write_setfl(random_tables(2, 7, 6)));
  std::string text, row;
  for (std::size_t k = 1; std::getline(in, row); ++k) {
    if (k != line)
      text += row + "\n";
    else if (!replacement.empty())
      text += replacement + "\n";
  }
  return text;
}

base::Message message_of(const std::string& text, const std::string& file = "x.eam.fs") {
  try {
    parse_setfl(text, file);
  } catch (const base::InputError& error) {
    return error.message();
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

TEST(Setfl, WrittenTablesReadBackToTheSameBits) {
  for (const std::size_t n : {1u, 2u, 3u}) {
    const EamTables written = random_tables(n, 11, 23);
    const EamTables read = parse_setfl(write_setfl(written), "x");
    EXPECT_EQ(read.embedding, written.embedding);
    EXPECT_EQ(read.density, written.density);
    EXPECT_EQ(read.r_phi, written.r_phi);
    EXPECT_EQ(read.drho, written.drho);
    EXPECT_EQ(read.dr, written.dr);
    EXPECT_EQ(read.cutoff, written.cutoff);
    EXPECT_EQ(read.comments, written.comments);
    for (std::size_t a = 0; a < n; ++a) {
      EXPECT_EQ(read.elements[a].name, written.elements[a].name);
      EXPECT_EQ(read.elements[a].mass, written.elements[a].mass);
      EXPECT_EQ(read.elements[a].lattice, written.elements[a].lattice);
      EXPECT_EQ(read.elements[a].atomic_number, written.elements[a].atomic_number);
    }
  }
}

TEST(Setfl, TellsAlloyFromFinnisSinclairByItsContent) {
  const EamTables t = random_tables(3, 11, 23);
  const EamTables alloy = parse_setfl(alloy_text(t), "misnamed.eam.fs");
  EXPECT_EQ(alloy.format, "eam.alloy");
  EXPECT_EQ(alloy.r_phi, t.r_phi);
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t b = 0; b < 3; ++b)
      EXPECT_EQ(alloy.density[a * 3 + b], t.density[a * 3]) << "one density whatever the site";
  EXPECT_EQ(alloy.elements[0].lattice, "") << "\"dummy\" is no lattice";
  EXPECT_EQ(parse_setfl(write_setfl(t), "misnamed.eam.alloy").format, "eam.fs");
}

TEST(Setfl, ReadsFortranNumbersWindowsLinesAndComments) {
  const std::string text =
      "c1\r\nc2\r\nc3\r\n 1 Cu 3.4 ! a remark\r\n 5 .1D+00 5 .5d0 2.0 # grids\r\n"
      "29 63.55 3.615 FCC\r\n 0 -1.5D-01 -.2 -3E-1 -4.\r\n+1 2 3 4 5\r\n\r\n5 4 3 2 1.0D-400\r\n";
  const EamTables t = parse_setfl(text, "x.eam.alloy");
  EXPECT_EQ(t.elements[0].lattice, "fcc");
  EXPECT_EQ(t.drho, 0.1);
  EXPECT_EQ(t.embedding[0], (std::vector<double>{0, -0.15, -0.2, -0.3, -4}));
  EXPECT_EQ(t.r_phi[0], (std::vector<double>{5, 4, 3, 2, 0}));
}

TEST(Setfl, ATruncatedFileIsRefusedWithTheTableItEndsIn) {
  const std::string whole = write_setfl(random_tables(2, 7, 6));
  std::istringstream in(whole);
  std::string text, row;
  for (int k = 0; k < 11 && std::getline(in, row); ++k) text += row + "\n";
  const auto m = message_of(text);
  EXPECT_EQ(m.line, 11u);
  EXPECT_EQ(m.key, "rho(r) of Al at Sm");
  EXPECT_EQ(m.problem, "the file ends here, after 5 of 6 values");
  // Cut anywhere before its last number, in mid-number too, it is never read as something else.
  const std::size_t last_number = whole.find_last_of(" \n", whole.size() - 2);
  for (std::size_t length = 0; length <= last_number; ++length)
    EXPECT_THROW(parse_setfl(whole.substr(0, length), "x.eam.fs"), base::InputError) << length;
}

TEST(Setfl, ALineWithTooManyValuesIsNamed) {
  // Line 8 ends F(rho) of Al (7 values: five, then two).
  const auto m = message_of(with_line(8, "1.0 2.0 3.0"));
  EXPECT_EQ(m.line, 8u);
  EXPECT_EQ(m.key, "F(rho) of Al");
  EXPECT_EQ(m.problem, "8 values where the header announces 7");
}

TEST(Setfl, AMissingLineOfATableIsRefused) {
  EXPECT_EQ(message_of(with_line(8, "")).key, "F(rho) of Al");
}

TEST(Setfl, SurplusValuesOneALineAreFoundAtTheNextElement) {
  EamTables t = random_tables(2, 7, 6);
  t.embedding[0].push_back(1.0);
  const auto m = message_of(alloy_text(t), "x.eam.alloy");
  EXPECT_EQ(m.key, "line of Sm");
  EXPECT_NE(m.why.find("tables of Al before it may hold more values"), std::string::npos) << m.why;
}

TEST(Setfl, ValuesLeftOverAreRefused) {
  const auto m = message_of(write_setfl(random_tables(2, 7, 6)) + "0.0\n");
  EXPECT_EQ(m.problem, "values are left over after the last table");
}

TEST(Setfl, WordsNanAndInfinityAreNoNumbers) {
  for (const std::string bad : {"oops", "nan", "NaN", "inf", "1.0e", "1,5", "0x10", "1e999"}) {
    const auto m = message_of(with_line(8, "1.0 " + bad));
    EXPECT_EQ(m.line, 8u);
    EXPECT_EQ(m.key, "F(rho) of Al");
    EXPECT_EQ(m.problem, "\"" + bad + "\" is not a finite number");
  }
}

TEST(Setfl, BrokenHeadersAreRefused) {
  EXPECT_EQ(message_of(with_line(4, "3 Al Sm")).problem, "3 elements announced, 2 named");
  EXPECT_EQ(message_of(with_line(4, "1 Al Sm")).problem, "1 elements announced, more are named");
  EXPECT_EQ(message_of(with_line(4, "2 Al Al")).problem, "Al is named twice");
  EXPECT_EQ(message_of(with_line(4, "2 Al 7")).problem, "\"7\" is not the name of an element");
  EXPECT_EQ(message_of(with_line(4, "Al Sm")).line, 4u);
  EXPECT_EQ(message_of(with_line(5, "7 0.1 6 0.3")).line, 5u);
  EXPECT_EQ(message_of(with_line(5, "7 0.1 6.5 0.3 1.5")).line, 5u);
  EXPECT_EQ(message_of(with_line(5, "7 0.1 6 -0.3 1.5")).line, 5u);
  EXPECT_EQ(message_of(with_line(5, "4 0.1 6 0.3 1.5")).line, 5u);
  EXPECT_NE(message_of(with_line(5, "7 0.1 6 0.3 2.5")).problem.find("beyond the tables"),
            std::string::npos);
  EXPECT_EQ(message_of(with_line(6, "13 -26.98 4.05 fcc")).key, "line of Al");
  EXPECT_EQ(message_of("").line, 0u);
}

TEST(Setfl, KnowsAFuncflFile) {
  const std::string text = "Cu\n 29 63.550 3.6150 FCC\n 500 5.0e-04 500 1.0e-02 4.95\n 0. -3\n";
  EXPECT_TRUE(is_funcfl(text));
  EXPECT_FALSE(is_funcfl(write_setfl(random_tables(1, 7, 6))));
  const auto header = parse_funcfl_header(text, "x");
  EXPECT_EQ(header.element.name, "Cu");
  EXPECT_EQ(header.element.mass, 63.55);
  EXPECT_EQ(header.element.lattice, "fcc");
}

TEST(PotentialFingerprint, ChangesWithAnyNumberAndWithNothingElse) {
  EamTables t = random_tables(2, 7, 6);
  const std::string before = potential_fingerprint(t);
  t.name = "elsewhere", t.comments = {}, t.format = "kim";
  EXPECT_EQ(potential_fingerprint(t), before);
  for (auto* tables : {&t.embedding, &t.density, &t.r_phi})
    for (auto& table : *tables)
      for (double& value : table) {
        const double kept = value;
        value = std::nextafter(value, 1e300);
        EXPECT_NE(potential_fingerprint(t), before);
        value = kept;
      }
  std::swap(t.density[1], t.density[2]);
  EXPECT_NE(potential_fingerprint(t), before);
}

}  // namespace
}  // namespace vitreous::io
