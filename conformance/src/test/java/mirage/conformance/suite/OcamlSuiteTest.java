// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import mirage.bindings.link.BackEnd;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs OCaml's test suite on the emulated chip: a fixed part of it, or with {@code -Dconformance=all} all of it, or those tests
 * whose names match the regular expression {@code -Dconformance=...}. The last two also run what is excluded, to
 * find what would pass by now. The reports are in {@code target/conformance}.
 */
class OcamlSuiteTest {
  private static final String SELECTION = System.getProperty("conformance", "");
  private static final Path REPORTS = Path.of("target", "conformance");

  /** One test of so many is in the fixed part, of those that need nothing but the chip. */
  private static final int PARTS = 8;

  private static final BuildCache CACHE = BuildCache.user();
  private static TestSuite suite;
  private static final Map<BackEnd, Exclusions> EXCLUSIONS = new LinkedHashMap<>();
  private static final Map<BackEnd, List<Verdict>> VERDICTS = new LinkedHashMap<>();

  @BeforeAll
  static void load() throws IOException {
    suite = TestSuite.load(CACHE, Need.parse("needs.tsv", list("needs.tsv")));
    Exclusions all = Exclusions.parse("excluded.tsv", list("excluded.tsv"));
    EXCLUSIONS.put(BackEnd.BYTECODE, all);
    EXCLUSIONS.put(
        BackEnd.NATIVE,
        all.and(Exclusions.parse("excluded-native.tsv", list("excluded-native.tsv"))));
  }

  private static String list(String name) throws IOException {
    try (var list = OcamlSuiteTest.class.getResourceAsStream("/" + name)) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @AfterAll
  static void report() {
    VERDICTS.forEach(
        (backEnd, verdicts) -> {
          Report report = new Report(backEnd, suite.tests(), EXCLUSIONS.get(backEnd), verdicts);
          String name = backEnd.id();
          AtomicFiles.write(REPORTS.resolve(name + ".txt"), report.text());
          AtomicFiles.write(REPORTS.resolve(name + ".tsv"), report.table());
          System.out.println(report.text().lines().findFirst().orElseThrow());
        });
  }

  @Test
  void everyTestIsRunOrListedWithItsReason() {
    assertThat(suite.tests()).hasSizeGreaterThan(1000);
    for (Exclusions exclusions : EXCLUSIONS.values()) {
      assertThat(exclusions.problems(suite.tests())).isEmpty();
    }
  }

  @TestFactory
  Stream<DynamicTest> bytecode() {
    return run(BackEnd.BYTECODE);
  }

  @TestFactory
  Stream<DynamicTest> compiled() {
    return run(BackEnd.NATIVE);
  }

  private static Stream<DynamicTest> run(BackEnd backEnd) {
    Exclusions exclusions = EXCLUSIONS.get(backEnd);
    List<Verdict> verdicts = new ArrayList<>();
    VERDICTS.put(backEnd, verdicts);
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    Map<SuiteTest, Future<Verdict>> running = new LinkedHashMap<>();
    for (SuiteTest test : suite.tests()) {
      if (selected(test, exclusions)) {
        running.put(test, pool.submit(() -> TestRun.of(test, suite, backEnd, CACHE)));
      }
    }
    pool.shutdown();
    return running.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey().name(),
                    () -> {
                      Verdict verdict = entry.getValue().get();
                      verdicts.add(verdict);
                      judge(entry.getKey(), verdict, exclusions);
                    }));
  }

  private static boolean selected(SuiteTest test, Exclusions exclusions) {
    if (!test.runs()) {
      return false;
    }
    if (SELECTION.isEmpty()) {
      return exclusions.reason(test).isEmpty()
          && test.needs().isEmpty()
          && Math.floorMod(test.name().hashCode(), PARTS) == 0;
    }
    return SELECTION.equals("all") || test.name().matches(SELECTION);
  }

  private static void judge(SuiteTest test, Verdict verdict, Exclusions exclusions) {
    Optional<String> reason = exclusions.reason(test);
    if (reason.isPresent()) {
      assertThat(verdict.passed())
          .as(
              "it passes: take it off the list of excluded tests, where it is for: %s",
              reason.get())
          .isFalse();
    } else {
      assertThat(verdict.problem()).isEmpty();
    }
  }
}
