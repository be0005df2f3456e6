#include "base/interrupt.hpp"

#include <csignal>
#include <initializer_list>

namespace vitreous::base {
namespace {

volatile std::sig_atomic_t received = 0;

void remember(int signal) {
  if (received != 0 && signal == SIGINT) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
  received = signal;
}

}  // namespace

void catch_interrupts() {
  for (const int signal : {SIGINT, SIGTERM, SIGUSR1}) {
    struct sigaction action {};
    action.sa_handler = remember;
    action.sa_flags = SA_RESTART;
    ::sigaction(signal, &action, nullptr);
  }
}

int interrupted_by() { return received; }

int interrupt_status() { return received == SIGINT ? 130 : 143; }

}  // namespace vitreous::base
