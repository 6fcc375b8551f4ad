package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.contract.TestStudies.commit;
import static org.hpo4j.contract.TestStudies.newStudy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attributes that another program changes in a study that is open here. */
class ForeignAttributesTest {

  @ParameterizedTest
  @EnumSource
  void oneThatIsSetToNullIsGone(TestDatabase database, @TempDir Path folder) throws SQLException {
    String url = database.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      StudyStorage study = newStudy(storage);
      commit(study, new StudyChange.SetStudyAttribute("a", 1L));
      TestDatabase.execute(url, "UPDATE study_user_attributes SET value_json = '2'");
      study.refresh();
      assertThat(study.attributes()).isEqualTo(Map.of("a", 2L));
      TestDatabase.execute(url, "UPDATE study_user_attributes SET value_json = 'null'");
      study.refresh();
      assertThat(study.attributes()).isEmpty();
    }
  }
}
