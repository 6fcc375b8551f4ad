"""The other side of the interoperation tests: what the real Optuna makes of a storage.

Reads requests from the standard input, each a line [COMMAND, STORAGE, STUDY, COUNT] in JSON, and
answers each with a line of JSON. The storage is a journal's path or a database's URL.
"""

import datetime
import json
import math
import sys
import traceback
import warnings

import optuna
import sqlalchemy
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.storages import JournalStorage, RDBStorage
from optuna.storages.journal import JournalFileBackend
from optuna.trial import TrialState, create_trial

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.simplefilter("ignore")


def time_text(time):
    return None if time is None else time.astimezone(datetime.timezone.utc).isoformat()


def distribution_text(distribution):
    return json.loads(optuna.distributions.distribution_to_json(distribution))


def dump(study):
    """All that Optuna knows about a study."""
    return {
        "directions": [d.name for d in study.directions],
        "metric_names": study.metric_names,
        "user_attrs": study.user_attrs,
        "system_attrs": study._storage.get_study_system_attrs(study._study_id),
        "best": [t.number for t in study.best_trials],
        "trials": [
            {
                "number": t.number,
                "state": t.state.name,
                "values": t.values,
                "params": t.params,
                "distributions": {k: distribution_text(d) for k, d in t.distributions.items()},
                "intermediate_values": {str(k): v for k, v in t.intermediate_values.items()},
                "user_attrs": t.user_attrs,
                "system_attrs": t.system_attrs,
                "started": time_text(t.datetime_start),
                "ended": time_text(t.datetime_complete),
            }
            for t in study.get_trials(deepcopy=False)
        ],
    }


def carry_on(study, count):
    """Runs trials on the parameters that the Java side uses too; waiting trials come first.

    Returns the number and the value of each that it ran, None where there is no value.
    """
    ran = []

    def objective(trial):
        x = trial.suggest_float("x", 0, 1)
        channels = trial.suggest_float("channels", 3.2, 120, step=0.8)
        integer = trial.suggest_int("integer", 2, 11, step=3)
        text = trial.suggest_categorical("text", ["mish", "\u00eblu \U0001f600", 'a"b\\c\n'])
        trial.report(x, 0)
        trial.report(x + integer, 7)
        trial.set_user_attr("by", "python")
        if trial.number % 4 == 3:
            raise optuna.TrialPruned
        if trial.number % 4 == 2:
            raise ValueError("on purpose")
        return x + channels + len(text)

    def note(study, trial):
        ran.append([trial.number, trial.value if trial.state == TrialState.COMPLETE else None])

    study.optimize(objective, n_trials=count, catch=ValueError, callbacks=[note])
    return ran


def everything(storage, name):
    """A study of two objectives with all that Optuna has."""
    study = optuna.create_study(
        storage=storage, study_name=name, directions=["minimize", "maximize"]
    )
    study.set_metric_names(["loss", "f1"])
    study.set_user_attr("note", {"list": [1, 2.5, None, True, "\u00eb"]})
    distributions = {
        "float": FloatDistribution(-1.5, 2),
        "log": FloatDistribution(1e-5, 1, log=True),
        "step": FloatDistribution(0, 1, step=0.1),
        "shifted": FloatDistribution(0.05, 1, step=0.1),
        "int": IntDistribution(-3, 9, step=3),
        "intlog": IntDistribution(1, 1024, log=True),
        "large": IntDistribution(0, 10**12),
        "category": CategoricalDistribution([None, True, 3, 2.5, "s"]),
        "text": CategoricalDistribution(["1", 1]),
        "single": CategoricalDistribution(["only"]),
    }
    for index, (a, b) in enumerate([(0.0, 1.0), (math.inf, -math.inf), (-2.5, 1e300)]):
        study.add_trial(
            create_trial(
                values=[a, b],
                params={
                    "float": 0.5 + index / 2,
                    "log": 10.0 ** (-index),
                    "step": 0.1 * (index + 2),
                    "shifted": 0.05 + 0.1 * index,
                    "int": 3 * index,
                    "intlog": 2**index,
                    "large": 10**12 - index,
                    "category": [None, 2.5, "s"][index],
                    "text": ["1", 1, "1"][index],
                    "single": "only",
                },
                distributions=distributions,
                user_attrs={"index": index},
                system_attrs={"constraints": [index - 1.0]},
                intermediate_values={0: math.nan, 3: math.inf, 12: -1.5},
            )
        )
    # A range that changes in the middle of a study.
    wider = study.ask()
    wider.suggest_float("float", -1.5, 10)
    wider.suggest_int("int", -3, 9)
    study.tell(wider, [1, 2])
    failed = study.ask()
    failed.suggest_float("float", -1.5, 2)
    study.tell(failed, state=TrialState.FAIL)
    study.enqueue_trial({"float": 0.25, "category": None}, user_attrs={"why": "seed"})
    study.add_trial(create_trial(state=TrialState.RUNNING))
    return study


