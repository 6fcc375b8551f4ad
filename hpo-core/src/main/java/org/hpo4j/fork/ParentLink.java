package org.hpo4j.fork;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The connection of a trial's process to the study's. A thread of its own reads it, so that this
 * process ends at once when the other one does, whatever the objective is doing.
 */
final class ParentLink {

  /** The exit code of a process that has lost its parent; nobody is left to read it. */
  private static final int ORPHANED = 86;

  private final Wire wire;
  private final LinkedBlockingQueue<Message> received = new LinkedBlockingQueue<>();
  private final IdentityHashMap<Throwable, Integer> studyErrors = new IdentityHashMap<>();

  private ParentLink(Wire wire) {
    this.wire = wire;
  }

  static ParentLink open(Socket socket) throws IOException {
    ParentLink link = new ParentLink(new Wire(socket));
    Thread reader = new Thread(link::readAll, "hpo4j connection to the study");
    reader.setDaemon(true);
    reader.start();
    return link;
  }

  private void readAll() {
    try {
      Optional<Message> message = wire.read();
      while (message.isPresent()) {
        received.add(message.get());
        message = wire.read();
      }
    } catch (IOException e) {
      // The parent's death looks like this too; there is nobody to tell.
    } finally {
      // Also after an error such as a full heap: without this thread the process would hang.
      ProcessTree.killOwnDescendants();
      Runtime.getRuntime().halt(ORPHANED);
    }
  }

  /** Calls the study and waits for its answer, also in a thread that is interrupted. */
  synchronized Object call(Map<String, ?> call) {
    send(call);
    Message answer = receive();
    Optional<Message> error = answer.find("error");
    if (error.isPresent()) {
      RuntimeException thrown = Failures.read(error.get());
      studyErrors.put(thrown, answer.integer("number"));
      throw thrown;
    }
    return answer.value("result");
  }

  /** The number of the answer that made this exception, if it is the study's. */
  synchronized OptionalInt numberOf(Throwable thrown) {
    Integer number = studyErrors.get(thrown);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** Says how the trial ended, and waits until that is known. */
  synchronized void end(Map<String, ?> ending) {
    send(ending);
    receive();
  }

  private void send(Map<String, ?> fields) {
    try {
      wire.write(fields);
    } catch (IOException e) {
      throw new UncheckedIOException("the connection to the study is lost", e);
    }
  }

  Message receive() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return received.take();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
