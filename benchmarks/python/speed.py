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


def microseconds_per_ask(sampler: str, trials: list[optuna.trial.FrozenTrial]) -> float:
    study = new_study(sampler)
    study.add_trials(trials)
    start = time.perf_counter()
    for _ in range(ASKS):
        trial = study.ask()
        study.tell(trial, sphere(trial))
    return (time.perf_counter() - start) / ASKS * 1e6


def microseconds_per_trial(sampler: str) -> float:
    study = new_study(sampler)
    start = time.perf_counter()
    study.optimize(sphere, n_trials=STUDY_TRIALS)
    return (time.perf_counter() - start) / STUDY_TRIALS * 1e6


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
        microseconds_per_ask(sampler, trials[:100])  # not counted: first use loads and compiles
        for size in sizes:
            shots = 2 if quick or size > 1_000 else 5
            value = statistics.mean(microseconds_per_ask(sampler, trials[:size]) for _ in range(shots))
            print("ask", sampler, size, value, sep=",")
    for sampler in ("random",) if quick else SAMPLERS:
        print("trial", sampler, STUDY_TRIALS, microseconds_per_trial(sampler), sep=",")
    print("heap", "random", HEAP_TRIALS, bytes_per_trial(), sep=",")


if __name__ == "__main__":
    main()
