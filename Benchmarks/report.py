"""What was measured as one record, and the record as tables."""

import platform
import statistics
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from cases import (
    CASES, MEMORY_TARGET, PEAK_TARGET, PREDICTION_TARGETS, QUALITY_ACCURACY, QUALITY_TARGET, SPEEDUP_TARGET, Case)
from settings import PEERS, Settings

PACKAGES = {"torch": "torch", "jax": "jax", "sklearn": "scikit-learn", "onnxruntime": "onnxruntime"}


# MARK: The record


def results(settings: Settings, found: dict, quality: dict) -> dict:
    """Everything that was measured, with the ratios and whether they are what we want."""
    peaks = {threads: statistics.median(values) for threads, values in found.get("peak", {}).items()}
    training = [
        training_row(case, threads, with_fewer_threads(found["training"], (case.name,), threads), peaks)
        for case in (settings.cases if found else []) for threads in settings.threads]
    add_speedups(training)
    return {
        "machine": {"processor": processor_name(), "processors": max(settings.threads)},
        "versions": versions(settings.peers),
        "rounds": settings.rounds,
        "leftOut": settings.left_out,
        "peakGigaflops": {
            "instructions": found.get("instructions"),
            **{str(threads): round(peak, 1) for threads, peak in peaks.items()}},
        "training": [row for row in training if row["microseconds"]],
        "prediction": [
            prediction_row(*key, with_fewer_threads(found["prediction"], key[:2], key[2]))
            for key in found.get("prediction", {})],
        "quality": quality_record(quality),
    }


def with_fewer_threads(found: dict, case: tuple, threads: int) -> dict[tuple[str, str], list[float]]:
    """What was measured of a case on so many threads, and of the peers on fewer, which they may choose. We may not."""
    times = dict(found.get((*case, threads), {}))
    for fewer in range(1, threads):
        for (peer, mode), values in found.get((*case, fewer), {}).items():
            if peer != "ours":
                times[peer, f"{mode} on {fewer}".strip()] = values
    return times


def best_modes(
    times: dict[tuple[str, str], list[float]], summary=statistics.median
) -> tuple[dict[str, float], dict[str, str]]:
    """The median, or another summary, of each worker's rounds in its fastest mode, and that mode."""
    fastest: dict[str, float] = {}
    modes: dict[str, str] = {}
    for (peer, mode), values in times.items():
        value = summary(values)
        if value < fastest.get(peer, float("inf")):
            fastest[peer], modes[peer] = value, mode
    return fastest, modes


def undisturbed(times: dict[tuple[str, str], list[float]]) -> dict:
    """Each worker's best round, and the ratio of those: what is left when the machine does something else in most rounds."""
    least, _ = best_modes(times, min)
    return {"leastMicroseconds": least, "leastRatio": lead(least)[1]}


def lead(fastest: dict[str, float], among=lambda peer: True) -> tuple[str | None, float | None]:
    """The fastest peer, and how many times as long as we it takes."""
    peers = {peer: time for peer, time in fastest.items() if peer != "ours" and among(peer)}
    if not peers:
        return None, None
    best = min(peers, key=peers.get)
    return best, (peers[best] / fastest["ours"] if "ours" in fastest else None)


def goal(value: float | None, target: float, at_most: bool = False) -> dict | None:
    """A number beside the one that is wanted."""
    if value is None:
        return None
    return {"value": value, "target": target, "met": value <= target if at_most else value >= target}


def training_row(case: Case, threads: int, times: dict, peaks: dict[int, float]) -> dict:
    fastest, modes = best_modes(times)
    best, ratio = lead(fastest)
    same, same_ratio = lead(fastest, lambda peer: PEERS[peer].does_the_same)
    row = {
        "case": case.name, "schema": case.schema, "batch": case.batch, "threads": threads, "microseconds": fastest,
        "modes": modes, "rounds": {f"{peer} {mode}".strip(): values for (peer, mode), values in times.items()},
        "bestPeer": best, "ratio": goal(ratio, case.targets[threads]), "bestSamePeer": same, "sameRatio": same_ratio,
        **undisturbed(times)}
    if threads in peaks and "ours" in fastest:
        fraction = case.operations / (fastest["ours"] * 1e3) / peaks[threads]
        row["peakFraction"] = (
            goal(fraction, PEAK_TARGET) if case.is_large and threads == 1 else {"value": fraction})
    return row


def add_speedups(rows: list[dict]) -> None:
    """How much faster we are on two threads than on one, with the rows of two."""
    single = {row["case"]: row["microseconds"].get("ours") for row in rows if row["threads"] == 1}
    large = {case.name for case in CASES if case.is_large}
    for row in rows:
        ours, one = row["microseconds"].get("ours"), single.get(row["case"])
        if row["threads"] == 2 and ours and one:
            row["speedup"] = goal(one / ours, SPEEDUP_TARGET) if row["case"] in large else {"value": one / ours}


def prediction_row(name: str, rows: int, threads: int, times: dict) -> dict:
    fastest, modes = best_modes(times)
    best, ratio = lead(fastest)
    return {
        "case": name, "rows": rows, "threads": threads, "microseconds": fastest, "modes": modes, "bestPeer": best,
        "rounds": {f"{peer} {mode}".strip(): values for (peer, mode), values in times.items()},
        "ratio": goal(ratio, PREDICTION_TARGETS[rows]), **undisturbed(times)}


