"""The child process that evaluates one part for `gcgan.validate`; run as a script, without the rest of the package."""

import ctypes
import os
import sys

library = ctypes.CDLL(os.path.join(os.path.dirname(os.path.abspath(__file__)), "libgcgan.so"))
arguments = [os.fsencode(argument) for argument in sys.argv[1:]]
message = ctypes.c_char_p()
status = library.gcgan_answer_part(
    (ctypes.c_char_p * len(arguments))(*arguments), ctypes.c_int64(len(arguments)), ctypes.byref(message)
)
if status != 0:
    sys.stderr.write(f"{(message.value or b'').decode()}\n")
os._exit(0 if status == 0 else 1)
