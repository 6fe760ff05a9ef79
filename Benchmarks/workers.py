"""Processes that time something, and how they are spoken to. peers/protocol.py tells what is said."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent


class BenchError(Exception):
    """What keeps the benchmark from going on, in words."""


def processors() -> list[int]:
    """The processors this process may use; numbers only stand for them where it cannot be told."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))


def environment(threads: int, build: Path) -> dict[str, str]:
    """The environment of a worker: every library that has threads is told how many."""
    count = str(threads)
    return os.environ | {
        "OMP_NUM_THREADS": count, "MKL_NUM_THREADS": count, "OPENBLAS_NUM_THREADS": count,
        "PYTHONDONTWRITEBYTECODE": "1", "TORCHINDUCTOR_CACHE_DIR": str(build / "torch-cache"),
        # One compilation at a time, in the worker itself: no processes of its own that stay.
        "TORCHINDUCTOR_COMPILE_THREADS": "1",
    }


def pin(threads: int):
    """What a process does before it starts, to stay on as many processors as it has threads."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    chosen = processors()[:threads]
    return lambda: os.sched_setaffinity(0, chosen)


class Worker:
    """A process that keeps running and answers commands, one at a time."""

    def __init__(self, peer: str, threads: int, command: list[str], build: Path):
        self.peer, self.threads = peer, threads
        #: The ways each case can be done, by its name.
        self.modes: dict[str, list[str]] = {}
        log = build / f"{peer}-{threads}.log"
        self.log = log
        with log.open("wb") as errors:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True,
                env=environment(threads, build), preexec_fn=pin(threads))

    def ask(self, **command) -> dict:
        """Sends a command and waits for the answer.

        Raises BenchError if the worker has ended or could not do it.
        """
        what = f"{command['op']} {command.get('case', '')} {command.get('mode', '')}".strip()
        try:
            self.process.stdin.write(json.dumps(command) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise BenchError(
                f"the worker of {self.peer} on {self.threads} threads ended when it was asked to {what}. "
                f"It left this:\n{self.last_words()}")
        answer = json.loads(line)
        if "error" in answer:
            raise BenchError(f"{self.peer} on {self.threads} threads could not {what}: {answer['error']} ({self.log})")
        return answer

    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])

    def processor_seconds(self) -> float | None:
        """How long the process has computed so far, where the system tells."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


def idle_share(workers: list[Worker], seconds: float = 1) -> dict[str, float]:
    """The workers that compute although nobody has asked them to, and how much of a processor they take."""
    before = [worker.processor_seconds() for worker in workers]
    time.sleep(seconds)
    busy = {}
    for worker, start in zip(workers, before):
        end = worker.processor_seconds()
        if start is not None and end is not None and (end - start) / seconds > 0.02:
            busy[f"{worker.peer} on {worker.threads}"] = round((end - start) / seconds, 2)
    return busy


def command(peer: str, threads: int, swift: Path) -> list[str]:
    """How to start the worker of a peer."""
    if peer == "ours":
        return [str(swift / "StepBenchmark"), str(threads)]
    return [sys.executable, str(HERE / "peers" / f"{peer}_peer.py"), str(threads)]