def quality_record(quality: dict) -> dict:
    record: dict = {"accuracy": QUALITY_ACCURACY, "peers": quality}
    if "ours" in quality and len(quality) > 1:
        for key, name in (("seconds", "ratio"), ("processSeconds", "processRatio")):
            best, ratio = lead({peer: run[key] for peer, run in quality.items()})
            record[name] = goal(ratio, QUALITY_TARGET) | {"bestPeer": best}
    if "ours" in quality and "torch" in quality:
        share = quality["ours"]["peakBytes"] / quality["torch"]["peakBytes"]
        record["memory"] = goal(share, MEMORY_TARGET, at_most=True)
    return record


def processor_name() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def versions(peers: list[str]) -> dict[str, str]:
    found = {}
    for peer in peers:
        try:
            found[PEERS[peer].title] = version(PACKAGES[peer])
        except (KeyError, PackageNotFoundError):
            pass
    return found


# MARK: The tables


def shown(value: float) -> str:
    """A time or a ratio with three digits or so."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def shown_goal(found: dict | None, percent: bool = False) -> str:
    """`8.31 (8: met)`; without a target, the number alone."""
    if not found or found["value"] is None:
        return ""
    value = f"{found['value']:.0%}" if percent else f"{found['value']:.2f}"
    if "target" not in found:
        return value
    target = f"{found['target']:.0%}" if percent else f"{found['target']:g}"
    return f"{value} ({target}: {'met' if found['met'] else 'MISSED'})"


def table(header: list[str], rows: list[list[str]]) -> str:
    """Columns under each other, the first one to the left."""
    widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]

    def line(row: list[str]) -> str:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))]
        return "  ".join(cells).rstrip()

    return "\n".join([line(header), "  ".join("-" * width for width in widths), *map(line, rows)])


def times_table(rows: list[dict], first: list[str], cells, more: list[str], more_cells) -> str:
    """A table with a column for each worker that is in one of the rows."""
    peers = [peer for peer in PEERS if any(peer in row["microseconds"] for row in rows)]

    def time(row: dict, peer: str) -> str:
        if peer not in row["microseconds"]:
            return "–"
        return shown(row["microseconds"][peer])

    body = [[*cells(row), *(time(row, peer) for peer in peers), *more_cells(row)] for row in rows]
    return table([*first, *(PEERS[peer].title for peer in peers), *more], body)


def text(record: dict) -> str:
    """The record, to be read."""
    versions = ", ".join(f"{name} {number}" for name, number in record["versions"].items())
    parts = [f"{record['machine']['processor']}; {versions}"]
    peaks = record["peakGigaflops"]
    if peaks["instructions"]:
        amounts = ", ".join(f"{value} on {key}" for key, value in peaks.items() if key != "instructions")
        parts.append(f"Peak of fused multiply-adds ({peaks['instructions']}): {amounts} thread(s), GFLOP/s.")
    if record["training"]:
        parts.append("Training, microseconds a step (medians over the rounds):\n" + times_table(
            record["training"], ["case", "batch", "threads"],
            lambda row: [row["case"], str(row["batch"]), str(row["threads"])],
            ["best peer/ours", "best rounds", "same work", "of peak", "2 threads"],
            lambda row: [
                shown_goal(row["ratio"]), shown(row["leastRatio"]) if row["leastRatio"] else "",
                shown(row["sameRatio"]) if row["sameRatio"] else "",
                shown_goal(row.get("peakFraction"), percent=True), shown_goal(row.get("speedup"))]))
        parts.append("\n".join(modes_and_remarks(record["training"])))
    if record["prediction"]:
        parts.append("Prediction, microseconds a call:\n" + times_table(
            record["prediction"], ["case", "rows", "threads"],
            lambda row: [row["case"], str(row["rows"]), str(row["threads"])],
            ["best peer/ours", "best rounds"],
            lambda row: [shown_goal(row["ratio"]), shown(row["leastRatio"]) if row["leastRatio"] else ""]))
    if record["quality"]["peers"]:
        parts.append(quality_text(record["quality"]))
    if record["leftOut"]:
        parts.append("Left out: " + "; ".join(record["leftOut"]) + ".")
    return "\n\n".join(parts)


def modes_and_remarks(rows: list[dict]) -> list[str]:
    lines = []
    for peer, about in PEERS.items():
        used = sorted({row["modes"][peer].partition(" on ")[0] for row in rows if peer in row["modes"]})
        if peer != "ours" and used:
            lines.append("; ".join(filter(None, [f"  {about.title}: {' or '.join(used)}", about.remark])))
    alone = sorted({PEERS[peer].title for row in rows for peer, mode in row["modes"].items() if " on " in mode})
    if alone:
        lines.append(f"  faster on one thread than on two, and shown with one, in some cases: {', '.join(alone)}")
    return lines


def quality_text(quality: dict) -> str:
    header = ["to the accuracy", "seconds", "of them reading", "whole process", "threads", "epochs", "memory, MB"]
    rows = [
        [PEERS[peer].title, f"{run['seconds']:.2f}", f"{run['readingSeconds']:.2f}", f"{run['processSeconds']:.2f}",
         f"{run['threads']:g}", f"{run['epochs']:g}", f"{run['peakBytes'] / 1e6:.0f}"]
        for peer, run in quality["peers"].items()]
    lines = [f"Fashion-MNIST to {quality['accuracy']:.0%} test accuracy:\n" + table(header, rows)]
    if "ratio" in quality:
        lines.append(f"  better peer/ours: {shown_goal(quality['ratio'])}; "
                     f"the whole process: {shown_goal(quality['processRatio'])}")
    if "memory" in quality:
        lines.append(f"  memory, ours/PyTorch: {shown_goal(quality['memory'], percent=True)}")
    return "\n".join(lines)
