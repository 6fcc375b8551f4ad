package org.hpo4j.tensorboard;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.hpo4j.space.CategoricalDomain;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Domain;
import org.hpo4j.space.IntegerDomain;
import org.hpo4j.space.OrdinalDomain;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.RealDomain;
import org.hpo4j.trial.TrialState;

/**
 * The events of the HParams plugin: what an experiment searches, and the start and the end of each
 * of its sessions, which are the trials.
 */
final class HParams {

  private HParams() {}

  /**
   * Names the columns of the table; without it TensorBoard takes the parameters and scalars that it
   * finds in the sessions.
   *
   * @param metrics the tags of the scalars to be shown
   */
  static byte[] experiment(
      String name, Instant created, List<Parameter<?>> parameters, Collection<String> metrics) {
    Message experiment =
        new Message()
            .put(Fields.EXPERIMENT_NAME, name)
            .put(Fields.EXPERIMENT_TIME_CREATED, Events.seconds(created));
    parameters.forEach(p -> experiment.put(Fields.EXPERIMENT_HPARAM_INFOS, info(p)));
    metrics.forEach(
        tag ->
            experiment.put(
                Fields.EXPERIMENT_METRIC_INFOS,
                new Message()
                    .put(Fields.METRIC_NAME, new Message().put(Fields.METRIC_NAME_TAG, tag))));
    return Events.hparams(Fields.EXPERIMENT_TAG, Fields.HPARAMS_EXPERIMENT, experiment);
  }

  static byte[] sessionStart(Configuration configuration, Instant started) {
    Message start = new Message();
    for (int i = 0; i < configuration.size(); i++) {
      Parameter<?> parameter = configuration.parameters().get(i);
      start.putEntry(
          Fields.SESSION_START_HPARAMS,
          parameter.name(),
          value(parameter.domain(), configuration.code(i)));
    }
    start.put(Fields.SESSION_START_TIME, Events.seconds(started));
    return Events.hparams(Fields.SESSION_START_TAG, Fields.HPARAMS_SESSION_START, start);
  }

  static byte[] sessionEnd(TrialState state, Instant ended) {
    Message end =
        new Message()
            .put(Fields.SESSION_END_STATUS, status(state))
            .put(Fields.SESSION_END_TIME, Events.seconds(ended));
    return Events.hparams(Fields.SESSION_END_TAG, Fields.HPARAMS_SESSION_END, end);
  }

  /**
   * TensorBoard has no word for a pruned trial. A running one has no status at all, which shows as
   * unknown: the first that is read of a session stays.
   */
  private static int status(TrialState state) {
    return switch (state) {
      case COMPLETE -> Fields.STATUS_SUCCESS;
      case FAILED -> Fields.STATUS_FAILURE;
      case PRUNED, WAITING, RUNNING -> Fields.STATUS_UNKNOWN;
    };
  }

  // ---- Parameters ----

  private static Message info(Parameter<?> parameter) {
    Domain<?> domain = parameter.domain();
    Message info =
        new Message()
            .put(Fields.HPARAM_NAME, parameter.name())
            .put(Fields.HPARAM_TYPE, type(domain))
            .put(Fields.HPARAM_DIFFERS, domain.cardinality() > 1);
    if (domain instanceof RealDomain real) {
      return info.put(Fields.HPARAM_DOMAIN_INTERVAL, interval(real.low(), real.high()));
    }
    if (domain instanceof IntegerDomain integer) {
      return info.put(Fields.HPARAM_DOMAIN_INTERVAL, interval(integer.low(), integer.high()));
    }
    Message options = new Message();
    for (long i = 0; i < domain.cardinality(); i++) {
      options.put(Fields.LIST_VALUES, value(domain, domain.codeAt(i)));
    }
    return info.put(Fields.HPARAM_DOMAIN_DISCRETE, options);
  }

  private static Message interval(double low, double high) {
    return new Message().put(Fields.INTERVAL_MIN, low).put(Fields.INTERVAL_MAX, high);
  }

  private static Message value(Domain<?> domain, double code) {
    Message value = new Message();
    return switch (type(domain)) {
      case Fields.TYPE_BOOL -> value.put(Fields.STRUCT_BOOL, (Boolean) domain.decode(code));
      case Fields.TYPE_FLOAT64 ->
          value.put(Fields.STRUCT_NUMBER, ((Number) domain.decode(code)).doubleValue());
      default -> value.put(Fields.STRUCT_STRING, domain.label(code));
    };
  }

  /** One type for all values of a domain: options that are not all numbers go by their labels. */
  private static int type(Domain<?> domain) {
    List<?> options;
    if (domain instanceof CategoricalDomain<?> categorical) {
      options = categorical.options();
    } else if (domain instanceof OrdinalDomain<?> ordinal) {
      options = ordinal.options();
    } else {
      return Fields.TYPE_FLOAT64;
    }
    if (options.stream().allMatch(Boolean.class::isInstance)) {
      return Fields.TYPE_BOOL;
    }
    return options.stream().allMatch(Number.class::isInstance)
        ? Fields.TYPE_FLOAT64
        : Fields.TYPE_STRING;
  }
}
