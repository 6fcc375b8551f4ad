package org.hpo4j.study;

import java.net.URLConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.json.Json;

/**
 * A file attached to a trial, as a system attribute of that trial in the form that Optuna gives to
 * its artifacts.
 *
 * <p>Optuna's file-system store finds an artifact at its id below the store's folder. So the id is
 * the path below the study's folder, and {@code FileSystemArtifactStore("<root>/<study>")} opens
 * it; a second file of the same name replaces the first attribute too.
 *
 * @param number the trial's number
 * @param name the file's name
 */
record Artifact(int number, String name) {

  /** The path below the study's folder. */
  String id() {
    return "trial-" + number + "/" + name;
  }

  /** The attribute's key. */
  String key() {
    return "artifacts:" + id();
  }

  /** The attribute's value: a JSON object as text, which the storages encode once more. */
  String value() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("artifact_id", id());
    fields.put("filename", name);
    fields.put(
        "mimetype",
        Optional.ofNullable(URLConnection.guessContentTypeFromName(name))
            .orElse("application/octet-stream"));
    String text = Json.write(fields);
    // The encoding is null in Optuna's own, and a map of non-null values cannot say so.
    return text.substring(0, text.length() - 1) + ",\"encoding\":null}";
  }
}
