#include "study/lammps_setup.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <filesystem>

#include "engine/lammps/lammps_engine.hpp"
#include "engine/lammps/lammps_module.hpp"
#include "io/safe_file.hpp"
#include "io/setfl.hpp"
#include "study/start_state.hpp"

namespace vitreous::study {
namespace {

namespace fs = std::filesystem;

/// A file of the alloy's potential for as long as this lives.
class PotentialFile {
 public:
  explicit PotentialFile(const Branch& branch) {
    if (!branch.engine.lammps.pair_style.empty()) return;
    path_ = (fs::temp_directory_path() / fmt::format("vitreous-{}.eam.fs", ::getpid())).string();
    io::write_file(path_, io::write_setfl(*branch.alloy.tables));
  }
  ~PotentialFile() {
    std::error_code error;
    if (!path_.empty()) fs::remove(path_, error);
  }
  PotentialFile(const PotentialFile&) = delete;
  PotentialFile& operator=(const PotentialFile&) = delete;

  engine::LammpsOptions options(const Branch& branch) const {
    const LammpsChoice& lammps = branch.engine.lammps;
    engine::LammpsOptions options;
    options.arguments = lammps.arguments;
    options.commands = lammps.commands;
    options.pair_style = path_.empty() ? lammps.pair_style : "eam/fs";
    options.pair_coeff = lammps.pair_coeff;
    if (!path_.empty())
      options.pair_coeff = {
          fmt::format("* * \"{}\" {}", path_, fmt::join(elements_of(branch.alloy), " "))};
    return options;
  }

 private:
  std::string path_;
};

class LammpsOfBranch : private PotentialFile, public engine::LammpsEngine {
 public:
  explicit LammpsOfBranch(const Branch& branch)
      : PotentialFile(branch), engine::LammpsEngine(engine::lammps_processes(), options(branch)) {}
};

}  // namespace

std::unique_ptr<engine::Engine> make_lammps_engine(const Branch& branch) {
  return std::make_unique<LammpsOfBranch>(branch);
}

}  // namespace vitreous::study
