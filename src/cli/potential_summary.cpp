#include "cli/potential_summary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "io/potential_source.hpp"

namespace vitreous::cli {
namespace {

using potential::EamPotential;
using potential::EamTables;
using potential::Structure;

std::vector<std::string> element_names(const EamTables& tables) {
  std::vector<std::string> names;
  for (const auto& element : tables.elements) names.push_back(element.name);
  return names;
}

std::vector<FunctionEnd> function_ends(const EamPotential& potential) {
  std::vector<FunctionEnd> ends;
  const auto& species = potential.species();
  for (std::size_t a = 0; a < species.size(); ++a)
    for (std::size_t b = a; b < species.size(); ++b)
      ends.push_back({"phi", species[a].name + "-" + species[b].name, potential.pair_end(a, b)});
  for (std::size_t a = 0; a < species.size(); ++a)
    for (std::size_t b = 0; b < species.size(); ++b)
      ends.push_back(
          {"rho", species[a].name + " at " + species[b].name, potential.density_end(a, b)});
  return ends;
}

ElementCrystals element_crystals(const EamPotential& potential,
                                 const potential::EamElement& element, std::size_t k) {
  ElementCrystals out;
  out.separated = potential.embedding(k, 0.0).value;
  std::vector<Structure> structures = {Structure::fcc, Structure::bcc, Structure::hcp};
  double guess = 0.0;
  out.note = "the source names no lattice";
  if (!element.lattice.empty()) {
    const auto structure = potential::structure_named(element.lattice);
    if (!structure) {
      out.note = fmt::format("the source names {}; fcc, bcc and hcp are built", element.lattice);
      return out;
    }
    structures = {*structure};
    guess = element.lattice_constant;
    out.note = "the lattice that the source names";
  }
  for (const Structure structure : structures) {
    auto crystal = relax_crystal(potential, structure, k, k, guess);
    if (!crystal && guess > 0.0) crystal = relax_crystal(potential, structure, k, k);
    if (crystal) out.relaxed.push_back(*crystal);
  }
  if (out.relaxed.empty()) out.note += ": its energy has no minimum";
  return out;
}

std::string crystal_rows(const EamTables& tables, const PotentialSummary& summary) {
  std::string text = fmt::format("\n{:<8} {:<5} {:>10} {:>9} {:>13} {:>14} {:>12}\n", "element", "",
                                 "a (A)", "c/a", "E (eV/atom)", "cohesive (eV)", "V (A^3/atom)");
  for (std::size_t k = 0; k < summary.crystals.size(); ++k) {
    const auto& [relaxed, separated, note] = summary.crystals[k];
    const std::string& name = tables.elements[k].name;
    if (relaxed.empty()) text += fmt::format("{:<8} none: {}\n", name, note);
    for (const auto& crystal : relaxed) {
      const bool hexagonal = crystal.structure == Structure::hcp;
      text += fmt::format("{:<8} {:<5} {:>10.6f} {:>9} {:>13.6f} {:>14.6f} {:>12.4f}  {}\n", name,
                          potential::to_text(crystal.structure), crystal.a,
                          hexagonal ? fmt::format("{:.6f}", crystal.c_over_a) : "", crystal.energy,
                          separated - crystal.energy, crystal.volume, note);
    }
  }
  return text;
}

}  // namespace

PotentialSummary summarize(const EamTables& tables) {
  const EamPotential potential(tables, element_names(tables));
  PotentialSummary summary;
  summary.fingerprint = io::potential_fingerprint(tables);
  summary.ends = function_ends(potential);
  for (std::size_t k = 0; k < tables.elements.size(); ++k)
    summary.crystals.push_back(element_crystals(potential, tables.elements[k], k));
  return summary;
}

std::string to_text(const EamTables& t, const PotentialSummary& summary) {
  std::string text = t.name + "\n";
  for (const auto& comment : t.comments) text += fmt::format("  {}\n", comment);
  text += fmt::format("\nform         {}\nfingerprint  {}\ncutoff       {:.6g} A\n", t.format,
                      summary.fingerprint, t.cutoff);
  text += fmt::format(
      "tables       phi, rho: {} points, {:.6g} A apart; F: {} points, {:.6g} apart, "
      "to rho = {:.6g}\n",
      t.r_points, t.dr, t.rho_points, t.drho, static_cast<double>(t.rho_points - 1) * t.drho);
  text +=
      fmt::format("\n{:<8} {:>3} {:>11}  {}\n", "element", "Z", "mass (amu)", "source's lattice");
  for (const auto& e : t.elements)
    text +=
        fmt::format("{:<8} {:>3} {:>11.6g}  {}\n", e.name, e.atomic_number, e.mass,
                    e.lattice.empty() ? "not named"
                                      : fmt::format("{} {:.6g} A", e.lattice, e.lattice_constant));
  text += fmt::format("\n{:<18} {}\n", "function", "ends at (A)");
  for (const auto& end : summary.ends)
    text += fmt::format("{:<18} {:.6g}\n", end.function + " " + end.of, end.end);
  return text + crystal_rows(t, summary);
}

std::string to_json(const EamTables& t, const PotentialSummary& summary) {
  using Json = nlohmann::ordered_json;
  Json json = {{"name", t.name},
               {"form", t.format},
               {"fingerprint", summary.fingerprint},
               {"comments", t.comments},
               {"cutoff_angstrom", t.cutoff},
               {"r_points", t.r_points},
               {"dr_angstrom", t.dr},
               {"rho_points", t.rho_points},
               {"drho", t.drho}};
  for (std::size_t k = 0; k < t.elements.size(); ++k) {
    const auto& e = t.elements[k];
    const auto& [relaxed, separated, note] = summary.crystals[k];
    Json crystals = Json::array();
    for (const auto& crystal : relaxed) {
      Json row = {{"structure", potential::to_text(crystal.structure)},
                  {"a_angstrom", crystal.a},
                  {"energy_eV_per_atom", crystal.energy},
                  {"cohesive_energy_eV_per_atom", separated - crystal.energy},
                  {"volume_angstrom3_per_atom", crystal.volume}};
      if (crystal.structure == Structure::hcp) row["c_over_a"] = crystal.c_over_a;
      crystals.push_back(row);
    }
    json["elements"].push_back({{"symbol", e.name},
                                {"atomic_number", e.atomic_number},
                                {"mass_amu", e.mass},
                                {"source_lattice", e.lattice},
                                {"source_lattice_constant_angstrom", e.lattice_constant},
                                {"reference_crystals", crystals},
                                {"reference_crystals_note", note}});
  }
  for (const auto& end : summary.ends)
    json["functions"].push_back(
        {{"function", end.function}, {"of", end.of}, {"ends_at_angstrom", end.end}});
  return json.dump(2) + "\n";
}

std::string function_table_csv(const EamTables& t) {
  std::string csv = "function,of,x,x_unit,value,value_unit\n";
  const std::size_t n = t.elements.size();
  const auto row = [&](const char* function, const std::string& of, double x, const char* x_unit,
                       double value, const char* unit) {
    csv += fmt::format("{},{},{:.10g},{},{:.10g},{}\n", function, of, x, x_unit, value, unit);
  };
  const auto at = [](std::size_t k, double spacing) { return static_cast<double>(k) * spacing; };
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = a; b < n; ++b)
      for (std::size_t k = 1; k < t.r_points; ++k)
        row("phi", t.elements[a].name + "-" + t.elements[b].name, at(k, t.dr), "angstrom",
            t.r_phi[a * n + b][k] / at(k, t.dr), "eV");
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = 0; b < n; ++b)
      for (std::size_t k = 0; k < t.r_points; ++k)
        row("rho", t.elements[a].name + " at " + t.elements[b].name, at(k, t.dr), "angstrom",
            t.density[a * n + b][k], "1");
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t k = 0; k < t.rho_points; ++k)
      row("F", t.elements[a].name, at(k, t.drho), "1", t.embedding[a][k], "eV");
  return csv;
}

}  // namespace vitreous::cli
