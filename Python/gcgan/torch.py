"""The manufacturability term in PyTorch.

    from gcgan.torch import manufacturability

    term = manufacturability(density, problem)     # density: [batch, rows, columns], requires_grad
    (loss + 0.1 * term.mean()).backward()
"""

from __future__ import annotations

from typing import Any, Optional, Sequence, Tuple, Union

import numpy as np
import torch
from torch.autograd.function import once_differentiable

from ._library import ArgumentError
from ._problem import Problem, evaluate

__all__ = ["manufacturability"]


def _disable(function: Any) -> Any:
    """Keeps torch.compile from looking into a function: what happens in it is no PyTorch."""
    compiler = getattr(torch, "compiler", None)
    return compiler.disable(function) if hasattr(compiler, "disable") else function


@_disable
def manufacturability(
    density: torch.Tensor,
    problem: Union[Problem, Sequence[Problem]],
    terms: Optional[Sequence[str]] = None,
    parameters: Optional[torch.Tensor] = None,
    accuracy: float = 0.0,
) -> torch.Tensor:
    """The term's value of every design, differentiable once.

    Args:
        density: `[*shape]` or `[batch, *shape]` on the CPU, float32 or float64, within [0, 1]. A channel axis of 1 behind the batch,
            as generators have it, is taken too.
        problem: one, or one for every design of the batch.
        terms: names of terms. None: the weighted total.
        parameters: values of the problem's parameters, `[parameters]` in the order of `problem.parameters`: then the gradient goes to
            these too. None: the problem's own.
        accuracy: relative residual of solves; 0 for 1e-12 (adjoints 1e-8), 1e-6 is what training needs.

    Returns:
        `[batch]`, or `[batch, terms]` where terms are named; without a batch axis in, without one out. In the problem's units, with
        density's type.

    Cost:
        One factorization per design in the forward pass, and there too the adjoint solve, one for each named term. The backward pass
        multiplies; with `parameters` and named terms it evaluates once more.

    Raises:
        gcgan.ArgumentError: a wrong shape, type or device.
        gcgan.EvaluationError: names each design that cannot be evaluated.
    """
    problems = [problem] if isinstance(problem, Problem) else list(problem)
    if not problems:
        raise ArgumentError("there is no problem")
    if not isinstance(density, torch.Tensor):
        raise ArgumentError(f"'density' is a {type(density).__name__}, and a tensor is needed")
    for name, tensor in (("density", density), ("parameters", parameters)):
        if tensor is not None and tensor.device.type != "cpu":
            raise ArgumentError(f"'{name}' is on {tensor.device}: move it to the CPU with .cpu(), whose gradient follows")
    if density.dtype not in (torch.float32, torch.float64):
        raise ArgumentError(f"'density' has the type {density.dtype}, and float32 or float64 is needed")
    shape = problems[0].shape
    designs = density
    if density.dim() == len(shape) + 2 and density.shape[1] == 1:
        designs = density[:, 0]
    is_batch = designs.dim() == len(shape) + 1
    designs = designs if is_batch else designs.unsqueeze(0)
    names = [term.name for term in problems[0].terms]
    places: Optional[Tuple[int, ...]] = None
    if terms is not None:
        unknown = [name for name in terms if name not in names]
        if unknown:
            raise ArgumentError(f"the problem has no term '{unknown[0]}': it has {', '.join(names)}")
        places = tuple(names.index(name) for name in terms)
    if parameters is not None and len(problems) > 1:
        raise ArgumentError("'parameters' belong to one problem: give one problem")
    values = _Term.apply(designs, parameters, problems, places, accuracy)
    return values if is_batch else values[0]


class _Term(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, designs: torch.Tensor, parameters: Optional[torch.Tensor], problems: Sequence[Problem], places: Any, accuracy: float) -> torch.Tensor:
        if parameters is not None:
            problems = [problems[0].with_parameters(parameters.detach().double().tolist())]
        by_design, by_parameter = ctx.needs_input_grad[:2]
        array = designs.detach().numpy()
        result = evaluate(
            problems, array,
            gradient=places is None and by_design,
            term_gradients=places is not None and by_design,
            parameter_gradients=places is None and by_parameter,
            accuracy=accuracy,
        )
        ctx.problems, ctx.places, ctx.accuracy = problems, places, accuracy
        gradient = result.gradient if places is None else result.term_gradients
        ctx.has_gradient = gradient is not None
        if gradient is not None:
            ctx.save_for_backward(torch.from_numpy(gradient))
        ctx.by_parameter = result.parameter_gradients
        ctx.designs = array if places is not None and by_parameter else None
        ctx.parameter_type = None if parameters is None else parameters.dtype
        values = result.total if places is None else result.values[:, list(places)]
        return torch.from_numpy(np.ascontiguousarray(values)).to(designs.dtype)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, output: torch.Tensor) -> Any:
        by_design = by_parameter = None
        if ctx.has_gradient:
            (gradient,) = ctx.saved_tensors
            if ctx.places is None:
                by_design = output.reshape([-1] + [1] * (gradient.dim() - 1)) * gradient
            else:
                by_design = torch.einsum("bt,bt...->b...", output.to(gradient.dtype), gradient[:, list(ctx.places)])
        if ctx.needs_input_grad[1]:
            weights = output.detach().double().numpy()
            if ctx.places is None:
                sums = weights @ ctx.by_parameter
            else:
                slopes = np.zeros((len(weights), len(ctx.problems[0].terms)))
                for column, place in enumerate(ctx.places):
                    slopes[:, place] += weights[:, column]
                again = evaluate(
                    ctx.problems, ctx.designs, gradient=False, parameter_gradients=True, slopes=slopes, accuracy=ctx.accuracy)
                sums = again.parameter_gradients.sum(0)
            by_parameter = torch.from_numpy(np.ascontiguousarray(sums)).to(ctx.parameter_type)
        return by_design, by_parameter, None, None, None
