"""The samplers of Rustuna, Optuna's port to Rust, with their defaults."""

import rustuna
from rustuna.samplers import CmaEsSampler, TPESampler

from space import Choice, Integer, Real
from study import Study

LIBRARIES = ("rustuna",)


def suggest(trial: rustuna.Trial, space: list, point: dict) -> dict:
    for parameter in space:
        match parameter:
            case Real(name, low, high, log):
                point[name] = trial.suggest_float(name, low, high, log=log)
            case Integer(name, low, high, step, log):
                point[name] = trial.suggest_int(name, low, high, step=step, log=log)
            case Choice(name, options, branches):
                point[name] = trial.suggest_categorical(name, list(options))
                suggest(trial, branches.get(point[name], []), point)
    return point


def runner(sampler):
    def run(study: Study) -> None:
        own = rustuna.create_study(sampler=sampler(seed=study.seed))
        own.optimize(
            lambda trial: study.value(trial.number, suggest(trial, study.space, {}))[0], n_trials=study.trials
        )

    return run


SAMPLERS = {"rustuna-tpe": runner(TPESampler), "rustuna-cmaes": runner(CmaEsSampler)}
