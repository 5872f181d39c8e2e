#include "Guard.hpp"

using gct::integers;
using gct::making;

gct_status gct_apply(gct_unary function, const gct_tensor *tensor, gct_tensor **result) {
  return making(result, [&] {
    const at::Tensor &x = tensor->value;
    switch (function) {
      case gct_unary_negated: return at::neg(x);
      case gct_unary_exp: return at::exp(x);
      case gct_unary_log: return at::log(x);
      case gct_unary_tanh: return at::tanh(x);
      case gct_unary_sigmoid: return at::sigmoid(x);
      case gct_unary_relu: return at::relu(x);
      case gct_unary_silu: return at::silu(x);
      case gct_unary_softplus: return at::softplus(x);
      case gct_unary_abs: return at::abs(x);
      case gct_unary_sqrt: return at::sqrt(x);
      case gct_unary_square: return at::square(x);
    }
    TORCH_CHECK(false, "no such function: ", static_cast<int32_t>(function));
  });
}

gct_status gct_combine(gct_binary function, const gct_tensor *left, const gct_tensor *right, gct_tensor **result) {
  return making(result, [&] {
    const at::Tensor &a = left->value, &b = right->value;
    // libtorch would widen the single one in silence.
    TORCH_CHECK(a.scalar_type() == b.scalar_type(), "one tensor is in single precision and one in double");
    switch (function) {
      case gct_binary_add: return at::add(a, b);
      case gct_binary_subtract: return at::sub(a, b);
      case gct_binary_multiply: return at::mul(a, b);
      case gct_binary_divide: return at::div(a, b);
      case gct_binary_power: return at::pow(a, b);
    }
    TORCH_CHECK(false, "no such function: ", static_cast<int32_t>(function));
  });
}

gct_status gct_combine_scalar(gct_binary function, const gct_tensor *left, double right, gct_tensor **result) {
  return making(result, [&] {
    const at::Tensor &a = left->value;
    switch (function) {
      case gct_binary_add: return at::add(a, right);
      case gct_binary_subtract: return at::sub(a, right);
      case gct_binary_multiply: return at::mul(a, right);
      case gct_binary_divide: return at::div(a, right);
      case gct_binary_power: return at::pow(a, right);
    }
    TORCH_CHECK(false, "no such function: ", static_cast<int32_t>(function));
  });
}

gct_status gct_combine_scalar_first(gct_binary function, double left, const gct_tensor *right, gct_tensor **result) {
  return making(result, [&] {
    const at::Tensor &b = right->value;
    switch (function) {
      case gct_binary_add: return at::add(b, left);
      case gct_binary_subtract: return at::rsub(b, left);
      case gct_binary_multiply: return at::mul(b, left);
      case gct_binary_divide: return at::mul(at::reciprocal(b), left);
      case gct_binary_power: return at::pow(left, b);
    }
    TORCH_CHECK(false, "no such function: ", static_cast<int32_t>(function));
  });
}

gct_status gct_leaky_relu(const gct_tensor *tensor, double slope, gct_tensor **result) {
  return making(result, [&] { return at::leaky_relu(tensor->value, slope); });
}

gct_status gct_clamped(const gct_tensor *tensor, double lower, double upper, gct_tensor **result) {
  return making(result, [&] { return at::clamp(tensor->value, at::Scalar(lower), at::Scalar(upper)); });
}

gct_status gct_reduced(gct_reduction reduction, const gct_tensor *tensor, const int64_t *axes, int32_t axis_count,
                       bool keeps_axes, gct_tensor **result) {
  return making(result, [&] {
    const at::Tensor &x = tensor->value;
    if (axis_count == 0) return reduction == gct_reduction_sum ? at::sum(x) : at::mean(x);
    const at::IntArrayRef along = integers(axes, axis_count);
    return reduction == gct_reduction_sum ? at::sum(x, along, keeps_axes) : at::mean(x, along, keeps_axes);
  });
}

gct_status gct_matrix_product(const gct_tensor *left, const gct_tensor *right, gct_tensor **result) {
  return making(result, [&] { return at::matmul(left->value, right->value); });
}
