package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.hpo4j.contract.LogWatch;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Report;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Optuna's steps are integers of any size: a study must not be lost for one beyond 32 bits. */
class LeftOutReportsTest {

  private final Path journal;
  @RegisterExtension final LogWatch log = LogWatch.on(JournalReplay.class.getName());

  LeftOutReportsTest(@TempDir Path folder) {
    this.journal = folder.resolve("journal");
  }

  @BeforeEach
  void createStudies() throws IOException {
    append("{\"op_code\":0,\"worker_id\":\"w\",\"study_name\":\"s\",\"directions\":[1]}");
    append("{\"op_code\":0,\"worker_id\":\"w\",\"study_name\":\"other\",\"directions\":[1]}");
    appendTrial(0, "");
    appendReport("7");
  }

  private void append(String line) throws IOException {
    Files.writeString(journal, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void appendTrial(int study, String more) throws IOException {
    append(
        "{\"op_code\":4,\"worker_id\":\"w\",\"study_id\":"
            + study
            + ",\"datetime_start\":null"
            + more
            + "}");
  }

  private void appendReport(String step) throws IOException {
    append(
        "{\"op_code\":7,\"worker_id\":\"w\",\"trial_id\":0,\"step\":"
            + step
            + ",\"intermediate_value\":0.5}");
  }

  private List<Report> reports(int number) {
    try (Storage storage = JournalStorage.open(journal)) {
      StudyStorage study = storage.find("s").orElseThrow();
      return study.table().freeze(number).reports("");
    }
  }

  @Test
  void stepsBeyond32BitsAreLeftOutWithOneWarning() throws IOException {
    appendReport("3000000000");
    appendReport("1" + "0".repeat(400));
    appendReport("-2147483649");
    appendReport("-2147483648");
    appendReport("2147483647");
    assertThat(reports(0))
        .containsExactlyInAnyOrder(
            new Report(Integer.MIN_VALUE, 0.5), new Report(7, 0.5), new Report(2147483647, 0.5));
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("'s'", "trial 0", "step 3000000000,");
  }

  @Test
  void thoseOfATrialThatWasAddedAtOnceAreToo() throws IOException {
    appendTrial(0, ",\"intermediate_values\":{\"1\":0.25,\"1099511627776\":1.0,\"-9999999999\":2}");
    assertThat(reports(1)).containsExactly(new Report(1, 0.25));
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("'s'", "trial 1", "step 1099511627776,");
  }

  @Test
  void nobodyIsWarnedOfAnotherStudy() throws IOException {
    appendTrial(1, ",\"intermediate_values\":{\"1099511627776\":1.0}");
    assertThat(reports(0)).containsExactly(new Report(7, 0.5));
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void theWarningComesFromASnapshotToo() throws IOException {
    appendReport("3000000000");
    append(
        "{\"op_code\":2,\"worker_id\":\"w\",\"study_id\":0,\"user_attr\":{\"bulk\":\""
            + "x".repeat((int) JournalOpening.SMALLEST_GAIN)
            + "\"}}");
    reports(0);
    assertThat(JournalSnapshot.load(journal)).isPresent();
    assertThat(reports(0)).containsExactly(new Report(7, 0.5));
    assertThat(log.warnings()).hasSize(2);
    assertThat(log.warnings().get(1)).isEqualTo(log.warnings().get(0));
  }

  @Test
  void aStepThatIsNoIntegerIsDamage() throws IOException {
    appendReport("1.5");
    assertThatThrownBy(() -> reports(0))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("line 5")
        .hasMessageContaining("1.5");
  }
}
