#include "Guard.hpp"

using gct::integers;
using gct::making;
using gct::optional;

gct_status gct_linear(const gct_tensor *input, const gct_tensor *weight, const gct_tensor *bias, gct_tensor **result) {
  return making(result, [&] { return at::linear(input->value, weight->value, optional(bias)); });
}

gct_status gct_convolved(const gct_tensor *input, const gct_tensor *weight, const gct_tensor *bias,
                         gct_convolution convolution, gct_tensor **result) {
  return making(result, [&] {
    return at::convolution(input->value, weight->value, optional(bias), integers(convolution.stride, 2),
                           integers(convolution.padding, 2), integers(convolution.dilation, 2), /*transposed=*/false,
                           /*output_padding=*/{0, 0}, convolution.groups);
  });
}

gct_status gct_average_pooled(const gct_tensor *input, const int64_t window[2], gct_tensor **result) {
  return making(result, [&] { return at::avg_pool2d(input->value, integers(window, 2)); });
}

gct_status gct_adaptive_average_pooled(const gct_tensor *input, const int64_t size[2], gct_tensor **result) {
  return making(result, [&] { return at::adaptive_avg_pool2d(input->value, integers(size, 2)); });
}

gct_status gct_upsampled(const gct_tensor *input, const int64_t size[2], gct_tensor **result) {
  return making(result, [&] { return at::upsample_nearest2d(input->value, integers(size, 2)); });
}

gct_status gct_binary_cross_entropy(const gct_tensor *logits, const gct_tensor *targets, gct_tensor **result) {
  return making(result, [&] { return at::binary_cross_entropy_with_logits(logits->value, targets->value); });
}
