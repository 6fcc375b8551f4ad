"""Measures what org.hpo4j.benchmarks.speed measures, of Optuna; prints quantity,sampler,trials,value.

The load is the same: ten floats in [-5, 5] and the sum of their squares, in memory, one thread, samplers with
their defaults. A shot of 20 consecutive asks starts with a new study of the given history.
"""

import argparse
import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is loaded

import statistics
import time
import tracemalloc

import optuna
from optuna.samplers import RandomSampler, TPESampler

optuna.logging.set_verbosity(optuna.logging.ERROR)

ASKS = 20
STUDY_TRIALS = 1_000
HEAP_TRIALS = 10_000  # a hundred thousand would take minutes, for the same figure a trial
SAMPLERS = {"random": RandomSampler, "tpe": TPESampler}


def sphere(trial: optuna.Trial) -> float:
    return sum(trial.suggest_float(f"x{i}", -5, 5) ** 2 for i in range(10))


def new_study(sampler: str) -> optuna.Study:
    return optuna.create_study(sampler=SAMPLERS[sampler](seed=1))


def history(trials: int) -> list[optuna.trial.FrozenTrial]:
    study = new_study("random")
    study.optimize(sphere, n_trials=trials)
    return study.get_trials(deepcopy=False)


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


def shot(sampler: str, trials: list[optuna.trial.FrozenTrial]) -> Stopwatch:
    study = new_study(sampler)
    study.add_trials(trials)
    with Stopwatch(ASKS) as stopwatch:
        for _ in range(ASKS):
            trial = study.ask()
            study.tell(trial, sphere(trial))
    return stopwatch


def whole_study(sampler: str) -> Stopwatch:
    study = new_study(sampler)
    with Stopwatch(STUDY_TRIALS) as stopwatch:
        study.optimize(sphere, n_trials=STUDY_TRIALS)
    return stopwatch


def report(quantity: str, sampler: str, trials: int, stopwatches: list[Stopwatch]) -> None:
    print(quantity, sampler, trials, statistics.mean(s.elapsed for s in stopwatches), sep=",")
    print(f"{quantity}_cpu", sampler, trials, statistics.mean(s.cpu for s in stopwatches), sep=",")


def bytes_per_trial() -> float:
    history(10)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    study = new_study("random")
    study.optimize(sphere, n_trials=HEAP_TRIALS)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (after - before) / HEAP_TRIALS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="short histories: shows that all works")
    quick = parser.parse_args().quick
    sizes = (100,) if quick else (100, 1_000, 10_000)
    trials = history(max(sizes))
    for sampler in SAMPLERS:
        shot(sampler, trials[:100])  # not counted: first use loads and compiles
        for size in sizes:
            shots = 2 if quick or size > 1_000 else 5
            report("ask", sampler, size, [shot(sampler, trials[:size]) for _ in range(shots)])
    for sampler in ("random",) if quick else SAMPLERS:
        report("trial", sampler, STUDY_TRIALS, [whole_study(sampler)])
    print("heap", "random", HEAP_TRIALS, bytes_per_trial(), sep=",")


if __name__ == "__main__":
    main()
