#include "cli/nanomold/alloy_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/units.hpp"
#include "io/safe_file.hpp"
#include "study/option_reading.hpp"
#include "study/reference_reading.hpp"

namespace vitreous::cli {
namespace {

using models::nanomold::Parameters;
using study::Entry;
using study::Value;

/// Sections and their keys, in the order in which a file is written.
const std::vector<std::pair<std::string, std::vector<std::string>>>& alloy_sections() {
  static const std::vector<std::pair<std::string, std::vector<std::string>>> all = {
      {"model", {"rule", "hp_prefactor", "print"}},
      {"alloy", {"atomic_volume"}},
      {"viscosity", {"eta0", "ln_eta0", "B", "T0", "kink", "Q_glass"}},
      {"interface", {"D0", "ln_delta_D0", "Q", "delta"}},
      {"bulk", {"D0", "ln_D0", "Q", "R", "c"}},
      {"relaxation", {"Tg", "tau_g", "time"}},
      {"capillarity", {"surface_tension", "contact_angle"}},
      {"composition", {"root", "faster", "slower", "ratio", "tau_0", "width"}},
      {"molding", {"temperature", "pressure", "time", "d_c", "source"}},
      {"covariance", {"of", "matrix"}},
  };
  return all;
}

/// A value with the standard error that stands beside it; 0 where there is none.
struct Given {
  double value = 0.0, error = 0.0;
};

class AlloyReader {
 public:
  AlloyReader(const std::string& path, const std::string& text)
      : root_(study::parse_study_text(path, text)) {
    file_.path = path;
  }

  AlloyFile read() {
    require_known_sections();
    read_texts();
    read_model();
    read_viscosity();
    read_interface();
    read_bulk();
    read_relaxation();
    read_capillarity();
    read_composition();
    read_moldings();
    take_errors();
    return std::move(file_);
  }

 private:
  Parameters& best() { return file_.parameters.best; }

  void require_known_sections() const {
    std::vector<std::string> names = {"title", "source"};
    for (const auto& [name, keys] : alloy_sections()) names.push_back(name);
    study::require_known_keys(root_, "", "a file of parameters", names);
    for (const auto& [name, keys] : alloy_sections()) {
      const Entry* entry = root_.find(name);
      if (!entry || name == "molding") continue;
      study::require_table(entry->value, name);
      study::require_known_keys(entry->value, name, "[" + name + "]", keys);
    }
  }

  void read_texts() {
    if (const Entry* entry = root_.find("title"))
      file_.title = study::require_text(entry->value, "title");
    if (const Entry* entry = root_.find("source"))
      file_.source = study::require_text(entry->value, "source");
  }

  const Entry* find(const std::string& section, const std::string& key) const {
    const Entry* table = root_.find(section);
    return table ? table->value.find(key) : nullptr;
  }

  [[noreturn]] void lacks(const std::string& section, const std::string& key,
                          const std::string& example) const {
    base::Message message;
    message.file = file_.path;
    message.key = section + "." + key;
    message.problem = "is missing";
    message.tries = {fmt::format("[{}]\n       {}", section, example)};
    throw base::InputError(message);
  }

  static Given given(const Value& value, const std::string& unit, const std::string& key) {
    const double number = study::read_quantity(value, unit, key);
    const auto quantity =
        study::placed(value.place, key, [&] { return base::parse_quantity(value.text); });
    return {number, quantity.error_in(unit).value_or(0.0)};
  }

  std::optional<Given> optional(const std::string& section, const std::string& key,
                                const std::string& unit) const {
    const Entry* entry = find(section, key);
    if (!entry) return {};
    return given(entry->value, unit, section + "." + key);
  }

  std::optional<Given> optional_positive(const std::string& section, const std::string& key,
                                         const std::string& unit) const {
    const auto found = optional(section, key, unit);
    if (found && !(found->value > 0.0))
      study::refuse(find(section, key)->value.place, section + "." + key, "must be above zero");
    return found;
  }

  Given required(const std::string& section, const std::string& key, const std::string& unit,
                 const std::string& example) const {
    const auto found = optional_positive(section, key, unit);
    if (!found) lacks(section, key, example);
    return *found;
  }

  /// ln of a prefactor: given as `ln_key`, or as `key` with its unit.
  std::optional<Given> logarithm(const std::string& section, const std::string& key,
                                 const std::string& unit, const std::string& ln_key) const {
    const auto plain = optional_positive(section, key, unit);
    const auto ln = optional(section, ln_key, "1");
    if (plain && ln)
      study::refuse(find(section, ln_key)->value.place, section + "." + ln_key,
                    fmt::format("and {} are both given: one of them", key));
    if (plain) return Given{std::log(plain->value), plain->error / plain->value};
    return ln;
  }

