#include "cli/result_folder.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/error.hpp"
#include "cli/python_package.hpp"
#include "io/csv.hpp"
#include "io/results_json.hpp"
#include "io/safe_file.hpp"

namespace vitreous::cli {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& file, const std::string& text) {
  io::write_file(file.string(), text);
  fmt::print(stderr, "wrote {}\n", file.string());
}

}  // namespace

void make_result_folder(const std::string& folder) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_directory(folder, error))
    throw base::InputError(fmt::format("{}: is a file, and the tables need a folder", folder));
  fs::create_directories(folder, error);
  if (error) throw base::RunError(fmt::format("{}: cannot be made", folder), error.message());
  if (::access(folder.c_str(), W_OK) != 0)
    throw base::RunError(fmt::format("{}: cannot be written to", folder), std::strerror(errno));
}

void write_result_folder(const std::string& folder, const core::Result& result,
                         const std::string& title) {
  make_result_folder(folder);
  for (const auto& table : result.tables)
    write(fs::path(folder) / (table.name + ".csv"), io::to_csv(table));
  write(fs::path(folder) / "results.json", io::to_results_json({true, result.quantities, title}));
}

void draw_figure(const std::string& folder, const std::string& name, const std::string& module,
                 const std::vector<std::string>& arguments) {
  std::vector<std::string> words = {folder, name};
  words.insert(words.end(), arguments.begin(), arguments.end());
  if (run_python(module, words) != 0)
    throw base::RunError(fmt::format("{}: no figure could be drawn", folder),
                         "the tables and results.json stand there");
}

}  // namespace vitreous::cli
