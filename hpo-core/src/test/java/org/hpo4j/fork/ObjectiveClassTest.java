package org.hpo4j.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.hpo4j.study.Objective;
import org.hpo4j.trial.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be made anew in another process is refused before any is started. */
class ObjectiveClassTest {

  /** Can be made. */
  static class Fine implements Objective<RuntimeException> {

    /** For the trial's process. */
    public Fine() {}

    @Override
    public double evaluate(Trial trial) {
      return 0;
    }
  }

  private static final class Hidden extends Fine {
    Hidden() {}
  }

  private abstract static class Abstract extends Fine {}

  @SuppressWarnings("ClassCanBeStatic") // that it is not is under test
  final class Inner extends Fine {
    public Inner() {}
  }

  static Stream<Arguments> refused() {
    Objective<RuntimeException> lambda = trial -> 0;
    class Local extends Fine {}
    return Stream.of(
        Arguments.of(lambda.getClass(), "lambda expression"),
        Arguments.of(new Fine() {}.getClass(), "inside a method"),
        Arguments.of(Local.class, "inside a method"),
        Arguments.of(Inner.class, "inner class"),
        Arguments.of(Abstract.class, "abstract"),
        Arguments.of(Hidden.class, "public constructor"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void aClassThatCannotBeMadeIsRefused(Class<?> type, String word) {
    assertThatThrownBy(() -> ObjectiveClass.of(type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(type.getName())
        .hasMessageContaining(word);
  }

  @Test
  void aStaticNestedClassIsMadeByItsName() {
    assertThat(ObjectiveClass.of(Fine.class).name()).endsWith("ObjectiveClassTest$Fine");
  }

  @Test
  void aHeapThatJavaWouldRefuseIsRefused() {
    assertThatThrownBy(() -> ForkOptions.ofDefaults().withHeap("2 GB"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'2 GB'");
  }

  @Test
  void aWallTimeThatIsOverIsRefused() {
    assertThatThrownBy(() -> ForkOptions.ofDefaults().withWallTime(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0S");
  }

  @Test
  void refusesVariablesThatNoEnvironmentCanHave() {
    ForkOptions options = ForkOptions.ofDefaults();
    assertThatThrownBy(() -> options.withEnvironment(Map.of("A=B", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'A=B'");
    assertThatThrownBy(() -> options.withEnvironment(Map.of("", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("''");
    assertThatThrownBy(() -> options.withEnvironment(Map.of("A", "1\0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("variable A ");
    assertThat(options.withEnvironment(Map.of("A", "B=C")).environment())
        .containsExactly(Map.entry("A", "B=C"));
  }
}