  void note_error(const std::string& name, double error) {
    if (error > 0.0) errors_[name] = error;
  }

  void read_model() {
    if (const Entry* entry = find("model", "rule")) {
      const core::OptionDeclaration option{"rule", core::OptionType::text, "1", "fastest",
                                           "",     {"fastest", "additive"}};
      const auto rule =
          std::get<std::string>(study::read_option(option, entry->value, "model.rule"));
      best().rule =
          rule == "additive" ? models::nanomold::Rule::additive : models::nanomold::Rule::fastest;
    }
    if (const Entry* entry = find("model", "hp_prefactor")) {
      const double number = study::read_quantity(entry->value, "1", "model.hp_prefactor");
      if (number != models::nanomold::published_hp_prefactor &&
          number != models::nanomold::integral_hp_prefactor)
        study::refuse(entry->value.place, "model.hp_prefactor", "is neither 32 nor 16",
                      "32 is the published form of Eq. 1, 16 the integral of its flow law");
      best().hp_prefactor = number;
    }
    if (const Entry* entry = find("model", "print")) {
      best().print = study::read_quantity(entry->value, "1", "model.print");
      if (!(best().print >= 0.0))
        study::refuse(entry->value.place, "model.print", "must not be below zero");
    }
    const auto volume = required("alloy", "atomic_volume", "m^3", "atomic_volume = \"12.4 A^3\"");
    best().atomic_volume = volume.value;
    note_error("alloy.atomic_volume", volume.error);
  }

  void read_viscosity() {
    auto& v = best().viscosity;
    const auto ln_eta0 = logarithm("viscosity", "eta0", "Pa s", "ln_eta0");
    if (!ln_eta0) lacks("viscosity", "eta0", "eta0 = \"3.4e-5 Pa s\"");
    const auto B = required("viscosity", "B", "K", "B = \"5581 K\"");
    const auto T0 = required("viscosity", "T0", "K", "T0 = \"413 K\"");
    v = {ln_eta0->value, B.value, T0.value, {}};
    note_error("viscosity.ln_eta0", ln_eta0->error);
    note_error("viscosity.B", B.error);
    note_error("viscosity.T0", T0.error);
    const auto kink = optional("viscosity", "kink", "K");
    const auto Q = optional("viscosity", "Q_glass", "eV");
    if (!kink && !Q) return;
    if (!kink) lacks("viscosity", "kink", "kink = \"287 C\"     # below it the alloy is a glass");
    if (!Q) lacks("viscosity", "Q_glass", "Q_glass = \"0.87 eV\"   # of flow below the kink");
    if (!(kink->value > v.T0))
      study::refuse(find("viscosity", "kink")->value.place, "viscosity.kink",
                    fmt::format("does not lie above T0 = {:.6g} K", v.T0),
                    "the liquid's viscosity diverges at T0");
    v.glass = models::nanomold::GlassBranch{kink->value, Q->value};
    note_error("viscosity.kink", kink->error);
    note_error("viscosity.Q_glass", Q->error);
  }

  void read_interface() {
    auto& i = best().interface;
    const auto delta =
        required("interface", "delta", "m",
                 "delta = \"0.2875 nm\"   # one atomic layer: L(d) fixes delta D_I alone");
    const auto Q = required("interface", "Q", "eV", "Q = \"1.58 eV\"");
    i.delta = delta.value;
    i.Q = Q.value;
    note_error("interface.Q", Q.error);
    note_error("interface.delta", delta.error);
    const auto ln_D0 = logarithm("interface", "D0", "m^2/s", "ln_delta_D0");
    if (!ln_D0) lacks("interface", "D0", "D0 = \"1.4e-3 m^2/s\"");
    i.ln_delta_D0 = ln_D0->value;
    note_error("interface.ln_delta_D0", ln_D0->error);
    if (!find("interface", "D0")) return;
    i.ln_delta_D0 += std::log(i.delta);
    if (!(delta.error > 0.0)) return;
    // D0 itself was given: the product with delta takes its error too, and moves along with it.
    const double relative = delta.error / i.delta;
    note_error("interface.ln_delta_D0", std::hypot(ln_D0->error, relative));
    delta_covariance_ = relative * delta.error;
  }

