// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import mirage.conformance.fuzz.comparison.Batch;
import mirage.conformance.fuzz.comparison.Comparison;
import mirage.conformance.fuzz.program.Program;
import mirage.tools.BuildCache;
import mirage.tools.Ending;
import mirage.tools.MirageException;

/**
 * Compares many random programs: {@code Campaign PROGRAMS [SEED [FOLDER]]}. Each hundred is done by one thread: all with
 * frequent collections, every tenth with one at every allocation. It can be stopped at any time; started again it goes on
 * behind the hundreds that are done, as {@link CampaignLog} says.
 */
public final class Campaign {
  /** Of the programs that differ so many are made smaller. */
  private static final int SHRUNK = 10;

  private static final int STRESSED = 10;

  private final Comparison comparison;
  private final Comparison stressed;
  private final CampaignLog log;
  private final Findings findings;
  private final Findings stressFindings;
  private final long start = System.nanoTime();
  private final long doneBefore;

  private Campaign(BuildCache cache, CampaignLog log) {
    Comparison plain = Comparison.of(cache);
    this.comparison = plain.collecting();
    this.stressed = plain.stressed();
    this.log = log;
    this.findings = new Findings(log.folder(), SHRUNK);
    this.stressFindings = new Findings(log.folder().resolve("stress"), SHRUNK);
    this.doneBefore = log.done();
  }

  /** Status 0 when no program differs, 1 when one does or something fails, 2 for wrong arguments. */
  public static void main(String[] words) throws IOException, InterruptedException {
    Ending.of(() -> run(words));
  }

  private static int run(String[] words) throws InterruptedException {
    long programs = number(words, 0, -1);
    long seed = number(words, 1, 1);
    if (programs < 1 || words.length > 3) {
      System.err.println("usage: fuzz PROGRAMS [SEED [FOLDER]]");
      return 2;
    }
    Path folder = Path.of(words.length > 2 ? words[2] : "conformance/target/conformance/fuzz");
    CampaignLog log = CampaignLog.open(folder, seed, programs);
    return new Campaign(BuildCache.user(), log).run() ? 0 : 1;
  }

  private static long number(String[] words, int index, long otherwise) {
    try {
      return words.length > index ? Long.parseLong(words[index]) : otherwise;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private boolean run() throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    List<Future<?>> batches =
        LongStream.iterate(log.first(), from -> from < log.end(), from -> from + Batch.SIZE)
            .filter(from -> !log.isDone(from))
            .<Future<?>>mapToObj(from -> pool.submit(() -> batch(from)))
            .toList();
    pool.shutdown();
    try {
      for (Future<?> batch : batches) {
        batch.get();
      }
    } catch (ExecutionException e) {
      pool.shutdownNow();
      throw e.getCause() instanceof MirageException known
          ? known
          : new MirageException("a hundred programs: " + e.getCause(), e);
    }
    System.out.println(log.summary());
    return log.differing() == 0;
  }

  private void batch(long from) {
    List<Program> programs =
        LongStream.range(from, Math.min(from + Batch.SIZE, log.end()))
            .mapToObj(Program::of)
            .toList();
    List<Program> tenth =
        IntStream.range(0, programs.size())
            .filter(i -> i % STRESSED == 0)
            .mapToObj(programs::get)
            .toList();
    int differing =
        findings.compare(new Batch(programs), comparison)
            + stressFindings.compare(new Batch(tenth), stressed);
    log.add(from, programs.size(), differing);
    report();
  }

  private synchronized void report() {
    long done = log.done();
    double seconds = (System.nanoTime() - start) / 1e9;
    double rate = (done - doneBefore) / seconds;
    System.out.printf(
        Locale.ROOT,
        "%,d of %,d programs, %d differ; %.1f a second, %.0f minutes left%n",
        done,
        log.programs(),
        log.differing(),
        rate,
        (log.programs() - done) / rate / 60);
  }
}
