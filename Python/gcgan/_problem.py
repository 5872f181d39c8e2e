"""Problems, their evaluation and their optimisation."""

from __future__ import annotations

import base64
import json
import os
import struct
import zlib
from concurrent.futures import Future, ThreadPoolExecutor
from ctypes import POINTER, byref, c_double, c_int64, c_uint64, c_void_p
from dataclasses import dataclass
from typing import Any, Callable, Dict, Mapping, Optional, Sequence, Tuple, Union

import numpy as np

from . import _library
from ._library import ArgumentError, Array, Evaluation, LIBRARY, Teller, call, take

# Batches that run beside the caller.
_beside = ThreadPoolExecutor(max_workers=2, thread_name_prefix="gcgan")


@dataclass(frozen=True)
class Term:
    """One addend of the total: what is measured, and its weight."""

    name: str
    measure: str
    weight: float


class Evaluated:
    """Values and gradients of a batch, or of one design (then without the first axis).

    Attributes:
        total: sum of weight times value, `[batch]`.
        values: of the terms, not weighted, `[batch, terms]`.
        gradient: of the total (or of what `slopes` say) with respect to the design, `[batch, *shape]`; None where not asked for.
        term_gradients: of every term, `[batch, terms, *shape]`; None where not asked for.
        parameter_gradients: of the total with respect to the problem's parameters, `[batch, parameters]`; None where not asked for.
    """

    def __init__(self, density: np.ndarray, is_batch: bool, terms: Sequence[Term], **results: Optional[np.ndarray]):
        def item(result: Optional[np.ndarray]) -> Any:
            return result if result is None or is_batch else result[0]

        self._density, self._is_batch, self._terms = density, is_batch, terms
        self.total = item(results["total"])
        self.values = item(results["values"])
        self.gradient = item(results["gradient"])
        self.term_gradients = item(results["term_gradients"])
        self.parameter_gradients = item(results["parameter_gradients"])

    def __repr__(self) -> str:
        if self._is_batch:
            return f"<{len(self.total)} designs evaluated, terms: {', '.join(term.name for term in self._terms)}>"
        values = ", ".join(f"{term.name} {value:.6g}" for term, value in zip(self._terms, self.values))
        return f"<design evaluated: total {self.total:.6g}, {values}>"

    def _repr_html_(self) -> str:
        rows = np.atleast_2d(self.values)
        cells = "".join(
            f"<td>{_picture(density)}<br>" + "<br>".join(f"{term.name} {value:.4g}" for term, value in zip(self._terms, row)) + "</td>"
            for density, row in list(zip(self._density, rows))[:8]
        )
        return f"<table><tr>{cells}</tr></table>"


class Optimised:
    """What an optimisation ended with.

    Attributes:
        density: what would be built, of the problem's image shape.
        design: the design before filter and projection.
        state: `converged`, `limitReached` or `stopped`.
        history: a dict per iteration: objective, terms, volume, violation, change, greyness.
    """

    def __init__(self, density: np.ndarray, design: np.ndarray, history: Mapping[str, Any]):
        self.density, self.design = density, design
        self.state: str = history["state"]
        self.history: Sequence[Mapping[str, Any]] = history["iterations"]

    def __repr__(self) -> str:
        last = self.history[-1]
        return f"<optimised: {self.state} after {last['number']} iterations, objective {last['objective']:.6g}, volume {last['volume']:.3f}>"

    def _repr_html_(self) -> str:
        return f"{_picture(self.density)}<br>{self!r}".replace("<optimised", "&lt;optimised")


