package org.hpo4j.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hpo4j.trial.Direction;

/** Where studies are kept. Safe for use by several threads. */
public interface Storage extends AutoCloseable {

  /** The names of all studies. */
  List<String> studyNames();

  /**
   * Creates a study.
   *
   * @throws IllegalStateException if there is one of that name
   * @throws StorageException if it cannot be written
   */
  StudyStorage create(String name, List<Direction> directions);

  /**
   * Checks that a change could be kept in a new study, so that it is refused before there is one.
   *
   * @throws IllegalArgumentException if a text in it is too long for this storage
   */
  default void requireStorable(StudyChange change) {}

  /** The study of this name. */
  Optional<StudyStorage> find(String name);

  /** The folder where trials' files are kept unless the user names another. */
  Optional<Path> artifactFolder();

  /**
   * Releases files and connections; what was committed stays. Trials that still run here are lost:
   * nothing more of them can be recorded, and others may run them again once they know.
   */
  @Override
  void close();

  /** A storage that lasts as long as this object. */
  static Storage inMemory() {
    return new InMemoryStorage();
  }
}
