"""FANN, the library in C that Debian has: fann.c, compiled, called from here. It has one thread.

    CHAINRULE_FANN=LIBRARY python fann_peer.py THREADS
"""

import ctypes
import os

import numpy

import protocol

library = ctypes.CDLL(os.environ["CHAINRULE_FANN"])
library.case_create.restype = ctypes.c_void_p
library.case_restart.argtypes = [ctypes.c_void_p]
library.case_train.argtypes = [ctypes.c_void_p, ctypes.c_long]


class FannCase:
    def __init__(self, case: protocol.Case):
        self.unit = case.batches
        widths = numpy.array([case.inputs, *(outputs for outputs, _ in case.layers)], numpy.uint32)
        self.pointer = library.case_create(
            len(widths), widths.ctypes.data_as(ctypes.c_void_p), int(case.layers[-1][1] == "sigmoid"),
            ctypes.c_float(case.rate), case.batch, case.batches, case.x.ctypes.data_as(ctypes.c_void_p),
            case.y.ctypes.data_as(ctypes.c_void_p))
        if not self.pointer:
            raise MemoryError(f"FANN could not make the case {case.name}")

    def run(self, seconds: float) -> dict:
        library.case_restart(self.pointer)
        return protocol.timed(lambda times: library.case_train(self.pointer, times), self.unit, seconds)


CASES: dict[str, FannCase] = {}


def obey(command: dict) -> dict:
    name = command["case"]
    match command["op"]:
        case "load":
            CASES[name] = FannCase(protocol.read_case(command))
            return {"modes": ["batch"]}
        case "run":
            return CASES[name].run(command["seconds"])
    raise ValueError(f"FANN's worker does not know {command['op']}")


if __name__ == "__main__":
    protocol.serve(obey)
