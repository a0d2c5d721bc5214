// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import mirage.bindings.link.BackEnd;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Random programs do the same on the host and with each of the chip's back ends. {@code -Dfuzz=20000} runs so many,
 * {@code -Dfuzz.from=...} from another seed than 1. Those that differ are saved in {@code target/conformance/fuzz}.
 */
class FuzzTest {
  private static final long FROM = Long.getLong("fuzz.from", 1);
  private static final long COUNT = Long.getLong("fuzz", 40);
  private static final Path SAVED = Path.of("target", "conformance", "fuzz");

  /** How often long runs say how far they are. */
  private static final long REPORTED = 2000;

  private static final List<BackEnd> CHIP = List.of(BackEnd.values());

  @Test
  void programsDoTheSameEverywhere() throws Exception {
    assertThat(run(new Comparison(BuildCache.user(), CHIP, true), false)).isEmpty();
  }

  /** Whatever the width of int does to them. */
  @Test
  void programsDoTheSameWithEachBackEnd() throws Exception {
    assertThat(run(new Comparison(BuildCache.user(), CHIP, false), true)).isEmpty();
  }

  private static Map<Long, String> run(Comparison comparison, boolean wide)
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    Map<Batch, Future<Map<Long, String>>> batches = new LinkedHashMap<>();
    for (Batch batch : Batch.of(FROM, COUNT, wide)) {
      batches.put(batch, pool.submit(() -> batch.failures(comparison)));
    }
    pool.shutdown();
    Map<Long, String> failures = new TreeMap<>();
    for (Map.Entry<Batch, Future<Map<Long, String>>> batch : batches.entrySet()) {
      batch
          .getValue()
          .get()
          .forEach(
              (seed, difference) -> {
                save(seed, difference, wide);
                failures.put(seed, difference);
              });
      long done = batch.getKey().to() - FROM;
      if (done % REPORTED == 0 && done < COUNT) {
        report(done, wide, failures);
      }
    }
    report(COUNT, wide, failures);
    return failures;
  }

  private static void report(long count, boolean wide, Map<Long, String> failures) {
    System.out.printf(
        "%d random programs%s from seed %d: %d differ%n",
        count, wide ? " with wide ints" : "", FROM, failures.size());
  }

  private static void save(long seed, String difference, boolean wide) {
    String name = (wide ? "wide-" : "") + seed;
    AtomicFiles.write(
        SAVED.resolve(name + ".ml"), ProgramGenerator.source(LongStream.of(seed), wide));
    AtomicFiles.write(SAVED.resolve(name + ".txt"), difference);
  }

  /** Programs that once differed, and those that go through all that reads and prints numbers. */
  @TestFactory
  Stream<DynamicTest> knownPrograms() throws IOException {
    Comparison comparison = new Comparison(BuildCache.user(), CHIP, true);
    try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "fuzz"))) {
      return files.sorted().toList().stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString(),
                      () -> assertThat(comparison.difference(Files.readString(file))).isEmpty()));
    }
  }

  /** A comparison that cannot fail would find nothing. */
  @Test
  void widthOfIntsIsFound() {
    String source = "let () = print_int (Sys.opaque_identity max_int)";
    assertThat(new Comparison(BuildCache.user(), CHIP, true).difference(source))
        .hasValueSatisfying(
            text -> assertThat(text).contains("4611686018427387903").contains("1073741823"));
  }

  @Test
  void generatedProgramsUseTheLanguage() {
    String source = ProgramGenerator.source(LongStream.range(1, 60), false);
    assertThat(source)
        .contains(
            "match ", "Gc.compact", "try ", "Fold (M)", "Int64.", "Nativeint.", "lazy", "when ");
    assertThat(ProgramGenerator.source(LongStream.of(7), false))
        .isEqualTo(ProgramGenerator.source(LongStream.of(7), false));
    // Random programs exercise little if most of them only raise exceptions.
    String output =
        Command.of("ocaml", "-w", "-a", "-noprompt", "-stdin").input(source).run().output();
    long lines = output.lines().filter(line -> line.contains(" = ")).count();
    long raised = output.lines().filter(line -> line.contains(" = raised ")).count();
    assertThat(raised * 3).isLessThan(lines);
  }
}
