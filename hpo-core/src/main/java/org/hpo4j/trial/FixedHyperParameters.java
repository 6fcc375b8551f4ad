package org.hpo4j.trial;

import java.util.HashMap;
import java.util.Map;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;

/** Values that are known beforehand, by name or as a configuration. */
final class FixedHyperParameters implements HyperParameters {

  private final Map<String, Object> values;
  private final Configuration configuration;
  private final Map<String, Parameter<?>> asked = new HashMap<>();

  FixedHyperParameters(Map<String, ?> values) {
    this.values = new HashMap<>(values);
    this.configuration = Configuration.empty();
  }

  FixedHyperParameters(Configuration configuration) {
    this.values = Map.of();
    this.configuration = configuration;
  }

  @Override
  public <T> T suggest(Parameter<T> parameter) {
    Parameter<?> earlier = asked.putIfAbsent(parameter.name(), parameter);
    if (earlier != null) {
      ParameterConflicts.requireSameDomain(earlier, parameter);
    }
    if (configuration.contains(parameter)) {
      return configuration.get(parameter);
    }
    Object value = values.get(parameter.name());
    return value == null
        ? parameter.defaultValue()
        : parameter.domain().decode(parameter.encode(value));
  }
}
