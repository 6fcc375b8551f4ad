"""Optuna's samplers with their defaults, but `optuna-tpe-group`, which turns on what fits conditional spaces."""

import optuna
from optuna.samplers import CmaEsSampler, GPSampler, RandomSampler, TPESampler

from space import Choice, Integer, Real
from study import Study

optuna.logging.set_verbosity(optuna.logging.ERROR)

LIBRARIES = ("optuna", "torch", "cmaes", "numpy", "scipy")


def suggest(trial: optuna.Trial, space: list, point: dict) -> dict:
    for parameter in space:
        match parameter:
            case Real(name, low, high, log):
                point[name] = trial.suggest_float(name, low, high, log=log)
            case Integer(name, low, high, step, log):
                point[name] = trial.suggest_int(name, low, high, step=step, log=log)
            case Choice(name, options, branches):
                point[name] = trial.suggest_categorical(name, options)
                suggest(trial, branches.get(point[name], []), point)
    return point


def runner(sampler, pruner=None):
    def run(study: Study) -> None:
        own = optuna.create_study(sampler=sampler(study.seed), pruner=pruner(study) if pruner else None)
        # A pruner makes more trials of the same epochs: the benchmark says when they are used up.
        objective, trials = (by_epoch, None) if study.epochs else (at_once, study.trials)
        own.optimize(lambda trial: objective(study, trial), n_trials=trials)

    return run


def at_once(study: Study, trial: optuna.Trial) -> float:
    value, stop = study.value(trial.number, suggest(trial, study.space, {}))
    if stop:
        trial.study.stop()
    return value


def by_epoch(study: Study, trial: optuna.Trial) -> float:
    point = suggest(trial, study.space, {})
    for epoch in range(1, study.epochs + 1):
        value, stop = study.value(trial.number, point, epoch)
        if stop:
            trial.study.stop()
            return value
        trial.report(value, epoch)
        if trial.should_prune():
            raise optuna.TrialPruned
    return value


def hyperband(study: Study) -> optuna.pruners.BasePruner:
    return optuna.pruners.HyperbandPruner(min_resource=1, max_resource=study.epochs, reduction_factor=3)


def no_pruner(_: Study) -> optuna.pruners.BasePruner:
    return optuna.pruners.NopPruner()


SAMPLERS = {
    "optuna-random": runner(lambda seed: RandomSampler(seed=seed), no_pruner),
    "optuna-tpe": runner(lambda seed: TPESampler(seed=seed), no_pruner),
    "optuna-tpe-group": runner(lambda seed: TPESampler(seed=seed, multivariate=True, group=True), no_pruner),
    "optuna-tpe-hyperband": runner(lambda seed: TPESampler(seed=seed), hyperband),
    "optuna-gp": runner(lambda seed: GPSampler(seed=seed, warn_independent_sampling=False), no_pruner),
    "optuna-cmaes": runner(lambda seed: CmaEsSampler(seed=seed, warn_independent_sampling=False), no_pruner),
}
