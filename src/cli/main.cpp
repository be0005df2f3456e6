#include "cli/command.hpp"

int main(int argc, char** argv) { return vitreous::cli::run(argc, argv); }
