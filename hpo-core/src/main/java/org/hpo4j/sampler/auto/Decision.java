package org.hpo4j.sampler.auto;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A choice of the automatic sampler. As text it is what the log shows and the study keeps.
 *
 * @param pick the sampler
 * @param reason why
 * @param since the first trial that it is for
 */
record Decision(Pick pick, String reason, int since) {

  private static final Pattern TEXT =
      Pattern.compile("(?<pick>[^:]+): (?<reason>.*?)(?: \\(since trial (?<since>\\d{1,9})\\))?");

  /** The samplers to choose from. */
  enum Pick {
    GP("gp"),
    GP_OF_FEW("gp(startupTrials=" + AutoSampler.FEW_STARTUP_TRIALS + ")"),
    CMA_ES("cma-es"),
    TPE("tpe");

    private final String text;

    Pick(String text) {
      this.text = text;
    }

    private static Optional<Pick> of(String text) {
      return Arrays.stream(values()).filter(pick -> pick.text.equals(text)).findFirst();
    }
  }

  /** What was kept; empty if it is not from here, such as the choice of another sampler. */
  static Optional<Decision> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int since = matcher.group("since") == null ? 0 : Integer.parseInt(matcher.group("since"));
    return Pick.of(matcher.group("pick"))
        .map(pick -> new Decision(pick, matcher.group("reason"), since));
  }

  /** Whether no other follows. */
  boolean isFinal() {
    return pick == Pick.TPE || pick == Pick.CMA_ES;
  }

  @Override
  public String toString() {
    return pick.text + ": " + reason + (since == 0 ? "" : " (since trial " + since + ")");
  }
}
