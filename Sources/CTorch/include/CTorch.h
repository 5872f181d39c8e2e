#pragma once
#include <stdbool.h>
#include <stdint.h>

/// libtorch as C. Every call returns a status, no exception leaves, and nothing is kept of what the caller lends.
///
/// A call that succeeds writes its results; one that fails writes none, and its text is `gct_last_error` of the same
/// thread. Tensors are handles: each result is a new one, given back with `gct_free`.

#ifdef __cplusplus
extern "C" {
#endif
#pragma clang assume_nonnull begin

#define GCT_ENUM __attribute__((enum_extensibility(closed)))

typedef struct gct_tensor gct_tensor;

typedef enum GCT_ENUM gct_status : int32_t {
  gct_status_ok = 0,
  /// libtorch refused, or memory ran out.
  gct_status_failure = 1,
  /// The backward of a custom function failed; its error waits in `gct_take_host_error`.
  gct_status_host_failure = 2,
} gct_status;

typedef enum GCT_ENUM gct_precision : int32_t {
  gct_precision_single = 0,
  gct_precision_double = 1,
} gct_precision;

// The library

/// What the last call of this thread that failed has to say; valid until the next one fails.
const char *gct_last_error(void);
/// The error of a custom function's backward, owned by the caller from now on, or null.
void *_Nullable gct_take_host_error(void);
/// The version of the headers that this was built with.
const char *gct_version(void);
/// libtorch's own description of its build; valid until this thread asks again.
gct_status gct_configuration(const char *_Nullable *_Nonnull text);
/// Threads inside one operation, for every thread that calls; 1 until this is called.
gct_status gct_set_threads(int32_t count);
gct_status gct_threads(int32_t *count);
/// Whether operations of this thread are recorded for gradients; returns what was.
bool gct_set_recording(bool is_on);
bool gct_is_recording(void);

// Tensors

/// Copies `values`, C order.
gct_status gct_create(const void *_Nullable values, gct_precision precision, const int64_t *_Nullable shape, int32_t rank,
                      gct_tensor *_Nullable *_Nonnull result);
gct_status gct_filled(double value, gct_precision precision, const int64_t *_Nullable shape, int32_t rank,
                      gct_tensor *_Nullable *_Nonnull result);
/// A second handle on the same tensor.
gct_status gct_alias(const gct_tensor *tensor, gct_tensor *_Nullable *_Nonnull result);
void gct_free(gct_tensor *_Nullable tensor);
int32_t gct_rank(const gct_tensor *tensor);
int64_t gct_length(const gct_tensor *tensor, int32_t axis);
int64_t gct_count(const gct_tensor *tensor);
gct_precision gct_precision_of(const gct_tensor *tensor);
bool gct_requires_gradient(const gct_tensor *tensor);
/// Copies the numbers out in C order, rounded or widened to `precision`.
gct_status gct_read(const gct_tensor *tensor, gct_precision precision, void *_Nullable values);

/// The same numbers, cut off from what they were computed from.
gct_status gct_detached(const gct_tensor *tensor, bool requires_gradient, gct_tensor *_Nullable *_Nonnull result);
gct_status gct_converted(const gct_tensor *tensor, gct_precision precision, gct_tensor *_Nullable *_Nonnull result);

// Element by element

typedef enum GCT_ENUM gct_unary : int32_t {
  gct_unary_negated, gct_unary_exp, gct_unary_log, gct_unary_tanh, gct_unary_sigmoid, gct_unary_relu, gct_unary_silu,
  gct_unary_softplus, gct_unary_abs, gct_unary_sqrt, gct_unary_square,
} gct_unary;
gct_status gct_apply(gct_unary function, const gct_tensor *tensor, gct_tensor *_Nullable *_Nonnull result);

typedef enum GCT_ENUM gct_binary : int32_t {
  gct_binary_add, gct_binary_subtract, gct_binary_multiply, gct_binary_divide, gct_binary_power,
} gct_binary;
/// Both broadcast.
gct_status gct_combine(gct_binary function, const gct_tensor *left, const gct_tensor *right,
                       gct_tensor *_Nullable *_Nonnull result);
gct_status gct_combine_scalar(gct_binary function, const gct_tensor *left, double right,
                              gct_tensor *_Nullable *_Nonnull result);
/// scalar - tensor, scalar / tensor and so on.
gct_status gct_combine_scalar_first(gct_binary function, double left, const gct_tensor *right,
                                    gct_tensor *_Nullable *_Nonnull result);
gct_status gct_leaky_relu(const gct_tensor *tensor, double slope, gct_tensor *_Nullable *_Nonnull result);
gct_status gct_clamped(const gct_tensor *tensor, double lower, double upper, gct_tensor *_Nullable *_Nonnull result);

// Reductions and products

typedef enum GCT_ENUM gct_reduction : int32_t { gct_reduction_sum, gct_reduction_mean } gct_reduction;
/// Along all axes where `axis_count` is 0.
gct_status gct_reduced(gct_reduction reduction, const gct_tensor *tensor, const int64_t *_Nullable axes,
                       int32_t axis_count, bool keeps_axes, gct_tensor *_Nullable *_Nonnull result);
gct_status gct_matrix_product(const gct_tensor *left, const gct_tensor *right, gct_tensor *_Nullable *_Nonnull result);

// Shapes

gct_status gct_reshaped(const gct_tensor *tensor, const int64_t *_Nullable shape, int32_t rank,
                        gct_tensor *_Nullable *_Nonnull result);
gct_status gct_expanded(const gct_tensor *tensor, const int64_t *_Nullable shape, int32_t rank,
                        gct_tensor *_Nullable *_Nonnull result);
gct_status gct_permuted(const gct_tensor *tensor, const int64_t *_Nullable axes, int32_t rank,
                        gct_tensor *_Nullable *_Nonnull result);
gct_status gct_sliced(const gct_tensor *tensor, int64_t axis, int64_t start, int64_t length,
                      gct_tensor *_Nullable *_Nonnull result);
gct_status gct_concatenated(const gct_tensor *_Nonnull const *_Nonnull tensors, int32_t count, int64_t axis,
                            gct_tensor *_Nullable *_Nonnull result);
gct_status gct_flipped(const gct_tensor *tensor, const int64_t *axes, int32_t axis_count,
                       gct_tensor *_Nullable *_Nonnull result);

typedef enum GCT_ENUM gct_padding : int32_t {
  gct_padding_zero, gct_padding_reflect, gct_padding_replicate,
} gct_padding;
/// Pads the last two axes; `widths` are left, right, top, bottom.
gct_status gct_padded(gct_padding padding, const gct_tensor *tensor, const int64_t widths[_Nonnull 4],
                      gct_tensor *_Nullable *_Nonnull result);

// Layers; pictures are [batch, channels, height, width], pairs are height, width

gct_status gct_linear(const gct_tensor *input, const gct_tensor *weight, const gct_tensor *_Nullable bias,
                      gct_tensor *_Nullable *_Nonnull result);

typedef struct gct_convolution {
  int64_t stride[2], padding[2], dilation[2];
  int64_t groups;
} gct_convolution;
gct_status gct_convolved(const gct_tensor *input, const gct_tensor *weight, const gct_tensor *_Nullable bias,
                         gct_convolution convolution, gct_tensor *_Nullable *_Nonnull result);
gct_status gct_average_pooled(const gct_tensor *input, const int64_t window[_Nonnull 2],
                              gct_tensor *_Nullable *_Nonnull result);
gct_status gct_adaptive_average_pooled(const gct_tensor *input, const int64_t size[_Nonnull 2],
                                       gct_tensor *_Nullable *_Nonnull result);
gct_status gct_upsampled(const gct_tensor *input, const int64_t size[_Nonnull 2],
                         gct_tensor *_Nullable *_Nonnull result);
/// The mean over all elements.
gct_status gct_binary_cross_entropy(const gct_tensor *logits, const gct_tensor *targets,
                                    gct_tensor *_Nullable *_Nonnull result);

// Gradients

/// Gradients of the sum of `outputs` times `output_gradients` (null: ones, for single numbers) with respect to `inputs`.
///
/// An input that the outputs do not depend on has the gradient zero.
gct_status gct_gradient(const gct_tensor *_Nonnull const *_Nonnull outputs, int32_t output_count,
                        const gct_tensor *_Nonnull const *_Nullable output_gradients,
                        const gct_tensor *_Nonnull const *_Nonnull inputs, int32_t input_count, bool keeps_graph,
                        bool creates_graph, gct_tensor *_Nullable *_Nonnull results);

/// What a custom function's backward is.
typedef struct gct_host_function {
  /// Owned by the function from the call of `gct_custom` on, also where that fails.
  void *context;
  /// Writes one gradient for each input, which the library then owns; or, failing, returns false and writes an error.
  bool (*backward)(void *context, const gct_tensor *output_gradient, gct_tensor *_Nullable *_Nonnull input_gradients,
                   void *_Nullable *_Nonnull error);
  /// Called once, as soon as no backward can follow.
  void (*release_context)(void *context);
  /// Called for an error that nobody took.
  void (*release_error)(void *error);
} gct_host_function;
/// `output` as the result of a function of `inputs` whose derivative the host knows. It cannot be differentiated twice.
gct_status gct_custom(const gct_tensor *_Nonnull const *_Nonnull inputs, int32_t input_count, const gct_tensor *output,
                      gct_host_function function, gct_tensor *_Nullable *_Nonnull result);

// Lists of tensors, in one crossing. What is changed is changed in place where its memory has no other user, and
// otherwise replaced, so that nobody else sees the change.

/// targets[i] = factor targets[i] + scale sources[i].
gct_status gct_list_accumulate(gct_tensor *_Nonnull const *_Nonnull targets, double factor,
                               const gct_tensor *_Nonnull const *_Nonnull sources, double scale, int32_t count);
/// Scalar products of pairs of lists, added up in double precision in the order of the elements.
gct_status gct_list_dot(const gct_tensor *_Nonnull const *_Nonnull left, const gct_tensor *_Nonnull const *_Nonnull right,
                        int32_t count, double *result);

typedef struct gct_adam {
  double learning_rate, first_decay, second_decay, epsilon, weight_decay;
  /// How many steps this one makes; 1 for the first.
  int64_t step;
} gct_adam;
gct_status gct_adam_step(gct_adam adam, gct_tensor *_Nonnull const *_Nonnull parameters,
                         gct_tensor *_Nonnull const *_Nonnull first_moments,
                         gct_tensor *_Nonnull const *_Nonnull second_moments,
                         const gct_tensor *_Nonnull const *_Nonnull gradients, int32_t count);

#pragma clang assume_nonnull end
#ifdef __cplusplus
}
#endif
