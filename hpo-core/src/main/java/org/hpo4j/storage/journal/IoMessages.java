package org.hpo4j.storage.journal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong with a file, in words. */
final class IoMessages {

  /** So ends what streams say, which know no exception of its own for that. */
  private static final String DENIED = "(Permission denied)";

  private IoMessages() {}

  static String of(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    if (e instanceof FileNotFoundException f && String.valueOf(f.getMessage()).endsWith(DENIED)) {
      return "no permission";
    }
    if (e instanceof FileAlreadyExistsException f) {
      return f.getFile() + " is a file, where a folder is needed; remove it or choose another path";
    }
    if (e instanceof NoSuchFileException f) {
      return f.getFile()
          + " does not exist and cannot be created; choose a path in a folder that can be written";
    }
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
