"""Optuna's side of org.hpo4j.benchmarks.durability.

    durability.py versions                  prints the versions that the figures depend on
    durability.py work STORAGE STUDY SEED   prints "ready"; for each line with a number of seconds on the standard input,
                                            runs trials for so long, then prints their number and the seconds they took
    durability.py open STORAGE STUDY        prints how many trials the study has and the seconds until all are in hand

The load is that of `Load`: ten floats in [-5, 5], the sum of their squares, random sampling. STORAGE is the path of a
journal, or a database's URL.
"""

import importlib.metadata
import platform
import sys
import time

import optuna
from optuna.storages.journal import JournalFileBackend

optuna.logging.set_verbosity(optuna.logging.ERROR)


def storage(address: str) -> optuna.storages.BaseStorage:
    if "://" in address:
        return optuna.storages.RDBStorage(address)
    return optuna.storages.JournalStorage(JournalFileBackend(address))


def sphere(trial: optuna.Trial) -> float:
    return sum(trial.suggest_float(f"x{i}", -5, 5) ** 2 for i in range(10))


def work(address: str, name: str, seed: int) -> None:
    study = optuna.create_study(
        study_name=name,
        storage=storage(address),
        sampler=optuna.samplers.RandomSampler(seed=seed),
        load_if_exists=True,
    )
    trials = 0

    def count(*_) -> None:
        nonlocal trials
        trials += 1

    print("ready", flush=True)
    for line in sys.stdin:
        trials = 0
        start = time.perf_counter()
        study.optimize(sphere, timeout=float(line), callbacks=[count])
        print(trials, time.perf_counter() - start, flush=True)


def open_study(address: str, name: str) -> None:
    start = time.perf_counter()
    study = optuna.load_study(study_name=name, storage=storage(address))
    trials = study.get_trials(deepcopy=False)
    print(len(trials), time.perf_counter() - start)


def main(arguments: list[str]) -> None:
    match arguments:
        case ["versions"]:
            libraries = ("optuna", "SQLAlchemy", "psycopg2-binary")
            versions = [f"{name} {importlib.metadata.version(name)}" for name in libraries]
            print(", ".join([*versions, f"Python {platform.python_version()}"]))
        case ["work", address, name, seed]:
            work(address, name, int(seed))
        case ["open", address, name]:
            open_study(address, name)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
