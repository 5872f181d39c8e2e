"""gcgan: stress and thermal expansion as a differentiable term, topology optimisation, decks and the validation of parts.

    problem = gcgan.Problem.load("bracket.yml")
    result = problem.evaluate(density)              # density: [rows, columns] or [batch, rows, columns]
    result.total, result.gradient

In PyTorch: `gcgan.torch.manufacturability(density, problem)`. gcgan is free software under the GPL, version 3 or later; a program that
imports it is under the GPL too when it is handed on.
"""

from __future__ import annotations

import json
import os
import sys
from ctypes import byref, c_void_p
from typing import Any, Callable, Dict, Mapping, Optional, Union

from ._library import (
    ArgumentError,
    EvaluationError,
    FOLDER,
    GcganError,
    InputError,
    LIBRARY,
    Stopped,
    Teller,
    WriteError,
    call,
    take,
    texts,
)
from ._problem import Evaluated, Optimised, Problem, Term, evaluate

__all__ = [
    "ArgumentError", "Evaluated", "EvaluationError", "GcganError", "InputError", "Optimised", "Problem", "Stopped", "Term", "WriteError",
    "evaluate", "set_threads", "solve", "validate", "versions",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # PyTorch takes a second to import: only who names it pays for it.
    if name == "torch":
        import importlib

        return importlib.import_module("gcgan.torch")
    raise AttributeError(f"module 'gcgan' has no attribute '{name}'")


def versions() -> Dict[str, str]:
    """Versions of gcgan and of the libraries in it."""
    return json.loads(take(c_void_p(LIBRARY.gcgan_versions())) or "{}")


def set_threads(count: int) -> None:
    """Processors that one call uses; 0 for all. For the whole process."""
    LIBRARY.gcgan_set_threads(count)


def solve(deck: Union[str, "os.PathLike[str]"], folder: Union[str, "os.PathLike[str]", None] = None) -> Dict[str, Any]:
    """Solves a deck (Abaqus, CalculiX), and gives what `gcgan-solve` writes into NAME.json.

    Args:
        deck: the deck's path.
        folder: takes NAME.dat, NAME.vtu and NAME.json; None: nothing is written.
    """
    text = c_void_p()
    call("gcgan_solve_deck", os.fsencode(deck), None if folder is None else os.fsencode(folder), byref(text))
    return json.loads(take(text) or "{}")


def validate(
    *paths: Union[str, "os.PathLike[str]"], progress: Optional[Callable[[Mapping[str, Any]], Optional[bool]]] = None
) -> Dict[str, Any]:
    """Validates parts, each in a process of its own, and gives the record of the run (`gcgan-run/1`).

    Args:
        paths: directories of parts, parts, or decks.
        progress: told a dict as each part ends; `False` ends the run (`Stopped`).
    """
    if not paths:
        raise ArgumentError("name a directory of parts")
    text = c_void_p()
    teller = Teller(None if progress is None else lambda line: progress(json.loads(line)))
    directories = texts([os.fspath(path) for path in paths])
    worker = texts([sys.executable, os.path.join(FOLDER, "_worker.py")])
    teller.call(
        "gcgan_validate", directories, len(directories), worker, len(worker), teller.pointer, None, byref(text)
    )
    return json.loads(take(text) or "{}")
