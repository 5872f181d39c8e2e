#include "Guard.hpp"

#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>

#include <dlfcn.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <atomic>
#include <string>

namespace {

thread_local std::string lastError;
thread_local std::string configuration;
thread_local std::shared_ptr<gct::HostErrorSlot> hostError;

/// Threads inside one operation: one until somebody asks for more, so that results do not depend on the machine's cores.
std::atomic<int32_t> wantedThreads{1};
/// What this thread has told OpenMP, which keeps a number of threads for each thread that calls.
thread_local int32_t settledThreads = 0;

/// OpenBLAS's own threads and those of OpenMP wait for one another (Docs/Decisions/0012): one BLAS thread while libtorch
/// runs. Other libraries do not have the function.
void quietBLAS() {
  static const auto function = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
  if (function) function(1);
}

/// Freed memory stays with the process: every step asks for the same megabytes again, and to map and clear them anew costs
/// a seventh of it and more (Docs/Decisions/0012). Blocks above 32 MiB still go back.
void keepMemory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
#endif
}

bool settle() {
  quietBLAS();
  keepMemory();
  at::globalContext().setDeterministicAlgorithms(true, false);
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 2)
  // Nothing here reads memory before it is written; to fill it first costs time.
  at::globalContext().setDeterministicFillUninitializedMemory(false);
#endif
  return true;
}

}  // namespace

namespace gct {

void record(const char *text) noexcept {
  try {
    lastError = text;
  } catch (...) {
    lastError.clear();
  }
}

void record(const HostError &error) noexcept {
  record(error.what());
  hostError = error.slot;
}

void prepare() {
  static const bool isSettled = settle();
  (void)isSettled;
  const int32_t wanted = wantedThreads.load(std::memory_order_relaxed);
  if (wanted != settledThreads) {
    at::set_num_threads(wanted);
    quietBLAS();
    settledThreads = wanted;
  }
}

}  // namespace gct

const char *gct_last_error(void) { return lastError.c_str(); }

void *gct_take_host_error(void) {
  void *error = hostError ? hostError->take() : nullptr;
  hostError.reset();
  return error;
}

const char *gct_version(void) { return TORCH_VERSION; }

gct_status gct_configuration(const char **text) {
  return gct::guarded([&] {
    configuration = at::show_config();
    *text = configuration.c_str();
  });
}

gct_status gct_set_threads(int32_t count) {
  return gct::guarded([&] {
    TORCH_CHECK(count > 0, "an operation has at least one thread, found ", count);
    wantedThreads.store(count, std::memory_order_relaxed);
    gct::prepare();
  });
}

gct_status gct_threads(int32_t *count) {
  return gct::guarded([&] { *count = at::get_num_threads(); });
}

bool gct_set_recording(bool is_on) {
  const bool was = c10::GradMode::is_enabled();
  c10::GradMode::set_enabled(is_on);
  return was;
}

bool gct_is_recording(void) { return c10::GradMode::is_enabled(); }
