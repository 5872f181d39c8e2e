#pragma once
#include "CTorch.h"

#include <ATen/ATen.h>
#include <torch/csrc/api/include/torch/version.h>

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

struct gct_tensor {
  at::Tensor value;
};

namespace gct {

template <typename Value>
#if TORCH_VERSION_MAJOR >= 2
using Optional = std::optional<Value>;
#else
using Optional = c10::optional<Value>;
#endif

/// An error of the host, given back unless it is taken.
class HostErrorSlot {
 public:
  HostErrorSlot(void *error, void (*release)(void *)) : error_(error), release_(release) {}
  HostErrorSlot(const HostErrorSlot &) = delete;
  HostErrorSlot &operator=(const HostErrorSlot &) = delete;
  ~HostErrorSlot() {
    if (error_) release_(error_);
  }
  void *take() noexcept {
    void *error = error_;
    error_ = nullptr;
    return error;
  }

 private:
  void *error_;
  void (*release_)(void *);
};

/// An error of the host on its way through libtorch's engine.
class HostError : public std::exception {
 public:
  HostError(void *error, void (*release)(void *)) : slot(std::make_shared<HostErrorSlot>(error, release)) {}
  const char *what() const noexcept override { return "the backward of a custom function failed"; }

  std::shared_ptr<HostErrorSlot> slot;
};

void record(const char *text) noexcept;
void record(const HostError &error) noexcept;
/// Settles what the library does once, and the number of threads of this thread.
void prepare();

/// Runs a body, and turns whatever it throws into a status and this thread's error.
template <typename Body>
gct_status guarded(Body body) noexcept {
  try {
    prepare();
    body();
    return gct_status_ok;
  } catch (const HostError &error) {
    record(error);
    return gct_status_host_failure;
  } catch (const c10::Error &error) {
    record(error.what_without_backtrace());
  } catch (const std::exception &error) {
    record(error.what());
  } catch (...) {
    record("an unknown exception");
  }
  return gct_status_failure;
}

/// Runs a body that makes one tensor.
template <typename Body>
gct_status making(gct_tensor **result, Body body) noexcept {
  return guarded([&] { *result = new gct_tensor{body()}; });
}

inline at::IntArrayRef integers(const int64_t *values, int32_t count) {
  return at::IntArrayRef(values, static_cast<size_t>(count));
}

inline Optional<at::Tensor> optional(const gct_tensor *tensor) {
  return tensor ? Optional<at::Tensor>(tensor->value) : Optional<at::Tensor>();
}

inline at::ScalarType type(gct_precision precision) { return precision == gct_precision_double ? at::kDouble : at::kFloat; }

inline std::vector<at::Tensor> list(const gct_tensor *const *tensors, int32_t count) {
  std::vector<at::Tensor> result;
  result.reserve(static_cast<size_t>(count));
  for (int32_t i = 0; i < count; ++i) result.push_back(tensors[i]->value);
  return result;
}

}  // namespace gct
