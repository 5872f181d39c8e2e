#include "Guard.hpp"

#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/variable.h>

#include <mutex>

namespace {

using torch::autograd::edge_list;
using torch::autograd::Node;
using torch::autograd::variable_list;

/// How libtorch holds a node; it changed from one version to another.
using NodePointer = decltype(torch::autograd::Edge::function);

template <typename Base>
std::shared_ptr<Base> adopted(Base *node, std::shared_ptr<Base> *) {
  return std::shared_ptr<Base>(node, [](auto *dead) { deleteNode(dead); });
}

template <typename Base>
c10::intrusive_ptr<Base> adopted(Base *node, c10::intrusive_ptr<Base> *) {
  return c10::intrusive_ptr<Base>::unsafe_steal_from_new(node);
}

/// Takes a new node over.
NodePointer adopted(Node *node) { return adopted(node, static_cast<NodePointer *>(nullptr)); }

/// Stands behind the gradients of a custom function: to differentiate them would give zero where the truth is unknown.
class Undifferentiable : public Node {
 public:
  std::string name() const override { return "the gradient of a custom function"; }

  variable_list apply(variable_list &&) override {
    TORCH_CHECK(false, "a custom function is differentiated twice, and the derivative of its backward is not known");
  }
};

/// What the host gave, given back once.
class HostContext {
 public:
  explicit HostContext(const gct_host_function &function) : function(function) {}
  HostContext(const HostContext &) = delete;
  HostContext &operator=(const HostContext &) = delete;
  ~HostContext() { function.release_context(function.context); }

  const gct_host_function function;
};

class HostFunction : public Node {
 public:
  HostFunction(std::shared_ptr<HostContext> context, edge_list &&edges)
      : Node(std::move(edges)), context_(std::move(context)) {}

  std::string name() const override { return "a custom function"; }

  variable_list apply(variable_list &&gradients) override {
    std::shared_ptr<HostContext> context;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      context = context_;
    }
    TORCH_CHECK(context, "a second gradient through a custom function whose graph was not kept after the first");
    const size_t count = num_outputs();
    variable_list results(count);
    if (!gradients[0].defined()) return results;

    const bool creates_graph = c10::GradMode::is_enabled();
    {
      const c10::AutoGradMode off(false);
      gct_tensor gradient{gradients[0].detach()};
      std::vector<gct_tensor *> made(count, nullptr);
      void *error = nullptr;
      const auto &function = context->function;
      const bool is_done = function.backward(function.context, &gradient, made.data(), &error);
      std::vector<std::unique_ptr<gct_tensor>> owned(made.begin(), made.end());
      if (!is_done) throw gct::HostError(error, function.release_error);
      for (size_t i = 0; i < count; ++i)
        if (task_should_compute_output(i)) results[i] = owned[i]->value.detach();
    }
    if (creates_graph) {
      edge_list edges = next_edges();
      if (gradients[0].requires_grad()) edges.push_back(torch::autograd::impl::gradient_edge(gradients[0]));
      for (at::Tensor &result : results) {
        if (!result.defined()) continue;
        edge_list copy = edges;
        const NodePointer node = adopted(new Undifferentiable());
        node->set_next_edges(std::move(copy));
        torch::autograd::set_history(result, node);
      }
    }
    return results;
  }

  void release_variables() override {
    std::shared_ptr<HostContext> context;
    std::lock_guard<std::mutex> lock(mutex_);
    context.swap(context_);
  }

 private:
  std::shared_ptr<HostContext> context_;
};

}  // namespace

gct_status gct_gradient(const gct_tensor *const *outputs, int32_t output_count, const gct_tensor *const *output_gradients,
                        const gct_tensor *const *inputs, int32_t input_count, bool keeps_graph, bool creates_graph,
                        gct_tensor **results) {
  return gct::guarded([&] {
    const variable_list of = gct::list(outputs, output_count);
    const variable_list with = gct::list(inputs, input_count);
    variable_list weights;
    if (output_gradients) weights = gct::list(output_gradients, output_count);
    variable_list gradients = torch::autograd::grad(of, with, weights, keeps_graph || creates_graph, creates_graph,
                                                    /*allow_unused=*/true);
    std::vector<std::unique_ptr<gct_tensor>> owned;
    owned.reserve(gradients.size());
    for (size_t i = 0; i < gradients.size(); ++i)
      owned.emplace_back(
          new gct_tensor{gradients[i].defined() ? std::move(gradients[i]) : at::zeros_like(with[i].detach())});
    for (size_t i = 0; i < owned.size(); ++i) results[i] = owned[i].release();
  });
}

gct_status gct_custom(const gct_tensor *const *inputs, int32_t input_count, const gct_tensor *output,
                      gct_host_function function, gct_tensor **result) {
  std::shared_ptr<HostContext> context;
  const gct_status status = gct::guarded([&] { context = std::make_shared<HostContext>(function); });
  if (status != gct_status_ok) {
    function.release_context(function.context);
    return status;
  }
  return gct::making(result, [&] {
    const variable_list from = gct::list(inputs, input_count);
    at::Tensor value = output->value.detach();
    bool is_recorded = false;
    for (const at::Tensor &input : from) is_recorded = is_recorded || input.requires_grad();
    if (is_recorded && c10::GradMode::is_enabled()) {
      const NodePointer node =
          adopted(new HostFunction(std::move(context), torch::autograd::collect_next_edges(from)));
      torch::autograd::set_history(value, node);
    }
    return value;
  });
}
