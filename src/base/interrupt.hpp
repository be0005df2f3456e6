// Ctrl-C, SIGTERM and SIGUSR1 ask a run to stop at the next step; nothing is lost.
#pragma once

namespace vitreous::base {

/// From now on these signals set a flag instead of ending the process. A second Ctrl-C ends it at
/// once.
void catch_interrupts();

/// The signal that came, or 0.
int interrupted_by();

/// 130 for Ctrl-C, 143 for the others: the exit status that tells "run again to resume".
int interrupt_status();

}  // namespace vitreous::base
