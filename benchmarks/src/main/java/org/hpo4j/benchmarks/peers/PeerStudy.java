package org.hpo4j.benchmarks.peers;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hpo4j.space.SearchSpace;

/**
 * A study that a peer is to run.
 *
 * @param sampler the peer's name in the tables
 * @param space without constraints
 * @param seed of the peer's own random numbers
 * @param trials at most so many
 * @param epochs of a whole training; 0 where a trial is one value
 */
public record PeerStudy(String sampler, SearchSpace space, long seed, int trials, int epochs) {

  /** Checks the space. */
  public PeerStudy {
    if (!space.constraints().isEmpty()) {
      throw new IllegalArgumentException(
          "no peer is told of constraints, got " + space.constraints());
    }
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("sampler", sampler);
    map.put("space", SpaceText.of(space.nodes()));
    // The generators of the peers take 31 bits.
    map.put("seed", seed & 0x7FFFFFFF);
    map.put("trials", trials);
    map.put("epochs", epochs);
    return map;
  }
}
