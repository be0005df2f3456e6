#include "io/setfl.hpp"

#include "fuzzed_file.hpp"

using namespace vitreous;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  fuzz::accepted([&] { io::setfl_elements(text, "fuzzed.eam.fs"); });
  fuzz::accepted([&] {
    if (io::is_funcfl(text)) io::parse_funcfl_header(text, "fuzzed.eam");
  });
  fuzz::accepted([&] {
    const auto tables = io::parse_setfl(text, "fuzzed.eam.fs");
    const auto again = io::parse_setfl(io::write_setfl(tables), "fuzzed.eam.fs");
    fuzz::require(again.embedding == tables.embedding && again.r_phi == tables.r_phi);
  });
  return 0;
}
