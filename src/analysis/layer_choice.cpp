#include "analysis/layer_choice.hpp"

#include <fmt/format.h>

#include "base/error.hpp"

namespace vitreous::analysis {
namespace {

Membership membership_of(const std::string& name) {
  if (name == "start") return Membership::start;
  return name == "throughout" ? Membership::throughout : Membership::both_ends;
}

}  // namespace

void refuse_layer_without_slab() {
  base::Message message;
  message.key = "observe";
  message.problem = "a `layer` is that of a slab, and nothing is opened here";
  message.why = "its faces are those at which a free_surface stage opens the box";
  message.tries = {"observe the layer in a stage of kind = \"free_surface\"",
                   "--gap \"10 A\" with analyze, where a file holds a slab"};
  throw base::InputError(message);
}

std::vector<core::OptionDeclaration> LayerChoice::options() {
  return {{"layer",
           core::OptionType::number,
           "angstrom",
           "automatic",
           "of a slab: only atoms less than this below one of its faces, and what they move along "
           "it; all atoms if not given",
           {}},
          {"region",
           core::OptionType::text,
           "1",
           "outer",
           "the layers themselves, or the atoms between them, which are deeper",
           {"outer", "inner"}},
          {"membership",
           core::OptionType::text,
           "1",
           "both_ends",
           "an atom counts for a displacement if it lies in the layer at its start, at both ends, "
           "or throughout",
           {"start", "both_ends", "throughout"}}};
}

std::optional<LayerChoice> LayerChoice::from(const core::Options& options, const Setting& setting) {
  if (!options.has("layer")) return std::nullopt;
  if (!setting.slab) refuse_layer_without_slab();
  LayerChoice choice;
  choice.depth = options.number("layer");
  if (!(choice.depth > 0.0))
    throw base::InputError(fmt::format("a layer {:g} A deep holds no atoms", choice.depth), "",
                           {"layer = \"2.5 A\""});
  if (options.has("region") && options.text("region") == "inner") choice.region = Region::inner;
  if (options.has("membership")) choice.membership = membership_of(options.text("membership"));
  choice.slab = *setting.slab;
  return choice;
}

void LayerChoice::require_fit(const SlabDepths& depths) const {
  if (2.0 * depth > depths.thickness())
    throw base::RunError(fmt::format("two layers of {:g} A do not fit into a slab of {:.4g} A",
                                     depth, depths.thickness()));
}

std::string LayerChoice::where() const {
  if (region == Region::inner) return fmt::format("deeper than {:g} A", depth);
  return fmt::format("in the outer {:g} A of both faces", depth);
}

}  // namespace vitreous::analysis
