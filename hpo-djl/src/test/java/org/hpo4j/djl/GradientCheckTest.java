package org.hpo4j.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.LambdaBlock;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The check itself: it passes a right gradient and fails wrong ones. */
class GradientCheckTest {
  private static final Shape SHAPE = new Shape(2, 2, 3, 3);

  @Test
  void passesARightGradient() {
    assertThat(errorOf(x -> x.mul(x).add(x))).isLessThan(GradientCheck.TOLERANCE);
  }

  @Test
  void findsAPartThatIsCutOff() {
    // The value is x^2 + x, the engine's gradient only 1: the square is not followed.
    assertThat(errorOf(x -> x.duplicate().stopGradient().mul(x.stopGradient()).add(x)))
        .isGreaterThan(0.1);
  }

  @Test
  void findsAnErrorOfOnePerMille() {
    assertThat(errorOf(x -> times(x.mul(x), 0.999).add(x.mul(x).stopGradient().mul(0.001))))
        .isBetween(1e-4, 1e-2);
  }

  /** Fails once DJL mends it; blocks may multiply by numbers then. */
  @Test
  void findsANumberThatIsFreedBeforeItsGradient() {
    assertThat(errorOf(x -> x.mul(0.5))).isGreaterThan(0.1);
    assertThat(errorOf(x -> times(x, 0.5))).isLessThan(GradientCheck.TOLERANCE);
  }

  /** Multiplies by a number that lives as long as the array's manager. */
  private static NDArray times(NDArray array, double number) {
    return array.mul(array.getManager().create(number));
  }

  private static double errorOf(Function<NDArray, NDArray> function) {
    return GradientCheck.relativeError(LambdaBlock.singleton(function, "function"), SHAPE, true);
  }
}
