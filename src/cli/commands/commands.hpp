// Every subcommand's factory, one line each.
#pragma once

#include "cli/command.hpp"

namespace vitreous::cli {

Command analyze_command();
Command bench_command();
Command check_command();
Command compare_command();
Command convert_command();
Command evaluate_command();
Command export_command();
Command fit_command();
Command help_command();
Command list_command();
Command nanomold_command();
Command new_command();
Command nucleation_command();
Command plan_command();
Command potential_command();
Command relaxation_command();
Command report_command();
Command run_command();
Command show_command();
Command status_command();

}  // namespace vitreous::cli
