package org.hpo4j.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JDBC URL without what must not be printed: a password in it is taken out and handed to the
 * driver apart, and whatever else looks like a secret is masked in {@link #toString}.
 *
 * @param text the URL for the driver
 * @param password the password that stood in it
 */
record DatabaseUrl(String text, Optional<String> password) {

  /** Up to the last @ that is in no parameter: a password may have others, and / or ?. */
  private static final Pattern USER_INFO =
      Pattern.compile("^(jdbc:[^:/?]*:(?://)?|)(?:[^?]*|[^=]*)@");

  /** Parts of names, those of a mistyped password included. */
  private static final String SECRET_NAMES = "pas|pw|word|secret|token|key|cred";

  private static final Pattern SECRET =
      Pattern.compile("(?i)([^=&?;(]*(?:" + SECRET_NAMES + ")[^=&?;(]*=)[^&]*");

  /** One before the parameters. */
  private static final Pattern MISPLACED_SECRET =
      Pattern.compile("(?i)^[^?]*(?:" + SECRET_NAMES + ")\\w*=");

  /** One in a text that repeats a part of a URL, perhaps cut short. */
  private static final Pattern REPEATED_SECRET =
      Pattern.compile("(?i)([^=&?;(\\s\"']*(?:" + SECRET_NAMES + ")[^=&?;(\\s\"']*=)[^&\\s\"']*");

  private static final Map<String, String> DRIVERS =
      Map.of(
          "sqlite", "org.xerial:sqlite-jdbc",
          "postgresql", "org.postgresql:postgresql",
          "mariadb", "org.mariadb.jdbc:mariadb-java-client");

  /**
   * Takes a URL apart.
   *
   * @throws IllegalArgumentException if it is of no database that is served
   */
  static DatabaseUrl parse(String url) {
    requireUserWithoutPassword(url);
    int query = url.indexOf('?');
    if (query < 0) {
      return new DatabaseUrl(url, Optional.empty()).checked();
    }
    List<String> kept = new ArrayList<>();
    Optional<String> password = Optional.empty();
    for (String parameter : List.of(url.substring(query + 1).split("&", -1))) {
      int equals = parameter.indexOf('=');
      if (equals > 0 && decoded(parameter.substring(0, equals)).equalsIgnoreCase("password")) {
        password = Optional.of(decoded(parameter.substring(equals + 1)));
      } else if (equals < 0 && !parameter.isEmpty()) {
        // Not shown: it may be a part of a password, or all of it.
        throw new IllegalArgumentException(
            "the parameters in a URL must be name=value; an & in a password must be %26");
      } else if (!parameter.isEmpty()) {
        kept.add(parameter);
      }
    }
    String rest = kept.isEmpty() ? "" : "?" + String.join("&", kept);
    return new DatabaseUrl(url.substring(0, query) + rest, password).checked();
  }

  /** The URL is not shown: where the password begins in it, only its writer knows. */
  private static void requireUserWithoutPassword(String url) {
    for (String parameter : List.of(url.substring(url.indexOf('?') + 1).split("&", -1))) {
      String[] parts = parameter.split("=", 2);
      if (parts.length == 2
          && unescaped(parts[0]).equalsIgnoreCase("user")
          && unescaped(parts[1]).contains(":")) {
        throw new IllegalArgumentException(
            "the parameter user in a URL must be a name without a ':'; a password is a parameter of"
                + " its own, as in ?user=...&password=...; a name that has one goes to the"
                + " builder's user");
      }
    }
  }

  @SuppressWarnings("UnusedException") // its message shows a part of the password
  private static String decoded(String password) {
    try {
      return URLDecoder.decode(password, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the password in a URL must be percent-encoded, with % as %25; or use the builder's"
              + " password");
    }
  }

  private DatabaseUrl checked() {
    if (!text.startsWith("jdbc:") || !DRIVERS.containsKey(database())) {
      throw new IllegalArgumentException(
          "url must start with jdbc:sqlite:, jdbc:postgresql: or jdbc:mariadb:, got " + this);
    }
    if (!isFile() && USER_INFO.matcher(text).find()) {
      // The drivers do not know it, and would print it as a part of the host.
      throw new IllegalArgumentException(
          "url must not have a user before the host: add ?user=...&password=... to it or use the"
              + " builder's user and password, got "
              + this);
    }
    if (!isFile() && MISPLACED_SECRET.matcher(text).find()) {
      // The drivers would take it for a part of the host, the port or the database, and log it.
      throw new IllegalArgumentException(
          "url must not have parameters before a ?: they follow it as"
              + " ?user=...&password=..., got "
              + this);
    }
    return this;
  }

  /** The word after {@code jdbc:}. */
  String database() {
    String[] parts = text.split(":", 3);
    return parts.length < 3 ? "" : parts[1].toLowerCase(Locale.ROOT);
  }

  /** Whether it names a file of SQLite. */
  boolean isFile() {
    return database().equals("sqlite");
  }

  /** The Maven coordinate of the driver. */
  String driver() {
    return DRIVERS.getOrDefault(database(), "");
  }

  /** A URL of this database that every driver for it can read. */
  String example() {
    return isFile() ? "jdbc:sqlite:studies.db" : "jdbc:" + database() + "://localhost/db";
  }

  /** What follows {@code jdbc:sqlite:}, without parameters. */
  String path() {
    String rest = text.substring(text.indexOf(':', "jdbc:".length()) + 1);
    int query = rest.indexOf('?');
    String path = query < 0 ? rest : rest.substring(0, query);
    return path.startsWith("file:") ? path.substring("file:".length()) : path;
  }

  /**
   * What a driver says, without the secrets that are left in the URL for it: where it does not know
   * them, it takes them for a part of something else, and shows that.
   */
  String masked(@Nullable String message) {
    String masked = String.valueOf(message);
    Matcher secrets = SECRET.matcher(text);
    boolean hasSecret = false;
    while (secrets.find()) {
      hasSecret = true;
      for (String shown : List.of(secrets.group(), unescaped(secrets.group()))) {
        masked = masked.replace(shown, unescaped(secrets.group(1)) + "***");
      }
    }
    return hasSecret ? REPEATED_SECRET.matcher(masked).replaceAll("$1***") : masked;
  }

  private static String unescaped(String part) {
    try {
      return URLDecoder.decode(part, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // No driver can have read it otherwise than it is.
      return part;
    }
  }

  @Override
  public String toString() {
    String masked = isFile() ? text : USER_INFO.matcher(text).replaceFirst("$1***@");
    return SECRET.matcher(masked).replaceAll("$1***");
  }
}
