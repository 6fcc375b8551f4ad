package org.hpo4j.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.TrialState;

/**
 * A study in a few lines: the objective, how many trials are in each state, the best trials with
 * their parameters, and hints about what to change in the search.
 */
public final class StudySummary {

  /** The width of a terminal that nobody has widened. */
  private static final int WIDTH = 80;

  private static final int BEST_COUNT = 10;
  private static final String ABSENT = "-";

  private final StudySnapshot study;

  StudySummary(StudySnapshot study) {
    this.study = study;
  }

  /**
   * The summary as text of at most 80 columns (unless one value alone is longer), with the ten best
   * complete trials, best first. Where a scheduler decided how far trials train, it shows that too:
   * the resource (such as epochs) that a trial has had, what of it its parent had spent, bracket,
   * round and parent.
   */
  public String toTable() {
    List<String> lines = new ArrayList<>();
    lines.add("Study '" + study.name() + "': " + objective());
    lines.add(counts());
    lines.addAll(best());
    List<String> hints = hints();
    if (!hints.isEmpty()) {
      lines.add("");
      lines.add("Hints");
      hints.forEach(hint -> lines.addAll(TextWrap.wrap("- " + hint, WIDTH, "  ")));
    }
    return String.join("\n", lines) + "\n";
  }

  /** What the trials suggest about the search itself, a sentence or two each; may be empty. */
  public List<String> hints() {
    return new SummaryHints(study).all();
  }

  private String objective() {
    return study.goals().stream().map(Goal::toString).collect(Collectors.joining(", "));
  }

  private String counts() {
    List<String> counts = new ArrayList<>();
    for (TrialState state :
        List.of(
            TrialState.COMPLETE,
            TrialState.PRUNED,
            TrialState.FAILED,
            TrialState.RUNNING,
            TrialState.WAITING)) {
      int count = study.inState(state).size();
      if (count > 0) {
        counts.add(count + " " + state.name().toLowerCase(Locale.ROOT));
      }
    }
    String total = study.trials().size() == 1 ? "1 trial" : study.trials().size() + " trials";
    return counts.isEmpty() ? total : total + ": " + String.join(", ", counts);
  }

  private List<String> best() {
    List<FrozenTrial> ranked = study.ranked();
    List<FrozenTrial> best = ranked.stream().limit(BEST_COUNT).toList();
    if (best.isEmpty()) {
      return List.of(
          study.inState(TrialState.COMPLETE).isEmpty()
              ? "No trial is complete."
              : "No complete trial satisfies the constraints.");
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(title(best.size(), ranked.size()));
    List<Parameter<?>> parameters =
        study.parameters().stream()
            .filter(p -> best.stream().anyMatch(t -> t.configuration().contains(p)))
            .toList();
    List<List<String>> scores = new ArrayList<>();
    for (int i = 0; i < study.goals().size(); i++) {
      int objective = i;
      scores.add(NumberText.column(best.stream().map(t -> t.values().get(objective)).toList()));
    }
    TextTable table = table(best, scores, parameters);
    lines.addAll(table.width() <= WIDTH ? table.lines() : blocks(best, scores, parameters));
    return lines;
  }

  private String title(int shown, int ranked) {
    if (study.hasOneObjective()) {
      return shown == 1 ? "The only complete trial" : "The " + shown + " best trials";
    }
    return shown == ranked
        ? "The Pareto front"
        : shown + " of the " + ranked + " trials of the Pareto front";
  }

  private String scoreText(List<List<String>> scores, int row) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      texts.add(study.goals().get(i).metric() + " " + scores.get(i).get(row));
    }
    return String.join(", ", texts);
  }

  private TextTable table(
      List<FrozenTrial> best, List<List<String>> scores, List<Parameter<?>> parameters) {
    List<String> headers = new ArrayList<>(List.of("trial"));
    study.goals().forEach(goal -> headers.add(goal.metric()));
    List<String> fidelity = FidelityFields.columns(best);
    headers.addAll(fidelity);
    parameters.forEach(parameter -> headers.add(parameter.name()));
    headers.add("duration");
    TextTable table = new TextTable(headers);
    for (int i = 0; i < best.size(); i++) {
      FrozenTrial trial = best.get(i);
      List<String> cells = new ArrayList<>(List.of("" + trial.number()));
      for (List<String> column : scores) {
        cells.add(column.get(i));
      }
      cells.addAll(FidelityFields.cells(trial, fidelity, ABSENT));
      parameters.forEach(parameter -> cells.add(value(trial.configuration(), parameter)));
      cells.add(trial.duration().map(NumberText::of).orElse(ABSENT));
      table.add(cells);
    }
    return table;
  }

  /** For spaces of many parameters: a heading a trial, and its parameters below in columns. */
  private List<String> blocks(
      List<FrozenTrial> best, List<List<String>> scores, List<Parameter<?>> parameters) {
    int width =
        best.stream()
            .flatMap(trial -> entries(trial, parameters).stream())
            .mapToInt(String::length)
            .max()
            .orElse(1);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      FrozenTrial trial = best.get(i);
      lines.add(
          "trial %d: %s%s"
              .formatted(
                  trial.number(),
                  scoreText(scores, i),
                  trial.duration().map(NumberText::of).map(text -> " in " + text).orElse("")));
      lines.addAll(inColumns(entries(trial, parameters), width));
    }
    return lines;
  }

  private static List<String> entries(FrozenTrial trial, List<Parameter<?>> parameters) {
    return Stream.concat(
            FidelityFields.of(trial).entrySet().stream().map(e -> e.getKey() + " " + e.getValue()),
            parameters.stream()
                .filter(parameter -> trial.configuration().contains(parameter))
                .map(p -> p.name() + " = " + value(trial.configuration(), p)))
        .toList();
  }

  private static List<String> inColumns(List<String> entries, int width) {
    int columns = Math.max(1, (WIDTH - 2) / (width + 2));
    return IntStream.iterate(0, i -> i < entries.size(), i -> i + columns)
        .mapToObj(from -> entries.subList(from, Math.min(entries.size(), from + columns)))
        .map(
            row ->
                row.stream()
                    .map(entry -> "  " + entry + " ".repeat(width - entry.length()))
                    .collect(Collectors.joining())
                    .stripTrailing())
        .toList();
  }

  private static String value(Configuration configuration, Parameter<?> parameter) {
    int index = configuration.indexOf(parameter.name());
    return index < 0 ? ABSENT : ValueText.of(parameter.domain(), configuration.code(index));
  }

  @Override
  public String toString() {
    return toTable();
  }
}
