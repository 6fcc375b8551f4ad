package org.hpo4j.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hpo4j.study.Study;
import org.hpo4j.study.StudyBuilder;

/** Programs that open one study at the same moment. */
public final class Openings {

  private Openings() {}

  /**
   * Opens the study of several builders, each in a thread of its own.
   *
   * @return the studies; those that were refused as started with other settings are left out
   */
  public static List<Study> atOnce(List<StudyBuilder> builders) throws Exception {
    CyclicBarrier start = new CyclicBarrier(builders.size());
    ExecutorService threads = Executors.newFixedThreadPool(builders.size());
    try {
      List<Future<Study>> opening = new ArrayList<>();
      for (StudyBuilder builder : builders) {
        opening.add(
            threads.submit(
                () -> {
                  start.await();
                  return builder.createOrResume();
                }));
      }
      List<Study> opened = new ArrayList<>();
      for (Future<Study> one : opening) {
        try {
          opened.add(one.get());
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof IllegalArgumentException)) {
            throw e;
          }
        }
      }
      return opened;
    } finally {
      threads.shutdown();
    }
  }
}
