"""Runs the peers' samplers and writes their regrets as CSV, as ConvergenceCommand does for its own.

Every sampler runs with its library's defaults, but `optuna-tpe-group`, which also turns on the option for
conditional spaces. A combination that a library cannot run is named on the standard error and left out.
"""

import argparse
import csv
import multiprocessing
import os
import sys
import warnings
import zlib
from collections.abc import Callable, Iterator

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is loaded

import hyperopt
import numpy
import optuna
from hyperopt import hp

import problems
from problems import Choice, Integer, Problem, Real

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.filterwarnings("ignore", category=optuna.exceptions.ExperimentalWarning)

OPTUNA = {
    "optuna-random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
    "optuna-tpe": lambda seed: optuna.samplers.TPESampler(seed=seed),
    "optuna-tpe-group": lambda seed: optuna.samplers.TPESampler(seed=seed, multivariate=True, group=True),
}
HYPEROPT = {"hyperopt-random": hyperopt.rand.suggest, "hyperopt-tpe": hyperopt.tpe.suggest}

Evaluate = Callable[[dict, int], float]


def suggest(trial: optuna.Trial, space: list, point: dict) -> dict:
    for parameter in space:
        match parameter:
            case Real(name, low, high, log):
                point[name] = trial.suggest_float(name, low, high, log=log)
            case Integer(name, low, high, step):
                point[name] = trial.suggest_int(name, low, high, step=step)
            case Choice(name, options, branches):
                point[name] = trial.suggest_categorical(name, options)
                suggest(trial, branches.get(point[name], []), point)
    return point


def run_optuna(name: str, problem: Problem, seed: int, trials: int, evaluate: Evaluate) -> None:
    study = optuna.create_study(sampler=OPTUNA[name](seed))
    study.optimize(lambda trial: evaluate(suggest(trial, problem.space, {}), trial.number), n_trials=trials)


def hyperopt_space(space: list) -> dict:
    return {parameter.name: hyperopt_node(parameter) for parameter in space}


def hyperopt_node(parameter):
    match parameter:
        case Real(name, low, high, True):
            return hp.loguniform(name, numpy.log(low), numpy.log(high))
        case Real(name, low, high, _):
            return hp.uniform(name, low, high)
        case Integer(name, low, high, step):
            return hp.quniform(name, low, high, step)
        case Choice(name, options, branches):
            # An option carries the parameters of its branch.
            return hp.choice(name, [(option, hyperopt_space(branches.get(option, []))) for option in options])


def flat(space: list, drawn: dict) -> dict:
    point = {}
    for parameter in space:
        value = drawn[parameter.name]
        match parameter:
            case Choice(name, _, branches):
                point[name], inner = value
                point |= flat(branches.get(point[name], []), inner)
            case Integer(name):
                point[name] = round(value)
            case Real(name):
                point[name] = value
    return point


def run_hyperopt(name: str, problem: Problem, seed: int, trials: int, evaluate: Evaluate) -> None:
    numbers = iter(range(trials))
    hyperopt.fmin(
        lambda drawn: evaluate(flat(problem.space, drawn), next(numbers)),
        hyperopt_space(problem.space),
        algo=HYPEROPT[name],
        max_evals=trials,
        rstate=numpy.random.default_rng(seed),
        show_progressbar=False,
        verbose=False,
    )


def regrets(sampler: str, problem: Problem, seed: int, trials: int) -> list[float]:
    """The regret after 1, 2, ... trials; the incumbent is the first of the lowest observed values."""
    curve = []
    lowest = float("inf")

    def evaluate(point: dict, trial: int) -> float:
        nonlocal lowest
        observed = problem.observed(point, seed, trial)
        curve.append(problem.regret(point) if observed < lowest else curve[-1])
        lowest = min(lowest, observed)
        return observed

    run = run_optuna if sampler in OPTUNA else run_hyperopt
    # Runs of different problems and samplers are independent.
    own_seed = zlib.crc32(f"{problem.name}/{sampler}/{seed}".encode()) & 0x7FFFFFFF
    run(sampler, problem, own_seed, trials, evaluate)
    return curve


def attempt(task: tuple) -> list[float] | str:
    """The regrets, or what went wrong: a peer's fault must not cost the other peers' rows."""
    sampler, problem, seed, trials = task
    try:
        return regrets(sampler, problems.PROBLEMS[problem], seed, trials)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def rows(arguments: argparse.Namespace) -> Iterator[tuple]:
    seeds = range(arguments.first_seed, arguments.first_seed + arguments.seeds)
    tasks = [
        (sampler, problem, seed, max(arguments.checkpoints))
        for problem in arguments.problems
        for sampler in arguments.samplers
        for seed in seeds
    ]
    with multiprocessing.Pool() as pool:
        for (sampler, problem, seed, _), curve in zip(tasks, pool.imap(attempt, tasks)):
            if isinstance(curve, str):
                print(f"{sampler} cannot run {problem} with seed {seed}: {curve}", file=sys.stderr)
            else:
                for trials in arguments.checkpoints:
                    yield problem, sampler, seed, trials, repr(float(curve[trials - 1]))


def words(text: str) -> list[str]:
    return text.split(",")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--problems", type=words, default=list(problems.PROBLEMS))
    parser.add_argument("--samplers", type=words, default=["optuna-tpe", "hyperopt-tpe"])
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--checkpoints", type=lambda text: [int(n) for n in words(text)], default=[20, 50, 100])
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    unknown = set(arguments.samplers) - OPTUNA.keys() - HYPEROPT.keys()
    if unknown:
        parser.error(f"no sampler {unknown}; there are {[*OPTUNA, *HYPEROPT]}")
    problems.check()
    with open(arguments.out, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["problem", "sampler", "seed", "trials", "regret"])
        writer.writerows(rows(arguments))


if __name__ == "__main__":
    main()
