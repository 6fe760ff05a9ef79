"""What `make bench` makes of its measurements, without measuring."""

import argparse
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent.parent / "Benchmarks"))

import report  # noqa: E402
from bench import Bench  # noqa: E402
from cases import CASES  # noqa: E402
from peers.protocol import parse_schema  # noqa: E402
from settings import Settings  # noqa: E402
from workers import BenchError  # noqa: E402


def settings(only="", quick=False, processors=2):
    folder = pathlib.Path("folder")
    arguments = argparse.Namespace(only=only, quick=quick, build=folder, swift=folder, fashion=folder)
    return Settings.make(arguments, list(range(processors)))


def test_schema():
    assert parse_schema("2, 30 leakyrelu, 4, 1 sigmoid") == (2, [(30, "leakyrelu"), (4, "linear"), (1, "sigmoid")])


def test_operations_leave_out_the_gradient_by_the_inputs():
    case = next(case for case in CASES if case.name == "digits-128")
    assert case.operations == 2 * 128 * (3 * (784 * 128 + 128 * 10) - 784 * 128)


def test_only():
    assert settings("jax,curve").peers == ["jax"]
    assert [case.name for case in settings("jax,curve").cases] == ["curve"]
    assert settings("fashion").cases == []
    with pytest.raises(BenchError, match="no tensorflow .* expected some of ours, torch"):
        settings("tensorflow")


def test_what_is_left_out_is_told():
    assert any("compiler" in reason for reason in settings(quick=True).left_out)
    assert settings(processors=1).threads == [1]


def test_the_fastest_mode_counts_and_peers_may_use_fewer_threads():
    found = {
        ("curve", 1): {("ours", "native"): [9.0], ("jax", "scan"): [6.0]},
        ("curve", 2): {
            ("ours", "native"): [3.0, 1.0, 2.0], ("torch", "eager"): [10.0], ("torch", "compiled"): [8.0],
            ("jax", "scan"): [7.0]},
    }
    row = report.training_row(CASES[0], 2, report.with_fewer_threads(found, ("curve",), 2), {})
    assert row["microseconds"] == {"ours": 2.0, "torch": 8.0, "jax": 6.0}
    assert row["modes"]["torch"] == "compiled" and row["modes"]["jax"] == "scan on 1"
    assert row["bestPeer"] == "jax"
    assert row["ratio"] == {"value": 3.0, "target": 8, "met": False}
    assert row["leastMicroseconds"]["ours"] == 1.0 and row["leastRatio"] == 6.0


def test_goals():
    assert report.goal(1.8, 1.8)["met"] and not report.goal(1.7, 1.8)["met"]
    assert report.goal(0.4, 0.5, at_most=True)["met"] and not report.goal(0.6, 0.5, at_most=True)["met"]
    assert report.shown_goal(report.goal(0.7, 0.83), percent=True) == "70% (83%: MISSED)"
    assert report.shown_goal(None) == ""


def test_two_threads_are_compared_with_one():
    rows = [
        {"case": "wide-2048", "threads": 1, "microseconds": {"ours": 18.0}},
        {"case": "wide-2048", "threads": 2, "microseconds": {"ours": 9.0}}]
    report.add_speedups(rows)
    assert rows[1]["speedup"] == {"value": 2.0, "target": 1.8, "met": True}


def test_other_losses_are_refused():
    losses = {("ours", 1): {("curve", "native"): [1.0, 0.5]}, ("jax", 1): {("curve", "scan"): [1.00001, 0.51]}}
    with pytest.raises(BenchError, match=r"curve, step 2: jax \(scan\) on 1 has loss 0.51, ours .* 0.5"):
        Bench(settings()).compare(losses)
    losses["jax", 1]["curve", "scan"] = [1.00001, float("nan")]
    with pytest.raises(BenchError):
        Bench(settings()).compare(losses)


def test_remarks():
    rows = [{"modes": {"ours": "native", "torch": "eager"}}, {"modes": {"torch": "compiled on 1", "fann": "batch"}}]
    lines = report.modes_and_remarks(rows)
    assert lines[0] == "  PyTorch: compiled or eager"
    assert lines[1].startswith("  FANN: batch; one thread")
    assert lines[2].endswith("in some cases: PyTorch")


def test_table():
    assert report.table(["a", "bb"], [["xyz", "1"]]) == "a    bb\n---  --\nxyz   1"
