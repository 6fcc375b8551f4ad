"""hyperopt's algorithms with their defaults."""

import hyperopt
import numpy
from hyperopt import hp

from space import Choice, Integer, Real
from study import Study

LIBRARIES = ("hyperopt", "numpy", "scipy")


def dictionary(space: list) -> dict:
    return {parameter.name: node(parameter) for parameter in space}


def node(parameter):
    match parameter:
        case Real(name, low, high, True):
            return hp.loguniform(name, numpy.log(low), numpy.log(high))
        case Real(name, low, high, _):
            return hp.uniform(name, low, high)
        case Integer(name, low, high, step, True):
            return hp.qloguniform(name, numpy.log(low), numpy.log(high), step)
        case Integer(name, low, high, step, _):
            return hp.quniform(name, low, high, step)
        case Choice(name, options, branches):
            # An option carries the parameters of its branch.
            return hp.choice(name, [(option, dictionary(branches.get(option, []))) for option in options])


def flat(space: list, drawn: dict) -> dict:
    point = {}
    for parameter in space:
        value = drawn[parameter.name]
        match parameter:
            case Choice(name, _, branches):
                point[name], inner = value
                point |= flat(branches.get(point[name], []), inner)
            case Integer(name, low, high):
                point[name] = min(max(round(value), low), high)
            case Real(name, low, high):
                # exp(log(high)) can exceed high by a rounding error.
                point[name] = min(max(value, low), high)
    return point


def runner(algorithm):
    def run(study: Study) -> None:
        numbers = iter(range(study.trials))
        hyperopt.fmin(
            lambda drawn: study.value(next(numbers), flat(study.space, drawn))[0],
            dictionary(study.space),
            algo=algorithm,
            max_evals=study.trials,
            rstate=numpy.random.default_rng(study.seed),
            show_progressbar=False,
            verbose=False,
        )

    return run


SAMPLERS = {"hyperopt-random": runner(hyperopt.rand.suggest), "hyperopt-tpe": runner(hyperopt.tpe.suggest)}
