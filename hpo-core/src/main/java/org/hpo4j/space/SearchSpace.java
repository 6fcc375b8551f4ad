package org.hpo4j.space;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A declared search space: a tree of parameters and choices between branches, with constraints.
 *
 * <p>A parameter may stand in several branches of a choice, as long as it is the same parameter.
 */
public final class SearchSpace {

  /** Chooses the code of a parameter while the tree is walked. */
  @FunctionalInterface
  public interface Chooser {

    /** The code of the parameter's value, a member of its domain. */
    double choose(Parameter<?> parameter);
  }

  private final List<SpaceNode> nodes;
  private final List<Parameter<?>> parameters;
  private final List<List<Parameter<?>>> groups;
  private final List<Constraint> constraints;

  private SearchSpace(List<SpaceNode> nodes, List<Constraint> constraints) {
    this.nodes = nodes;
    this.constraints = constraints;
    Map<String, Parameter<?>> byName = new LinkedHashMap<>();
    // Parameters under equal conditions are active together. LinkedHashMap: order of the tree.
    Map<String, Set<String>> conditions = new LinkedHashMap<>();
    collect(nodes, "", byName, conditions);
    if (byName.isEmpty()) {
      throw new IllegalArgumentException("a search space needs at least one parameter");
    }
    this.parameters = List.copyOf(byName.values());
    Map<Set<String>, List<Parameter<?>>> byConditions = new LinkedHashMap<>();
    for (Parameter<?> parameter : parameters) {
      byConditions
          .computeIfAbsent(conditions.get(parameter.name()), unused -> new ArrayList<>())
          .add(parameter);
    }
    this.groups = byConditions.values().stream().<List<Parameter<?>>>map(List::copyOf).toList();
    for (Constraint constraint : constraints) {
      for (Parameter<?> parameter : constraint.parameters()) {
        if (!parameter.equals(byName.get(parameter.name()))) {
          throw new IllegalArgumentException(
              "constraint '" + constraint + "' reads " + parameter + ", which is not in the space");
        }
      }
    }
  }

  /**
   * A space of these nodes, in this order.
   *
   * @throws IllegalArgumentException if there is no parameter, or two of the same name differ
   */
  public static SearchSpace of(SpaceNode... nodes) {
    return new SearchSpace(List.of(nodes), List.of());
  }

  private static void collect(
      List<SpaceNode> nodes,
      String condition,
      Map<String, Parameter<?>> byName,
      Map<String, Set<String>> conditions) {
    for (SpaceNode node : nodes) {
      Parameter<?> parameter = node instanceof OneOf oneOf ? oneOf.selector() : (Parameter<?>) node;
      Parameter<?> earlier = byName.putIfAbsent(parameter.name(), parameter);
      if (earlier != null && !earlier.equals(parameter)) {
        throw new IllegalArgumentException(
            "parameter '"
                + parameter.name()
                + "' is declared twice with different domains or defaults: "
                + earlier.domain()
                + " and "
                + parameter.domain());
      }
      if (!conditions
          .computeIfAbsent(parameter.name(), unused -> new LinkedHashSet<>())
          .add(condition)) {
        throw new IllegalArgumentException(
            "parameter '" + parameter.name() + "' stands twice in the same branch");
      }
      if (node instanceof OneOf oneOf) {
        for (OneOf.Branch branch : oneOf.branches()) {
          String inner = condition + "/" + parameter.name() + "=" + branch.label();
          collect(branch.nodes(), inner, byName, conditions);
        }
      }
    }
  }

  /** The same space with one more constraint. */
  public SearchSpace where(Constraint constraint) {
    List<Constraint> more = new ArrayList<>(constraints);
    more.add(constraint);
    return new SearchSpace(nodes, List.copyOf(more));
  }

  /** The roots of the tree. */
  public List<SpaceNode> nodes() {
    return nodes;
  }

  /** All parameters, selectors included, each once, depth first. */
  public List<Parameter<?>> parameters() {
    return parameters;
  }

