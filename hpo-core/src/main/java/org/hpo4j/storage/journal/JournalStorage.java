package org.hpo4j.storage.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StorageProvider;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.WorkerId;
import org.hpo4j.trial.Direction;

/**
 * Studies in one file, in Optuna's journal format: a line of JSON for each thing that happened,
 * only ever appended. Optuna 4 and 5, their dashboard, and other processes with this library may
 * read and write the same file at the same time. {@code docs/format.md} in the project tells what
 * is written.
 *
 * <p>A trial that has ended survives a crash of the process and of the machine; its reports survive
 * a crash of the process. A line that a crash cut off is ignored, and removed before the next one
 * is written. Any other damage is an error that names the line.
 *
 * <p>Errors of the file (a folder in its place, no permission, no space left, damage) are {@link
 * StorageException}s; whatever was recorded before stays.
 */
public final class JournalStorage implements Storage {

  /** Opens journals by their paths. */
  public static final class Provider implements StorageProvider {

    /** A letter alone before the colon is a drive. */
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

    /** For the service loader. */
    public Provider() {}

    @Override
    public boolean accepts(String address) {
      return !address.isBlank() && !SCHEME.matcher(address).matches();
    }

    @Override
    public Storage open(String address, Map<String, String> options) {
      if (!options.isEmpty()) {
        throw new IllegalArgumentException(
            "a journal, " + address + ", takes no options; got " + options.keySet());
      }
      return JournalStorage.open(Path.of(address));
    }
  }

  /** What is appended while the lock is held. */
  interface Batch {

    /** Reads the journal while another one holds the lock, so that less is left to read after. */
    void catchUp();

    /** Reads the journal to its end, adds lines to those that wait, and returns that end. */
    long prepare();

    /** The lines are in the file, from that end on. */
    void appended();
  }

  private final JournalFile file;
  private final WorkerId worker = WorkerId.create();
  private final String workerId = worker.toString();
  private final JournalLock lock;
  private final GroupSync syncs;

  /** Threads of this process wait here, not at the file. */
  private final ReentrantLock appending = new ReentrantLock();

  private volatile boolean closed;

  /** Whether lines were appended here; guarded by {@link #appending}. */
  private boolean appended;

  private JournalStorage(JournalFile file) {
    this.file = file;
    this.lock = new JournalLock(file.path(), workerId, JournalLock.GRACE);
    this.syncs = new GroupSync(file::sync);
  }

  /**
   * Opens a journal. The file and its folder are created where they do not exist.
   *
   * @throws StorageException if the path cannot be a journal, naming it and saying why
   */
  public static JournalStorage open(Path path) {
    return new JournalStorage(JournalFile.open(path));
  }

  JournalFile file() {
    return file;
  }

  /** Who writes the lines of this object. */
  String workerId() {
    return workerId;
  }

  /**
   * {@inheritDoc}
   *
   * @throws StorageException if the journal is damaged, naming the line
   */
  @Override
  public List<String> studyNames() {
    requireOpen();
    return openNames().replay().studyNames();
  }

  private JournalOpening openNames() {
    return JournalOpening.read(file, workerId, JournalReplay::ofNames);
  }

  @Override
  public StudyStorage create(String name, List<Direction> directions) {
    JournalWriter lines = new JournalWriter(workerId);
    append(
        lines,
        Durability.DURABLE,
        new Batch() {
          @Override
          public void catchUp() {
            // The names are read once.
          }

          @Override
          public long prepare() {
            JournalOpening opening = openNames();
            if (opening.replay().studyNames().contains(name)) {
              throw new IllegalStateException(
                  "journal " + file.path() + ": there is already a study named '" + name + "'");
            }
            lines.createStudy(name, directions);
            return opening.reader().offset();
          }

          @Override
          public void appended() {
            // It is read like any other study.
          }
        });
    return find(name).orElseThrow();
  }

  /**
   * {@inheritDoc}
   *
   * @throws StorageException if the journal is damaged, naming the line
   */
  @Override
  public Optional<StudyStorage> find(String name) {
    requireOpen();
    return JournalStudy.find(name, this);
  }

  /** Writes all lines that wait, and those of the batch, in one go. */
  void append(JournalWriter lines, Durability durability, Batch batch) {
    requireOpen();
    appending.lock();
    try {
      // It may have been closed while this thread waited.
      requireOpen();
      lock.acquire(batch::catchUp);
      try {
        long end = batch.prepare();
        if (lines.size() > 0) {
          if (file.requireInPlace(end) > end) {
            // A crash cut off the last line. Its end is the only place that a writer can reach.
            file.truncate(end);
          }
          boolean durable = durability == Durability.DURABLE;
          file.append(lines.bytes(), lines.size(), end, durable);
          syncs.appended(durable);
          appended = true;
          batch.appended();
        }
      } finally {
        lock.release();
      }
    } finally {
      appending.unlock();
    }
  }

  /** Makes what was appended so far survive a crash of the machine. */
  void sync() {
    syncs.await();
  }

  private void requireOpen() {
    if (closed) {
      throw new StorageException("journal " + file.path() + ": is closed");
    }
  }

  /** The folder beside the journal that has its name and {@code .artifacts}. */
  @Override
  public Optional<Path> artifactFolder() {
    return Optional.of(file.path().resolveSibling(file.path().getFileName() + ".artifacts"));
  }

  @Override
  public void close() {
    appending.lock();
    try {
      if (appended && !closed) {
        JournalOpening.keepUp(file, workerId);
      }
      closed = true;
      worker.retire();
      lock.close();
      syncs.end(file::close);
    } catch (IOException e) {
      throw new StorageException(
          "journal " + file.path() + ": cannot be closed: " + IoMessages.of(e), e);
    } finally {
      appending.unlock();
    }
  }
}
