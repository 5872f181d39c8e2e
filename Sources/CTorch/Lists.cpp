#include "Guard.hpp"

#include <c10/core/GradMode.h>

#include <cmath>

namespace {

/// Whether nobody else sees the memory of a tensor: no other handle, no view, no graph that saved it.
bool isSole(const at::Tensor &tensor) { return tensor.use_count() == 1 && tensor.storage().use_count() == 1; }

/// A tensor that may be changed in place and takes the place of the old one.
at::Tensor changeable(const at::Tensor &tensor) { return isSole(tensor) ? tensor.detach() : tensor.detach().clone(); }

template <typename Number>
double product(const Number *a, const Number *b, int64_t count) {
  // Lanes that the compiler may put into one vector; their number, not the machine's, orders the sum.
  constexpr int64_t lanes = 16;
  double sums[lanes] = {};
  const int64_t whole = count - count % lanes;
  for (int64_t i = 0; i < whole; i += lanes)
    for (int64_t lane = 0; lane < lanes; ++lane)
      sums[lane] += static_cast<double>(a[i + lane]) * static_cast<double>(b[i + lane]);
  for (int64_t i = whole; i < count; ++i) sums[i - whole] += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  double sum = 0;
  for (double part : sums) sum += part;
  return sum;
}

double product(const at::Tensor &left, const at::Tensor &right) {
  const at::Tensor a = left.detach().to(at::kCPU).contiguous(), b = right.detach().to(at::kCPU).contiguous();
  TORCH_CHECK(a.sizes() == b.sizes(), "a scalar product of shapes ", a.sizes(), " and ", b.sizes());
  TORCH_CHECK(a.scalar_type() == b.scalar_type(), "a scalar product of single and double precision");
  if (a.scalar_type() == at::kDouble) return product(a.data_ptr<double>(), b.data_ptr<double>(), a.numel());
  return product(a.data_ptr<float>(), b.data_ptr<float>(), a.numel());
}

}  // namespace

gct_status gct_list_accumulate(gct_tensor *const *targets, double factor, const gct_tensor *const *sources,
                               double scale, int32_t count) {
  return gct::guarded([&] {
    const c10::AutoGradMode off(false);
    for (int32_t i = 0; i < count; ++i)
      TORCH_CHECK(targets[i]->value.sizes() == sources[i]->value.sizes(), "tensor ", i, " of shape ",
                  targets[i]->value.sizes(), " and what is added to it, of shape ", sources[i]->value.sizes());
    for (int32_t i = 0; i < count; ++i) {
      at::Tensor target = changeable(targets[i]->value);
      if (factor != 1) target.mul_(factor);
      target.add_(sources[i]->value, scale);
      targets[i]->value = target;
    }
  });
}

gct_status gct_list_dot(const gct_tensor *const *left, const gct_tensor *const *right, int32_t count, double *result) {
  return gct::guarded([&] {
    double sum = 0;
    for (int32_t i = 0; i < count; ++i) sum += product(left[i]->value, right[i]->value);
    *result = sum;
  });
}

gct_status gct_adam_step(gct_adam adam, gct_tensor *const *parameters, gct_tensor *const *first_moments,
                         gct_tensor *const *second_moments, const gct_tensor *const *gradients, int32_t count) {
  return gct::guarded([&] {
    const c10::AutoGradMode off(false);
    for (int32_t i = 0; i < count; ++i)
      TORCH_CHECK(parameters[i]->value.sizes() == gradients[i]->value.sizes(), "parameter ", i, " of shape ",
                  parameters[i]->value.sizes(), " and its gradient of shape ", gradients[i]->value.sizes());
    const double firstCorrection = 1 - std::pow(adam.first_decay, static_cast<double>(adam.step));
    const double secondCorrection = 1 - std::pow(adam.second_decay, static_cast<double>(adam.step));
    for (int32_t i = 0; i < count; ++i) {
      const bool isTrained = parameters[i]->value.requires_grad();
      const at::Tensor gradient = gradients[i]->value.detach();
      at::Tensor parameter = changeable(parameters[i]->value);
      at::Tensor first = changeable(first_moments[i]->value), second = changeable(second_moments[i]->value);
      if (adam.weight_decay != 0) parameter.mul_(1 - adam.learning_rate * adam.weight_decay);
      first.mul_(adam.first_decay).add_(gradient, 1 - adam.first_decay);
      second.mul_(adam.second_decay).addcmul_(gradient, gradient, 1 - adam.second_decay);
      const at::Tensor spread = second.sqrt().div_(std::sqrt(secondCorrection)).add_(adam.epsilon);
      parameter.addcdiv_(first, spread, -adam.learning_rate / firstCorrection);
      parameter.requires_grad_(isTrained);
      parameters[i]->value = parameter;
      first_moments[i]->value = first;
      second_moments[i]->value = second;
    }
  });
}
