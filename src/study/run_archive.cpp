#include "study/run_archive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "base/error.hpp"
#include "io/safe_file.hpp"
#include "io/sha256.hpp"
#include "io/zip_file.hpp"
#include "study/ro_crate.hpp"
#include "study/value.hpp"
#include "study/words.hpp"

namespace vitreous::study {
namespace {

namespace fs = std::filesystem;

/// What a run keeps to go on with, or to tell of itself while it runs.
bool is_working_file(const fs::path& path) {
  static const std::vector<std::string> folders = {"grown", "left_at", "replayed"};
  static const std::vector<std::string> files = {"lock", "cores", "progress.json", "messages.txt"};
  const std::string name = path.filename().string();
  for (const auto& part : path.parent_path())
    if (contains(folders, part.string())) return true;
  return contains(files, name) || name.starts_with(".") || path.extension() == ".h5";
}

void require_results(const std::string& run) {
  if (fs::is_regular_file(run + "/results.json") && fs::is_regular_file(run + "/study.toml"))
    return;
  throw base::InputError(run + ": holds no results of a run",
                         "an archive is made of results.json, study.toml and what goes with them",
                         {"vitreous run STUDY --out " + run});
}

/// The potential that the study names.
std::string potential_of(const std::string& run) {
  const std::string study = run + "/study.toml";
  const Value value = parse_study_text(study, io::read_file(study));
  const Entry* alloy = value.find("alloy");
  const Entry* potential = alloy ? alloy->value.find("potential") : nullptr;
  return potential ? potential->value.text : "";
}

ArchivedFile archived_potential(const fs::path& path) {
  return {"potential/" + path.filename().string(), path.string(), fs::file_size(path),
          io::sha256_of_file(path.string())};
}

/// As sha256sum writes it and reads it back.
std::string manifest_text(const std::vector<ArchivedFile>& files, const std::string& crate) {
  std::string text;
  for (const auto& file : files) text += fmt::format("{}  {}\n", file.sha256, file.name);
  io::Sha256 hash;
  hash.add(crate);
  return text + fmt::format("{}  {}\n", hash.digits(), crate_name);
}

std::vector<std::pair<std::string, std::string>> parse_manifest(const std::string& path,
                                                                const std::string& text) {
  std::vector<std::pair<std::string, std::string>> sums;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.size() < 67 || line.compare(64, 2, "  ") != 0)
      throw base::InputError(fmt::format("{}: {} is damaged", path, manifest_name),
                             "a line is a checksum, two blanks and a file's name");
    sums.emplace_back(line.substr(66), line.substr(0, 64));
  }
  return sums;
}

/// "" where the file has the sum that the manifest tells.
std::string problem_of(const io::ZipReader& zip, const std::string& name, const std::string& sum) {
  io::Sha256 hash;
  try {
    zip.read(name, [&](std::string_view piece) { hash.add(piece); });
  } catch (const base::InputError& error) {
    return fmt::format("{} ({})", error.message().problem, error.message().why);
  }
  return hash.digits() == sum ? "" : name + ": is not what was archived (other SHA-256)";
}

void require_manifest(const io::ZipReader& zip, const std::string& path) {
  const auto& entries = zip.entries();
  if (std::any_of(entries.begin(), entries.end(), [](auto& e) { return e.name == manifest_name; }))
    return;
  throw base::InputError(fmt::format("{}: holds no {}", path, manifest_name),
                         "a run's archive tells the checksum of every file there",
                         {"vitreous export archive RUN"});
}

void read_title(const io::ZipReader& zip, ArchiveCheck& check) {
  const auto crate = nlohmann::json::parse(zip.text(crate_name), nullptr, false);
  if (!crate.is_object() || !crate.contains("@graph")) return;
  for (const auto& entity : crate["@graph"])
    if (entity.value("@id", "") == "./") {
      check.title = entity.value("name", "");
      check.written = entity.value("datePublished", "");
    }
}

}  // namespace

std::vector<ArchivedFile> files_to_archive(const std::string& run) {
  std::vector<ArchivedFile> files;
  for (const auto& entry : fs::recursive_directory_iterator(run)) {
    const fs::path name = fs::relative(entry.path(), run);
    if (!entry.is_regular_file() || is_working_file(name)) continue;
    files.push_back({name.generic_string(), entry.path().string(), entry.file_size(),
                     io::sha256_of_file(entry.path().string())});
  }
  std::sort(files.begin(), files.end(), [](auto& a, auto& b) { return a.name < b.name; });
  return files;
}

ArchiveSummary write_run_archive(const std::string& run, const std::string& path,
                                 const std::string& license) {
  require_results(run);
  auto files = files_to_archive(run);
  const std::string potential = potential_of(run);
  const bool has_file = fs::is_regular_file(potential);
  if (has_file) files.push_back(archived_potential(potential));
  const std::string crate = ro_crate_metadata(run, files, license);
  std::vector<io::ZipContent> contents = {{manifest_name, "", manifest_text(files, crate)},
                                          {crate_name, "", crate}};
  const bool is_installed = potential.starts_with("kim:");
  ArchiveSummary summary{files.size(), 0, has_file || is_installed ? "" : potential};
  for (const auto& file : files) {
    contents.push_back({file.name, file.path, ""});
    summary.bytes += file.bytes;
  }
  io::write_zip(path, contents, [&](const std::string& aside) {
    const auto problems = check_run_archive(aside).problems;
    if (!problems.empty())
      throw base::RunError(problems.front(), "a file changed while it was archived",
                           {"wait until the run has ended, then do it again"});
  });
  return summary;
}

ArchiveCheck check_run_archive(const std::string& path) {
  const io::ZipReader zip(path);
  require_manifest(zip, path);
  ArchiveCheck check;
  std::set<std::string> listed = {manifest_name};
  std::map<std::string, std::uint64_t> there;
  for (const auto& entry : zip.entries()) there[entry.name] = entry.bytes;
  for (const auto& [name, sum] : parse_manifest(path, zip.text(manifest_name))) {
    listed.insert(name);
    const auto found = there.find(name);
    const std::string problem =
        found == there.end() ? name + ": is missing" : problem_of(zip, name, sum);
    if (!problem.empty()) check.problems.push_back(problem);
    if (found == there.end() || name == crate_name) continue;
    ++check.holds.files;
    check.holds.bytes += found->second;
  }
  for (const auto& [name, bytes] : there)
    if (!listed.contains(name)) check.problems.push_back(name + ": is not in the manifest");
  if (check.problems.empty()) read_title(zip, check);
  return check;
}

}  // namespace vitreous::study
