#include "study/study_from_lammps.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <numeric>

#include "base/error.hpp"
#include "study/lammps_stages.hpp"

namespace vitreous::study {
namespace {

std::string ps(double time) { return fmt::format("\"{:.10g} ps\"", time); }
std::string kelvin(double temperature) { return fmt::format("\"{:.8g} K\"", temperature); }

[[noreturn]] void refuse_open(const LammpsHistory& history, const std::string& problem,
                              const std::string& why, const std::string& attempt) {
  base::Message message;
  message.file = history.path;
  message.problem = problem;
  message.why = why;
  message.tries = {attempt};
  throw base::InputError(message);
}

/// "Cu50Zr50"; whole counts where percents would not give these atoms.
std::string composition_of(const LammpsHistory& history) {
  std::map<std::string, std::int64_t> count;
  std::vector<std::string> order;
  std::int64_t atoms = 0;
  for (std::size_t type = 0; type < history.counts.size(); ++type) {
    if (history.counts[type] == 0) continue;
    const std::string element = type < history.elements.size() ? history.elements[type] : "";
    if (element.empty()) return {};
    if (!count.contains(element)) order.push_back(element);
    count[element] += history.counts[type];
    atoms += history.counts[type];
  }
  const bool percents = std::all_of(order.begin(), order.end(), [&](const auto& element) {
    return 1000 * count[element] % atoms == 0;
  });
  std::string text;
  for (const auto& element : order)
    text += percents ? fmt::format(
                           "{}{:g}", element,
                           100.0 * static_cast<double>(count[element]) / static_cast<double>(atoms))
                     : fmt::format("{}{}", element, count[element]);
  return text;
}

class StudyWriter {
 public:
  StudyWriter(const LammpsHistory& history, const FromLammpsOptions& options)
      : history_(history), options_(options), stages_(gathered_stages(history)) {}

  StudyFromLammps write() {
    text_ = fmt::format(
        "# From {}, {} of a LAMMPS run. What it says otherwise, or not at all, stands at the end.\n"
        "#\n"
        "#   vitreous check FILE    reads this file: says what it understood, or what is wrong and "
        "where\n"
        "#   vitreous plan FILE     shows every branch and what it costs\n"
        "#   vitreous run FILE      runs it; interrupted, the same command goes on\n\n",
        history_.path, history_.is_log ? "the log" : "the input script");
    write_alloy();
    write_engine();
    for (std::size_t k = 0; k < stages_.size(); ++k) write_stage(k);
    write_fits();
    write_remarks();
    return std::move(out_);
  }

 private:
  std::string potential() const {
    if (!options_.potential.empty()) return options_.potential;
    if (history_.potential.empty())
      refuse_open(history_, "tells no potential that can be read",
                  "a study takes eam/alloy, eam/fs (setfl files) or KIM's EAM models",
                  "vitreous new --from-lammps FILE --potential kim:MO_600021860456_005");
    namespace fs = std::filesystem;
    const fs::path file = history_.potential;
    if (history_.potential.starts_with("kim:") || file.is_absolute()) return history_.potential;
    return fs::exists(file)
               ? fs::proximate(file, options_.folder.empty() ? "." : options_.folder).string()
               : history_.potential;
  }

  void write_alloy() {
    std::string composition = options_.composition;
    if (composition.empty()) composition = composition_of(history_);
    if (composition.empty()) {
      std::string why = "elements stand in pair_coeff, atoms in create_atoms, set or a data file";
      for (const auto& remark : history_.not_read)
        if (remark.command.starts_with("read_") || remark.command.starts_with("create_atoms") ||
            remark.command.starts_with("set"))
          why = fmt::format("line {}: {}: {}", remark.line, remark.command, remark.why);
      refuse_open(history_, "does not tell how many atoms there are of each element", why,
                  fmt::format("vitreous new Cu50Zr50 --from-lammps {}", history_.path));
    }
    const auto counted =
        std::accumulate(history_.counts.begin(), history_.counts.end(), std::int64_t{0});
    const std::int64_t atoms = counted > 0 ? counted : history_.atoms;
    constexpr std::int64_t assumed = 2000;
    if (atoms == 0)
      open_.push_back(
          fmt::format("alloy.atoms = {} is a guess: the number of atoms is not told", assumed));
    const std::string name = potential();
    if (!name.starts_with("kim:") &&
        !std::filesystem::exists(std::filesystem::path(options_.folder) / name))
      open_.push_back(
          fmt::format("{} is not here: put it beside the study, or name another potential", name));
    text_ += fmt::format(
        "title = \"{} as in {}\"\n\n[alloy]\ncomposition = \"{}\"\natoms = {}\npotential = "
        "\"{}\"\n\n",
        composition, std::filesystem::path(history_.path).filename().string(), composition,
        atoms > 0 ? atoms : assumed, name);
  }

