package org.hpo4j.storage;

import java.util.Map;

/**
 * Opens storages of one kind by their address; found by {@link java.util.ServiceLoader}. See {@link
 * Storages}.
 */
public interface StorageProvider {

  /** Whether this is an address of its kind. */
  boolean accepts(String address);

  /**
   * Opens a storage.
   *
   * @param address one that it {@linkplain #accepts accepts}
   * @param options such as {@code user} and {@code password}
   * @throws IllegalArgumentException if it does not know an option
   * @throws StorageException if the storage cannot be opened; the message shows no password
   */
  Storage open(String address, Map<String, String> options);
}
