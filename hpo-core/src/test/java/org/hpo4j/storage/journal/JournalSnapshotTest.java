package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.contract.TestStudies.trials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that saves the time to read the lines of a long journal again. */
class JournalSnapshotTest {

  /** Longer than what a snapshot must spare. */
  private static final String BULK = "x".repeat((int) JournalOpening.SMALLEST_GAIN);

  private final Path journal;
  private final Path snapshot;

  JournalSnapshotTest(@TempDir Path folder) {
    journal = folder.resolve("journal.log");
    snapshot = folder.resolve("journal.log.snapshot");
  }

  /** A study with all kinds of lines; what is known of it as long as it is open. */
  private Map<String, Object> fill() {
    try (Storage storage = JournalStorage.open(journal)) {
      TestStudies.fill(storage.create("other", List.of(Direction.MAXIMIZE)));
      StudyStorage study = storage.create("study", List.of(Direction.MINIMIZE));
      TestStudies.fill(study);
      study.commit(List.of(new StudyChange.SetStudyAttribute("bulk", BULK)), Durability.DURABLE);
      return content(study);
    }
  }

  private static Map<String, Object> content(StudyStorage study) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("trials", trials(study));
    content.put("attributes", study.attributes());
    content.put("system attributes", study.systemAttributes());
    content.put("parameters", study.table().parameters().stream().map(p -> p.name()).toList());
    List<Object> drawn = new ArrayList<>();
    for (int number = 0; number < study.table().size(); number++) {
      drawn.add(study.table().joint(number));
    }
    content.put("drawn jointly", drawn);
    return content;
  }

  /** What a reader finds. */
  private Map<String, Object> opened() {
    try (Storage storage = JournalStorage.open(journal)) {
      return content(storage.find("study").orElseThrow());
    }
  }

  /** What a reader without a snapshot finds. */
  private Map<String, Object> read() throws IOException {
    Files.deleteIfExists(snapshot);
    Map<String, Object> content = opened();
    Files.deleteIfExists(snapshot);
    return content;
  }

  @Test
  void isMadeWhenALongJournalIsClosed() {
    fill();
    assertThat(JournalSnapshot.reach(journal)).isEqualTo(journal.toFile().length());
  }

  @Test
  void isMadeWhenALongJournalIsOpenedWithoutOne() throws IOException {
    fill();
    Files.delete(snapshot);
    opened();
    assertThat(JournalSnapshot.reach(journal)).isEqualTo(journal.toFile().length());
  }

  @Test
  void isNotMadeOfAShortJournal() {
    try (Storage storage = JournalStorage.open(journal)) {
      TestStudies.fill(storage.create("study", List.of(Direction.MINIMIZE)));
    }
    opened();
    assertThat(snapshot).doesNotExist();
  }

  @Test
  void leavesNothingElseBehind() throws IOException {
    fill();
    try (var files = Files.list(journal.toAbsolutePath().getParent())) {
      assertThat(files).containsExactlyInAnyOrder(journal, snapshot);
    }
  }

  @Test
  void tellsTheSameAsTheLines() throws IOException {
    fill();
    Map<String, Object> bySnapshot = opened();
    assertThat(bySnapshot).isEqualTo(read());
  }

  @Test
  void isWhatAnOpeningReads() throws IOException {
    fill();
    // A snapshot without the records that says that it has them.
    try (JournalFile file = JournalFile.open(journal);
        SnapshotWriter writer = new SnapshotWriter(journal, "test")) {
      JournalReader reader = new JournalReader(file);
      assertThat(reader.passOver(file.length(), 1)).isTrue();
      writer.finish(reader);
    }
    assertThat(JournalStorage.open(journal).studyNames()).isEmpty();
  }

  @Test
  void isFollowedByTheLinesThatCameLater() {
    fill();
    try (Storage storage = JournalStorage.open(journal)) {
      storage
          .find("study")
          .orElseThrow()
          .commit(
              List.of(
                  TestStudies.start(9, TestStudies.x(0.5)),
                  TestStudies.finish(9, Outcome.completed(0.25))),
              Durability.DURABLE);
    }
    assertThat(JournalSnapshot.reach(journal)).isLessThan(journal.toFile().length());
    assertThat(JournalStorage.open(journal).find("study").orElseThrow().table().outcome(9))
        .contains(Outcome.completed(0.25));
  }

  @Test
  void ofAStudyThatHasGrownIsReplaced() {
    fill();
    try (Storage storage = JournalStorage.open(journal)) {
      storage
          .find("study")
          .orElseThrow()
          .commit(List.of(new StudyChange.SetStudyAttribute("more", BULK)), Durability.DURABLE);
    }
    assertThat(JournalSnapshot.reach(journal)).isEqualTo(journal.toFile().length());
    assertThat(JournalStorage.open(journal).find("study").orElseThrow().attributes())
        .containsEntry("bulk", BULK)
        .containsEntry("more", BULK);
  }

  @Test
  void isIgnoredWhereAByteIsWrong() throws IOException {
    fill();
    byte[] whole = Files.readAllBytes(snapshot);
    Map<String, Object> content = read();
    for (int place : new int[] {0, whole.length / 2, whole.length - 20}) {
      byte[] damaged = whole.clone();
      damaged[place] ^= 1;
      Files.write(snapshot, damaged);
      assertThat(opened()).as("byte " + place).isEqualTo(content);
    }
  }

  @Test
  void isIgnoredWhereItIsCutOff() throws IOException {
    fill();
    byte[] whole = Files.readAllBytes(snapshot);
    Map<String, Object> content = read();
    for (int length : new int[] {0, 40, whole.length - 24}) {
      Files.write(snapshot, Arrays.copyOf(whole, length));
      assertThat(opened()).as(length + " bytes").isEqualTo(content);
    }
  }

  @Test
  void ofAnotherJournalIsIgnored() throws IOException {
    fill();
    byte[] old = Files.readAllBytes(snapshot);
    Files.delete(journal);
    Map<String, Object> content = fill();
    Files.write(snapshot, old);
    assertThat(opened()).isEqualTo(content);
  }

  @Test
  void ofALongerJournalIsIgnored() throws IOException {
    fill();
    List<String> lines = Files.readAllLines(journal);
    String last = lines.remove(lines.size() - 1);
    Files.write(journal, lines);
    assertThat(last).contains("bulk");
    assertThat(JournalStorage.open(journal).find("study").orElseThrow().attributes())
        .doesNotContainKey("bulk");
  }

  @Test
  void hidesNoDamageOfTheLines() throws IOException {
    fill();
    List<String> lines = Files.readAllLines(journal);
    int damaged = 0;
    while (!lines.get(damaged).contains("\"note\"")) {
      damaged++;
    }
    int number = damaged + 1;
    lines.set(damaged, lines.get(damaged).replace("note", "note".toUpperCase(Locale.ROOT)));
    Files.write(journal, lines);
    assertThatThrownBy(this::opened)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("line " + number + ":");
  }

  @Test
  void canBeInTheWay() throws IOException {
    Map<String, Object> content = fill();
    Files.delete(snapshot);
    Files.createDirectories(snapshot.resolve("folder"));
    assertThat(opened()).isEqualTo(content);
  }

  /** Times without an offset are local; a snapshot has them as instants. */
  @Test
  void ofAnotherTimeZoneIsIgnored() throws IOException {
    fill();
    Files.writeString(
        journal,
        """
        {"op_code":4,"worker_id":"w","study_id":1,"datetime_start":"2026-11-22T17:09:33"}
        {"op_code":2,"worker_id":"w","study_id":1,"user_attr":{"bulk":"%s"}}
        """
            .formatted(BULK),
        StandardOpenOption.APPEND);
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
      opened();
      TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
      assertThat(opened()).isEqualTo(read());
    } finally {
      TimeZone.setDefault(before);
    }
  }

  /** Lines of other programs, as odd as they may be. */
  @Test
  void keepsEveryFieldOfALine() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String asset : List.of("version-0.1.log", "version-0.1-checksums.log")) {
      lines.addAll(Files.readAllLines(Path.of("src/test/resources/journal", asset)));
    }
    lines.addAll(ODD_LINES.lines().toList());
    List<String> expected = new ArrayList<>();
    Path file = journal.resolveSibling("records");
    JournalRecord record = new JournalRecord();
    RecordParser parser = new RecordParser(record);
    try (var out = Files.newOutputStream(file)) {
      RecordEncoder encoder = new RecordEncoder(out);
      for (String line : lines) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        parser.read(bytes, 0, bytes.length);
        encoder.write(record);
        expected.add(text(record));
      }
      encoder.flush();
    }
    byte[] bytes = Files.readAllBytes(file);
    RecordDecoder decoder = new RecordDecoder(bytes, 0, bytes.length);
    List<String> decoded = new ArrayList<>();
    while (decoder.hasNext()) {
      decoder.read(record);
      decoded.add(text(record));
    }
    assertThat(decoded).isEqualTo(expected);
  }

  private static final String ODD_LINES =
      """
      {"op_code":0,"worker_id":"\\ud800 \\u00eb","study_name":"\\ud83d\\ude00","directions":[1,2,0]}
      {"op_code":1,"study_id":2}
      {"op_code":2,"worker_id":"w","study_id":0,"user_attr":{"none":null}}
      {"op_code":3,"worker_id":"w","study_id":0,"system_attr":{"a":[NaN,-Infinity,{"b":[]},-0.0,1e300]}}
      {"op_code":4,"worker_id":"w","study_id":0,"datetime_start":null,"state":4,"params":{},"user_attrs":{"\\u00eb":"\\udc00"}}
      {"op_code":4,"worker_id":"w","study_id":0,"datetime_start":"2026-11-22T17:09:33.123456789Z","params":{"a":1,"b":-0.0}}
      {"op_code":4,"worker_id":"w","study_id":0,"datetime_start":null,"params":{"a":1},"distributions":{"b":"B","a":"A"}}
      {"op_code":4,"worker_id":"w","study_id":0,"datetime_start":null,"params":{"a":2},"distributions":{"b":"B","a":"A"}}
      {"op_code":4,"worker_id":"w","study_id":0,"datetime_start":null,"params":{"a":2,"b":3},"distributions":{"a":"A"}}
      {"op_code":4,"worker_id":"w","study_id":0,"datetime_start":null,"state":1,"values":[1,Infinity],"datetime_complete":"0001-01-01T00:00:00Z","intermediate_values":{"-3":NaN,"2147483647":5}}
      {"op_code":5,"worker_id":"w","trial_id":0,"param_value_internal":true,"distribution":"A","param_name":"a"}
      {"op_code":6,"worker_id":"w","trial_id":2147483647,"state":3,"values":null,"datetime_complete":"2026-11-22T17:09:33+05:30"}
      {"op_code":7,"worker_id":"w","trial_id":-1,"step":-2147483647,"intermediate_value":-Infinity}
      {"op_code":7,"worker_id":"w","trial_id":3,"step":4294967296,"intermediate_value":1}
      {"op_code":4,"worker_id":"w","study_id":0,"datetime_start":null,"intermediate_values":{"1":2,"4294967296":5}}
      {"op_code":8,"worker_id":"w","trial_id":0,"user_attr":{"k":"v"},"surplus":[1,{}]}
      {"op_code":9,"worker_id":"w","trial_id":0,"system_attr":{"k":9007199254740993}}
      {"op_code":10,"worker_id":"w","trial_ids":[1]}
      """;

  /** All that the record's code needs. */
  private static String text(JournalRecord record) {
    List<Object> fields = new ArrayList<>(List.of(record.opCode, record.workerId));
    switch (record.opCode) {
      case JournalRecord.CREATE_STUDY -> {
        fields.add(record.studyName);
        fields.add(List.copyOf(record.directions));
      }
      case JournalRecord.DELETE_STUDY,
          JournalRecord.STUDY_USER_ATTRIBUTE,
          JournalRecord.STUDY_SYSTEM_ATTRIBUTE,
          JournalRecord.CREATE_TRIAL ->
          fields.add(record.studyId);
      default -> fields.add(record.trialId);
    }
    if (record.opCode == JournalRecord.DISCARD_TRIALS) {
      fields.remove(2);
    }
    if (record.opCode == JournalRecord.SET_INTERMEDIATE_VALUE) {
      fields.add(record.isLeftOutReport() ? "" : record.step);
      fields.add(record.intermediateValue);
    }
    fields.add(record.state);
    fields.add(record.values);
    fields.add(record.started);
    fields.add(record.completed);
    for (int i = 0; i < record.parameterCount(); i++) {
      fields.add(record.parameterName(i) + "=" + record.parameterValue(i));
    }
    for (int i = 0; i < record.distributionCount(); i++) {
      fields.add(record.distributionName(i) + ":" + record.distributionText(i));
    }
    fields.add(record.userAttributes);
    fields.add(record.systemAttributes);
    fields.add(record.intermediateValues);
    fields.add(record.leftOutStep);
    return fields.toString();
  }
}
