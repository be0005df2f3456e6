#include "study/ro_crate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "io/kim_citation.hpp"
#include "io/safe_file.hpp"

namespace vitreous::study {
namespace {

using Json = nlohmann::ordered_json;

/// A path as the part of an address that it is in JSON-LD.
std::string address_of(const std::string& name) {
  std::string out;
  for (const unsigned char c : name)
    out += std::isalnum(c) || std::string("-_.~/").find(static_cast<char>(c)) != std::string::npos
               ? std::string(1, static_cast<char>(c))
               : fmt::format("%{:02X}", c);
  return out;
}

std::string encoding_of(const std::string& name) {
  static const std::map<std::string, std::string> known = {
      {".json", "application/json"},    {".csv", "text/csv"},
      {".toml", "application/toml"},    {".md", "text/markdown"},
      {".bib", "application/x-bibtex"}, {".html", "text/html"},
      {".svg", "image/svg+xml"},        {".png", "image/png"},
      {".extxyz", "chemical/x-xyz"},    {".txt", "text/plain"},
      {".data", "text/plain"},          {".dump", "text/plain"},
      {".alloy", "text/plain"},         {".fs", "text/plain"},
      {".gz", "application/gzip"},      {".zst", "application/zstd"},
  };
  const auto found = known.find(std::filesystem::path(name).extension().string());
  return found == known.end() ? "application/octet-stream" : found->second;
}

/// What the files of a run are, for those who do not know it.
std::string description_of(const std::string& name) {
  static const std::map<std::string, std::string> known = {
      {"study.toml", "the study with every default written out"},
      {"results.json", "every quantity with its standard error, state and published value"},
      {"methods.md", "how the run was made, in words"},
      {"references.bib", "the works that methods.md cites"},
      {"provenance.json", "command, version, potential's fingerprint, core time"},
      {"report.html", "the report: verdicts, figures, trust"},
      {"run.json", "the branches of the run"},
      {"branch.json", "the physics of a branch and what observed it"},
      {"final.extxyz", "the last configuration of a branch, extended XYZ"},
      {"final.data", "the last configuration of a branch, LAMMPS data"},
  };
  const auto found = known.find(std::filesystem::path(name).filename().string());
  return found == known.end() ? "" : found->second;
}

Json file_entity(const ArchivedFile& file) {
  Json json = {{"@id", address_of(file.name)},
               {"@type", "File"},
               {"name", file.name},
               {"contentSize", std::to_string(file.bytes)},
               {"encodingFormat", encoding_of(file.name)},
               {"sha256", file.sha256}};
  if (const auto description = description_of(file.name); !description.empty())
    json["description"] = description;
  return json;
}

Json read_json(const std::string& path) {
  if (!std::filesystem::is_regular_file(path)) return Json::object();
  Json json = Json::parse(io::read_file(path), nullptr, false);
  return json.is_object() ? json : Json::object();
}

/// The works of references.bib, under their DOI where they have one.
Json papers_of(const std::string& run) {
  Json papers = Json::array();
  const std::string path = run + "/references.bib";
  if (!std::filesystem::is_regular_file(path)) return papers;
  for (const auto& entry : io::bibtex_entries(io::read_file(path))) {
    auto fields = io::bibtex_fields(entry);
    Json paper = {{"@id", fields["doi"].empty() ? "#" + address_of(entry.key)
                                                : "https://doi.org/" + fields["doi"]},
                  {"@type", "ScholarlyArticle"},
                  {"name", fields["title"].empty() ? entry.key : fields["title"]},
                  {"identifier", entry.key}};
    if (!fields["author"].empty()) paper["author"] = fields["author"];
    if (!fields["year"].empty()) paper["datePublished"] = fields["year"];
    papers.push_back(paper);
  }
  return papers;
}

Json potentials_of_run(const Json& provenance) {
  Json potentials = Json::array();
  const Json fingerprints = provenance.value("potentials", Json::object());
  for (const auto& [name, fingerprint] : fingerprints.items())
    potentials.push_back({{"@id", "#potential-" + address_of(name)},
                          {"@type", "CreativeWork"},
                          {"name", name},
                          {"description", "interatomic potential, embedded atom"},
                          {"identifier", fingerprint}});
  return potentials;
}

Json ids_of(const Json& entities) {
  Json ids = Json::array();
  for (const auto& entity : entities) ids.push_back({{"@id", entity["@id"]}});
  return ids;
}

/// The run itself: the program made the results of the study.
Json action_of(const Json& provenance, const Json& potentials) {
  Json objects = ids_of(potentials);
  objects.push_back({{"@id", "study.toml"}});
  Json action = {{"@id", "#run"},
                 {"@type", "CreateAction"},
                 {"name", "the run of the study"},
                 {"instrument", {{"@id", "#vitreous"}}},
                 {"object", objects},
                 {"result", {{"@id", "results.json"}}}};
  if (provenance.contains("command")) action["description"] = provenance["command"];
  if (provenance.contains("written")) action["endTime"] = provenance["written"];
  return action;
}

Json root_of(const Json& results, const Json& provenance, const Json& parts, const Json& papers,
             const std::string& license) {
  const std::string title = results.value("title", "");
  return {{"@id", "./"},
          {"@type", "Dataset"},
          {"name", title.empty() ? "A run of vitreous" : title},
          {"description",
           "Results of molecular dynamics of a metallic glass by vitreous, with the study that "
           "makes them again, tables, figures, last configurations and saved trajectories"},
          {"datePublished", provenance.value("written", "").substr(0, 10)},
          {"license", license.empty() ? Json("not stated by its owner") : Json({{"@id", license}})},
          {"hasPart", ids_of(parts)},
          {"mainEntity", {{"@id", "study.toml"}}},
          {"citation", ids_of(papers)}};
}

std::string license_address(const std::string& license) {
  return license.empty() || license.find("://") != license.npos
             ? license
             : "https://spdx.org/licenses/" + license;
}

}  // namespace

std::string ro_crate_metadata(const std::string& run, const std::vector<ArchivedFile>& files,
                              const std::string& license) {
  const Json provenance = read_json(run + "/provenance.json");
  const Json papers = papers_of(run), potentials = potentials_of_run(provenance);
  Json parts = Json::array();
  for (const auto& file : files) parts.push_back(file_entity(file));
  const std::string address = license_address(license);
  Json graph = {{{"@id", crate_name},
                 {"@type", "CreativeWork"},
                 {"conformsTo", {{"@id", "https://w3id.org/ro/crate/1.1"}}},
                 {"about", {{"@id", "./"}}}},
                root_of(read_json(run + "/results.json"), provenance, parts, papers, address),
                {{"@id", "#vitreous"},
                 {"@type", "SoftwareApplication"},
                 {"name", "vitreous"},
                 {"softwareVersion", provenance.value("version", VITREOUS_VERSION)}},
                action_of(provenance, potentials)};
  if (!address.empty())
    graph.push_back({{"@id", address}, {"@type", "CreativeWork"}, {"name", license}});
  for (const Json& more : {parts, potentials, papers})
    for (const auto& entity : more) graph.push_back(entity);
  const Json crate = {{"@context", "https://w3id.org/ro/crate/1.1/context"}, {"@graph", graph}};
  return crate.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace vitreous::study
