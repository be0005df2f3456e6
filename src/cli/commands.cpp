#include "cli/commands/commands.hpp"

namespace vitreous::cli {

std::vector<Command> all_commands() {
  return {
      analyze_command(),    bench_command(),    check_command(),     compare_command(),
      convert_command(),    evaluate_command(), export_command(),    fit_command(),
      help_command(),       list_command(),     nanomold_command(),  new_command(),
      nucleation_command(), plan_command(),     potential_command(), relaxation_command(),
      report_command(),     run_command(),      show_command(),      status_command(),
  };
}

}  // namespace vitreous::cli
