package org.hpo4j.worker;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.hpo4j.sampler.Samplers;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.Storages;
import org.hpo4j.study.BaseStudy;
import org.hpo4j.study.MultiObjective;
import org.hpo4j.study.MultiObjectiveStudy;
import org.hpo4j.study.Objective;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A process that works on a study until it is done; any number of them may share one. */
@Command(
    name = "hpo-worker",
    description = "Works on a study until it is done. Any number of workers may share one.",
    sortOptions = false)
public final class Worker implements Callable<Integer> {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  @SuppressWarnings("UnusedVariable") // picocli shows it
  private boolean help;

  @Option(
      names = "--storage",
      required = true,
      description = "A journal's path, or a database's JDBC URL.")
  private String storage = "";

  @Option(names = "--study", required = true, description = "The study's name.")
  private String study = "";

  @Option(
      names = "--objective",
      required = true,
      description =
          "A class that implements Objective or MultiObjective and has a public constructor without"
              + " parameters; if it implements StudyDefinition, it also makes the study.")
  private String objective = "";

  @ArgGroup private @Nullable Count count;

  /** One of these. */
  private static final class Count {
    @Option(
        names = "--trials",
        description =
            "Until the study has so many finished trials, those of other workers included.")
    private @Nullable Integer trials;

    @Option(
        names = "--additional",
        description =
            "Until it has so many finished trials more than now, those of other workers included.")
    private @Nullable Integer additional;
  }

  @Option(
      names = "--time-limit",
      converter = TimeConverter.class,
      description = "Starts no trial after this time, such as PT8H.")
  private @Nullable Duration timeLimit;

  @Option(names = "--parallelism", defaultValue = "1", description = "Trials at a time.")
  private int parallelism = 1;

  @Option(names = "--ordered", description = "The lag of an ordered run; asap without it.")
  private @Nullable Integer lag;

  @Option(names = "--sampler", description = "Of a study that its objective does not make.")
  private @Nullable String sampler;

  @Option(names = "--user", description = "The database's user.")
  private @Nullable String user;

  @ArgGroup private @Nullable Password password;

  /** One of these. */
  private static final class Password {
    @Option(names = "--password-env", description = "The variable that holds the password.")
    private @Nullable String variable;

    @Option(names = "--password-file", description = "The file that holds the password.")
    private @Nullable Path file;
  }

  /** Says what is allowed, where Java says what it could not do. */
  private static final class TimeConverter implements CommandLine.ITypeConverter<Duration> {
    @Override
    @SuppressWarnings("UnusedException") // it knows no more than that
    public Duration convert(String value) {
      try {
        return Duration.parse(value);
      } catch (DateTimeParseException e) {
        throw new CommandLine.TypeConversionException(
            "a time must be written as in PT8H, PT90M or PT1H30M, got " + value);
      }
    }
  }

  private Worker() {}

