#include "io/results_json.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "expect_message.hpp"
#include "scratch_folder.hpp"

namespace vitreous::io {
namespace {

using test::input_error;
using test::put;
using test::ScratchFolder;
using testing::HasSubstr;

Results sample_results() {
  core::Reported q;
  q.name = "liquid.Q";
  q.measured = core::Measured{0.437, 0.008, "eV"};
  q.state = "equilibrium";
  q.how = {{"law", "arrhenius"}, {"of", "liquid.D"}, {"n", "6"}, {"window", "1000 K to 2000 K"}};
  q.reference = core::Reference{0.432, 0.007, "eV", "se", "16384 atoms", "paper 1"};
  return {false, {q, core::Reported::refused("glass.Q", "2 usable points, 3 needed")}};
}

TEST(ResultsJson, IsOfItsSchema) {
  const auto json = nlohmann::json::parse(to_results_json(sample_results()));
  EXPECT_EQ(json["schema"], "vitreous-results/1");
  EXPECT_EQ(json["complete"], false);
  const auto& q = json["quantities"][0];
  EXPECT_EQ(q["value"], 0.437);
  EXPECT_EQ(q["law"], "arrhenius");
  EXPECT_TRUE(q["where"].is_null());
  EXPECT_EQ(q["reference"]["kind"], "se");
  EXPECT_NEAR(q["pull"].get<double>(), 0.005 / std::hypot(0.008, 0.007), 1e-12);
  const auto& refused = json["quantities"][1];
  EXPECT_TRUE(refused["value"].is_null());
  EXPECT_EQ(refused["status"], "refused");
  EXPECT_EQ(refused["reason"], "2 usable points, 3 needed");
  EXPECT_TRUE(refused["reference"].is_null());
}

TEST(ResultsJson, ReadsBackWhatWasWritten) {
  const ScratchFolder folder;
  const std::string text = to_results_json(sample_results());
  put(folder / "results.json", text);
  EXPECT_EQ(to_results_json(read_results_json(folder / "results.json")), text);
}

TEST(ResultsJson, AnythingElseIsRefusedWithItsName) {
  const ScratchFolder folder;
  const std::string text = to_results_json(sample_results());
  put(folder / "r.json", "{\"schema\": \"other/1\"}");
  EXPECT_THAT(input_error([&] { read_results_json(folder / "r.json"); }),
              HasSubstr("is not of the schema"));
  for (std::size_t length = 0; length + 2 < text.size(); ++length) {
    put(folder / "r.json", text.substr(0, length));
    EXPECT_THROW(read_results_json(folder / "r.json"), base::InputError) << length;
  }
}

}  // namespace
}  // namespace vitreous::io
