package org.hpo4j.storage;

import java.util.Map;
import java.util.ServiceLoader;

/** Storages by their address: what command lines and settings name. */
public final class Storages {

  private Storages() {}

  /**
   * Opens a storage.
   *
   * @param address the path of a journal, or the URL of a database, such as {@code
   *     jdbc:postgresql://host/name}
   * @param options such as {@code user} and {@code password}
   * @throws IllegalArgumentException if nothing on the class path opens such an address
   * @throws StorageException if the storage cannot be opened
   */
  public static Storage open(String address, Map<String, String> options) {
    if (!address.equals(address.strip())) {
      // Not shown: it may have a password. As a path it would make a journal of that name.
      throw new IllegalArgumentException("an address must not begin or end with a space");
    }
    for (StorageProvider provider : ServiceLoader.load(StorageProvider.class)) {
      if (provider.accepts(address)) {
        return provider.open(address, options);
      }
    }
    String remedy =
        address.startsWith("jdbc:")
            ? "for a database add hpo-jdbc, if it is not there"
            : "name a journal by its path, or a database, for which hpo-jdbc has to be there, by a"
                + " URL that begins with jdbc:, such as jdbc:postgresql://host/db or"
                + " jdbc:sqlite:studies.db";
    throw new IllegalArgumentException(
        "nothing on the class path opens " + kind(address) + "; " + remedy);
  }

  /** What an address is, without what may be secret in it. */
  private static String kind(String address) {
    if (address.isBlank()) {
      return "an empty address";
    }
    int colon = address.indexOf(':', address.startsWith("jdbc:") ? "jdbc:".length() : 0);
    return "an address of the kind '" + address.substring(0, Math.max(0, colon)) + ":...'";
  }
}