  void write_engine() {
    std::map<double, double> time_of;  // by time step
    for (const auto& s : history_.stretches) time_of[s.timestep] += s.duration;
    const auto most =
        std::max_element(time_of.begin(), time_of.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    if (time_of.size() > 1)
      open_.push_back(fmt::format("the time step changes in the run; here it is {:g} fs throughout",
                                  1000.0 * most->first));
    text_ += fmt::format("[engine]\ntimestep = \"{:.10g} fs\"\nseed = {}\n", 1000.0 * most->first,
                         history_.seed.value_or(1));
  }

  void write_stage(std::size_t k) {
    const auto& stage = stages_[k];
    const auto& main = stage.main();
    text_ += fmt::format("\n# {}\n", lines_text(stage));
    for (const auto& comment : stage.comments) text_ += fmt::format("# {}\n", comment);
    text_ += fmt::format("[[stage]]\nname = \"{}\"\nkind = \"{}\"\n", stage.name, stage.kind);
    if (k > 0) text_ += fmt::format("from = \"{}\"\n", stages_[k - 1].name);
    if (stage.kind == "quench" || stage.kind == "heat")
      write_schedule(stage);
    else
      write_hold(k);
    const bool has_barostat = stage.kind != "free_surface";
    if (has_barostat && std::abs(main.pressure) > 1e-9)
      text_ += fmt::format("pressure = \"{:.10g} bar\"\n", main.pressure);
    if (has_barostat && std::abs(main.pressure_damping - 1.0) > 1e-9)
      text_ += fmt::format("pressure_damping = {}\n", ps(main.pressure_damping));
    if (std::abs(main.temperature_damping - 0.1) > 1e-9)
      text_ += fmt::format("temperature_damping = {}\n", ps(main.temperature_damping));
    if (main.stochastic) text_ += "thermostat = \"velocity_rescaling\"\n";
    if (main.save)
      text_ += fmt::format("save = {{ every = {}, format = \"dump\" }}\n", ps(*main.save));
  }

  static std::string lines_text(const StageDraft& stage) {
    const std::size_t first = stage.parts.front().line;
    return first == stage.last_line ? fmt::format("line {}", first)
                                    : fmt::format("lines {} to {}", first, stage.last_line);
  }

  void write_schedule(const StageDraft& stage) {
    std::string segments;
    for (const auto& part : stage.parts) {
      const double range = std::abs(part.from - part.to);
      const std::string step =
          stage.step > 0.0 ? fmt::format(", step = {}", kelvin(stage.step)) : "";
      segments +=
          fmt::format("{}{{ to = {}, rate = \"{:.10g} K/({:.10g} ps)\"{} }}",
                      segments.empty() ? "" : ", ", kelvin(part.to), range, part.duration, step);
    }
    text_ += fmt::format("schedule = [{}]\n", segments);
  }

  void write_hold(std::size_t k) {
    const auto& stage = stages_[k];
    const auto& hold = stage.main();
    text_ += fmt::format("temperature = {}\n", kelvin(hold.from));
    if (stage.kind == "free_surface")
      text_ += fmt::format("axis = \"{}\"\ngap = \"{:.10g} A\"\n", hold.opening->first,
                           hold.opening->second);
    if (stage.equilibrate > 0.0) text_ += fmt::format("equilibrate = {}\n", ps(stage.equilibrate));
    if (hold.ensemble != "npt") {
      if (stage.kind == "hold" && stage.equilibrate == 0.0 && k == 0)
        text_ +=
            "equilibrate = \"10 ps\"   # the volume of the run's own start is not known here\n";
      text_ += fmt::format("ensemble = \"{}\"\n", hold.ensemble);
      if (stage.kind == "hold" && stage.equilibrate == 0.0 && k > 0)
        text_ += "volume = \"inherit\"   # the box that comes in, as there\n";
    }
    text_ += fmt::format("duration = {}\n", ps(hold.duration));
    std::vector<std::string> observers;
    for (const auto& name : hold.observe) observers.push_back("\"" + name + "\"");
    if (!observers.empty()) text_ += fmt::format("observe = [{}]\n", fmt::join(observers, ", "));
  }

  /// Where a quench passes the windows that the law looks at by itself.
  void write_fits() {
    for (std::size_t k = 1; k < stages_.size(); ++k) {
      const double hot = stages_[k - 1].end_temperature(), cold = stages_[k].end_temperature();
      if (stages_[k].kind != "quench" || hot < 900.0 || cold > 480.0) continue;
      text_ += fmt::format(
          "\n# The glass transition of this quench; `vitreous fit glass_transition {}` finds that "
          "of the run.\n"
          "[[fit]]\nlaw = \"glass_transition\"\nof = \"{}.V\"\n",
          history_.is_log ? history_.path : "log.lammps", stages_[k].name);
    }
  }

  /// Of a command that a loop repeats, once with all its lines.
  void gather_remarks() {
    std::map<std::string, std::vector<std::size_t>> lines;
    const auto take = [&](const std::vector<LammpsRemark>& remarks, const char* what) {
      for (const auto& one : remarks)
        lines[fmt::format("{}{}: {}", what, one.command, one.why)].push_back(one.line);
    };
    take(history_.otherwise, "");
    take(history_.not_read, "not read: ");
    std::vector<std::pair<std::size_t, std::string>> ordered;
    for (const auto& [text, at] : lines) {
      constexpr std::ptrdiff_t shown = 4;
      std::string places = fmt::format(
          "{}", fmt::join(at.begin(), at.begin() + std::min(std::ssize(at), shown), ", "));
      if (std::ssize(at) > shown) places += fmt::format(" and {} more", std::ssize(at) - shown);
      ordered.emplace_back(at.front(),
                           fmt::format("line{} {}: {}", at.size() == 1 ? "" : "s", places, text));
    }
    std::stable_sort(ordered.begin(), ordered.end());
    out_.remarks = open_;
    for (const auto& [line, text] : ordered) out_.remarks.push_back(text);
  }

  void write_remarks() {
    gather_remarks();
    text_ += out_.remarks.empty() ? "\n# Everything that the run's commands say is said above.\n"
                                  : "\n# Otherwise than in the run, or not read:\n";
    for (const auto& text : out_.remarks) text_ += "#   " + text + "\n";
    out_.text = text_;
  }

  const LammpsHistory& history_;
  const FromLammpsOptions& options_;
  std::vector<StageDraft> stages_;
  std::vector<std::string> open_;
  std::string text_;
  StudyFromLammps out_;
};

}  // namespace

StudyFromLammps study_from_lammps(const LammpsHistory& history, const FromLammpsOptions& options) {
  return StudyWriter(history, options).write();
}

}  // namespace vitreous::study
