#include "io/kim_model.hpp"

#include <dlfcn.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <KIM_CollectionItemType.hpp>
#include <KIM_Collections.hpp>
#include <KIM_LanguageName.hpp>
#include <KIM_Log.hpp>
#include <KIM_SharedLibrarySchema.hpp>
#include <KIM_SimulatorHeaders.hpp>
#include <algorithm>
#include <map>
#include <memory>

#include "base/error.hpp"
#include "io/kim_citation.hpp"
#include "io/setfl.hpp"

namespace vitreous::io {
namespace {

using potential::EamTables;

constexpr const char* wanted_driver = "EAM_Dynamo__";
constexpr std::size_t most_listed = 12;

/// KIM writes kim.log into the working folder unless told to be silent.
class SilentKim {
 public:
  SilentKim() { KIM::Log::PushDefaultVerbosity(KIM::LOG_VERBOSITY::silent); }
  ~SilentKim() { KIM::Log::PopDefaultVerbosity(); }
  SilentKim(const SilentKim&) = delete;
  SilentKim& operator=(const SilentKim&) = delete;
};

struct DestroyCollections {
  void operator()(KIM::Collections* c) const { KIM::Collections::Destroy(&c); }
};
using CollectionsPointer = std::unique_ptr<KIM::Collections, DestroyCollections>;

struct DestroyModel {
  void operator()(KIM::Model* m) const { KIM::Model::Destroy(&m); }
};
using ModelPointer = std::unique_ptr<KIM::Model, DestroyModel>;

CollectionsPointer open_collections() {
  KIM::Collections* raw = nullptr;
  if (KIM::Collections::Create(&raw) != 0)
    throw base::RunError("the KIM API cannot list its models");
  return CollectionsPointer(raw);
}

std::vector<std::string> all_models() {
  const SilentKim silent;
  const auto collections = open_collections();
  int count = 0;
  if (collections->CacheListOfItemNamesByType(KIM::COLLECTION_ITEM_TYPE::portableModel, &count) !=
      0)
    count = 0;
  std::vector<std::string> names;
  for (int k = 0; k < count; ++k) {
    const std::string* name = nullptr;
    if (collections->GetItemNameByType(k, &name) == 0) names.push_back(*name);
  }
  std::sort(names.begin(), names.end());
  if (names.empty())
    throw base::InputError("no KIM models are installed", "", {"apt-get install openkim-models"});
  return names;
}

std::string library_of(const std::string& name) {
  const SilentKim silent;
  const auto collections = open_collections();
  const std::string* file = nullptr;
  if (collections->GetItemLibraryFileNameAndCollection(KIM::COLLECTION_ITEM_TYPE::portableModel,
                                                       name, &file, nullptr) != 0)
    throw base::InputError(fmt::format("no KIM model is called \"{}\"", name));
  return *file;
}

struct CloseLibrary {
  void operator()(void* handle) const { ::dlclose(handle); }
};

/// The one place that knows how a model's library holds its files.
KimParameterText read_library(const std::string& name, const std::string& path) {
  using Schema = KIM::SHARED_LIBRARY_SCHEMA::SharedLibrarySchemaV2;
  const std::unique_ptr<void, CloseLibrary> library(::dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL));
  if (!library) throw base::RunError(fmt::format("KIM model {}: {}", name, ::dlerror()));
  const auto* version =
      static_cast<const int*>(::dlsym(library.get(), "kim_shared_library_schema_version"));
  const auto* schema =
      static_cast<const Schema*>(::dlsym(library.get(), "kim_shared_library_schema"));
  if (!version || !schema || *version != KIM_SHARED_LIBRARY_SCHEMA_VERSION)
    throw base::RunError(
        fmt::format("KIM model {}: its library has schema version {}, this program was built for "
                    "version {}",
                    name, version ? std::to_string(*version) : "none",
                    KIM_SHARED_LIBRARY_SCHEMA_VERSION),
        "masses and comments stand only in the parameter file inside the library",
        {"rebuild vitreous with the kim-api that the models belong to"});
  KimParameterText out;
  if (schema->driverName) out.driver = schema->driverName;
  if (schema->numberOfParameterFiles == 1) {
    const auto& file = schema->parameterFiles[0];
    out.file_name = file.fileName;
    out.text.assign(reinterpret_cast<const char*>(file.filePointer), file.fileLength);
  }
  return out;
}

bool is_wanted(const KimParameterText& held) {
  return held.driver.starts_with(wanted_driver) && !held.file_name.empty();
}

std::vector<std::string> elements_of(const KimParameterText& held) {
  if (is_funcfl(held.text)) return {parse_funcfl_header(held.text, held.file_name).element.name};
  return setfl_elements(held.text, held.file_name);
}

bool contains_all(const std::vector<std::string>& have, const std::vector<std::string>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const auto& symbol) {
    return std::find(have.begin(), have.end(), symbol) != have.end();
  });
}

