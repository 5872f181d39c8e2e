"""The C interface of libgcgan.so: one Python function for each of its functions."""

from __future__ import annotations

import ctypes
import os
from ctypes import POINTER, byref, c_char_p, c_double, c_int32, c_int64, c_size_t, c_uint32, c_uint64, c_void_p
from typing import Callable, Optional, Sequence

FOLDER = os.path.dirname(os.path.abspath(__file__))
#: GCGAN_INTERFACE_MAJOR and MINOR of the header that this file was written for.
INTERFACE = (1, 0)

SUCCESS, NOT_EVALUATED, USAGE, DATA, INTERNAL, CANNOT_WRITE, STOPPED = 0, 3, 64, 65, 70, 73, 130
FLOAT32, FLOAT64 = 0, 1


class GcganError(Exception):
    """What gcgan says is wrong; `status` is the exit code that its programs would end with."""

    status = INTERNAL


class ArgumentError(GcganError, ValueError):
    """A wrong argument: a shape, a type, a closed problem."""

    status = USAGE


class InputError(GcganError, ValueError):
    """A wrong file or text; each fault has a line."""

    status = DATA


class EvaluationError(GcganError, RuntimeError):
    """What cannot be evaluated: a design with NaN, a load on void, a body that is not held."""

    status = NOT_EVALUATED


class WriteError(GcganError, OSError):
    """A file that could not be written."""

    status = CANNOT_WRITE


class Stopped(GcganError):
    """The progress function asked for the end."""

    status = STOPPED


_ERRORS = {error.status: error for error in (ArgumentError, InputError, EvaluationError, WriteError, Stopped)}


class Array(ctypes.Structure):
    """struct gcgan_array"""

    _fields_ = [
        ("data", c_void_p),
        ("type", c_int32),
        ("rank", c_int32),
        ("shape", POINTER(c_int64)),
        ("strides", POINTER(c_int64)),
    ]


class Evaluation(ctypes.Structure):
    """struct gcgan_evaluation"""

    _fields_ = [
        ("problems", POINTER(c_uint64)),
        ("problem_count", c_int64),
        ("designs", Array),
        ("slopes", c_void_p),
        ("totals", c_void_p),
        ("values", c_void_p),
        ("gradient", Array),
        ("term_gradients", Array),
        ("parameter_gradients", c_void_p),
        ("statuses", c_void_p),
        ("accuracy", c_double),
    ]


Progress = ctypes.CFUNCTYPE(c_int32, c_char_p, c_void_p)
_Text = POINTER(c_void_p)


def _load() -> ctypes.CDLL:
    path = os.path.join(FOLDER, "libgcgan.so")
    try:
        library = ctypes.CDLL(path)
    except OSError as error:
        raise ImportError(f"{path} cannot be loaded: {error}. Install gcgan from a wheel ('make wheel' builds one)") from None
    library.gcgan_interface_version.restype = c_uint32
    version = library.gcgan_interface_version()
    if version >> 16 != INTERFACE[0] or version & 0xFFFF < INTERFACE[1]:
        raise ImportError(
            f"{path} has the interface {version >> 16}.{version & 0xFFFF}, and this package needs {INTERFACE[0]}.{INTERFACE[1]}: "
            "install both from one wheel"
        )
    signatures = {
        "gcgan_problem_read": [c_char_p, POINTER(c_uint64), _Text],
        "gcgan_problem_parse": [c_char_p, c_size_t, c_char_p, POINTER(c_uint64), _Text],
        "gcgan_problem_release": [c_uint64, _Text],
        "gcgan_problem_describe": [c_uint64, _Text, _Text],
        "gcgan_problem_with_parameters": [c_uint64, POINTER(c_double), c_int64, POINTER(c_uint64), _Text],
        "gcgan_evaluate": [POINTER(Evaluation), _Text],
        "gcgan_optimise": [
            c_uint64, POINTER(Array), POINTER(Array), POINTER(Array), Progress, c_void_p, _Text, _Text,
        ],
        "gcgan_solve_deck": [c_char_p, c_char_p, _Text, _Text],
        "gcgan_validate": [POINTER(c_char_p), c_int64, POINTER(c_char_p), c_int64, Progress, c_void_p, _Text, _Text],
        "gcgan_answer_part": [POINTER(c_char_p), c_int64, _Text],
    }
    for name, arguments in signatures.items():
        function = getattr(library, name)
        function.argtypes, function.restype = arguments, c_int32
    library.gcgan_versions.restype = c_void_p
    library.gcgan_free.argtypes, library.gcgan_free.restype = [c_void_p], None
    library.gcgan_set_threads.argtypes, library.gcgan_set_threads.restype = [c_int32], None
    return library


LIBRARY = _load()


def take(text: c_void_p) -> Optional[str]:
    """The text that a call gave, freed."""
    if not text.value:
        return None
    try:
        return ctypes.string_at(text.value).decode()
    finally:
        LIBRARY.gcgan_free(text)


def call(name: str, *arguments: object) -> None:
    """Calls a function of the library; another status than success is an exception.

    ctypes lets go of the interpreter's lock for the time of the call.
    """
    message = c_void_p()
    status = getattr(LIBRARY, name)(*arguments, byref(message))
    words = take(message)
    if status != SUCCESS:
        raise _ERRORS.get(status, GcganError)(words or f"{name} ended with the status {status}")


def texts(list_of_texts: Sequence[str]) -> "ctypes.Array[c_char_p]":
    """An array of C strings."""
    return (c_char_p * len(list_of_texts))(*[os.fsencode(text) for text in list_of_texts])


class Teller:
    """A Python function as a progress function: what the function raises (Ctrl-C) ends the call and is raised after it."""

    def __init__(self, function: Optional[Callable[[str], object]]):
        self._function = function
        self._error: Optional[BaseException] = None
        self.pointer = Progress(self._tell)

    def _tell(self, json: bytes, _: object) -> int:
        try:
            if self._function is not None and self._function(json.decode()) is False:
                return 1
        except BaseException as error:
            self._error = error
            return 1
        return 0

    def call(self, name: str, *arguments: object) -> None:
        """As `call()`; raises what the progress function raised in place of `Stopped`."""
        try:
            call(name, *arguments)
        except Stopped:
            if self._error is not None:
                raise self._error from None
            raise