  void read_bulk() {
    if (const auto R = optional_positive("bulk", "R", "m")) {
      best().particle_radius = R->value;
      note_error("bulk.R", R->error);
    }
    if (const auto c = optional_positive("bulk", "c", "1")) best().stokes_einstein_c = c->value;
    const auto ln_D0 = logarithm("bulk", "D0", "m^2/s", "ln_D0");
    const auto Q = optional_positive("bulk", "Q", "eV");
    if (!ln_D0 && !Q) return;
    if (!ln_D0) lacks("bulk", "D0", "D0 = \"2.5e7 m^2/s\"");
    if (!Q) lacks("bulk", "Q", "Q = \"3.16 eV\"");
    best().bulk = models::nanomold::BulkDiffusion{ln_D0->value, Q->value};
    note_error("bulk.ln_D0", ln_D0->error);
    note_error("bulk.Q", Q->error);
  }

  void read_relaxation() {
    if (const auto time = optional_positive("relaxation", "time", "s"))
      best().experiment_time = time->value;
    const auto Tg = optional_positive("relaxation", "Tg", "K");
    const auto tau_g = optional_positive("relaxation", "tau_g", "s");
    if (!Tg && !tau_g) return;
    if (!Tg) lacks("relaxation", "Tg", "Tg = \"317 C\"      # measured by calorimetry");
    if (!tau_g) lacks("relaxation", "tau_g", "tau_g = \"76 s\"   # the relaxation time at Tg");
    if (!(Tg->value > best().viscosity.T0))
      study::refuse(find("relaxation", "Tg")->value.place, "relaxation.Tg",
                    fmt::format("does not lie above T0 = {:.6g} K", best().viscosity.T0),
                    "the liquid's viscosity diverges at T0");
    best().calorimetry = models::nanomold::Calorimetry{Tg->value, tau_g->value};
    note_error("relaxation.Tg", Tg->error);
    note_error("relaxation.tau_g", tau_g->error);
  }

  void read_capillarity() {
    if (!root_.find("capillarity")) return;
    best().capillarity = models::nanomold::Capillarity{
        required("capillarity", "surface_tension", "N/m", "surface_tension = \"1 N/m\"").value,
        required("capillarity", "contact_angle", "rad", "contact_angle = \"120 deg\"").value};
  }

  void read_composition() {
    if (!root_.find("composition")) return;
    CompositionKeys keys;
    keys.root =
        required("composition", "root", "1", "root = 0.5625   # the faster element's share").value;
    if (!(keys.root < 1.0))
      study::refuse(find("composition", "root")->value.place, "composition.root",
                    "is a share of the two elements, between 0 and 1");
    const auto word = [&](const char* key, std::string& into) {
      if (const Entry* entry = find("composition", key))
        into = study::require_text(entry->value, std::string("composition.") + key);
    };
    word("faster", keys.faster);
    word("slower", keys.slower);
    const auto number = [&](const char* key, const char* unit, std::optional<double>& into) {
      if (const auto found = optional_positive("composition", key, unit)) into = found->value;
    };
    number("ratio", "1", keys.ratio);
    number("tau_0", "s", keys.tau_0);
    number("width", "1", keys.width);
    file_.composition = keys;
  }

  void read_moldings() {
    const Entry* entry = root_.find("molding");
    if (!entry) return;
    if (!entry->value.is(Value::Kind::list))
      study::refuse(entry->place, "molding", "is a list of experiments", "", {"[[molding]]"});
    const auto& keys =
        std::find_if(alloy_sections().begin(), alloy_sections().end(), [](const auto& s) {
          return s.first == "molding";
        })->second;
    for (std::size_t k = 0; k < entry->value.items.size(); ++k) {
      const Value& table = entry->value.items[k];
      const std::string key = fmt::format("molding[{}]", k);
      study::require_table(table, key);
      study::require_known_keys(table, key, "[[molding]]", keys);
      const auto number = [&](const char* name, const char* unit) {
        const Entry* found = table.find(name);
        if (!found) study::refuse(table.place, key, fmt::format("lacks `{}`", name));
        return study::read_positive(found->value, unit, key + "." + name);
      };
      Molding molding;
      molding.conditions = {number("temperature", "K"), number("pressure", "Pa"),
                            number("time", "s")};
      if (const Entry* d_c = table.find("d_c")) {
        const auto value = given(d_c->value, "nm", key + ".d_c");
        core::Reference reference;
        reference.value = value.value;
        reference.standard_error = value.error;
        reference.unit = "nm";
        reference.source = file_.source;
        study::read_reference_origin(table, key, reference);
        molding.d_c = reference;
      }
      file_.moldings.push_back(molding);
    }
  }

