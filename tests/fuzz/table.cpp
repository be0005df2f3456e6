#include "fuzzed_file.hpp"
#include "io/data_table.hpp"

using namespace vitreous;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::FuzzedFile file({reinterpret_cast<const char*>(data), size});
  fuzz::accepted([&] {
    const auto table = io::DataTable::read(file.path());
    for (const auto& column : table.table().columns) fuzz::require(column.size() == table.rows());
    fuzz::accepted([&] { table.find({"diameter", {"d"}, "nm"}); });
    fuzz::accepted([&] { table.find({"temperature", {"T"}, "K"}); });
    fuzz::accepted([&] { table.words({"sample"}); });
    table.reading({});
  });
  return 0;
}
