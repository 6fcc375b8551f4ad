package org.hpo4j.contract;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Sees what is logged: as a registered extension during each test, or until it is closed. */
public final class LogWatch extends Handler implements BeforeEachCallback, AfterEachCallback {

  /** Held, since a logger that nobody holds is collected with its handlers. */
  private final Logger logger;

  private final Consumer<LogRecord> reaction;
  private final List<String> warnings = new CopyOnWriteArrayList<>();

  private LogWatch(String logger, Consumer<LogRecord> reaction) {
    this.logger = Logger.getLogger(logger);
    this.reaction = reaction;
  }

  /**
   * Keeps the warnings of a class or package, once it is registered.
   *
   * @param logger the name of either
   */
  public static LogWatch on(String logger) {
    return new LogWatch(logger, entry -> {});
  }

  /** Reacts to what is logged, in the thread that does, from now on. */
  public static LogWatch reacting(String logger, Consumer<LogRecord> reaction) {
    LogWatch watch = new LogWatch(logger, reaction);
    watch.logger.addHandler(watch);
    return watch;
  }

  /** The texts of the warnings that this test has led to so far. */
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public void publish(LogRecord entry) {
    if (entry.getLevel().equals(Level.WARNING)) {
      warnings.add(MessageFormat.format(entry.getMessage(), entry.getParameters()));
    }
    reaction.accept(entry);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    warnings.clear();
    logger.addHandler(this);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
