package org.hpo4j.fork;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hpo4j.json.Json;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialFailedException;

/**
 * One trial in its process. The calling thread starts the process and answers its calls until it
 * ends, runs past its wall time, or the thread is interrupted; in each case nothing of it is left.
 */
final class ForkedRun {

  private static final System.Logger LOG = System.getLogger(ForkedRun.class.getName());

  /** How long a process may take to end after its result, or after it has closed its connection. */
  private static final Duration LONGEST_EXIT = Duration.ofSeconds(10);

  /** How often, ten times a second, to look whether this process shuts down too. */
  private static final int SHUTDOWN_CHECKS = 10;

  private final Trial trial;
  private final ObjectiveClass objective;
  private final ForkOptions options;
  private final TrialOutput output;
  private final Doorway door;
  private final TrialServer server;
  private final Deadline deadline;
  private final OptionalLong killsBefore = OutOfMemoryKills.count();
  private boolean connected;

  ForkedRun(
      Trial trial,
      ObjectiveClass objective,
      ForkOptions options,
      TrialOutput output,
      Doorway door) {
    this.trial = trial;
    this.objective = objective;
    this.options = options;
    this.output = output;
    this.door = door;
    this.server = new TrialServer(trial);
    this.deadline = new Deadline(options.wallTime());
  }

  double[] evaluate() throws IOException, InterruptedException {
    String mark = UUID.randomUUID().toString();
    Process process = ChildCommand.start(objective, options, trial.device(), output, mark);
    ProcessTree tree = new ProcessTree(process, mark);
    Optional<Message> end = Optional.empty();
    boolean late = false;
    OptionalInt exitCode = OptionalInt.empty();
    try {
      output.processHasOpened();
      end = converse(process, tree);
      if (end.isEmpty()) {
        exitCode = awaitExit(process, LONGEST_EXIT);
        requireNoShutdown(exitCode);
      }
    } catch (SocketTimeoutException e) {
      late = true;
    } finally {
      tree.kill();
    }
    output.attachTo(trial);
    if (late) {
      throw new TrialFailedException(
          FailureReason.TIMEOUT,
          name() + " was killed after its wall time of " + wallTime() + "; " + output.tail());
    }
    if (end.isPresent()) {
      return Ending.conclude(end.get(), server, name(), output.tail());
    }
    throw new DeathReport(
            exitCode, connected, killsBefore, OutOfMemoryKills.count(), crashFile(process))
        .toException(name(), output.tail());
  }

  /**
   * Answers calls until the process has said how it ended.
   *
   * @return its last message; empty if it ended without one
   * @throws SocketTimeoutException if the wall time is over
   */
  private Optional<Message> converse(Process process, ProcessTree tree)
      throws SocketTimeoutException, InterruptedException {
    // A process that dies before it connects would be waited for in vain.
    CompletableFuture<Void> unused = process.onExit().thenRun(this::closeDoor);
    try {
      invite(process);
      try (Socket socket = door.admit(deadline)) {
        connected = true;
        Wire wire = new Wire(socket);
        wire.write(TrialFacts.of(trial, deadline.timeLeft()).toFields());
        Optional<Message> message = read(wire, socket);
        while (message.isPresent() && !message.get().has(Ending.KIND)) {
          wire.write(server.answer(message.get()));
          message = read(wire, socket);
        }
        if (message.isPresent()) {
          dismiss(wire, process, tree);
        }
        return message;
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw interrupted(e);
      }
      // A process that dies resets its connection.
      LOG.log(System.Logger.Level.DEBUG, () -> name() + " has closed its connection", e);
      return Optional.empty();
    }
  }

  private Optional<Message> read(Wire wire, Socket socket) throws IOException {
    socket.setSoTimeout(deadline.socketTimeout());
    return wire.read();
  }

  private void invite(Process process) throws IOException {
    try (OutputStream input = process.getOutputStream()) {
      input.write((Json.write(door.invitation()) + "\n").getBytes(US_ASCII));
    }
  }

  /** Lets the process end by itself, so that its shutdown hooks run. Its result is safe already. */
  private void dismiss(Wire wire, Process process, ProcessTree tree) {
    tree.remember();
    try {
      wire.write(Map.of("result", "goodbye"));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, () -> name() + " did not wait for its dismissal", e);
    }
    try {
      awaitExit(process, deadline.timeLeft(LONGEST_EXIT));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The exit code; empty if the process goes on, and is to be killed. */
  private static OptionalInt awaitExit(Process process, Duration patience)
      throws InterruptedException {
    return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)
        ? OptionalInt.of(process.exitValue())
        : OptionalInt.empty();
  }

  /**
   * A terminal sends its interrupt to the study's process and to the trials' alike, and a system
   * that shuts down ends all of them. Such a trial has not failed: it is given back.
   */
  private void requireNoShutdown(OptionalInt exitCode) throws InterruptedException {
    if (exitCode.isPresent() && DeathReport.isRequested(exitCode.getAsInt())) {
      for (int i = 0; i < SHUTDOWN_CHECKS; i++) {
        if (isShuttingDown()) {
          throw new InterruptedException(name() + " was ended together with its study");
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private static boolean isShuttingDown() {
    Thread none = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(none);
      return !Runtime.getRuntime().removeShutdownHook(none);
    } catch (IllegalStateException e) {
      // Java's only way to say so.
      return true;
    }
  }

  private void closeDoor() {
    try {
      door.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the socket for " + name() + " could not be closed", e);
    }
  }

  private InterruptedException interrupted(IOException cause) {
    InterruptedException interrupted =
        new InterruptedException("the process of " + name() + " was killed");
    interrupted.initCause(cause);
    return interrupted;
  }

  private Path crashFile(Process process) {
    return output.crashFile().orElseGet(() -> Path.of("hs_err_pid" + process.pid() + ".log"));
  }

  private String wallTime() {
    return options.wallTime().map(Object::toString).orElse("");
  }

  private String name() {
    return "trial " + trial.number();
  }
}
