#include "cli/nanomold/alloy_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>

namespace vitreous::cli {
namespace {

namespace nano = models::nanomold;

/// Writes one section after the other; values that have an error carry it.
class AlloyWriter {
 public:
  explicit AlloyWriter(const AlloyFile& alloy) : alloy_(alloy), best_(alloy.parameters.best) {}

  std::string write(const std::vector<std::string>& comments) {
    for (const auto& comment : comments) text_ += "# " + comment + "\n";
    text_ += "\n";
    if (!alloy_.title.empty()) text_ += "title = " + quoted_text(alloy_.title) + "\n";
    if (!alloy_.source.empty()) text_ += "source = " + quoted_text(alloy_.source) + "\n";
    write_model();
    write_laws();
    write_bulk();
    write_rest();
    write_moldings();
    write_covariance();
    return text_;
  }

 private:
  /// TOML's basic strings are written as JSON's are.
  static std::string quoted_text(const std::string& text) { return nlohmann::json(text).dump(); }

  double error_of(const std::string& name) const {
    const auto& names = alloy_.parameters.names;
    for (std::size_t k = 0; k < names.size(); ++k)
      if (names[k] == name) return std::sqrt(alloy_.parameters.covariance(k, k));
    return 0.0;
  }

  void section(const std::string& name) { text_ += fmt::format("\n[{}]\n", name); }

  void value(const std::string& section, const std::string& key, double number,
             const std::string& unit, const std::string& comment = "") {
    const double error = error_of(section + "." + key);
    const std::string errors = error > 0.0 ? fmt::format(" +- {:.3g}", error) : "";
    text_ += fmt::format("{} = \"{:.14g}{}{}{}\"{}\n", key, number, errors, unit == "1" ? "" : " ",
                         unit == "1" ? "" : unit, comment.empty() ? "" : "   # " + comment);
  }

  void write_model() {
    section("model");
    text_ += fmt::format("rule = \"{}\"\nhp_prefactor = {}\n", nano::to_text(best_.rule),
                         best_.hp_prefactor);
    if (best_.print > 0.0) text_ += fmt::format("print = {:.14g}\n", best_.print);
    section("alloy");
    value("alloy", "atomic_volume", best_.atomic_volume, "m^3");
  }

  void write_laws() {
    const auto& v = best_.viscosity;
    section("viscosity");
    value("viscosity", "ln_eta0", v.ln_eta0, "1", "of eta0 in Pa s");
    value("viscosity", "B", v.B, "K");
    value("viscosity", "T0", v.T0, "K");
    if (v.glass) {
      value("viscosity", "kink", v.glass->kink, "K", celsius_of(v.glass->kink));
      value("viscosity", "Q_glass", v.glass->Q, "eV");
    }
    section("interface");
    value("interface", "ln_delta_D0", best_.interface.ln_delta_D0, "1", "of delta D0 in m^3/s");
    value("interface", "Q", best_.interface.Q, "eV");
    value("interface", "delta", best_.interface.delta, "m", "assumed: lengths fix delta D_I alone");
  }

  static std::string celsius_of(double T) { return fmt::format("{:.2f} C", T - 273.15); }

  void write_bulk() {
    if (!best_.particle_radius && !best_.bulk) return;
    section("bulk");
    if (best_.bulk) {
      value("bulk", "ln_D0", best_.bulk->ln_D0, "1", "of D0 in m^2/s");
      value("bulk", "Q", best_.bulk->Q, "eV");
    }
    if (best_.particle_radius) value("bulk", "R", *best_.particle_radius, "m");
    text_ += fmt::format("c = {:.14g}\n", best_.stokes_einstein_c);
  }

  void write_rest() {
    if (best_.calorimetry || best_.experiment_time) {
      section("relaxation");
      if (best_.calorimetry) {
        value("relaxation", "Tg", best_.calorimetry->Tg, "K", celsius_of(best_.calorimetry->Tg));
        value("relaxation", "tau_g", best_.calorimetry->tau_g, "s");
      }
      if (best_.experiment_time) value("relaxation", "time", *best_.experiment_time, "s");
    }
    if (best_.capillarity) {
      section("capillarity");
      value("capillarity", "surface_tension", best_.capillarity->surface_tension, "N/m");
      value("capillarity", "contact_angle",
            best_.capillarity->contact_angle * 180.0 / std::numbers::pi, "deg");
    }
    if (!alloy_.composition) return;
    const auto& keys = *alloy_.composition;
    section("composition");
    text_ += fmt::format("root = {:.14g}\nfaster = {}\nslower = {}\n", keys.root,
                         quoted_text(keys.faster), quoted_text(keys.slower));
    if (keys.ratio) text_ += fmt::format("ratio = {:.14g}\n", *keys.ratio);
    if (keys.tau_0) value("composition", "tau_0", *keys.tau_0, "s");
    if (keys.width) text_ += fmt::format("width = {:.14g}\n", *keys.width);
  }

  void write_moldings() {
    for (const auto& molding : alloy_.moldings) {
      text_ += "\n[[molding]]\n";
      value("molding", "temperature", molding.conditions.T, "K", celsius_of(molding.conditions.T));
      value("molding", "pressure", molding.conditions.p, "Pa");
      value("molding", "time", molding.conditions.t, "s");
      if (molding.d_c) value("molding", "d_c", molding.d_c->value, "nm");
    }
  }

  void write_covariance() {
    const auto& [best, names, covariance] = alloy_.parameters;
    if (names.empty()) return;
    text_ += "\n# In the units above: K, eV, m, s; logarithms have none.\n[covariance]\nof = [";
    for (const auto& name : names)
      text_ += quoted_text(name) + (name == names.back() ? "]\n" : ", ");
    text_ += "matrix = [\n";
    for (std::size_t i = 0; i < names.size(); ++i) {
      std::vector<std::string> cells;
      for (std::size_t j = 0; j < names.size(); ++j)
        cells.push_back(fmt::format("{:.15e}", covariance(i, j)));
      text_ += fmt::format("  [{}],\n", fmt::join(cells, ", "));
    }
    text_ += "]\n";
  }

  const AlloyFile& alloy_;
  const nano::Parameters& best_;
  std::string text_;
};

}  // namespace

std::string alloy_text(const AlloyFile& alloy, const std::vector<std::string>& comments) {
  return AlloyWriter(alloy).write(comments);
}

}  // namespace vitreous::cli
