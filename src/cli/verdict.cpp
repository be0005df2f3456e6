#include "cli/verdict.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/error.hpp"
#include "io/checkpoint.hpp"
#include "io/csv.hpp"
#include "io/format.hpp"
#include "io/h5md_reader.hpp"
#include "io/lammps_log.hpp"
#include "io/potential_source.hpp"
#include "io/species_table.hpp"
#include "study/run_archive.hpp"

namespace vitreous::cli {
namespace {

namespace fs = std::filesystem;

bool is_potential(const std::string& path) {
  const std::string extension = fs::path(path).extension().string();
  const std::vector<std::string> known = {".alloy", ".fs", ".setfl", ".eam"};
  return path.starts_with("kim:") ||
         std::find(known.begin(), known.end(), extension) != known.end();
}

Description describe_potential(const std::string& path) {
  const auto tables = io::read_potential(path);
  std::vector<std::string> elements;
  for (const auto& element : tables.elements) elements.push_back(element.name);
  Description out =
      describe_facts(fmt::format("{}: an embedded-atom potential", path),
                     {{"elements", fmt::format("{}", fmt::join(elements, ", "))},
                      {"cutoff", tables.cutoff, "angstrom"},
                      {"points", tables.embedding.front().size(), "", "of F(rho)"},
                      {"points", tables.r_phi.front().size(), "", "of rho(r) and r phi(r)"}});
  out.next = fmt::format("vitreous potential show {}", path);
  return out;
}

/// Every atom of every frame, each id once.
std::vector<std::string> read_frames(const std::string& path) {
  const auto source = io::open_frames(path);
  io::RawFrame frame;
  io::Configuration whole;
  std::optional<io::SpeciesTable> species;
  while (source->next_head(frame.head) && source->read_atoms(frame)) {
    try {
      if (!species) species.emplace(frame, source->types());
      io::make_configuration(frame, *species, whole);
    } catch (const base::InputError& error) {
      base::Message message = error.message();
      message.file = path;
      message.line = frame.head.line;
      throw base::InputError(message);
    }
  }
  const std::string truncation = source->truncation();
  return truncation.empty() ? std::vector<std::string>{} : std::vector<std::string>{truncation};
}

std::vector<std::string> read_folder(const std::string& path) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(path))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<std::string> problems;
  for (const auto& file : files) {
    if (file.extension() == ".h5") {
      const std::string damage = io::checkpoint_damage(file.string());
      if (!damage.empty()) problems.push_back(fmt::format("{}: {}", file.string(), damage));
    } else if (file.extension() == ".csv") {
      try {
        io::read_csv(file.string());
      } catch (const base::InputError& error) {
        problems.push_back(fmt::format("{}: {}", file.string(), error.message().problem));
      }
    }
  }
  return problems;
}

Verdict verdict_on_archive(const std::string& path) {
  const auto check = study::check_run_archive(path);
  Verdict verdict{describe_facts(fmt::format("{}: a run's archive", path),
                                 {{"title", check.title},
                                  {"written", check.written},
                                  {"files", check.holds.files},
                                  {"unpacked", check.holds.bytes, "bytes"}}),
                  check.problems};
  verdict.description.next = fmt::format("unzip {}", path);
  return verdict;
}

}  // namespace

Verdict verdict_on(const std::string& path) {
  if (is_potential(path)) return {describe_potential(path), {}};
  if (fs::path(path).extension() == ".csv" && fs::is_regular_file(path) && holds_lengths(path))
    return {describe_lengths(path), {}};
  if (fs::path(path).extension() == ".zip") return verdict_on_archive(path);
  Verdict verdict{describe_path(path), {}};
  if (fs::is_regular_file(path) && io::is_lammps_log(path)) {
    verdict.problems = io::read_lammps_log(path).warnings;
  } else if (fs::is_directory(path)) {
    verdict.problems = read_folder(path);
  } else if (const auto extension = fs::path(path).extension();
             (extension != ".h5" || io::holds_h5md(path)) && extension != ".csv" &&
             extension != ".json" && extension != ".toml") {
    verdict.problems = read_frames(path);
  }
  return verdict;
}

}  // namespace vitreous::cli
