package org.hpo4j.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hpo4j.storage.Jvm;

/** Processes of workers that are killed, paused and replaced. */
final class Fleet implements AutoCloseable {

  /** So many machines there seem to be. */
  private static final int MACHINES = 5;

  private static final long FARTHEST_CLOCK_SECONDS = Duration.ofDays(500).toSeconds();

  private final Path folder;
  private final Path agent;
  private final Random random;
  private final List<String> arguments;
  private final List<Member> members = new ArrayList<>();
  private final List<Pause> paused = new ArrayList<>();
  private int started;

  private record Member(Process process, int number, Path log) {}

  private record Pause(Member member, long end) {}

  /**
   * Starts processes.
   *
   * @param folder for their ledgers and logs
   * @param arguments of {@link FaultWorker}: workers of a process, and trials
   */
  Fleet(String url, Path folder, int processes, Random random, List<String> arguments)
      throws IOException {
    this.folder = folder;
    this.agent = OtherMachine.agent(folder);
    this.random = random;
    this.arguments = new ArrayList<>(List.of(url, folder.toString()));
    this.arguments.addAll(arguments);
    for (int i = 0; i < processes; i++) {
      start();
    }
  }

  /** On any of the machines, with any clock. */
  private void start() throws IOException {
    int number = started++;
    Duration clock =
        Duration.ofSeconds(random.nextLong(-FARTHEST_CLOCK_SECONDS, FARTHEST_CLOCK_SECONDS));
    List<String> options = new ArrayList<>(List.of("-Xmx1g", "-XX:+UseSerialGC"));
    options.addAll(OtherMachine.options(agent, "machine" + random.nextInt(MACHINES), clock));
    List<String> all = new ArrayList<>(arguments);
    all.add(2, Integer.toString(number));
    Path log = folder.resolve("log" + number);
    Process process =
        new ProcessBuilder(Jvm.command(options, FaultWorker.class, all.toArray(String[]::new)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    members.add(new Member(process, number, log));
  }

  /** One that runs, after those that have just been started have been given time to. */
  private Member any() throws IOException, InterruptedException {
    while (members.stream().anyMatch(member -> member.process().isAlive())) {
      Member member = members.get(random.nextInt(members.size()));
      if (Ledger.exists(folder, member.number())
          && member.process().isAlive()
          && paused.stream().noneMatch(pause -> pause.member().number() == member.number())) {
        return member;
      }
      goOn();
      Thread.sleep(10);
    }
    throw new AssertionError("all workers have ended");
  }

  /** Kills one without a warning and starts another one in its place. */
  void kill() throws IOException, InterruptedException {
    Member member = any();
    members.remove(member);
    member.process().destroyForcibly().onExit().join();
    start();
  }

  /** Stops one for longer than its lease, so that it is taken for dead. */
  void pause() throws IOException, InterruptedException {
    Member member = any();
    Signal.STOP.send(member.process().pid());
    paused.add(new Pause(member, System.nanoTime() + 2 * FaultWorker.LEASE.toNanos()));
  }

  /** Lets those go on whose pause is over; fails if one has ended with an error. */
  void goOn() throws IOException, InterruptedException {
    List<Pause> over =
        paused.stream().filter(pause -> System.nanoTime() - pause.end() >= 0).toList();
    for (Pause pause : over) {
      Signal.CONT.send(pause.member().process().pid());
    }
    paused.removeAll(over);
    for (Member member : members) {
      if (!member.process().isAlive() && member.process().exitValue() != 0) {
        throw new AssertionError("a worker failed:\n" + Files.readString(member.log()));
      }
    }
  }

  /** Waits until all have ended by themselves. */
  void await(Duration longest) throws IOException, InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    for (Member member : members) {
      while (!member.process().waitFor(10, TimeUnit.MILLISECONDS)) {
        goOn();
        if (System.nanoTime() - end > 0) {
          throw new AssertionError("a worker is stuck:\n" + Files.readString(member.log()));
        }
      }
    }
    goOn();
  }

  @Override
  public void close() {
    members.forEach(member -> member.process().destroyForcibly().onExit().join());
  }
}
