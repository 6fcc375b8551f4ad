package org.hpo4j.storage.journal;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hpo4j.storage.StorageException;

/**
 * A journal that was read from its beginning, by way of its snapshot as far as there is one.
 *
 * @param reader where its lines end
 * @param replay what they mean
 */
record JournalOpening(JournalReader reader, JournalReplay replay) {

  private static final System.Logger LOG = System.getLogger(JournalOpening.class.getName());

  /** A new snapshot must spare at least so many bytes of lines, about 25 ms of work. */
  static final long SMALLEST_GAIN = 1 << 22;

  /** The same as a share of those that the old one spares: all of it is written again. */
  private static final int SHARE = 16;

  /** No program waits at its end for more bytes than these to be read, some 2 s. */
  private static final long LARGEST_GAIN_AT_END = 1 << 28;

  /**
   * Reads a journal, and writes a new snapshot where that spares the next one enough.
   *
   * @param worker who reads
   * @param empty makes a replay of no lines
   * @throws StorageException if the journal is damaged, naming the line
   */
  static JournalOpening read(JournalFile file, String worker, Supplier<JournalReplay> empty) {
    Optional<JournalSnapshot> snapshot = JournalSnapshot.load(file.path());
    if (snapshot.isPresent()) {
      JournalReader reader = new JournalReader(file);
      if (snapshot.get().passOver(reader)) {
        try {
          return read(file, worker, snapshot, reader, empty.get());
        } catch (IllegalArgumentException e) {
          // Only the lines can tell which of them means nothing.
          LOG.log(
              System.Logger.Level.DEBUG, "{0} has a record that {1}", file.path(), e.getMessage());
        }
      }
    }
    return read(file, worker, Optional.empty(), new JournalReader(file), empty.get());
  }

  private static JournalOpening read(
      JournalFile file,
      String worker,
      Optional<JournalSnapshot> snapshot,
      JournalReader reader,
      JournalReplay replay) {
    if (!isWorthwhile(file.length(), reader.offset())) {
      snapshot.ifPresent(s -> replay(s, replay, record -> {}));
      reader.readToEnd(replay);
    } else {
      try (SnapshotWriter writer = new SnapshotWriter(file.path(), worker)) {
        snapshot.ifPresent(s -> replay(s, replay, writer::add));
        reader.readToEnd(
            (buffer, offset, length) -> {
              replay.line(buffer, offset, length);
              writer.add(replay.record());
            });
        writer.finish(reader);
      }
    }
    return new JournalOpening(reader, replay);
  }

  private static void replay(
      JournalSnapshot snapshot, JournalReplay replay, Consumer<JournalRecord> next) {
    RecordDecoder records = snapshot.records();
    while (records.hasNext()) {
      records.read(replay.record());
      replay.apply();
      next.accept(replay.record());
    }
  }

  private static boolean isWorthwhile(long length, long covered) {
    return length - covered >= Math.max(SMALLEST_GAIN, covered / SHARE);
  }

  /** Writes a new snapshot if this worker's lines have made the journal much longer. */
  static void keepUp(JournalFile file, String worker) {
    try {
      long covered = JournalSnapshot.reach(file.path());
      long length = file.length();
      if (isWorthwhile(length, covered) && length - covered <= LARGEST_GAIN_AT_END) {
        JournalOpening opening = read(file, worker, JournalReplay::ofNames);
        LOG.log(System.Logger.Level.DEBUG, "snapshot of {0} bytes", opening.reader().offset());
      }
    } catch (StorageException e) {
      // The next one to open the journal is told so.
      LOG.log(System.Logger.Level.DEBUG, "no snapshot: {0}", e.getMessage());
    }
  }
}
