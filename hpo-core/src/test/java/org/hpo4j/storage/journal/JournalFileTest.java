package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.hpo4j.storage.StorageException;
import org.junit.jupiter.api.Test;

class JournalFileTest {

  /** A file that takes bytes and cannot be synced. */
  private static final Path UNSYNCABLE = Path.of("/dev/null");

  @Test
  void aDurableAppendWhoseSyncFailedIsNotRecordedAndLaterSyncsFailToo() {
    assumeThat(UNSYNCABLE).as("a device of Unix").matches(Files::exists);
    try (JournalFile file = JournalFile.open(UNSYNCABLE)) {
      assertThatThrownBy(() -> file.append(new byte[1], 1, true))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("cannot be synced")
          .hasMessageContaining("not recorded")
          .hasMessageContaining("open the journal again")
          .cause()
          .satisfies(first -> assertThatThrownBy(file::sync).isSameAs(first));
    }
  }
}
