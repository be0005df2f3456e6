#include "engine/native/choose_forces.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "engine/native/fast/fast_forces.hpp"
#include "engine/native/fast/kernel_choice.hpp"
#include "engine/native/reference_forces.hpp"
#include "engine/native/trial_crystals.hpp"

namespace vitreous::engine {
namespace {

std::vector<const fast::Kernel*> kernels_named(const std::string& name) {
  if (name.empty()) return fast::all_kernels();
  std::vector<std::string> names;
  for (const fast::Kernel* kernel : fast::all_kernels()) {
    if (kernel->name == name) return {kernel};
    names.push_back(fmt::format("\"{}\"", kernel->name));
  }
  throw base::InputError(fmt::format("no kernel is called \"{}\"", name), "", names);
}

/// By the first kernel that nothing objects to, or none; `objections` gains why not the ones
/// before.
ForcesMaker fast_maker(const potential::EamPotential& potential,
                       const std::vector<const fast::Kernel*>& kernels, std::string& objections) {
  for (const fast::Kernel* kernel : kernels) {
    std::string objection = fast::objection_to_processor(*kernel);
    if (objection.empty()) {
      fast::FastTables tables = fast::fit_tables(potential, kernel->tables);
      objection = fast::objection_to_tables(potential, tables);
      if (objection.empty() && kernel->tables == fast::TableForm::registers)
        objection = objection_to_forces(potential, *kernel, tables);
      if (objection.empty())
        return [=] { return std::make_unique<FastForces>(potential, *kernel, tables, objections); };
    }
    objections +=
        fmt::format("{}not {}: {}", objections.empty() ? "" : ", ", kernel->name, objection);
  }
  return nullptr;
}

ForcesMaker reference_maker(const potential::EamPotential& potential, const std::string& why) {
  return [=] { return std::make_unique<ReferenceForces>(potential, 1.0, why); };
}

}  // namespace

ForcesMaker choose_forces_maker(const potential::EamPotential& potential,
                                const std::string& precision, const std::string& kernel) {
  if (precision == "double")
    return reference_maker(potential, "asked for by precision = \"double\"");
  if (precision != "auto")
    throw base::InputError(fmt::format("no precision is called \"{}\"", precision), "",
                           {"\"auto\"", "\"double\""});
  std::string objections;
  if (auto maker = fast_maker(potential, kernels_named(kernel), objections)) return maker;
  if (!kernel.empty())
    throw base::InputError(fmt::format("the kernel {} cannot be taken", kernel), objections, {});
  return reference_maker(potential, objections);
}

std::unique_ptr<Forces> choose_forces(const potential::EamPotential& potential,
                                      const std::string& precision, const std::string& kernel) {
  return choose_forces_maker(potential, precision, kernel)();
}

}  // namespace vitreous::engine