  /** Runs a worker: exit code 0 if it is done, 1 if it failed, 2 if the command is wrong. */
  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new Worker());
    command.setParameterExceptionHandler(
        (e, unused) ->
            fail(command.getErr(), message(withoutValues(e)), CommandLine.ExitCode.USAGE));
    command.setExecutionExceptionHandler(
        (e, unused, result) -> {
          if (e instanceof UsageException) {
            return fail(command.getErr(), message(e), CommandLine.ExitCode.USAGE);
          }
          if (e instanceof StorageException) {
            // Its message tells all, and where it comes from is of no use to a user.
            return fail(command.getErr(), message(e), CommandLine.ExitCode.SOFTWARE);
          }
          e.printStackTrace(command.getErr());
          return fail(command.getErr(), firstLine(e), CommandLine.ExitCode.SOFTWARE);
        });
    System.exit(command.execute(arguments));
  }

  /** An option that is not known may have been meant for a password, which must not be shown. */
  private static Exception withoutValues(CommandLine.ParameterException e) {
    if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)) {
      return e;
    }
    String names =
        unmatched.getUnmatched().stream()
            .filter(argument -> argument.startsWith("--"))
            .map(argument -> argument.split("[=:]", 2)[0])
            .collect(Collectors.joining(", "));
    return new UsageException(
        names.isEmpty()
            ? "there are arguments that are no options; --help lists the options"
            : "no such option: " + names + "; --help lists the options");
  }

  private static String message(Exception e) {
    return Optional.ofNullable(e.getMessage()).orElseGet(e::toString);
  }

  /** What is left to say below a stack trace, which has the whole message. */
  private static String firstLine(Exception e) {
    return message(e).lines().findFirst().orElseGet(e::toString);
  }

  private static int fail(PrintWriter err, String message, int code) {
    err.println("hpo-worker: " + message);
    err.flush();
    return code;
  }

  @Override
  public Integer call() throws Exception {
    RunOptions options = options();
    Object evaluated = ObjectiveLoader.load(objective);
    if (sampler != null && evaluated instanceof StudyDefinition) {
      throw new UsageException(
          "--sampler: "
              + objective
              + " is a StudyDefinition, which chooses the sampler; leave the option out, got "
              + sampler);
    }
    try (Storage place = openStorage()) {
      BaseStudy opened = openStudy(place, evaluated);
      if (opened instanceof Study single && evaluated instanceof Objective<?> one) {
        single.optimize(one, options);
      } else if (opened instanceof MultiObjectiveStudy several
          && evaluated instanceof MultiObjective<?> many) {
        several.optimize(many, options);
      } else {
        throw new UsageException(
            "--objective: study '"
                + study
                + "' has the objectives "
                + opened.metrics()
                + ", which "
                + objective
                + " does not suit; one needs an Objective, several a MultiObjective");
      }
    }
    // Whoever interrupted the objective, the study is not done.
    return Thread.interrupted() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
  }

  private Storage openStorage() {
    try {
      return Storages.open(storage, credentials());
    } catch (IllegalArgumentException | StorageException e) {
      throw new UsageException("--storage: " + e.getMessage(), e);
    }
  }

  private Map<String, String> credentials() {
    Map<String, String> credentials = new LinkedHashMap<>();
    if (user != null) {
      if (user.contains(":")) {
        throw new UsageException(
            "--user must be a name without a ':'; a password is given by --password-env or"
                + " --password-file");
      }
      credentials.put("user", user);
    }
    if (password != null) {
      credentials.put("password", read(password));
    }
    return credentials;
  }

  /** What was given as a name is not shown: it may be the password itself, by mistake. */
  private static String read(Password password) {
    if (password.variable != null) {
      String value = System.getenv(password.variable);
      if (value == null) {
        throw new UsageException(
            "--password-env must be the name of a variable; there is none of the name that was"
                + " given");
      }
      return value;
    }
    try {
      return Files.readString(Objects.requireNonNull(password.file)).stripTrailing();
    } catch (IOException e) {
      throw new UsageException(
          "--password-file must be a file; the one that was given cannot be read: "
              + e.getClass().getSimpleName(),
          e);
    }
  }

  private BaseStudy openStudy(Storage place, Object evaluated) {
    try {
      return evaluated instanceof StudyDefinition definition
          ? defined(definition.open(study, place))
          : BaseStudy.reopen(
              study, place, Samplers.of(Optional.ofNullable(sampler).orElse("auto")));
    } catch (StorageException e) {
      // A journal is read only now.
      throw new UsageException("--storage: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    } catch (IllegalStateException e) {
      String remedy = evaluated instanceof StudyDefinition ? "" : remedy(place);
      throw new UsageException("--study: " + e.getMessage() + remedy, e);
    }
  }

  private String remedy(Storage place) {
    return (place.find(study).isPresent()
            ? "; give it the sampler that it has, if it is for that, or let "
            : "; to have it made, let ")
        + objective
        + " implement StudyDefinition";
  }

  /** Whoever implements a definition may not know that null is no study. */
  private BaseStudy defined(@Nullable BaseStudy opened) {
    if (opened == null) {
      throw new UsageException(
          "--objective: open of "
              + objective
              + " returned null, in place of the study that it creates or resumes");
    }
    return opened;
  }

  private RunOptions options() {
    if (count == null && timeLimit == null) {
      throw new UsageException("say when to end: --trials, --additional or --time-limit");
    }
    try {
      RunOptions options = RunOptions.unlimited();
      if (count != null) {
        options =
            count.trials != null
                ? RunOptions.trials(count.trials)
                : RunOptions.additionalTrials(Objects.requireNonNull(count.additional));
      }
      options = options.withParallelism(parallelism);
      if (lag != null) {
        options = options.ordered(lag);
      }
      return timeLimit == null ? options : options.withTimeLimit(timeLimit);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }
}
