#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands/export.hpp"
#include "io/safe_file.hpp"
#include "study/study_schema.hpp"

namespace vitreous::cli {
namespace {

void export_schema(const std::string& out) {
  const std::string schema = study::study_schema();
  if (out.empty()) {
    fmt::print("{}", schema);
    fmt::print(stderr, "next: vitreous export schema --out vitreous.schema.json\n");
    return;
  }
  io::write_file(out, schema);
  fmt::print(stderr, "wrote {}\nnext: put \"#:schema {}\" in the first line of a study\n", out,
             out);
}

}  // namespace

void set_up_export_schema(CLI::App& app) {
  auto out = std::make_shared<std::string>();
  app.add_option("--out", *out, "a file, replaced where it is there; by default it is printed");
  app.callback([out] { export_schema(*out); });
}

}  // namespace vitreous::cli
