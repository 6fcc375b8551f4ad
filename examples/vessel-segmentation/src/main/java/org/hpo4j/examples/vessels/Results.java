package org.hpo4j.examples.vessels;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.examples.vessels.data.Retina;
import org.hpo4j.examples.vessels.engine.NetworkPlan;
import org.hpo4j.examples.vessels.report.ChoicePlot;
import org.hpo4j.examples.vessels.report.CurvePlot;
import org.hpo4j.examples.vessels.report.MapPicture;
import org.hpo4j.examples.vessels.report.RetinaPicture;
import org.hpo4j.examples.vessels.report.SlopePlot;
import org.hpo4j.space.Parameter;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.TrialState;
import tools.jackson.databind.json.JsonMapper;

/** Writes plots, pictures and tables of a finished study into its folder. */
record Results(
    Study study,
    Profile profile,
    VesselSpace space,
    List<Retina> test,
    Path folder,
    PrintWriter out) {
  private static final int SHOWN = 3;

  /**
   * Writes everything.
   *
   * @param best trial of the search
   * @param learning a network that learns its slopes
   * @param learned what became of it
   */
  void write(FrozenTrial best, Comparison comparison, NetworkPlan learning, Retrained learned)
      throws IOException {
    CurvePlot.write(
        comparison.baseline().stream().map(result -> result.score().curves()).toList(),
        comparison.best().stream().map(result -> result.score().curves()).toList(),
        folder.resolve("curves.png"));
    ChoicePlot.write(panels(), folder.resolve("choices.png"));
    SlopePlot.write(learned.slopes(), folder.resolve("slopes.png"));
    pictures(comparison.best().get(0));

    String text =
        comparison.toText()
            + "\nLearned slopes of: "
            + learning.describe()
            + "\n\n"
            + SlopePlot.table(learned.slopes());
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("seed", study.seed());
    results.put("trials", study.trialCount());
    results.put("profile", profile.identity());
    results.put("best_trial", best.number());
    results.put("best_validation_loss", best.value());
    results.putAll(comparison.toMap());
    results.put("slopes_of", learning.describe());
    results.put("slopes", Retrained.attribute(learned.slopes()));
    Files.writeString(
        folder.resolve("results.json"), JsonMapper.shared().writeValueAsString(results) + "\n");
    Files.writeString(folder.resolve("results.md"), text);
    out.printf("%n%s%n", text);
    out.printf("Everything is in %s%n", folder.toAbsolutePath().normalize());
    out.flush();
  }

  private void pictures(Retrained retrained) throws IOException {
    List<Retina> shown = new ArrayList<>();
    List<float[]> maps = new ArrayList<>();
    for (Retina retina : test) {
      Path map = retrained.maps().get(retina.name());
      if (map != null && shown.size() < SHOWN) {
        shown.add(retina);
        maps.add(MapPicture.read(map));
      }
    }
    if (!shown.isEmpty()) {
      RetinaPicture.write(shown, maps, folder.resolve("retinas.png"));
    }
  }

  private List<ChoicePlot.Panel> panels() {
    List<FrozenTrial> completed =
        study.trials().stream().filter(trial -> trial.state() == TrialState.COMPLETE).toList();
    return space.choices().stream().map(parameter -> panel(parameter, completed)).toList();
  }

  private static <T> ChoicePlot.Panel panel(Parameter<T> parameter, List<FrozenTrial> trials) {
    List<String> options = new ArrayList<>();
    for (int i = 0; i < parameter.domain().cardinality(); i++) {
      options.add(parameter.domain().label(parameter.domain().codeAt(i)));
    }
    List<ChoicePlot.Dot> dots = new ArrayList<>();
    for (FrozenTrial trial : trials) {
      if (trial.configuration().contains(parameter)) {
        String label = parameter.domain().label(parameter.encode(trial.get(parameter)));
        int option = options.indexOf(label);
        dots.add(new ChoicePlot.Dot(option, trial.value()));
      }
    }
    return new ChoicePlot.Panel(parameter.name(), options, dots);
  }
}
