// Frames read and parsed in a thread of their own while those before are observed.
#pragma once

#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "io/trajectory.hpp"

namespace vitreous::io {

/// Hands out what `reader` does, in its order; what it throws is thrown behind the frames before.
/// At most two frames wait. HDF5 knows no threads: meanwhile the caller must leave it alone where
/// the frames are H5MD.
class ReadAhead : public TrajectoryReader {
 public:
  explicit ReadAhead(std::unique_ptr<TrajectoryReader> reader);
  ~ReadAhead() override;
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  bool next(Configuration& frame) override;
  bool skip() override;

 private:
  void read_all();

  std::unique_ptr<TrajectoryReader> reader_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Configuration> waiting_, spare_;  ///< spare: memory to be used again
  bool at_end_ = false, stopped_ = false;
  std::exception_ptr failure_;
  std::thread thread_;
};

}  // namespace vitreous::io
