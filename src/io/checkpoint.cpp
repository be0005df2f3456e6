#include "io/checkpoint.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstring>
#include <filesystem>

#include "base/error.hpp"
#include "base/random.hpp"
#include "io/grown_file.hpp"
#include "io/hdf5_archive.hpp"
#include "io/safe_file.hpp"

namespace vitreous::io {
namespace {

namespace fs = std::filesystem;

/// What stands behind the HDF5 image; HDF5 readers pass over bytes after their end.
struct Seal {
  char magic[8];
  std::uint64_t length;    ///< of the image, bytes
  std::uint64_t checksum;  ///< 64-bit FNV-1a of the image: every changed byte changes it
};
constexpr char magic[8] = {'V', 'I', 'T', 'R', 'S', 'E', 'A', 'L'};

Seal seal_of(std::string_view image) {
  Seal seal{};
  std::memcpy(seal.magic, magic, sizeof magic);
  seal.length = image.size();
  seal.checksum = base::hash_text(image);
  return seal;
}

std::string latest_in(const std::string& folder) {
  return (fs::path(folder) / "checkpoint.h5").string();
}
std::string previous_in(const std::string& folder) {
  return (fs::path(folder) / "checkpoint.previous.h5").string();
}
/// One writer a folder, so one name: what a killed writer left is overwritten by the next.
std::string aside_in(const std::string& folder) {
  return (fs::path(folder) / "checkpoint.writing.h5").string();
}

/// The image inside a sealed file, or why it is damaged.
struct Opened {
  std::string bytes;
  std::string_view image;
  std::string damage;
};

Opened open_sealed(const std::string& path) {
  Opened opened;
  try {
    opened.bytes = read_file(path);
  } catch (const base::InputError& error) {
    opened.damage = error.message().problem;
    return opened;
  }
  Seal seal{};
  if (opened.bytes.size() <= sizeof seal) {
    opened.damage = fmt::format("it is cut short ({} bytes)", opened.bytes.size());
    return opened;
  }
  opened.image = std::string_view(opened.bytes).substr(0, opened.bytes.size() - sizeof seal);
  std::memcpy(&seal, opened.bytes.data() + opened.image.size(), sizeof seal);
  if (std::memcmp(seal.magic, magic, sizeof magic) != 0 || seal.length != opened.image.size())
    opened.damage = "its end is missing or overwritten";
  else if (seal.checksum != base::hash_text(opened.image))
    opened.damage = "its checksum does not match its content";
  return opened;
}

/// An archive in a folder: what grows with the run stands in files of its subfolder "grown", named
/// by the groups and the key.
class FolderArchive : public Hdf5Archive, public core::GrownKeeper {
 public:
  explicit FolderArchive(const std::string& folder) : folder_(grown_in(folder)) {}
  FolderArchive(const std::string& folder, std::string_view image, std::string name)
      : Hdf5Archive(image, std::move(name)), folder_(grown_in(folder)) {}

  std::shared_ptr<const core::StoredNumbers> keep(std::string_view key, std::size_t length,
                                                  std::span<const float> more) override {
    std::error_code told_below;
    fs::create_directories(folder_, told_below);
    GrownFile::extend(file_of(key), length, more);
    sync_folder(folder_);
    return kept(key, length + more.size());
  }
  std::shared_ptr<const core::StoredNumbers> kept(std::string_view key,
                                                  std::size_t length) override {
    return std::make_shared<GrownFile>(file_of(key), length);
  }

 protected:
  void enter(std::string_view group) override {
    Hdf5Archive::enter(group);
    groups_.emplace_back(group);
  }
  void leave() override {
    groups_.pop_back();
    Hdf5Archive::leave();
  }

 private:
  static std::string grown_in(const std::string& folder) {
    return (fs::path(folder) / "grown").string();
  }
  std::string file_of(std::string_view key) const {
    return (fs::path(folder_) / fmt::format("{}.{}", fmt::join(groups_, "."), key)).string();
  }

  std::string folder_;
  std::vector<std::string> groups_;
};

bool is_there(const std::string& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

void load_from(const std::string& folder, const std::string& path, const Opened& opened,
               const std::function<void(core::Archive&)>& load) {
  FolderArchive archive(folder, opened.image, path);
  load(archive);
}

}  // namespace

std::string checkpoint_damage(const std::string& path) { return open_sealed(path).damage; }

std::string checkpoint_image(const std::string& path) {
  Opened opened = open_sealed(path);
  if (opened.damage.empty()) return std::string(opened.image);
  base::Message message;
  message.file = path;
  message.problem = "this checkpoint is damaged: " + opened.damage;
  throw base::RunError(message);
}

void save_checkpoint(const std::string& folder, const std::function<void(core::Archive&)>& save) {
  std::string bytes;
  {
    FolderArchive archive(folder);
    save(archive);
    bytes = archive.image();
  }
  const Seal seal = seal_of(bytes);
  bytes.append(reinterpret_cast<const char*>(&seal), sizeof seal);

  const std::string latest = latest_in(folder), aside = aside_in(folder);
  write_synced(aside, bytes);
  // A sound file is in place at every instant: `latest` moves over `previous` only where it is
  // sound itself, and stays readable under that name until the new one is in place.
  if (is_there(latest) && checkpoint_damage(latest).empty()) move_file(latest, previous_in(folder));
  move_file(aside, latest);
  sync_folder(folder);
}

LoadedCheckpoint load_checkpoint(const std::string& folder,
                                 const std::function<void(core::Archive&)>& load) {
  const std::string latest = latest_in(folder), previous = previous_in(folder);
  const bool has_latest = is_there(latest), has_previous = is_there(previous);
  if (!has_latest && !has_previous) return {};

  std::string damage;
  if (has_latest) {
    const Opened opened = open_sealed(latest);
    if (opened.damage.empty()) {
      load_from(folder, latest, opened, load);
      return {CheckpointFound::latest, {}};
    }
    damage = fmt::format("{} is damaged: {}", latest, opened.damage);
  }
  if (has_previous) {
    const Opened opened = open_sealed(previous);
    if (opened.damage.empty()) {
      load_from(folder, previous, opened, load);
      return {CheckpointFound::previous,
              damage.empty() ? std::string() : damage + "; the one before it is used"};
    }
    damage +=
        fmt::format("{}{} is damaged: {}", damage.empty() ? "" : "; ", previous, opened.damage);
  }
  throw base::RunError("no checkpoint can be used", damage,
                       {"remove both files: the branch then starts anew"});
}

core::Declaration checkpoint_declaration() {
  core::Declaration d;
  d.name = "checkpoint";
  d.one_line = "state of a branch from which it goes on bit for bit: read and written";
  d.formula = "HDF5 behind a checksum";
  d.source = "this program";
  return d;
}

}  // namespace vitreous::io
