"""What a run of `make bench` is to do."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from cases import CASES, QUALITY, Case
from workers import BenchError


@dataclass(frozen=True)
class Peer:
    title: str
    #: Whether it does exactly the same work, so that its losses have to be the same.
    does_the_same: bool = False
    trains: bool = True
    #: For how many rows it is asked to predict.
    predicts: tuple[int, ...] = ()
    has_prediction_modes: bool = False
    #: The largest number of weights it is given; what is slower by far would only cost time.
    largest: float = float("inf")
    #: What it does otherwise.
    remark: str = ""

    def can(self, case: Case) -> bool:
        if not self.trains:
            return True
        return sum(a * b for a, b in zip(case.widths, case.widths[1:])) <= self.largest


PEERS = {
    "ours": Peer("Chainrule", does_the_same=True, predicts=(1, 256)),
    "torch": Peer("PyTorch", does_the_same=True, predicts=(1,)),
    "jax": Peer("JAX", does_the_same=True),
    "sklearn": Peer(
        "scikit-learn", remark="ReLU in all hidden layers, its own start"),
    "fann": Peer(
        "FANN", largest=10_000, remark="one thread; bounded linear activations, squared error, its own start"),
    "onnxruntime": Peer("ONNX Runtime", trains=False, predicts=(1, 256), has_prediction_modes=True),
}


@dataclass
class Settings:
    build: Path
    swift: Path
    fashion: Path | None
    quick: bool
    threads: list[int]
    peers: list[str]
    cases: list[Case]
    has_quality: bool
    rounds: int = 7
    #: After so many seconds no other round is begun, if there have been three.
    patience: float = 360
    #: How long each measurement lasts at least.
    seconds: float = 0.15
    #: How many seeds the time to quality is measured with.
    seeds: int = 3
    #: After how many steps everybody who does the same work has to have the same losses.
    checked_steps: int = 20
    left_out: list[str] = field(default_factory=list)

    @staticmethod
    def make(arguments, processors: list[int]) -> "Settings":
        """Settings from the command line's.

        Raises BenchError if something is asked for that there is not.
        """
        wanted = [name for name in arguments.only.split(",") if name]
        cases = {case.name: case for case in CASES}
        known = [*PEERS, *cases, QUALITY]
        for name in wanted:
            if name not in known:
                raise BenchError(f"there is no {name} to be timed alone; expected some of {', '.join(known)}")
        left_out = []
        peers = [name for name in PEERS if name in wanted] or list(PEERS)
        has_cases = any(name in cases for name in wanted)
        chosen = [case for name, case in cases.items() if name in wanted or not has_cases]
        has_quality = QUALITY in wanted or not has_cases
        if QUALITY in wanted and not has_cases:
            chosen = []
        if has_quality and not arguments.fashion:
            has_quality = False
            left_out.append("the time to quality: Fashion-MNIST was not given")
        if "fann" in peers and not os.environ.get("CHAINRULE_FANN"):
            peers.remove("fann")
            left_out.append("FANN, which is not installed")
        threads = [count for count in (1, 2) if count <= len(processors)]
        if threads == [1]:
            left_out.append("two threads: there is one processor")
        made = Settings(
            arguments.build, arguments.swift, arguments.fashion, arguments.quick, threads, peers, chosen, has_quality,
            left_out=left_out)
        if arguments.quick:
            made.rounds, made.seconds, made.seeds, made.checked_steps = 1, 0.05, 1, 4
            left_out.append("all rounds but one, all seeds but one, all steps but four of the comparison of losses")
            if "torch" in peers:
                left_out.append("PyTorch's compiler")
            if has_quality and QUALITY not in wanted:
                made.has_quality = False
                left_out.append(f"the time to quality (ONLY={QUALITY} asks for it)")
            if "sklearn" in peers and "sklearn" not in wanted:
                peers.remove("sklearn")
                left_out.append("scikit-learn")
        return made
