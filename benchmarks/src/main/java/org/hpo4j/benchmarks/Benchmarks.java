package org.hpo4j.benchmarks;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.hpo4j.benchmarks.convergence.ConvergenceCommand;
import org.hpo4j.benchmarks.convergence.FidelityCommand;
import org.hpo4j.benchmarks.durability.DurabilityCommand;
import org.hpo4j.benchmarks.speed.SpeedCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code java -jar benchmarks/target/benchmarks.jar}, from the root of the repository. */
@Command(
    name = "benchmarks",
    description = "Measures quality and cost of samplers and storages, beside their Python peers.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ConvergenceCommand.class,
      FidelityCommand.class,
      SpeedCommand.class,
      DurabilityCommand.class
    })
public final class Benchmarks {

  /** Kept, since a logger that nobody holds forgets its level. */
  private static final Logger LOG = Logger.getLogger("org.hpo4j");

  private Benchmarks() {}

  /** Runs a subcommand; a failure ends with a status other than 0. */
  public static void main(String[] arguments) {
    // What each of thousands of studies does is not what is asked for here.
    LOG.setLevel(Level.WARNING);
    System.exit(new CommandLine(new Benchmarks()).execute(arguments));
  }
}