  /** The parameters that are active under the same conditions, by condition; the root's first. */
  public List<List<Parameter<?>>> groups() {
    return groups;
  }

  /** The constraints. */
  public List<Constraint> constraints() {
    return constraints;
  }

  /** The parameter of this name. */
  public Optional<Parameter<?>> parameter(String name) {
    for (Parameter<?> parameter : parameters) {
      if (parameter.name().equals(name)) {
        return Optional.of(parameter);
      }
    }
    return Optional.empty();
  }

  /**
   * Walks the tree and asks for a value of each active parameter once, each selector before its
   * branch.
   */
  public Configuration walk(Chooser chooser) {
    Configuration.Builder builder = Configuration.builder();
    walk(nodes, chooser, builder);
    return builder.build();
  }

  private static void walk(List<SpaceNode> nodes, Chooser chooser, Configuration.Builder builder) {
    for (SpaceNode node : nodes) {
      if (node instanceof OneOf oneOf) {
        double code = choose(oneOf.selector(), chooser, builder);
        walk(oneOf.branches().get((int) code).nodes(), chooser, builder);
      } else {
        choose((Parameter<?>) node, chooser, builder);
      }
    }
  }

  /** Two branches that are active together may share a parameter: it is chosen once. */
  private static double choose(
      Parameter<?> parameter, Chooser chooser, Configuration.Builder builder) {
    double earlier = builder.code(parameter);
    if (!Double.isNaN(earlier)) {
      return earlier;
    }
    double code = chooser.choose(parameter);
    builder.put(parameter, code);
    return code;
  }

  /** The configuration of all defaults; it need not satisfy the constraints. */
  public Configuration defaults() {
    return walk(Parameter::defaultCode);
  }

  /** The first constraint that the configuration violates. */
  public Optional<Constraint> violated(Configuration configuration) {
    return constraints.stream().filter(c -> !c.isSatisfiedBy(configuration)).findFirst();
  }

  /** Whether no constraint is violated. */
  public boolean satisfies(Configuration configuration) {
    return violated(configuration).isEmpty();
  }

  /**
   * A configuration of this space with these values by name.
   *
   * @throws IllegalArgumentException if an active parameter is missing, a name is unknown or
   *     inactive, a value is not in its domain, or a constraint is violated
   */
  public Configuration configurationOf(Map<String, ?> values) {
    Map<String, Object> unused = new HashMap<>(values);
    Configuration configuration =
        walk(
            parameter -> {
              Object value = unused.remove(parameter.name());
              if (value == null) {
                throw new IllegalArgumentException(
                    "parameter '" + parameter.name() + "' has no value; got " + values);
              }
              return parameter.encode(value);
            });
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException(
          "not active in this space: " + unused.keySet() + "; it has " + parameters);
    }
    violated(configuration)
        .ifPresent(
            constraint -> {
              throw new IllegalArgumentException(
                  "constraint '" + constraint + "' is violated by " + configuration);
            });
    return configuration;
  }

  /**
   * The space as text: equal for equal trees and descriptions of constraints. Defaults are left
   * out, since they do not change which values are possible.
   */
  public String describe() {
    StringBuilder text = new StringBuilder();
    describe(nodes, "", text);
    constraints.forEach(c -> text.append("where ").append(c).append('\n'));
    return text.toString();
  }

  private static void describe(List<SpaceNode> nodes, String indent, StringBuilder text) {
    for (SpaceNode node : nodes) {
      if (node instanceof OneOf oneOf) {
        text.append(indent).append("oneOf ").append(oneOf.selector().name()).append('\n');
        for (OneOf.Branch branch : oneOf.branches()) {
          text.append(indent).append("  when ").append(branch.label()).append('\n');
          describe(branch.nodes(), indent + "    ", text);
        }
      } else {
        text.append(indent).append(node).append('\n');
      }
    }
  }

  @Override
  public String toString() {
    return describe();
  }
}