def schema(storage):
    """The tables of a database, and whether Optuna takes them for its newest."""
    inspector = sqlalchemy.inspect(storage.engine)
    return {
        "version": storage.get_current_version(),
        "head": storage.get_head_version(),
        "tables": {
            table: {
                "columns": [
                    [c["name"], str(c["type"]), c["nullable"]] for c in inspector.get_columns(table)
                ],
                "key": inspector.get_pk_constraint(table)["constrained_columns"],
                "unique": sorted(
                    u["column_names"] for u in inspector.get_unique_constraints(table)
                ),
                "indexes": sorted(
                    [i["name"], i["column_names"], bool(i["unique"])]
                    for i in inspector.get_indexes(table)
                ),
                "foreign": sorted(
                    [f["constrained_columns"], f["referred_table"], f["referred_columns"]]
                    for f in inspector.get_foreign_keys(table)
                ),
            }
            for table in inspector.get_table_names()
        },
    }


def plots(study):
    """Draws all plots, and returns what is in them."""
    import optuna.visualization as draw

    if len(study.directions) > 1:
        front = draw.plot_pareto_front(study)
        figures = {"front": front}
        content = {"front": sum(len(trace.x) for trace in front.data)}
    else:
        figures = {
            "history": draw.plot_optimization_history(study),
            "importances": draw.plot_param_importances(study),
            "parallel": draw.plot_parallel_coordinate(study),
            "slice": draw.plot_slice(study),
            "contour": draw.plot_contour(study, params=["x", "rate"]),
            "intermediate": draw.plot_intermediate_values(study),
        }
        content = {
            "history": list(figures["history"].data[0].y),
            "importances": sorted(figures["importances"].data[0].y),
            "parallel": [
                [label for label, _ in trace.customdata]
                for trace in figures["parallel"].data
                if trace.mode == "lines"
            ],
            "slice": [len(trace.x) for trace in figures["slice"].data],
            "contour": [
                rate
                for trace in figures["contour"].data
                if trace.name == "Feasible Trial"
                for rate in trace.x
            ],
            "intermediate": [list(trace.y) for trace in figures["intermediate"].data],
        }
    for figure in figures.values():
        figure.to_html()
    return content


def answer(command, place, name, count):
    """Carries out a request."""
    if "://" in place:
        storage = RDBStorage(place)
    else:
        storage = JournalStorage(JournalFileBackend(place))
    if command == "schema":
        return schema(storage)
    if command == "make":
        other = optuna.create_study(storage=storage, study_name="other")
        other.optimize(lambda t: t.suggest_float("x", -1, 1), n_trials=3)
        gone = optuna.create_study(storage=storage, study_name="gone")
        gone.optimize(lambda t: t.suggest_float("x", -1, 1), n_trials=2)
        optuna.delete_study(storage=storage, study_name="gone")
        return dump(everything(storage, name))
    study = optuna.load_study(storage=storage, study_name=name)
    if command == "plots":
        return plots(study)
    if command == "continue":
        ran = carry_on(study, count)
        return {"ran": ran, **dump(study)}
    return dump(study)


def main():
    for line in sys.stdin:
        try:
            reply = answer(*json.loads(line))
        except Exception:
            reply = {"error": traceback.format_exc()}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
