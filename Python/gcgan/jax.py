"""The manufacturability term in JAX.

    from gcgan.jax import manufacturability

    jax.grad(lambda x: manufacturability(jax.nn.sigmoid(x), problem).sum())(logits)
"""

from __future__ import annotations

from functools import partial
from typing import Any, Optional, Sequence, Tuple

import jax
import jax.numpy as jnp
import numpy as np

from ._library import ArgumentError
from ._problem import Problem

__all__ = ["manufacturability"]


def manufacturability(density: Any, problem: Problem, terms: Optional[Sequence[str]] = None, accuracy: float = 0.0) -> jax.Array:
    """The term's value of every design, differentiable once in reverse mode; under `jit` too.

    Args:
        density: `[*shape]` or `[batch, *shape]`, float32, or float64 where JAX has it switched on, within [0, 1].
        problem: the problem of all designs.
        terms: names of terms. None: the weighted total.
        accuracy: relative residual of solves; 0 for 1e-12 (adjoints 1e-8).

    Returns:
        `[batch]`, or `[batch, terms]` where terms are named; without a batch axis in, without one out.

    Raises:
        gcgan.ArgumentError: a wrong shape or type. What only the values show, such as NaN, ends the computation with the words of
        `gcgan.EvaluationError`.
    """
    designs = jnp.asarray(density)
    if designs.dtype not in (jnp.float32, jnp.float64):
        raise ArgumentError(f"'density' has the type {designs.dtype}, and float32 or float64 is needed")
    is_batch = designs.ndim == len(problem.shape) + 1
    designs = designs if is_batch else designs[None]
    if designs.shape[1:] != problem.shape:
        raise ArgumentError(f"'density' has the shape {designs.shape}, and the problem needs {(len(designs),) + problem.shape}")
    names = [term.name for term in problem.terms]
    unknown = [name for name in terms or () if name not in names]
    if unknown:
        raise ArgumentError(f"the problem has no term '{unknown[0]}': it has {', '.join(names)}")
    places = None if terms is None else tuple(names.index(name) for name in terms)
    values = _term(problem, places, accuracy, designs)
    return values if is_batch else values[0]


def _evaluate(problem: Problem, places: Optional[Tuple[int, ...]], accuracy: float, designs: jax.Array, gradient: bool) -> Any:
    batch, kind = designs.shape[0], designs.dtype

    def host(array: np.ndarray) -> Any:
        result = problem.evaluate(
            np.asarray(array), gradient=gradient and places is None, term_gradients=gradient and places is not None, accuracy=accuracy)
        values = result.total if places is None else result.values[:, list(places)]
        if not gradient:
            return values.astype(kind)
        slopes = result.gradient if places is None else result.term_gradients[:, list(places)]
        return values.astype(kind), slopes.astype(kind)

    axes = () if places is None else (len(places),)
    values = jax.ShapeDtypeStruct((batch,) + axes, kind)
    slopes = jax.ShapeDtypeStruct((batch,) + axes + problem.shape, kind)
    return jax.pure_callback(host, (values, slopes) if gradient else values, designs)


@partial(jax.custom_vjp, nondiff_argnums=(0, 1, 2))
def _term(problem: Problem, places: Optional[Tuple[int, ...]], accuracy: float, designs: jax.Array) -> jax.Array:
    return _evaluate(problem, places, accuracy, designs, gradient=False)


def _forward(problem: Problem, places: Optional[Tuple[int, ...]], accuracy: float, designs: jax.Array) -> Any:
    return _evaluate(problem, places, accuracy, designs, gradient=True)


def _backward(problem: Problem, places: Optional[Tuple[int, ...]], accuracy: float, slopes: jax.Array, output: jax.Array) -> Any:
    return (jnp.einsum("b...,b->b..." if places is None else "bt...,bt->b...", slopes, output),)


_term.defvjp(_forward, _backward)
