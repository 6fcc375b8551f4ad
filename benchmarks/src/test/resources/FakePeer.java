import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Speaks the part of peer.py in a conversation; {@code java FakePeer.java} starts it. */
final class FakePeer {

  private FakePeer() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String study = in.readLine(); study != null; study = in.readLine()) {
      if (study.contains("\"breaks\"")) {
        say("{\"error\": \"ValueError: broken\"}");
      } else if (study.contains("\"vanishes\"")) {
        return;
      } else {
        // Asks for two values and then names both answers in the third question.
        say("{\"trial\": 0, \"at\": {\"filters\": 57}}");
        String first = in.readLine();
        say("{\"trial\": 1, \"at\": {\"filters\": 60}, \"epoch\": 3}");
        String second = in.readLine();
        say("{\"trial\": 2, \"at\": {\"first\": " + first + ", \"second\": " + second + "}}");
        in.readLine();
        say("{\"end\": true}");
      }
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