class Problem:
    """A problem made ready: what a design has to stand, and how it is measured.

    Units are the problem's: SI where its file has units, else the file's own. Densities are within [0, 1], row 0 at the top.
    A problem may be used by several threads at once.
    """

    def __init__(self, handle: int):
        self._handle = handle
        text = c_void_p()
        call("gcgan_problem_describe", handle, byref(text))
        described = json.loads(take(text) or "{}")
        self.title: Optional[str] = described["title"]
        #: Shape of a design: [rows, columns], [layers, rows, columns], or [2, ...] with two solids.
        self.shape: Tuple[int, ...] = tuple(described["designShape"])
        #: Shape of an image: the design's without the axis of two solids.
        self.image_shape: Tuple[int, ...] = tuple(described["imageShape"])
        self.terms: Tuple[Term, ...] = tuple(Term(**term) for term in described["terms"])
        #: The numbers with respect to which there are gradients, by their names.
        self.parameters: Dict[str, float] = {entry["name"]: entry["value"] for entry in described["parameters"]}

    @classmethod
    def load(cls, path: Union[str, "os.PathLike[str]"]) -> "Problem":
        """Reads a problem file, such as `bracket.yml`.

        Raises:
            InputError: all that is wrong in the file, each fault with its line.
        """
        handle = c_uint64()
        call("gcgan_problem_read", os.fsencode(path), byref(handle))
        return cls(handle.value)

    @classmethod
    def parse(cls, text: str, name: str = "the text") -> "Problem":
        """Reads the text of a problem file; `name` stands in messages."""
        handle, data = c_uint64(), text.encode()
        call("gcgan_problem_parse", data, len(data), name.encode(), byref(handle))
        return cls(handle.value)

    def with_parameters(self, parameters: Union[Mapping[str, float], Sequence[float]]) -> "Problem":
        """The same problem with other values of its parameters: some by their names, or all in their order."""
        if isinstance(parameters, Mapping):
            unknown = sorted(set(parameters) - set(self.parameters))
            if unknown:
                raise ArgumentError(f"the problem has no parameter '{unknown[0]}': it has {', '.join(self.parameters)}")
            values = [float(parameters.get(name, value)) for name, value in self.parameters.items()]
        else:
            values = [float(value) for value in parameters]
        handle = c_uint64()
        call("gcgan_problem_with_parameters", self._handle, (c_double * len(values))(*values), len(values), byref(handle))
        return Problem(handle.value)

    def close(self) -> None:
        """Lets go of the problem; calls that run go on. A second call does nothing."""
        handle, self._handle = self._handle, 0
        if handle:
            call("gcgan_problem_release", handle)

    def __del__(self) -> None:
        # At the interpreter's exit the library's names may be gone already.
        if getattr(self, "_handle", 0) and LIBRARY is not None and call is not None:
            try:
                self.close()
            except Exception:
                pass

    def __repr__(self) -> str:
        shape = " x ".join(map(str, self.shape))
        return f"<gcgan.Problem {self.title or ''} {shape}: {', '.join(term.name for term in self.terms)}>"

    def evaluate(
        self,
        density: np.ndarray,
        gradient: bool = True,
        term_gradients: bool = False,
        parameter_gradients: bool = False,
        slopes: Optional[np.ndarray] = None,
        accuracy: float = 0.0,
    ) -> Evaluated:
        """Values and gradients of a design, or of a batch of them side by side.

        Args:
            density: `[*shape]` or `[batch, *shape]`, float32 or float64, any strides; read in place.
            gradient: whether the gradient of the total is wanted. It costs one adjoint solve, no second factorization.
            term_gradients: whether the gradient of every term is wanted; one adjoint solve for each.
            parameter_gradients: whether derivatives with respect to the parameters are wanted.
            slopes: `[batch, terms]`: gradients are of sum slope * value in place of the total.
            accuracy: relative residual of solves; 0 for 1e-12 (adjoints 1e-8).

        Raises:
            ArgumentError: a wrong shape or type.
            EvaluationError: names each design that cannot be evaluated, and why.
        """
        return evaluate([self], density, gradient, term_gradients, parameter_gradients, slopes, accuracy)

    def submit(self, density: np.ndarray, **options: Any) -> "Future[Evaluated]":
        """As `evaluate`, beside the caller: `submit(batch).result()` waits. Do not change the batch meanwhile."""
        return _beside.submit(self.evaluate, density, **options)

    def optimise(
        self, start: Optional[np.ndarray] = None, progress: Optional[Callable[[Mapping[str, Any]], Optional[bool]]] = None
    ) -> Optimised:
        """Topology optimisation, as the file's `optimisation` says.

        Args:
            start: the first design; None for a uniform one.
            progress: told a dict after every iteration; `False` ends the run (`Stopped`). Ctrl-C ends it too (`KeyboardInterrupt`).
        """
        design, density = np.empty(self.shape), np.empty(self.image_shape)
        begin = None if start is None else np.asarray(start)
        history = c_void_p()
        teller = Teller(None if progress is None else lambda text: progress(json.loads(text)))
        arrays = [None if a is None else _Strided(a, "start").array for a in (begin, design, density)]
        teller.call(
            "gcgan_optimise", self._handle, *[None if a is None else byref(a) for a in arrays], teller.pointer, None, byref(history)
        )
        return Optimised(density, design, json.loads(take(history) or "{}"))


