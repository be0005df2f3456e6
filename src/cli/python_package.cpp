#include "cli/python_package.hpp"

#include <spawn.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>

#include "base/error.hpp"

extern char** environ;

namespace vitreous::cli {
namespace {

namespace fs = std::filesystem;

/// VITREOUS_PYTHON_PATH, else beside an installed program, else the source tree it was built from.
std::string package_path() {
  if (const char* path = std::getenv("VITREOUS_PYTHON_PATH")) return path;
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  const fs::path installed = program.parent_path() / "../share/vitreous/python";
  if (fs::is_directory(installed / "vitreous", ignored)) return installed.string();
  return VITREOUS_PYTHON_DIR;
}

}  // namespace

int run_python(const std::string& module, const std::vector<std::string>& arguments) {
  const std::string program = VITREOUS_PYTHON;
  std::vector<std::string> words = {program, "-m", module};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  setenv("PYTHONPATH", package_path().c_str(), 1);
  setenv("PYTHONDONTWRITEBYTECODE", "1", 1);
  pid_t child = 0;
  if (posix_spawn(&child, program.c_str(), nullptr, nullptr, argv.data(), environ) != 0)
    throw base::RunError("cannot start " + program, "figures and the report are drawn by Python",
                         {"install Debian's python3, python3-numpy and python3-matplotlib"});
  int state = 0;
  waitpid(child, &state, 0);
  return WIFEXITED(state) ? WEXITSTATUS(state) : 1;
}

}  // namespace vitreous::cli
