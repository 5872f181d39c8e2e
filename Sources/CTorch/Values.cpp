#include "Guard.hpp"

#include <cstring>

using gct::integers;
using gct::making;

gct_status gct_create(const void *values, gct_precision precision, const int64_t *shape, int32_t rank,
                      gct_tensor **result) {
  return making(result, [&] {
    at::Tensor tensor = at::empty(integers(shape, rank), at::TensorOptions().dtype(gct::type(precision)));
    if (tensor.numel() > 0) std::memcpy(tensor.data_ptr(), values, tensor.nbytes());
    return tensor;
  });
}

gct_status gct_filled(double value, gct_precision precision, const int64_t *shape, int32_t rank, gct_tensor **result) {
  return making(result, [&] {
    return at::full(integers(shape, rank), value, at::TensorOptions().dtype(gct::type(precision)));
  });
}

gct_status gct_alias(const gct_tensor *tensor, gct_tensor **result) {
  return making(result, [&] { return tensor->value; });
}

void gct_free(gct_tensor *tensor) { delete tensor; }

int32_t gct_rank(const gct_tensor *tensor) { return static_cast<int32_t>(tensor->value.dim()); }

int64_t gct_length(const gct_tensor *tensor, int32_t axis) { return tensor->value.sizes()[static_cast<size_t>(axis)]; }

int64_t gct_count(const gct_tensor *tensor) { return tensor->value.numel(); }

gct_precision gct_precision_of(const gct_tensor *tensor) {
  return tensor->value.scalar_type() == at::kDouble ? gct_precision_double : gct_precision_single;
}

bool gct_requires_gradient(const gct_tensor *tensor) { return tensor->value.requires_grad(); }

gct_status gct_read(const gct_tensor *tensor, gct_precision precision, void *values) {
  return gct::guarded([&] {
    const at::Tensor ready = tensor->value.detach().to(at::kCPU, gct::type(precision)).contiguous();
    if (ready.numel() > 0) std::memcpy(values, ready.data_ptr(), ready.nbytes());
  });
}

gct_status gct_detached(const gct_tensor *tensor, bool requires_gradient, gct_tensor **result) {
  return making(result, [&] {
    at::Tensor detached = tensor->value.detach();
    detached.requires_grad_(requires_gradient);
    return detached;
  });
}

gct_status gct_converted(const gct_tensor *tensor, gct_precision precision, gct_tensor **result) {
  return making(result, [&] { return tensor->value.to(gct::type(precision)); });
}

gct_status gct_reshaped(const gct_tensor *tensor, const int64_t *shape, int32_t rank, gct_tensor **result) {
  return making(result, [&] { return tensor->value.reshape(integers(shape, rank)); });
}

gct_status gct_expanded(const gct_tensor *tensor, const int64_t *shape, int32_t rank, gct_tensor **result) {
  return making(result, [&] { return tensor->value.expand(integers(shape, rank)); });
}

gct_status gct_permuted(const gct_tensor *tensor, const int64_t *axes, int32_t rank, gct_tensor **result) {
  return making(result, [&] { return tensor->value.permute(integers(axes, rank)); });
}

gct_status gct_sliced(const gct_tensor *tensor, int64_t axis, int64_t start, int64_t length, gct_tensor **result) {
  return making(result, [&] { return tensor->value.narrow(axis, start, length); });
}

gct_status gct_concatenated(const gct_tensor *const *tensors, int32_t count, int64_t axis, gct_tensor **result) {
  return making(result, [&] { return at::cat(gct::list(tensors, count), axis); });
}

gct_status gct_flipped(const gct_tensor *tensor, const int64_t *axes, int32_t axis_count, gct_tensor **result) {
  return making(result, [&] { return tensor->value.flip(integers(axes, axis_count)); });
}

gct_status gct_padded(gct_padding padding, const gct_tensor *tensor, const int64_t widths[4], gct_tensor **result) {
  return making(result, [&] {
    switch (padding) {
      case gct_padding_reflect: return at::reflection_pad2d(tensor->value, integers(widths, 4));
      case gct_padding_replicate: return at::replication_pad2d(tensor->value, integers(widths, 4));
      case gct_padding_zero: break;
    }
    return at::constant_pad_nd(tensor->value, integers(widths, 4), 0);
  });
}
