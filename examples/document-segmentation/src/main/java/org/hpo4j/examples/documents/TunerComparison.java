package org.hpo4j.examples.documents;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.examples.documents.data.Scan;
import org.hpo4j.examples.documents.report.KerasSummary;
import org.hpo4j.examples.documents.report.ScanPicture;
import org.hpo4j.examples.documents.report.TunerPlot;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole study in one folder: each tuner from several seeds, and what is written about them.
 *
 * @param identity what decides a trial's value
 * @param folder of everything
 */
record TunerComparison(
    Engine engine,
    Task task,
    Map<String, Object> identity,
    Trackers trackers,
    int parallelism,
    Path folder,
    PrintWriter out) {
  /** The folder of the tuners' runs, by which a run folder of this study is known. */
  static final String TUNERS = "tuners";

  private static final int SHOWN_SCANS = 4;

  /** Does what is left of the study and writes its results. */
  void run() throws IOException, StudyFailedException {
    Profile profile = task.profile();
    out.printf("%n%s%n", KerasSummary.searchSpace(profile.space().searchSpace()));
    String data = task.scans().fingerprint();
    List<TunerRun.Result> results = new ArrayList<>();
    try (Journals journals = new Journals();
        Trackers.Started started = trackers.start()) {
      // Repetition by repetition, so that an interrupted study has as many of each tuner.
      for (int repetition = 0; repetition < profile.repetitions(); repetition++) {
        for (Tuner tuner : Tuner.values()) {
          Path own = folder.resolve(TUNERS).resolve(tuner.key() + "-" + repetition);
          TunerRun run = new TunerRun(tuner, repetition, engine, task, own, parallelism);
          TunerRun.Result result = run.run(started, journals, identity, data);
          out.printf(
              "%-21s repetition %d: best val_f1 %.4f, test F1 %.4f, %.0f s%n",
              tuner.title(), repetition, result.best().value(), result.testF1(), result.seconds());
          out.flush();
          results.add(result);
        }
      }
    }
    write(new Comparison(results, profile, task.classNames()));
  }

  private void write(Comparison comparison) throws IOException {
    TunerRun.Result best = comparison.best();
    keep(best);
    Map<String, List<List<Double>>> curves = new LinkedHashMap<>();
    for (Tuner tuner : Tuner.values()) {
      curves.put(
          tuner.title(), comparison.of(tuner).stream().map(TunerRun.Result::bestByEpoch).toList());
    }
    TunerPlot.write(curves, folder.resolve("tuners.png"));
    int shown = Math.min(SHOWN_SCANS, task.scans().test().size());
    List<Scan> scans = task.scans().test().subList(0, shown);
    ScanPicture.write(
        scans,
        Segmentations.predict(engine, task, best.design(), best.weights(), task.test(shown)),
        task.classNames(),
        folder.resolve("scans.png"));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("seed", task.seed());
    all.put("profile", identity);
    all.putAll(comparison.toMap());
    Files.writeString(
        folder.resolve("results.json"), JsonMapper.shared().writeValueAsString(all) + "\n");
    Files.writeString(folder.resolve("results.md"), comparison.toText());
    Files.writeString(folder.resolve("summary.txt"), best.summary());
    out.printf("%n%s%n%s%n", best.summary(), comparison.toText());
    out.printf("Everything is in %s%n", folder.toAbsolutePath().normalize());
    out.flush();
  }

  /** Keeps the best network where {@code --pretrained} finds it. */
  private void keep(TunerRun.Result best) throws IOException {
    Path kept = folder.resolve("best");
    Files.createDirectories(kept);
    for (String name : engine.weightFiles()) {
      Files.copy(
          best.weights().resolve(name), kept.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    Pretrained.write(kept, best.design());
  }
}
