#include "study/lammps_fixes.hpp"

#include <fmt/format.h>

#include <set>

#include "base/error.hpp"
#include "io/fields.hpp"

namespace vitreous::study {

std::string plain_style(std::string style) {
  for (const std::string suffix :
       {"/kk/device", "/kk/host", "/kk", "/omp", "/opt", "/gpu", "/intel"})
    if (style.ends_with(suffix)) style.resize(style.size() - suffix.size());
  return style;
}

double required_number(const std::vector<std::string>& words, std::size_t k) {
  if (k >= words.size()) throw base::InputError("it ends early");
  const auto value = io::to_number(words[k]);
  if (!value) throw base::InputError(fmt::format("\"{}\" is not a number", words[k]));
  return *value;
}

std::string LammpsFixes::add(const std::vector<std::string>& words) {
  if (words.size() < 4) throw base::InputError("it ends early");
  const std::string style = plain_style(words[3]);
  active_.erase(words[1]);
  // A study has the momentum at zero, and atoms need no center.
  if (style == "momentum" || style == "recenter") return {};
  if (style.starts_with("ave/") || style == "print" || style == "vector")
    throw base::InputError("observers measure while a study runs: `vitreous list observers`");
  std::string otherwise;
  const LammpsFix fix = read(style, words, otherwise);
  if (words[2] != "all") throw base::InputError("a study moves all its atoms alike");
  active_[words[1]] = fix;
  return otherwise;
}

LammpsFix LammpsFixes::read(const std::string& style, const std::vector<std::string>& words,
                            std::string& otherwise) const {
  LammpsFix fix;
  if (style == "nve" || style == "nvt" || style == "npt") {
    fix.moves = true;
    read_nose_hoover(words, fix, otherwise);
    if (style != "nve" && !fix.heats) throw base::InputError("it has no temperature");
    if (style == "npt" && !fix.presses) throw base::InputError("it has no pressure");
  } else if (style == "langevin" || style == "temp/csvr" || style == "temp/csld" ||
             style == "temp/berendsen") {
    set_temperature(words, 4, fix);
    fix.stochastic = style != "temp/berendsen";
    if (style == "temp/berendsen")
      otherwise = "Nose-Hoover chains instead, which sample the ensemble";
    if (style == "langevin") otherwise = "velocity rescaling instead, which leaves diffusion alone";
  } else if (style == "press/berendsen" && words.size() > 4 && words[4] == "iso") {
    set_pressure(words, 5, fix);
    otherwise = "Martyna-Tobias-Klein's barostat instead, which samples the ensemble";
  } else {
    throw base::InputError("a study holds by nve, nvt or npt (isotropic)");
  }
  return fix;
}

void LammpsFixes::set_temperature(const std::vector<std::string>& words, std::size_t at,
                                  LammpsFix& fix) const {
  fix.heats = true;
  fix.from = required_number(words, at);
  fix.to = required_number(words, at + 1);
  fix.temperature_damping = time_unit_ * required_number(words, at + 2);
}

void LammpsFixes::set_pressure(const std::vector<std::string>& words, std::size_t at,
                               LammpsFix& fix) const {
  fix.presses = true;
  fix.pressure_from = pressure_unit_ * required_number(words, at);
  fix.pressure_to = pressure_unit_ * required_number(words, at + 1);
  fix.pressure_damping = time_unit_ * required_number(words, at + 2);
}

void LammpsFixes::read_nose_hoover(const std::vector<std::string>& words, LammpsFix& fix,
                                   std::string& otherwise) const {
  static const std::set<std::string, std::less<>> shapes = {"aniso", "tri", "x", "y", "z"};
  for (std::size_t k = 4; k < words.size(); ++k) {
    const bool is_temperature = words[k] == "temp";
    if (shapes.contains(words[k])) otherwise = "the box keeps its shape here: isotropic";
    if (!is_temperature && words[k] != "iso" && !shapes.contains(words[k])) continue;
    if (is_temperature)
      set_temperature(words, k + 1, fix);
    else
      set_pressure(words, k + 1, fix);
    k += 3;
  }
  if (fix.pressure_from != fix.pressure_to) otherwise = "one pressure throughout: that of its end";
}

LammpsFix LammpsFixes::acting() const {
  LammpsFix all;
  for (const auto& [id, fix] : active_) {
    if (all.moves && fix.moves) throw base::InputError("two fixes move the atoms");
    if (all.heats && fix.heats) throw base::InputError("two fixes hold the temperature");
    all.moves = all.moves || fix.moves;
    all.stochastic = all.stochastic || fix.stochastic;
    if (fix.heats) {
      all.heats = true;
      all.from = fix.from, all.to = fix.to, all.temperature_damping = fix.temperature_damping;
    }
    if (fix.presses) {
      all.presses = true;
      all.pressure_from = fix.pressure_from, all.pressure_to = fix.pressure_to;
      all.pressure_damping = fix.pressure_damping;
    }
  }
  if (!all.moves) throw base::InputError("no fix that is read moves the atoms");
  return all;
}

}  // namespace vitreous::study
