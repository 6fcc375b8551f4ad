package org.hpo4j.study;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.trial.TrialTable;

/** The files of a study's trials, and which of them stay. */
final class TrialFiles {

  private static final System.Logger LOG = System.getLogger(TrialFiles.class.getName());

  private final String study;
  private final Optional<ArtifactFolder> folder;
  private final Retention retention;

  /**
   * Trials whose files this process has deleted: where some are kept, their folders stay. Guarded
   * by the study's lock, as is the policy.
   */
  private final BitSet cleared = new BitSet();

  TrialFiles(String study, StudySettings<?, ?> settings) {
    this.study = study;
    this.folder = settings.artifactFolder().map(root -> ArtifactFolder.of(root, study));
    this.retention = settings.retention();
  }

  ArtifactFolder folder() {
    return folder.orElseThrow(
        () ->
            new IllegalStateException(
                "study '" + study + "' has no artifact folder: name one with artifacts(folder)"));
  }

  /** What is to be recorded of a file before it is put in its place. */
  static StudyChange record(int number, String name) {
    Artifact artifact = new Artifact(number, name);
    return new StudyChange.SetTrialSystemAttribute(number, artifact.key(), artifact.value());
  }

  /** The names of a trial's files, sorted. */
  List<String> names(TrialTable table, int number) {
    return folder().list(number).stream().filter(name -> isRecorded(table, number, name)).toList();
  }

  /** A file of a trial, if it is there. */
  Optional<Path> find(TrialTable table, int number, String name) {
    return folder().find(number, name).filter(file -> isRecorded(table, number, name));
  }

  /** Whether a trial tells of a file, which may be an earlier study's of this name. */
  private static boolean isRecorded(TrialTable table, int number, String name) {
    return number < table.size()
        && table.systemAttribute(number, new Artifact(number, name).key()).isPresent();
  }

  /** Whether the end of a trial may delete files. */
  boolean mayExpire() {
    return folder.isPresent() && !retention.keepsAll();
  }

  /** The ended trials whose files the policy gives up and that nobody has deleted yet. */
  BitSet expired(TrialTable table) {
    BitSet expired = retention.expired(table);
    expired.andNot(cleared);
    return expired;
  }

  /** Deletes files, without the lock; false if that failed, which is no reason to end a run. */
  boolean delete(BitSet expired) {
    try {
      folder().delete(expired, retention::keepsAlways);
      return true;
    } catch (UncheckedIOException e) {
      LOG.log(System.Logger.Level.WARNING, "files of trials could not be deleted", e);
      return false;
    }
  }

  /** Remembers that their files are gone. */
  void cleared(BitSet deleted) {
    cleared.or(deleted);
  }
}
