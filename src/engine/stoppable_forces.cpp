#include "engine/stoppable_forces.hpp"

namespace vitreous::engine {
namespace {

class StoppableForces : public Forces {
 public:
  StoppableForces(std::unique_ptr<Forces> forces, KeepGoing keep_going)
      : forces_(std::move(forces)), keep_going_(std::move(keep_going)) {}

  void evaluate(const core::Box& box, const core::Atoms& atoms, Want want,
                ForceResult& result) override {
    if (!keep_going_()) throw Stopped();
    forces_->evaluate(box, atoms, want, result);
  }
  void measure(const core::Box& box, const core::Atoms& atoms, ForceResult& result) override {
    forces_->measure(box, atoms, result);
  }
  void transfer(core::Archive& archive) override { forces_->transfer(archive); }
  void reset() override { forces_->reset(); }
  double cutoff() const override { return forces_->cutoff(); }
  std::string description() const override { return forces_->description(); }
  std::map<std::string, double> seconds() const override { return forces_->seconds(); }

 private:
  std::unique_ptr<Forces> forces_;
  KeepGoing keep_going_;
};

}  // namespace

ForcesMaker stoppable(ForcesMaker maker, KeepGoing keep_going) {
  return [maker = std::move(maker), keep_going = std::move(keep_going)] {
    return std::make_unique<StoppableForces>(maker(), keep_going);
  };
}

}  // namespace vitreous::engine
