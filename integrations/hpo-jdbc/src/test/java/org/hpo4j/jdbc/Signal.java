package org.hpo4j.jdbc;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals that Java itself cannot send. */
enum Signal {
  /** To PostgreSQL: end at once, as in a crash. */
  QUIT,
  /** Pause. */
  STOP,
  /** Go on after a pause. */
  CONT;

  void send(long pid) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name(), Long.toString(pid)).inheritIO().start();
    if (!kill.waitFor(1, TimeUnit.MINUTES)) {
      throw new IOException("kill does not end");
    }
  }
}