/// Every run of a name's pieces (between underscores), e.g. "2009_CuZr" of "X_2009_CuZr__MO_1".
std::vector<std::string> runs_of_pieces(const std::string& name) {
  std::vector<std::size_t> starts = {0}, ends;
  for (std::size_t k = 0; k < name.size(); ++k) {
    if (name[k] != '_') continue;
    ends.push_back(k);
    starts.push_back(k + 1);
  }
  ends.push_back(name.size());
  std::vector<std::string> runs;
  for (std::size_t i = 0; i < starts.size(); ++i)
    for (std::size_t j = i; j < ends.size(); ++j)
      if (ends[j] > starts[i]) runs.push_back(name.substr(starts[i], ends[j] - starts[i]));
  return runs;
}

/// Models with a part of their name near to `part`, for "did you mean".
std::vector<std::string> nearest_models(const std::string& part,
                                        const std::vector<std::string>& names) {
  std::map<std::string, std::vector<std::string>> by_piece;
  for (const auto& name : names)
    for (const auto& run : runs_of_pieces(name)) by_piece[run].push_back(name);
  std::vector<std::string> pieces;
  for (const auto& [piece, models] : by_piece) pieces.push_back(piece);
  const std::string best = base::nearest_name(part, pieces);
  std::vector<std::string> tries;
  if (best.empty()) return tries;
  for (const auto& name : by_piece[best]) {
    if (tries.size() < 3) tries.push_back("kim:" + name);
  }
  return tries;
}

[[noreturn]] void refuse_other_driver(const std::string& name, const std::string& driver) {
  throw base::InputError(
      fmt::format("{} is not an embedded-atom model that vitreous can read", name),
      driver.empty() ? "it has no driver: its functions are code, not tables"
                     : fmt::format("its driver is {}; only tables of EAM_Dynamo are interpolated "
                                   "as LAMMPS does",
                                   driver),
      {"vitreous potential list ELEMENTS"});
}

ModelPointer open_model(const std::string& name) {
  KIM::Model* raw = nullptr;
  int accepted = 0;
  if (KIM::Model::Create(KIM::NUMBERING::zeroBased, KIM::LENGTH_UNIT::A, KIM::ENERGY_UNIT::eV,
                         KIM::CHARGE_UNIT::e, KIM::TEMPERATURE_UNIT::K, KIM::TIME_UNIT::ps, name,
                         &accepted, &raw) != 0)
    throw base::RunError(fmt::format("the KIM model {} cannot be opened", name));
  ModelPointer model(raw);
  if (!accepted)
    throw base::RunError(fmt::format("the KIM model {} does not speak angstrom and eV", name));
  return model;
}

/// A parameter's values by its name.
std::vector<double> parameter(const KIM::Model& model, const std::string& model_name,
                              const std::string& wanted) {
  int count = 0;
  model.GetNumberOfParameters(&count);
  for (int k = 0; k < count; ++k) {
    KIM::DataType type;
    int extent = 0;
    const std::string* name = nullptr;
    const std::string* description = nullptr;
    if (model.GetParameterMetadata(k, &type, &extent, &name, &description) != 0 ||
        *name != wanted || type != KIM::DATA_TYPE::Double)
      continue;
    std::vector<double> values(static_cast<std::size_t>(extent));
    for (int i = 0; i < extent; ++i)
      if (model.GetParameter(k, i, &values[static_cast<std::size_t>(i)]) != 0)
        throw base::RunError(
            fmt::format("the KIM model {} does not hand out {}[{}]", model_name, wanted, i));
    return values;
  }
  throw base::RunError(fmt::format("the KIM model {} has no parameter {}", model_name, wanted));
}

std::vector<double> piece(const std::vector<double>& values, std::size_t index, std::size_t size) {
  const auto begin = values.begin() + static_cast<std::ptrdiff_t>(index * size);
  return {begin, begin + static_cast<std::ptrdiff_t>(size)};
}

