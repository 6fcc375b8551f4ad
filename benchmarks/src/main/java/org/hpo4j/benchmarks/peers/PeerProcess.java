package org.hpo4j.benchmarks.peers;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.json.Json;

/**
 * A process of {@code peer.py} that runs one study after the other. The objective stays here: the
 * process asks for every value, one line of JSON each way, so that all samplers meet the very same
 * functions.
 *
 * <pre>
 * to it    {"sampler": "optuna-tpe", "space": [...], "seed": 7, "trials": 100, "epochs": 0}
 * from it  {"trial": 0, "at": {"x0": 0.5}}                   or, of one epoch of a training,
 *          {"trial": 0, "at": {"x0": 0.5}, "epoch": 3}
 * to it    {"value": 1.25, "stop": false}
 * from it  {"end": true}                                     or {"error": "..."}
 * </pre>
 */
public final class PeerProcess implements AutoCloseable {

  /** What a study asks for. */
  @FunctionalInterface
  public interface Evaluation {

    /**
     * The answer for a point.
     *
     * @param trial the number of the trial in its study
     * @param values by name; choices by label
     * @param epoch from 1; 0 where the study knows no epochs
     */
    Answer evaluate(int trial, Map<String, ?> values, int epoch);
  }

  /**
   * An answer.
   *
   * @param value of the objective
   * @param stop whether the budget is used up
   */
  public record Answer(double value, boolean stop) {

    private Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("value", value);
      map.put("stop", stop);
      return map;
    }
  }

  private final Process process;
  private final BufferedReader in;
  private final BufferedWriter out;

  private PeerProcess(Process process) {
    this.process = process;
    this.in = process.inputReader();
    this.out = process.outputWriter();
  }

  /** Starts a process; its messages go to the standard error. */
  public static PeerProcess start(Path interpreter, Path script) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(interpreter.toString(), script.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    // One core a study: otherwise the figures depend on what else the machine does.
    for (String library : List.of("OMP", "OPENBLAS", "MKL", "NUMEXPR")) {
      builder.environment().put(library + "_NUM_THREADS", "1");
    }
    return new PeerProcess(builder.start());
  }

  /**
   * Runs a study to its end.
   *
   * @throws PeerException if the peer's library fails; the process can run another study then
   * @throws IOException if the process is lost
   */
  public void run(PeerStudy study, Evaluation evaluation) throws IOException, PeerException {
    send(study.toMap());
    while (true) {
      String line = in.readLine();
      if (line == null) {
        throw new IOException("the process of " + study.sampler() + " ended in a study");
      }
      Map<?, ?> message = (Map<?, ?>) Json.parse(line).orElseThrow();
      if (message.get("error") instanceof String error) {
        throw new PeerException(study.sampler() + ": " + error);
      }
      if (message.containsKey("end")) {
        return;
      }
      Answer answer = answer(message, evaluation);
      send(answer.toMap());
    }
  }

  @SuppressWarnings("unchecked") // keys of a JSON object are strings
  private static Answer answer(Map<?, ?> message, Evaluation evaluation) throws IOException {
    if (message.get("trial") instanceof Long trial && message.get("at") instanceof Map<?, ?> at) {
      int epoch = message.get("epoch") instanceof Long e ? Math.toIntExact(e) : 0;
      return evaluation.evaluate(Math.toIntExact(trial), (Map<String, ?>) at, epoch);
    }
    throw new IOException("not a message of a peer: " + message);
  }

  private void send(Map<String, Object> message) throws IOException {
    out.write(Json.write(message));
    out.newLine();
    out.flush();
  }

  /** Ends the process: its input ends, and with it the loop over studies. */
  @Override
  public void close() throws IOException {
    out.close();
    in.close();
    process.destroy();
  }
}
