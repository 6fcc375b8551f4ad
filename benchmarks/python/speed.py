"""Measures of the peers what org.hpo4j.benchmarks.speed measures; prints library,quantity,sampler,trials,value.

The load is the same: ten floats in [-5, 5] and the sum of their squares, in memory, one thread, samplers with
their defaults. A shot of 20 consecutive asks starts with a new study of the given history.
"""

import argparse
import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is loaded

import statistics
import time
import tracemalloc
from collections.abc import Callable

import hyperopt
import numpy
import optuna
import rustuna
import torch

optuna.logging.set_verbosity(optuna.logging.ERROR)
torch.set_num_threads(1)

ASKS = 20
STUDY_TRIALS = 1_000
HEAP_TRIALS = 10_000  # a hundred thousand would take minutes, for the same figure a trial


class Stopwatch:
    """Microseconds an operation, elapsed and of processor time."""

    def __init__(self, operations: int) -> None:
        self.operations = operations

    def __enter__(self) -> "Stopwatch":
        self.start = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_) -> None:
        self.elapsed = (time.perf_counter() - self.start[0]) / self.operations * 1e6
        self.cpu = (time.process_time() - self.start[1]) / self.operations * 1e6


class OptunaLike:
    """Optuna, and its port to Rust, which has the same interface."""

    def __init__(self, library, samplers: dict[str, type], handle: Callable) -> None:
        self.library, self.samplers = library, samplers
        self.handle = handle  # what tell() takes of a trial
        self.trials = []

    def study(self, sampler: str):
        return self.library.create_study(sampler=self.samplers[sampler](seed=1))

    def remember(self, trials: int) -> None:
        """Makes the longest history."""
        study = self.study("random")
        study.optimize(sphere, n_trials=trials)
        self.trials = list(study.trials)

    def shot(self, sampler: str, history: int) -> Stopwatch:
        study = self.study(sampler)
        for trial in self.trials[:history]:
            study.add_trial(trial)
        with Stopwatch(ASKS) as stopwatch:
            for _ in range(ASKS):
                trial = study.ask()
                study.tell(self.handle(trial), sphere(trial))
        return stopwatch

    def whole_study(self, sampler: str, trials: int) -> Stopwatch:
        study = self.study(sampler)
        with Stopwatch(trials) as stopwatch:
            study.optimize(sphere, n_trials=trials)
        return stopwatch


def sphere(trial) -> float:
    return sum(trial.suggest_float(f"x{i}", -5, 5) ** 2 for i in range(10))


class Hyperopt:
    """hyperopt asks and tells in one function only; its history is made anew for each shot."""

    SPACE = [hyperopt.hp.uniform(f"x{i}", -5, 5) for i in range(10)]
    ALGORITHMS = {"random": hyperopt.rand.suggest, "tpe": hyperopt.tpe.suggest}
    samplers = ALGORITHMS

    def remember(self, trials: int) -> None:
        pass

    def go_on(self, sampler: str, trials: hyperopt.Trials, until: int) -> None:
        hyperopt.fmin(
            lambda x: sum(v * v for v in x),
            self.SPACE,
            algo=self.ALGORITHMS[sampler],
            max_evals=until,
            trials=trials,
            rstate=numpy.random.default_rng(1),
            show_progressbar=False,
            verbose=False,
        )

    def shot(self, sampler: str, history: int) -> Stopwatch:
        trials = hyperopt.Trials()
        self.go_on("random", trials, history)
        with Stopwatch(ASKS) as stopwatch:
            self.go_on(sampler, trials, history + ASKS)
        return stopwatch

    def whole_study(self, sampler: str, trials: int) -> Stopwatch:
        with Stopwatch(trials) as stopwatch:
            self.go_on(sampler, hyperopt.Trials(), trials)
        return stopwatch


LIBRARIES = {
    "optuna": OptunaLike(
        optuna,
        {
            "random": optuna.samplers.RandomSampler,
            "tpe": optuna.samplers.TPESampler,
            "gp": optuna.samplers.GPSampler,
        },
        lambda trial: trial,
    ),
    "rustuna": OptunaLike(
        rustuna,
        {"random": rustuna.samplers.RandomSampler, "tpe": rustuna.samplers.TPESampler},
        lambda trial: trial.number,
    ),
    "hyperopt": Hyperopt(),
}


def report(library: str, quantity: str, sampler: str, trials: int, stopwatches: list[Stopwatch]) -> None:
    for suffix, values in (("", [s.elapsed for s in stopwatches]), ("_cpu", [s.cpu for s in stopwatches])):
        print(library, quantity + suffix, sampler, trials, statistics.median(values), sep=",", flush=True)


def bytes_per_trial(whole_study: Callable[[str, int], Stopwatch], study: Callable[[str], object]) -> float:
    """Of what Python allocates: a library that keeps its trials elsewhere cannot be measured so."""
    whole_study("random", 10)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    kept = study("random")
    kept.optimize(sphere, n_trials=HEAP_TRIALS)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (after - before) / HEAP_TRIALS


def measure(name: str, quick: bool) -> None:
    library = LIBRARIES[name]
    sizes = (100,) if quick else (100, 1_000, 10_000)
    library.remember(max(sizes))
    for sampler in library.samplers:
        if quick and sampler == "gp":
            continue
        library.shot(sampler, 100)  # not counted: first use loads and compiles
        for size in (100, 300, 500, 1_000) if sampler == "gp" else sizes:
            shots = 1 if sampler == "gp" or name == "hyperopt" else 2 if quick or size > 1_000 else 20
            report(name, "ask", sampler, size, [library.shot(sampler, size) for _ in range(shots)])
        if sampler == "random" or sampler == "tpe" and not quick:
            report(name, "trial", sampler, STUDY_TRIALS, [library.whole_study(sampler, STUDY_TRIALS)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="short histories: shows that all works")
    quick = parser.parse_args().quick
    for name in LIBRARIES:
        measure(name, quick)
    peer = LIBRARIES["optuna"]
    print("optuna", "heap", "random", HEAP_TRIALS, bytes_per_trial(peer.whole_study, peer.study), sep=",")


if __name__ == "__main__":
    main()
