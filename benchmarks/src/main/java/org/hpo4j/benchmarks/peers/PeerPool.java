package org.hpo4j.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Peers of one or more Python environments: their libraries do not all agree on the versions of
 * what they need. Any number of threads may run studies; each gets a process of its own.
 */
public final class PeerPool implements AutoCloseable {

  private record Peer(Path interpreter, String version) {}

  private final Path script;
  private final Map<String, Peer> peers = new TreeMap<>();
  private final List<String> missing = new ArrayList<>();
  private final Map<Path, Queue<PeerProcess>> idle = new ConcurrentHashMap<>();

  private PeerPool(Path script) {
    this.script = script;
  }

  /**
   * Asks each environment which samplers it can run; an environment that does not exist has none.
   *
   * @param scripts the folder of {@code peer.py}
   */
  public static PeerPool of(List<Path> interpreters, Path scripts)
      throws IOException, InterruptedException {
    PeerPool pool = new PeerPool(scripts.resolve("peer.py"));
    for (Path interpreter : interpreters) {
      PythonPeers environment = new PythonPeers(interpreter, scripts);
      if (environment.areAvailable()) {
        environment
            .samplers()
            .forEach(
                (name, version) -> pool.peers.putIfAbsent(name, new Peer(interpreter, version)));
      } else {
        pool.missing.add(environment.absence());
      }
    }
    return pool;
  }

  /** The names of the samplers that can be run. */
  public List<String> samplers() {
    return List.copyOf(peers.keySet());
  }

  /** Which environments do not exist, in words. */
  public List<String> missing() {
    return List.copyOf(missing);
  }

  /**
   * The versions of the libraries that a sampler depends on.
   *
   * @throws IllegalArgumentException if no environment has the sampler
   */
  public String version(String sampler) {
    return peer(sampler).version();
  }

  private Peer peer(String sampler) {
    Peer peer = peers.get(sampler);
    if (peer == null) {
      List<String> known = new ArrayList<>();
      known.add(
          peers.isEmpty() ? "none is installed" : "installed: " + String.join(", ", samplers()));
      known.addAll(missing);
      throw new IllegalArgumentException("no peer '" + sampler + "'; " + String.join("; ", known));
    }
    return peer;
  }

  /**
   * Runs a study to its end in an idle process, or in a new one.
   *
   * @throws PeerException if the peer's library fails
   * @throws IOException if its process is lost
   */
  public void run(PeerStudy study, PeerProcess.Evaluation evaluation)
      throws IOException, PeerException {
    Path interpreter = peer(study.sampler()).interpreter();
    Queue<PeerProcess> queue =
        idle.computeIfAbsent(interpreter, unused -> new ConcurrentLinkedQueue<>());
    PeerProcess waiting = queue.poll();
    PeerProcess process = waiting == null ? PeerProcess.start(interpreter, script) : waiting;
    boolean reusable = false;
    try {
      process.run(study, evaluation);
      reusable = true;
    } finally {
      // After a failure nothing is known of the process, whatever the exception.
      if (reusable) {
        queue.add(process);
      } else {
        process.close();
      }
    }
  }

  /** Ends the idle processes. */
  @Override
  public void close() throws IOException {
    for (Queue<PeerProcess> queue : idle.values()) {
      for (PeerProcess process = queue.poll(); process != null; process = queue.poll()) {
        process.close();
      }
    }
  }
}
