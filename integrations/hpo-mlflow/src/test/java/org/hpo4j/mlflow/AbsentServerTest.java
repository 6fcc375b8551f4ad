package org.hpo4j.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.junit.jupiter.api.Test;

/** The study goes on where there is no MLflow server, and says so once. */
class AbsentServerTest {

  private static final Duration PATIENT = Duration.ofMinutes(1);

  private static List<String> warningsOfAStudyAt(String address, Duration timeout)
      throws InterruptedException {
    Study study = Study.named("net").minimize("loss").seed(1).create();
    try (CapturedLog log = new CapturedLog()) {
      try (MlflowTracker tracker =
          MlflowTracker.start(
              MlflowOptions.server(address).withToken("s3cret").withRequestTimeout(timeout))) {
        study.optimize(
            trial -> {
              trial.report(0, 1);
              if (trial.number() == 0) {
                log.awaitMessage(Level.WARNING);
              }
              return trial.uniform("x", 0, 1);
            },
            RunOptions.trials(3).withListener(tracker));
        assertThat(study.trials()).hasSize(3);
        assertThat(log.messages(Level.WARNING)).hasSize(1);
      }
      assertThat(log.messages(Level.WARNING))
          .hasSize(2)
          .allSatisfy(message -> assertThat(message).contains(address).doesNotContain("s3cret"));
      assertThat(log.messages(Level.WARNING).get(1)).contains("of 3 of their trials");
      return log.messages(Level.WARNING);
    }
  }

  @Test
  void nobodyListens() throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    assertThat(warningsOfAStudyAt("http://127.0.0.1:" + port, PATIENT).get(0))
        .contains("no connection");
  }

  @Test
  void somebodyListensAndNeverAnswers() throws IOException, InterruptedException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertThat(
              warningsOfAStudyAt(
                      "http://127.0.0.1:" + silent.getLocalPort(), Duration.ofMillis(300))
                  .get(0))
          .contains("no answer within 300 ms");
    }
  }

  /** Three studies with one tracker, as those of a comparison. */
  @Test
  void aServerThatNeverAnswersIsNotWaitedForAtTheEndOnceItIsKnown()
      throws IOException, InterruptedException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        CapturedLog log = new CapturedLog()) {
      List<Socket> attempts = new ArrayList<>();
      MlflowOptions options =
          MlflowOptions.server("http://127.0.0.1:" + silent.getLocalPort())
              .withRequestTimeout(Duration.ofSeconds(6))
              .withCloseTimeout(Duration.ofSeconds(5));
      try (MlflowTracker tracker = MlflowTracker.start(options)) {
        for (String name : List.of("a", "b", "c")) {
          Study study = Study.named(name).minimize("loss").seed(1).create();
          tracker.track(study, Map.of("tuner", name));
          study.optimize(
              trial -> {
                log.awaitMessage(Level.WARNING);
                return trial.uniform("x", 0, 1);
              },
              RunOptions.trials(2).withListener(tracker));
        }
        // With a second request under way.
        attempts.add(silent.accept());
        attempts.add(silent.accept());
      }
      assertThat(log.messages(Level.WARNING)).hasSize(2);
      assertThat(log.messages(Level.WARNING).get(0))
          .contains("go on without MLflow", "no answer within 6000 ms");
      // Neither the close timeout nor a request's whole time, but the short chance at the end.
      assertThat(log.messages(Level.WARNING).get(1))
          .contains("[a, b, c]", "of 6 of their trials", "no answer within 1000 ms");
      for (Socket attempt : attempts) {
        attempt.close();
      }
    }
  }

  @Test
  void anotherProgramAnswers() throws IOException, InterruptedException {
    assertThat(warningOfAStudyAnswered(200, "<html>Welcome</html>")).contains("no MLflow server");
  }

  @Test
  void theCredentialsAreRefused() throws IOException, InterruptedException {
    assertThat(warningOfAStudyAnswered(401, "Bearer s3cret is wrong"))
        .contains("refuses the credentials (HTTP 401)");
  }

  private static String warningOfAStudyAnswered(int status, String body)
      throws IOException, InterruptedException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      return warningsOfAStudyAt("http://127.0.0.1:" + server.getAddress().getPort(), PATIENT)
          .get(0);
    } finally {
      server.stop(0);
    }
  }
}
