package org.hpo4j.sampler.structure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.space.OneOf;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.space.SpaceNode;

/** The tree of a declared search space, its parameters replaced by their indices. */
final class DeclaredStructure implements Structure {

  /** A parameter and, if it is a selector, the nodes of each of its branches. */
  private record Node(int dimension, List<List<Node>> branches) {}

  private final SearchSpace space;
  private final List<Node> roots;

  DeclaredStructure(SearchSpace space) {
    this.space = space;
    Map<String, Integer> dimensionByName = new HashMap<>();
    for (Parameter<?> parameter : space.parameters()) {
      dimensionByName.put(parameter.name(), dimensionByName.size());
    }
    this.roots = compile(space.nodes(), dimensionByName);
  }

  private static List<Node> compile(List<SpaceNode> nodes, Map<String, Integer> dimensionByName) {
    List<Node> compiled = new ArrayList<>();
    for (SpaceNode node : nodes) {
      List<List<Node>> branches = new ArrayList<>();
      Parameter<?> parameter;
      if (node instanceof OneOf oneOf) {
        parameter = oneOf.selector();
        for (OneOf.Branch branch : oneOf.branches()) {
          branches.add(compile(branch.nodes(), dimensionByName));
        }
      } else {
        parameter = (Parameter<?>) node;
      }
      compiled.add(new Node(dimensionByName.getOrDefault(parameter.name(), -1), branches));
    }
    return compiled;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return space.parameters();
  }

  @Override
  public void walk(Chooser chooser, double[] codes) {
    Arrays.fill(codes, Double.NaN);
    walk(roots, chooser, codes);
  }

  private static void walk(List<Node> nodes, Chooser chooser, double[] codes) {
    for (Node node : nodes) {
      int j = node.dimension;
      // A parameter of two active branches has one value.
      if (Double.isNaN(codes[j])) {
        codes[j] = chooser.choose(j);
      }
      if (!node.branches.isEmpty()) {
        walk(node.branches.get((int) codes[j]), chooser, codes);
      }
    }
  }

  @Override
  public boolean allows(double[] codes) {
    return space.constraints().isEmpty() || space.satisfies(configuration(codes));
  }
}