/// What the driver hands out: F by element, r phi by pair 11, 12, ..., 22, 23, ... (the setfl file
/// has 11, 21, 22, ...), densities by element (eam.alloy) or by source and site (eam.fs).
void take_parameters(const KIM::Model& model, EamTables& t) {
  const std::size_t n = t.elements.size();
  const std::size_t pairs = n * (n + 1) / 2;
  const auto embedding = parameter(model, t.name, "embeddingData");
  const auto r_phi = parameter(model, t.name, "rPhiData");
  const auto density = parameter(model, t.name, "densityData");
  t.drho = parameter(model, t.name, "deltaRho").at(0);
  t.dr = parameter(model, t.name, "deltaR").at(0);
  t.cutoff = parameter(model, t.name, "cutoff").at(0);
  t.rho_points = embedding.size() / n;
  t.r_points = r_phi.size() / pairs;
  const bool by_pair = density.size() == n * n * t.r_points;
  if (embedding.size() != n * t.rho_points || r_phi.size() != pairs * t.r_points ||
      (!by_pair && density.size() != n * t.r_points))
    throw base::RunError(
        fmt::format("the KIM model {} hands out {}, {} and {} values for {} "
                    "elements: no known layout",
                    t.name, embedding.size(), r_phi.size(), density.size(), n));
  t.embedding.resize(n);
  t.density.resize(n * n);
  t.r_phi.resize(n * n);
  std::size_t pair = 0;
  for (std::size_t a = 0; a < n; ++a) {
    t.embedding[a] = piece(embedding, a, t.rho_points);
    for (std::size_t b = 0; b < n; ++b)
      t.density[a * n + b] = piece(density, by_pair ? a * n + b : a, t.r_points);
    for (std::size_t b = a; b < n; ++b) {
      t.r_phi[a * n + b] = piece(r_phi, pair++, t.r_points);
      t.r_phi[b * n + a] = t.r_phi[a * n + b];
    }
  }
}

}  // namespace

KimParameterText kim_parameter_text(const std::string& full_name) {
  return read_library(full_name, library_of(full_name));
}

std::vector<std::string> kim_eam_models(const std::vector<std::string>& elements) {
  std::vector<std::string> found;
  for (const auto& name : all_models()) {
    const auto held = kim_parameter_text(name);
    if (is_wanted(held) && contains_all(elements_of(held), elements)) found.push_back(name);
  }
  return found;
}

std::string find_kim_model(const std::string& part) {
  const auto names = all_models();
  if (std::find(names.begin(), names.end(), part) != names.end()) return part;
  std::vector<std::string> eam, others;
  for (const auto& name : names) {
    if (part.empty() || name.find(part) == name.npos) continue;
    (is_wanted(kim_parameter_text(name)) ? eam : others).push_back(name);
  }
  if (eam.size() == 1) return eam.front();
  if (eam.empty() && !others.empty())
    refuse_other_driver(others.front(), kim_parameter_text(others.front()).driver);
  if (eam.empty())
    throw base::InputError(fmt::format("no KIM model has \"{}\" in its name", part), {},
                           nearest_models(part, names));
  std::vector<std::string> tries;
  for (const auto& name : eam)
    if (tries.size() < most_listed) tries.push_back("kim:" + name);
  throw base::InputError(fmt::format("\"kim:{}\" is part of {} names", part, eam.size()),
                         "it must be part of one name only, e.g. the MO_... number at its end",
                         tries);
}

EamTables read_kim_model(const std::string& full_name) {
  const auto held = kim_parameter_text(full_name);
  if (!is_wanted(held)) refuse_other_driver(full_name, held.driver);
  EamTables t;
  if (is_funcfl(held.text)) {
    const auto header = parse_funcfl_header(held.text, held.file_name);
    t.elements = {header.element};
    t.comments = {header.comment};
  } else {
    const auto written = parse_setfl(held.text, full_name + "/" + held.file_name);
    t.elements = written.elements;
    t.comments = written.comments;
  }
  const auto citations = kim_citations(full_name);
  t.comments.insert(t.comments.begin(), citations.begin(), citations.end());
  t.name = "kim:" + full_name;
  t.format = "kim";
  const SilentKim silent;
  take_parameters(*open_model(full_name), t);
  return t;
}

core::Declaration kim_declaration() {
  core::Declaration d;
  d.name = "kim";
  d.one_line = "embedded-atom model of OpenKIM by any unique part of its name: read";
  d.formula = "kim:MO_600021860456_005";
  d.source = "E. B. Tadmor et al., JOM 63, 17 (2011)";
  return d;
}

}  // namespace vitreous::io
