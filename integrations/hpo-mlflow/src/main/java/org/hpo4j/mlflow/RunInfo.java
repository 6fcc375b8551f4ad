package org.hpo4j.mlflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A run as the server knows it.
 *
 * @param id its identifier
 * @param status such as {@code RUNNING} or {@code FINISHED}
 * @param artifacts where its files are
 * @param started when it began, in milliseconds since 1970
 * @param tags its tags
 */
record RunInfo(String id, String status, String artifacts, long started, Map<String, String> tags) {

  static RunInfo of(Map<?, ?> run) throws AwayException {
    Map<?, ?> info = Rest.part(run, "info");
    Map<String, String> tags = new HashMap<>();
    if (run.get("data") instanceof Map<?, ?> data && data.get("tags") instanceof List<?> list) {
      for (Object tag : list) {
        Map<?, ?> entry = (Map<?, ?>) tag;
        tags.put(String.valueOf(entry.get("key")), String.valueOf(entry.get("value")));
      }
    }
    long started = info.get("start_time") instanceof Number number ? number.longValue() : 0;
    return new RunInfo(
        String.valueOf(info.get("run_id")),
        String.valueOf(info.get("status")),
        String.valueOf(info.get("artifact_uri")),
        started,
        tags);
  }

  boolean isRunning() {
    return status.equals("RUNNING") || status.equals("SCHEDULED");
  }
}
