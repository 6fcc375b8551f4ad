package org.hpo4j.fork;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.storage.optuna.DomainJson;
import org.hpo4j.trial.Trial;

/** Answers the calls of a trial's process by the trial itself. */
final class TrialServer {

  /** How many streams of random numbers are kept ready; others begin anew and skip. */
  private static final int MOST_STREAMS = 16;

  private final Trial trial;
  private final List<RuntimeException> thrown = new ArrayList<>();

  private final Map<Integer, Stream> streams =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Stream> eldest) {
          return size() > MOST_STREAMS;
        }
      };

  TrialServer(Trial trial) {
    this.trial = trial;
  }

  /** The answer to a call: its result, or what it threw here. */
  Map<String, ?> answer(Message call) {
    try {
      return Map.of("result", perform(call));
    } catch (RuntimeException e) {
      thrown.add(e);
      return Map.of("error", Failures.write(e), "number", thrown.size() - 1);
    }
  }

  /** What the study threw at a call; an objective that lets it pass ends the trial by it. */
  RuntimeException thrown(int number) {
    return thrown.get(number);
  }

  private Object perform(Message call) {
    switch (call.text("call")) {
      case "suggest" -> {
        return suggest(DomainJson.read(call.text("name"), call.value("domain")));
      }
      case "report" -> {
        if (call.has("metric")) {
          trial.report(call.text("metric"), call.integer("step"), call.number("value"));
        } else {
          trial.report(call.integer("step"), call.number("value"));
        }
      }
      case "shouldPrune" -> {
        return trial.shouldPrune();
      }
      case "constrain" -> trial.constrain(call.text("name"), call.number("value"));
      case "setAttribute" -> trial.setAttribute(call.text("key"), call.value("value"));
      case "attach" -> trial.attach(call.text("name"), Path.of(call.text("file")));
      case "parentArtifact" -> {
        return trial
            .parentArtifact(call.text("name"))
            .map(file -> file.toAbsolutePath().toString())
            .orElse("");
      }
      case "random" -> {
        return random(call);
      }
      default -> throw new IllegalArgumentException("unknown call " + call);
    }
    return true;
  }

  private double suggest(Parameter<?> parameter) {
    Object value = trial.suggest(parameter);
    // By its code: two labels may stand for equal options.
    Configuration configuration = trial.configuration();
    int index = configuration.indexOf(parameter.name());
    return index < 0 ? parameter.encode(value) : configuration.code(index);
  }

  // ---- Random numbers ----

  private static final class Stream {
    final RandomGenerator generator;
    long position;

    Stream(RandomGenerator generator) {
      this.generator = generator;
    }

    long next() {
      position++;
      return generator.nextLong();
    }
  }

  /** Some numbers of a stream, eight bytes each, in base 64. */
  private String random(Message call) {
    int key = call.integer("stream");
    long from = (long) call.number("from");
    Stream stream = streams.get(key);
    if (stream == null) {
      stream = new Stream(trial.random(call.text("purpose")));
      streams.put(key, stream);
    }
    while (stream.position < from) {
      stream.next();
    }
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * call.integer("count"));
    while (bytes.hasRemaining()) {
      bytes.putLong(stream.next());
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
