package org.hpo4j.benchmarks.convergence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs of the peers that are part of this project: they take hours of processor time, depend on
 * nothing but pinned versions and seeds, and serve whoever has no Python at hand.
 *
 * <p>A file for each peer: the versions that it was run with, a head, and a line for each run. Of a
 * regret curve it has the trials (or epochs), counted from 1, at which the regret became another.
 * Regrets are rounded to nine digits.
 */
final class RecordedRuns {

  private static final String SUFFIX = ".csv";
  private static final String VERSION = "# ";
  private static final String HEAD = "problem,fingerprint,length,seed,seconds,regrets";

  /** What makes a run of a peer that one and no other. */
  private record Key(String problem, String fingerprint, int length, long seed)
      implements Comparable<Key> {

    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::problem)
            .thenComparing(Key::fingerprint)
            .thenComparing(Key::length)
            .thenComparing(Key::seed);

    static Key of(RunTask task) {
      String fingerprint = RunCache.digest(task.problem().fingerprint());
      return new Key(task.problem().name(), fingerprint, task.trials(), task.seed());
    }

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /** Seconds, and the changes of the regret. */
  private record Row(String seconds, String regrets) {}

  private record Peer(String version, SortedMap<Key, Row> rows) {}

  private final Map<String, Peer> peers = new TreeMap<>();

  private RecordedRuns() {}

  static RecordedRuns none() {
    return new RecordedRuns();
  }

  /**
   * Reads a folder.
   *
   * @return without any runs if there is no such folder
   * @throws IOException if a file cannot be read or is none of this kind
   */
  static RecordedRuns in(Path folder) throws IOException {
    RecordedRuns runs = new RecordedRuns();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
          String name = file.getFileName().toString();
          String sampler = name.substring(0, name.length() - SUFFIX.length());
          runs.peers.put(sampler, read(file));
        }
      }
    }
    return runs;
  }

  private static Peer read(Path file) throws IOException {
    List<String> text = Files.readAllLines(file);
    if (text.size() < 2 || !text.get(0).startsWith(VERSION) || !text.get(1).equals(HEAD)) {
      throw new IOException(file + " does not begin with versions and '" + HEAD + "'");
    }
    Peer peer = new Peer(text.get(0).substring(VERSION.length()), new TreeMap<>());
    for (String line : text.subList(2, text.size())) {
      try {
        String[] f = line.split(",", -1);
        Key key = new Key(f[0], f[1], Integer.parseInt(f[2]), Long.parseLong(f[3]));
        peer.rows.put(key, new Row(f[4], f[5]));
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        throw new IOException(file + " has a line that is no run: " + line, e);
      }
    }
    return peer;
  }

  /** The peers of which there are runs. */
  List<String> samplers() {
    return List.copyOf(peers.keySet());
  }

  /** What a peer was run with. */
  Optional<String> version(String sampler) {
    return Optional.ofNullable(peers.get(sampler)).map(Peer::version);
  }

  /** The run, if it was recorded with these versions and on this problem as it is. */
  Optional<Run> read(RunTask task) {
    Peer peer = peers.get(task.contender().name());
    if (peer == null || !peer.version.equals(task.contender().version())) {
      return Optional.empty();
    }
    return Optional.ofNullable(peer.rows.get(Key.of(task)))
        .map(row -> task.toRun(Double.parseDouble(row.seconds), curve(row.regrets, task.trials())));
  }

  private static double[] curve(String changes, int length) {
    double[] regrets = new double[length];
    for (String change : changes.split(" ", -1)) {
      int colon = change.indexOf(':');
      double regret = Double.parseDouble(change.substring(colon + 1));
      for (int i = Integer.parseInt(change.substring(0, colon)) - 1; i < length; i++) {
        regrets[i] = regret;
      }
    }
    return regrets;
  }

  /** Adds a run. Those of other versions of its sampler are dropped. */
  void add(RunTask task, Run run) {
    String version = task.contender().version();
    peers
        .compute(
            task.contender().name(),
            (name, peer) ->
                peer != null && peer.version.equals(version)
                    ? peer
                    : new Peer(version, new TreeMap<>()))
        .rows
        .put(
            Key.of(task),
            new Row(String.format(Locale.ROOT, "%.2f", run.seconds()), changes(run.regrets())));
  }

  private static String changes(double[] regrets) {
    List<String> changes = new ArrayList<>();
    for (int i = 0; i < regrets.length; i++) {
      if (i == 0 || regrets[i] != regrets[i - 1]) {
        double rounded = Double.parseDouble(String.format(Locale.ROOT, "%.8e", regrets[i]));
        changes.add((i + 1) + ":" + rounded);
      }
    }
    return String.join(" ", changes);
  }

  /** Writes a file for each peer. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, Peer> entry : peers.entrySet()) {
      Peer peer = entry.getValue();
      List<String> text = new ArrayList<>(List.of(VERSION + peer.version, HEAD));
      peer.rows.forEach(
          (key, row) ->
              text.add(
                  String.join(
                      ",",
                      key.problem,
                      key.fingerprint,
                      Integer.toString(key.length),
                      Long.toString(key.seed),
                      row.seconds,
                      row.regrets)));
      Files.write(folder.resolve(entry.getKey() + SUFFIX), text);
    }
  }
}
