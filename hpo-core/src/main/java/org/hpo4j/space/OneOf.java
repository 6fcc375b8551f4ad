package org.hpo4j.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A choice between branches: its selector takes the label of one branch, and only that branch's
 * nodes are active then.
 */
public final class OneOf implements SpaceNode {

  /**
   * A branch of a choice.
   *
   * @param label the selector's value that makes the branch active
   * @param nodes what is active then; may be empty
   */
  public record Branch(String label, List<SpaceNode> nodes) {

    /** Copies the nodes. */
    public Branch {
      nodes = List.copyOf(nodes);
    }
  }

  private final Parameter<String> selector;
  private final List<Branch> branches;

  OneOf(String name, List<Branch> branches) {
    if (branches.isEmpty()) {
      throw new IllegalArgumentException("oneOf '" + name + "': needs at least one branch");
    }
    Map<String, String> labels = new LinkedHashMap<>();
    for (Branch branch : branches) {
      if (labels.put(branch.label(), branch.label()) != null) {
        throw new IllegalArgumentException(
            "oneOf '" + name + "': two branches have the label '" + branch.label() + "'");
      }
    }
    this.selector = Parameter.of(name, CategoricalDomain.<String>of(labels));
    this.branches = List.copyOf(branches);
  }

  private OneOf(Parameter<String> selector, List<Branch> branches) {
    this.selector = selector;
    this.branches = branches;
  }

  /**
   * The same choice with another default; the first branch is the default otherwise.
   *
   * @throws IllegalArgumentException if no branch has this label
   */
  public OneOf withDefault(String label) {
    return new OneOf(selector.withDefault(label), branches);
  }

  /**
   * The same choice with other probabilities of its branches.
   *
   * @param weights one positive finite number a branch; they need not sum to 1
   * @throws IllegalArgumentException naming this choice, if they are others
   */
  public OneOf withWeights(double... weights) {
    CategoricalDomain<String> domain;
    try {
      domain = ((CategoricalDomain<String>) selector.domain()).withWeights(weights);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("oneOf '" + selector.name() + "': " + e.getMessage(), e);
    }
    return new OneOf(new Parameter<>(selector.name(), domain, selector.defaultCode()), branches);
  }

  /** The parameter that takes a branch's label; option i is branch i. */
  public Parameter<String> selector() {
    return selector;
  }

  /** The branches in order. */
  public List<Branch> branches() {
    return branches;
  }
}
