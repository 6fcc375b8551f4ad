package org.hpo4j.contract;

import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.logUniform;
import static org.hpo4j.space.Parameters.oneOf;
import static org.hpo4j.space.Parameters.uniform;
import static org.hpo4j.space.Parameters.when;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hpo4j.pruner.MedianPruner;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.hyperband.HyperbandSampler;
import org.hpo4j.space.Constraint;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.study.BaseStudy;
import org.hpo4j.study.MultiObjectiveStudy;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Trial;

/**
 * The studies in the files that are kept to be opened by every later version. What is here may be
 * changed for files of later versions as long as the earlier ones can still be opened.
 */
public final class KeptStudies {

  /** Who has written the files, a worker of a machine that is nobody's. */
  public static final String WORKER = "hpo4j-host.invalid-0123456789ab-1-1-1-00000000";

  /** One with everything that can be done to a study, see {@link TestStudies#fill}. */
  public static final String EVERYTHING = "everything";

  /** One with a declared space, a pruner, retries, constraints, and a trial that waits. */
  public static final String DECLARED = "declared";

  /** The parameter of which the trial that waits has a value. */
  public static final Parameter<Double> RATE = logUniform("rate", 1e-4, 1);

  private static final String RUNGS = "rungs";

  private static final Parameter<Integer> LAYERS = integer("layers", 1, 8);
  private static final Parameter<Integer> WIDTH = integer("width", 16, 256, 16);

  private KeptStudies() {}

  /** Makes all studies in an empty storage. */
  public static void fill(Storage storage) {
    fillWithEverything(storage);
    Study declared = declared(storage);
    declared.setAttribute("purpose", "kept");
    declared.enqueue(Map.of("rate", 0.01, "layers", 2));
    declared.optimize(KeptStudies::train, RunOptions.trials(12).ordered(1));
    declared.enqueue(Map.of("rate", 0.25));
    front(storage).optimize(KeptStudies::weigh, RunOptions.trials(5).ordered(1));
    rungs(storage).optimize(KeptStudies::train, RunOptions.trials(16).ordered(1));
  }

  private static StudyStorage fillWithEverything(Storage storage) {
    Study.named(EVERYTHING)
        .minimize("loss")
        .sampler(RandomSampler.ofDefaults())
        .seed(2)
        .storage(storage)
        .create();
    StudyStorage study = storage.find(EVERYTHING).orElseThrow();
    TestStudies.fill(study);
    return study;
  }

  /** The study with a declared space, created if need be. */
  public static Study declared(Storage storage) {
    return Study.named(DECLARED)
        .maximize("score")
        .space(
            SearchSpace.of(
                    RATE,
                    LAYERS,
                    WIDTH,
                    oneOf(
                        "optimizer",
                        when("sgd", uniform("momentum", 0, 0.99)),
                        when("adam", uniform("beta", 0.8, 0.999)),
                        when("plain")))
                .where(Constraint.sumAtMost(200, LAYERS, WIDTH)))
        .sampler(RandomSampler.ofDefaults())
        .pruner(MedianPruner.ofDefaults())
        .constraints("memory")
        .retrying(FailureReason.NOT_A_NUMBER, 1)
        .seed(3)
        .storage(storage)
        .createOrResume();
  }

  private static MultiObjectiveStudy front(Storage storage) {
    return MultiObjectiveStudy.named("front")
        .minimize("loss")
        .maximize("speed")
        .sampler(RandomSampler.ofDefaults())
        .seed(4)
        .storage(storage)
        .createOrResume();
  }

  private static Study rungs(Storage storage) {
    return Study.named(RUNGS)
        .minimize("loss")
        .sampler(HyperbandSampler.builder(4).around(RandomSampler.ofDefaults()).build())
        .seed(5)
        .storage(storage)
        .createOrResume();
  }

  /** Draws and reports by turns; some trials are pruned, one fails. */
  public static double train(Trial trial) {
    double rate = trial.suggest(RATE);
    int layers = trial.suggest(LAYERS);
    trial.report("auc", 0, 1 / rate);
    trial.setAttribute("layers", Map.of("count", (long) layers, "even", layers % 2 == 0));
    for (int epoch = 0; epoch < 2; epoch++) {
      trial.reportOrPrune(epoch, -Math.abs(Math.log10(rate) + 2) - layers - epoch);
    }
    if (trial.number() == 3) {
      return Double.NaN;
    }
    if (trial.fidelity().isEmpty()) {
      trial.constrain("memory", layers - 6.5);
    }
    return layers == 8 ? Double.NEGATIVE_INFINITY : rate * layers;
  }

  private static double[] weigh(Trial trial) {
    double size = trial.uniform("size", 0, 1);
    return trial.number() == 2
        ? new double[] {Double.NaN, 1}
        : new double[] {size * size, trial.bool("fast") ? 1 / size : size};
  }

  /** The canonical exports of all studies, each after a line with its name. */
  public static String canonical(Storage storage) {
    StringBuilder text = new StringBuilder();
    for (String name : storage.studyNames()) {
      BaseStudy study =
          switch (name) {
            case DECLARED -> declared(storage);
            case RUNGS -> rungs(storage);
            default -> BaseStudy.reopen(name, storage, RandomSampler.ofDefaults());
          };
      text.append("study ").append(name).append('\n').append(study.export().canonicalJson());
    }
    return text.toString();
  }

  /** What a canonical export does not tell of a study, but for trials that have not ended. */
  public static Map<String, Object> details(StudyStorage study) {
    List<FrozenTrial> ended =
        TestStudies.trials(study).stream().filter(trial -> trial.state().isFinished()).toList();
    Map<String, Object> system = new TreeMap<>(study.systemAttributes());
    // Files were kept before an empty list was recorded.
    system.remove("hpo4j:constraints", List.of());
    return Map.of(
        "parameters",
        study.table().parameters().stream().sorted(Comparator.comparing(Parameter::name)).toList(),
        "attributes",
        study.attributes(),
        "system attributes",
        system,
        "ended",
        ended);
  }

  /** {@link #details} of the study with everything as they are without a file. */
  public static Map<String, Object> everything() {
    return details(fillWithEverything(Storage.inMemory()));
  }
}
