package org.hpo4j.mlflow;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the tracker says while this is open. */
final class CapturedLog extends Handler implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Logger logger = Logger.getLogger(MlflowTracker.class.getName());
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  CapturedLog() {
    logger.addHandler(this);
  }

  /** The messages of a level. */
  List<String> messages(Level level) {
    return records.stream()
        .filter(entry -> entry.getLevel().equals(level))
        .map(LogRecord::getMessage)
        .toList();
  }

  /** Waits until there is a message of a level. */
  void awaitMessage(Level level) throws InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (messages(level).isEmpty()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("no message of level " + level + " within " + LONGEST);
      }
      Thread.sleep(50);
    }
  }

  @Override
  public void publish(LogRecord entry) {
    records.add(entry);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
