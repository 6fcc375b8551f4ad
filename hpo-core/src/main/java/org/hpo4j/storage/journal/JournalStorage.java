package org.hpo4j.storage.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private final JournalFile file;
  private final WorkerId worker = WorkerId.create();
  private final String workerId = worker.toString();
  private final JournalLock lock;
  private final JournalAppends appends;

  private JournalStorage(JournalFile file, Duration grace) {
    this.file = file;
    this.lock = new JournalLock(file.path(), workerId, grace);
    this.appends = new JournalAppends(file, lock);
  }

  /**
   * Opens a journal. The file and its folder are created where they do not exist.
   *
   * @throws StorageException if the path cannot be a journal, naming it and saying why
   */
  public static JournalStorage open(Path path) {
    return open(path, JournalLock.GRACE);
  }

  /** Opens a journal whose lock counts as left behind after another time than Optuna's. */
  static JournalStorage open(Path path, Duration grace) {
    return new JournalStorage(JournalFile.open(path), grace);
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
    appends.requireOpen();
    return openNames().replay().studyNames();
  }

  private JournalOpening openNames() {
    return JournalOpening.read(file, workerId, JournalReplay::ofNames);
  }

  @Override
  public StudyStorage create(String name, List<Direction> directions) {
    appends.append(new Creation(name, directions), Durability.DURABLE);
    return find(name).orElseThrow();
  }

  /** The line of a new study, which is then read like any other. */
  private final class Creation implements JournalAppends.Batch {

    private final String name;
    private final List<Direction> directions;
    private final JournalWriter lines = new JournalWriter(workerId);
    private List<String> names = List.of();

    Creation(String name, List<Direction> directions) {
      this.name = name;
      this.directions = directions;
    }

    @Override
    public void catchUp() {
      // The names are read once.
    }

    @Override
    public long readToEnd() {
      JournalOpening opening = openNames();
      names = opening.replay().studyNames();
      return opening.reader().offset();
    }

    @Override
    public JournalWriter lines() {
      return lines;
    }

    @Override
    public void prepare() {
      if (names.contains(name)) {
        throw new IllegalStateException(
            "journal " + file.path() + ": there is already a study named '" + name + "'");
      }
      lines.createStudy(name, directions);
    }

    @Override
    public void undo() {
      lines.cutTo(0, 0);
    }

    @Override
    public void promised() {
      throw new IllegalStateException("the creation of a study is not shared");
    }

    @Override
    public void appended() {
      // Reading it is left to those who open it.
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws StorageException if the journal is damaged, naming the line
   */
  @Override
  public Optional<StudyStorage> find(String name) {
    appends.requireOpen();
    return JournalStudy.find(name, this);
  }

  JournalAppends appends() {
    return appends;
  }

  /** The folder beside the journal that has its name and {@code .artifacts}. */
  @Override
  public Optional<Path> artifactFolder() {
    return Optional.of(file.path().resolveSibling(file.path().getFileName() + ".artifacts"));
  }

  /**
   * Closes the file. No line tells others of it: trials that still run here are free at once for
   * other storages of this process, and for other processes of this machine when this one has
   * ended.
   */
  @Override
  public void close() {
    try {
      appends.close(() -> JournalOpening.keepUp(file, workerId));
    } finally {
      worker.retire();
      closeLock();
    }
  }

  private void closeLock() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new StorageException(
          "journal " + file.path() + ": cannot be closed: " + IoMessages.of(e), e);
    }
  }

  @Override
  public String toString() {
    return "journal " + file.path();
  }
}
