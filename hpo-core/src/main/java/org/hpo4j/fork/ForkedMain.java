package org.hpo4j.fork;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/** The main class of a trial's process. Its argument is the objective's class. */
final class ForkedMain {

  /** Given up when the heap is full, so that there is room to say so. */
  @SuppressWarnings("UnusedVariable") // it takes up room
  private static byte[] reserve = new byte[1 << 20];

  private ForkedMain() {}

  /** Runs the trial that the parent invites to. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
    Message invitation = Message.parse(String.valueOf(input.readLine()));
    ParentLink link = ParentLink.open(Doorway.enter(invitation));
    ForkedTrial trial = new ForkedTrial(link, TrialFacts.read(link.receive()));
    try {
      link.end(Ending.of(new ObjectiveClass(arguments[0]).evaluate(trial)));
    } catch (Throwable thrown) {
      // Whatever it is, the study's process decides about it.
      reserve = new byte[0];
      link.end(Ending.of(thrown, link.numberOf(thrown)));
    }
    System.exit(0);
  }
}
