"""SMAC's facades with their defaults: random forest (`smac-rf`), and Gaussian process for plain real spaces."""

import tempfile
from pathlib import Path

import ConfigSpace
from ConfigSpace import ConfigurationSpace, EqualsCondition
from smac import BlackBoxFacade, HyperparameterOptimizationFacade, Scenario

import space
from space import Choice, Integer, Real
from study import Study

LIBRARIES = ("smac", "ConfigSpace", "scikit-learn", "numpy", "scipy")


def parameter_of(parameter):
    match parameter:
        case Real(name, low, high, log):
            return ConfigSpace.Float(name, (low, high), log=log)
        case Integer(name, low, high, 1, log):
            return ConfigSpace.Integer(name, (low, high), log=log)
        case Integer(name, low, high, step):
            # A step is told as the number of steps; decode() turns it back.
            return ConfigSpace.Integer(name, (0, (high - low) // step))
        case Choice(name, options):
            return ConfigSpace.Categorical(name, list(options))


def add(configuration_space: ConfigurationSpace, nodes: list, parent=None, label=None) -> None:
    for node in nodes:
        parameter = parameter_of(node)
        configuration_space.add(parameter)
        if parent is not None:
            configuration_space.add(EqualsCondition(parameter, parent, label))
        for option, branch in getattr(node, "branches", {}).items():
            add(configuration_space, branch, parameter, option)


def decode(study_space: list, configuration: dict) -> dict:
    point = {}
    for parameter in space.every(study_space):
        if parameter.name in configuration:
            value = configuration[parameter.name]
            match parameter:
                case Integer(name, low, _, step) if step > 1:
                    point[name] = low + step * int(value)
                case Choice(name):
                    point[name] = str(value)
                case Real(name, low, high):
                    point[name] = min(max(float(value), low), high)
                case _:
                    point[parameter.name] = value
    return point


def runner(facade):
    def run(study: Study) -> None:
        configuration_space = ConfigurationSpace(seed=study.seed)
        add(configuration_space, study.space)
        numbers = iter(range(study.trials))

        def objective(configuration, seed: int = 0) -> float:
            return study.value(next(numbers), decode(study.space, dict(configuration)))[0]

        with tempfile.TemporaryDirectory() as folder:
            scenario = Scenario(
                configuration_space,
                deterministic=True,
                n_trials=study.trials,
                seed=study.seed,
                output_directory=Path(folder),
            )
            facade(scenario, objective, logging_level=50, overwrite=True).optimize()

    return run


SAMPLERS = {"smac-rf": runner(HyperparameterOptimizationFacade), "smac-gp": runner(BlackBoxFacade)}
