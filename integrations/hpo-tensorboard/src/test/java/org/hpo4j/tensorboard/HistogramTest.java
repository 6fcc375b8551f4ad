package org.hpo4j.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class HistogramTest {

  private static UnknownFieldSet fields(double... values) throws InvalidProtocolBufferException {
    return UnknownFieldSet.parseFrom(Histogram.of(values).toMessage().toBytes());
  }

  private static double number(UnknownFieldSet fields, int field) {
    return Double.longBitsToDouble(fields.getField(field).getFixed64List().get(0));
  }

  private static double[] list(UnknownFieldSet fields, int field) {
    DoubleBuffer packed =
        RunReader.bytes(fields, field)
            .asReadOnlyByteBuffer()
            .order(ByteOrder.LITTLE_ENDIAN)
            .asDoubleBuffer();
    double[] values = new double[packed.remaining()];
    packed.get(values);
    return values;
  }

  private static double[] limits(double... values) throws InvalidProtocolBufferException {
    return list(fields(values), Fields.HISTOGRAM_BUCKET_LIMIT);
  }

  private static double[] counts(double... values) throws InvalidProtocolBufferException {
    return list(fields(values), Fields.HISTOGRAM_BUCKET);
  }

  @Test
  void momentsAreExact() throws InvalidProtocolBufferException {
    UnknownFieldSet fields = fields(-2, 0.5, 4);

    assertThat(number(fields, Fields.HISTOGRAM_MIN)).isEqualTo(-2);
    assertThat(number(fields, Fields.HISTOGRAM_MAX)).isEqualTo(4);
    assertThat(number(fields, Fields.HISTOGRAM_NUM)).isEqualTo(3);
    assertThat(number(fields, Fields.HISTOGRAM_SUM)).isEqualTo(2.5);
    assertThat(number(fields, Fields.HISTOGRAM_SUM_SQUARES)).isEqualTo(20.25);
  }

  @Test
  void aBucketEndsTenPercentAfterItBegins() throws InvalidProtocolBufferException {
    // The second bucket is the gap below that of 1.
    double[] limits = limits(0.5, 1.0);

    assertThat(counts(0.5, 1.0)).containsExactly(1, 0, 1);
    double lower = limits[1];
    double upper = limits[2];
    assertThat(lower).isLessThanOrEqualTo(1.0);
    assertThat(upper).isGreaterThan(1.0);
    assertThat(upper / lower).isCloseTo(1.1, within(1e-12));
    // 1e-12 * 1.1^k for a whole k.
    assertThat(Math.log(upper / 1e-12) / Math.log(1.1))
        .isCloseTo(Math.rint(Math.log(upper / 1e-12) / Math.log(1.1)), within(1e-9));
  }

  @Test
  void bothZerosAreInTheBucketAboveZero() throws InvalidProtocolBufferException {
    assertThat(limits(0.0, -0.0)).containsExactly(1e-12);
    assertThat(counts(0.0, -0.0)).containsExactly(2);
  }

  @Test
  void aLimitBelongsToTheBucketThatItBegins() throws InvalidProtocolBufferException {
    assertThat(limits(0, 1e-12)).containsExactly(1e-12, 1e-12 * 1.1);
    assertThat(counts(0, 1e-12)).containsExactly(1, 1);
  }

  @Test
  void theSignChangesNothingButTheSide() throws InvalidProtocolBufferException {
    double[] positive = limits(0, 0.7);
    double[] negative = limits(-0.7, 0);

    // The end of -0.7's bucket is the beginning of 0.7's, and the gap after it ends at 0.
    assertThat(negative).containsExactly(-positive[1], 0, 1e-12);
  }

  @Test
  void everyFiniteValueHasABucket() throws InvalidProtocolBufferException {
    double[] extremes = {-Double.MAX_VALUE, -1e30, -Double.MIN_VALUE, 1e20, Double.MAX_VALUE};

    assertThat(Arrays.stream(counts(extremes)).sum()).isEqualTo(extremes.length);
  }

  @Test
  void aGapIsOneBucket() throws InvalidProtocolBufferException {
    double[] counts = counts(0.001, 0.001, 1000);

    assertThat(counts).containsExactly(2, 0, 1);
  }

  @Test
  void bucketsAreThoseOfACountByHand() throws InvalidProtocolBufferException {
    double[] values = DoubleStream.iterate(-1.5, x -> x + 0.01).limit(301).toArray();
    double[] limits = limits(values);
    double[] counts = counts(values);

    double lower = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < limits.length; i++) {
      double from = lower;
      double to = limits[i];
      assertThat(counts[i])
          .as("count in [%s, %s)", from, to)
          .isEqualTo((double) Arrays.stream(values).filter(v -> v >= from && v < to).count());
      lower = to;
    }
  }

  @Test
  void valuesThatAreNotFiniteAreOnlyCounted() throws InvalidProtocolBufferException {
    double[] values = {Double.NaN, 1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};

    assertThat(Histogram.of(values).notFinite()).isEqualTo(3);
    assertThat(number(fields(values), Fields.HISTOGRAM_NUM)).isEqualTo(1);
    assertThat(number(fields(values), Fields.HISTOGRAM_MAX)).isEqualTo(1);
  }
}