  /// The covariance that the file gives, and errors beside values where it does not reach.
  void take_errors() {
    auto& names = file_.parameters.names;
    math::Matrix given_covariance;
    if (const Entry* entry = root_.find("covariance"))
      given_covariance = read_covariance(entry->value);
    const std::size_t from_file = names.size();
    for (const auto& entry : models::nanomold::parameter_entries())
      if (errors_.contains(entry.name) &&
          std::find(names.begin(), names.end(), entry.name) == names.end())
        names.push_back(entry.name);
    auto& covariance = file_.parameters.covariance = math::Matrix(names.size(), names.size());
    for (std::size_t i = 0; i < names.size(); ++i)
      for (std::size_t j = 0; j < names.size(); ++j)
        if (i < from_file && j < from_file)
          covariance(i, j) = given_covariance(i, j);
        else if (i == j)
          covariance(i, i) = errors_[names[i]] * errors_[names[i]];
        else if (is_pair(names[i], names[j], "interface.ln_delta_D0", "interface.delta"))
          covariance(i, j) = delta_covariance_;
  }

  static bool is_pair(const std::string& a, const std::string& b, const std::string& c,
                      const std::string& d) {
    return (a == c && b == d) || (a == d && b == c);
  }

  math::Matrix read_covariance(const Value& table) {
    const Entry* of = table.find("of");
    const Entry* rows = table.find("matrix");
    if (!of || !of->value.is(Value::Kind::list) || !rows || !rows->value.is(Value::Kind::list))
      study::refuse(
          table.place, "covariance", "needs the lists `of` and `matrix`", "",
          {"of = [\"viscosity.B\", \"viscosity.T0\"]", "matrix = [[900.0, -2.1], [-2.1, 0.04]]"});
    auto& names = file_.parameters.names;
    for (const Value& item : of->value.items) {
      names.push_back(study::require_text(item, "covariance.of"));
      study::placed(item.place, "covariance.of",
                    [&] { return models::nanomold::parameter(best(), names.back()); });
    }
    const std::size_t n = names.size();
    math::Matrix covariance(n, n);
    const auto wrong_shape = [&](const Value& value) {
      study::refuse(value.place, "covariance.matrix",
                    fmt::format("is not of {} rows of {} numbers", n, n));
    };
    if (rows->value.items.size() != n) wrong_shape(rows->value);
    for (std::size_t i = 0; i < n; ++i) {
      const Value& row = rows->value.items[i];
      if (!row.is(Value::Kind::list) || row.items.size() != n) wrong_shape(row);
      for (std::size_t j = 0; j < n; ++j)
        covariance(i, j) = study::read_quantity(row.items[j], "1", "covariance.matrix");
    }
    require_covariance(covariance, rows->value);
    return covariance;
  }

  void require_covariance(const math::Matrix& covariance, const Value& at) const {
    const auto& names = file_.parameters.names;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!(covariance(i, i) >= 0.0))
        study::refuse(at.place, "covariance.matrix",
                      fmt::format("the variance of {} is negative", names[i]));
      for (std::size_t j = 0; j < i; ++j) {
        const double most = std::sqrt(covariance(i, i) * covariance(j, j)) * (1.0 + 1e-9);
        if (std::abs(covariance(i, j) - covariance(j, i)) > 1e-9 * most ||
            std::abs(covariance(i, j)) > most)
          study::refuse(at.place, "covariance.matrix",
                        fmt::format("is no covariance of {} and {}", names[i], names[j]),
                        "it is not symmetric, or their correlation is beyond 1");
      }
      const auto beside = errors_.find(names[i]);
      const double error = std::sqrt(covariance(i, i));
      // Errors beside values are rounded to one or two digits.
      if (beside != errors_.end() && std::abs(beside->second - error) > 0.06 * error)
        study::refuse(at.place, "covariance.matrix",
                      fmt::format("gives {} an error of {:.4g}, but {:.4g} stands beside its value",
                                  names[i], error, beside->second));
    }
  }

  Value root_;
  AlloyFile file_;
  std::map<std::string, double> errors_;  ///< those that stand beside values
  double delta_covariance_ = 0.0;
};

}  // namespace

AlloyFile read_alloy_file(const std::string& path) {
  return AlloyReader(path, io::read_file(path)).read();
}

}  // namespace vitreous::cli
