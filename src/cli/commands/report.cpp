#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/python_package.hpp"

namespace vitreous::cli {

Command report_command() {
  return {"report", "Draws the figures of a run or an analysis, and writes its report.html",
          "vitreous report bulk-quick", [](CLI::App& app, int& status) {
            auto folder = std::make_shared<std::string>();
            app.add_option("RUN", *folder, "the folder of a run, or of an analysis")->required();
            app.callback([folder, &status] {
              if (!std::filesystem::is_regular_file(*folder + "/results.json"))
                throw base::InputError(*folder + ": holds no results.json",
                                       "a report is drawn from a run's results",
                                       {"vitreous run STUDY --out " + *folder,
                                        "vitreous analyze FILE --observe msd --out " + *folder});
              status = run_python("vitreous.report", {*folder});
              if (status == 0)
                fmt::print(stderr, "next: open {}/report.html in a browser\n", *folder);
            });
          }};
}

}  // namespace vitreous::cli
