package org.hpo4j.benchmarks.peers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hpo4j.space.CategoricalDomain;
import org.hpo4j.space.IntegerDomain;
import org.hpo4j.space.OneOf;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.RealDomain;
import org.hpo4j.space.SpaceNode;

/** Search spaces as plain lists and maps, in the words that {@code space.py} reads. */
final class SpaceText {

  private SpaceText() {}

  /**
   * The nodes in order, branches inside their choice.
   *
   * @throws IllegalArgumentException for a domain that some peer lacks: only uniform and
   *     log-uniform reals, integers and choices are told
   */
  static List<Map<String, Object>> of(List<SpaceNode> nodes) {
    return nodes.stream().map(SpaceText::of).toList();
  }

  private static Map<String, Object> of(SpaceNode node) {
    if (node instanceof OneOf oneOf) {
      Map<String, Object> text = leaf(oneOf.selector());
      text.put(
          "branches",
          oneOf.branches().stream()
              .collect(
                  Collectors.<OneOf.Branch, String, Object, Map<String, Object>>toMap(
                      OneOf.Branch::label,
                      branch -> of(branch.nodes()),
                      (a, b) -> a,
                      LinkedHashMap::new)));
      return text;
    }
    return leaf((Parameter<?>) node);
  }

  private static Map<String, Object> leaf(Parameter<?> parameter) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("name", parameter.name());
    if (parameter.domain() instanceof RealDomain real && real.step() == 0 && isBounded(real)) {
      text.put("type", "real");
      text.put("low", real.low());
      text.put("high", real.high());
      text.put("log", real.shape() == RealDomain.Shape.LOG_UNIFORM);
    } else if (parameter.domain() instanceof IntegerDomain integer) {
      text.put("type", "integer");
      text.put("low", integer.low());
      text.put("high", integer.high());
      text.put("step", integer.step());
      text.put("log", integer.log());
    } else if (parameter.domain() instanceof CategoricalDomain<?> choice && !choice.isWeighted()) {
      text.put("type", "choice");
      text.put("options", choice.labels());
    } else {
      throw new IllegalArgumentException("no peer is told of " + parameter);
    }
    return text;
  }

  private static boolean isBounded(RealDomain real) {
    return real.shape() == RealDomain.Shape.UNIFORM || real.shape() == RealDomain.Shape.LOG_UNIFORM;
  }
}
