#include <fmt/format.h>

#include <filesystem>

#include "base/error.hpp"
#include "cli/description.hpp"
#include "io/checkpoint.hpp"
#include "io/hdf5_archive.hpp"

namespace vitreous::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using io::Hdf5Dataset;

std::string type_name(Hdf5Dataset::Type type) {
  switch (type) {
    case Hdf5Dataset::Type::real:
      return "real";
    case Hdf5Dataset::Type::integer:
      return "integer";
    case Hdf5Dataset::Type::text:
      return "text";
  }
  return {};
}

/// The key behind a name in the file, where '/' and '%' are escaped.
std::string key_of(std::string_view name) {
  std::string key(name);
  for (const auto& [escaped, plain] : {std::pair{"%2F", "/"}, std::pair{"%25", "%"}})
    for (std::size_t at = 0; (at = key.find(escaped, at)) != key.npos; ++at)
      key.replace(at, 3, plain);
  return key;
}

/// Reads a dataset through the groups that lead to it.
Json read_dataset(io::Hdf5Archive& archive, const Hdf5Dataset& dataset, std::string_view path) {
  const auto slash = path.find('/');
  if (slash != path.npos) {
    const core::Archive::Group group(archive, key_of(path.substr(0, slash)));
    return read_dataset(archive, dataset, path.substr(slash + 1));
  }
  if (dataset.type == Hdf5Dataset::Type::text) {
    std::string text;
    archive.transfer(key_of(path), text);
    return text;
  }
  if (dataset.type == Hdf5Dataset::Type::real) {
    std::vector<double> values;
    archive.transfer(key_of(path), values);
    return values;
  }
  std::vector<std::int64_t> values;
  archive.transfer(key_of(path), values);
  return values;
}

std::string lines_of(const Json& values) {
  if (values.is_string()) return values.get<std::string>() + "\n";
  std::string text;
  for (const auto& value : values) text += value.dump() + "\n";
  return text;
}

/// What may be used in place of a damaged checkpoint.
[[noreturn]] void refuse_damaged(const std::string& path, const std::string& damage) {
  base::Message message;
  message.file = path;
  message.problem = "this checkpoint is damaged: " + damage;
  const fs::path previous = fs::path(path).parent_path() / "checkpoint.previous.h5";
  std::error_code ignored;
  if (fs::path(path).filename() == "checkpoint.h5" && fs::exists(previous, ignored) &&
      io::checkpoint_damage(previous.string()).empty())
    message.tries = {
        fmt::format("run the study again: it goes on from {}, which is sound", previous.string())};
  throw base::RunError(message);
}

}  // namespace

Description describe_checkpoint(const std::string& path) {
  if (const std::string damage = io::checkpoint_damage(path); !damage.empty())
    refuse_damaged(path, damage);
  const auto archive = std::make_shared<io::Hdf5Archive>(io::checkpoint_image(path), path);
  const auto datasets = archive->datasets();

  Description out;
  out.whole.text = fmt::format("{}: a sound checkpoint, {} datasets\n", path, datasets.size());
  out.whole.json = {{"sound", true}, {"datasets", Json::array()}};
  std::size_t width = 0;
  for (const auto& dataset : datasets) width = std::max(width, dataset.path.size());
  for (const auto& dataset : datasets) {
    const auto show = [archive, dataset] {
      const Json values = read_dataset(*archive, dataset, dataset.path);
      return Shown{lines_of(values), {{dataset.path, values}}};
    };
    const std::string type = type_name(dataset.type);
    std::string value;
    if (dataset.count == 1) value = show().text;
    if (value.size() > 60) value = value.substr(0, 60) + "...\n";
    out.whole.text += fmt::format("  {:<{}}  {:<7} {}", dataset.path, width, type,
                                  dataset.count == 1 ? value : fmt::format("{}\n", dataset.count));
    out.whole.json["datasets"].push_back(
        {{"path", dataset.path}, {"type", type}, {"count", dataset.count}});
    out.items.push_back({dataset.path, show});
  }
  if (!datasets.empty()) out.next = fmt::format("vitreous show {} {}", path, datasets[0].path);
  return out;
}

}  // namespace vitreous::cli