def evaluate(
    problems: Sequence[Problem],
    density: np.ndarray,
    gradient: bool = True,
    term_gradients: bool = False,
    parameter_gradients: bool = False,
    slopes: Optional[np.ndarray] = None,
    accuracy: float = 0.0,
) -> Evaluated:
    """As `Problem.evaluate`, of designs of different problems: one problem, or one for each design.

    Problems on equal grids that solve for the same fields share batches, whatever their supports and loads.
    """
    if not problems:
        raise ArgumentError("there is no problem")
    first = problems[0]
    given = np.asarray(density)
    is_batch = given.ndim == len(first.shape) + 1
    designs = given if is_batch else given[np.newaxis]
    batch, terms = designs.shape[0] if designs.ndim else 0, len(first.terms)
    inputs = _Strided(designs, "density")
    kept = [inputs]
    call_of = Evaluation(problem_count=len(problems), designs=inputs.array, accuracy=accuracy)
    handles = (c_uint64 * len(problems))(*[problem._handle for problem in problems])
    call_of.problems = handles
    total, values = np.empty(batch), np.empty((batch, terms))
    call_of.totals, call_of.values = total.ctypes.data, values.ctypes.data

    def result(shape: Tuple[int, ...], name: str) -> np.ndarray:
        array = np.empty(shape, designs.dtype)
        kept.append(_Strided(array, name))
        setattr(call_of, name, kept[-1].array)
        return array

    gradients = result(designs.shape, "gradient") if gradient else None
    by_term = result((batch, terms) + first.shape, "term_gradients") if term_gradients else None
    by_parameter = np.empty((batch, len(first.parameters))) if parameter_gradients else None
    if by_parameter is not None:
        call_of.parameter_gradients = by_parameter.ctypes.data
    if slopes is not None:
        factors = np.ascontiguousarray(slopes, dtype=np.float64)
        if factors.shape != (batch, terms):
            raise ArgumentError(f"'slopes' has the shape {factors.shape}, and this batch needs {(batch, terms)}")
        call_of.slopes = factors.ctypes.data
    call("gcgan_evaluate", byref(call_of))
    return Evaluated(
        designs, is_batch, first.terms,
        total=total, values=values, gradient=gradients, term_gradients=by_term, parameter_gradients=by_parameter,
    )


class _Strided:
    """A NumPy array as the library sees it: in place, by its strides."""

    def __init__(self, array: np.ndarray, name: str):
        kinds = {np.dtype(np.float32): _library.FLOAT32, np.dtype(np.float64): _library.FLOAT64}
        if array.dtype not in kinds:
            raise ArgumentError(f"'{name}' has the type {array.dtype}, and float32 or float64 is needed")
        if array.ndim > 8:
            raise ArgumentError(f"'{name}' has {array.ndim} axes, and at most 8 are possible")
        self._kept = (array, (c_int64 * array.ndim)(*array.shape), (c_int64 * array.ndim)(*array.strides))
        self.array = Array(array.ctypes.data, kinds[array.dtype], array.ndim, self._kept[1], self._kept[2])


def _picture(density: np.ndarray) -> str:
    """A design as a picture in HTML: dark where solid."""
    image = density.reshape((-1,) + density.shape[-2:])[0]
    grey = (255 * (1 - np.clip(np.asarray(image, dtype=float), 0, 1))).round().astype(np.uint8)
    scale = max(1, 192 // max(grey.shape))
    grey = grey.repeat(scale, 0).repeat(scale, 1)
    rows = b"".join(b"\0" + row.tobytes() for row in grey)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", grey.shape[1], grey.shape[0], 8, 0, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return f'<img alt="design" src="data:image/png;base64,{base64.b64encode(png).decode()}">'
