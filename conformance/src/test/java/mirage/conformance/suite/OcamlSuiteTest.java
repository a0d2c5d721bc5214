// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * find what would pass by now. With {@code -Dconformance.stress=true} compiled code runs with a collection at every
 * allocation; with {@code -Dconformance.interpret=true} all programs also run without the emulator's translation to Java
 * bytecode, and have to do the same. The reports are in {@code target/conformance}.
 */
class OcamlSuiteTest {
  private static final String SELECTION = System.getProperty("conformance", "");
  private static final boolean STRESS = Boolean.getBoolean("conformance.stress");
  private static final boolean INTERPRET = Boolean.getBoolean("conformance.interpret");
  private static final Path REPORTS = Path.of("target", "conformance");

  /** One test of so many is in the fixed part, of those that need nothing but the chip. */
  private static final int PARTS = 8;

  /** Run with a collection at every allocation in every build. */
  private static final List<String> STRESSED =
      List.of(
          "basic-modules/recursive_module_init.ml",
          "basic-more/tprintf.ml",
          "basic/patmatch.ml",
          "basic/sets.ml",
          "match-exception/nested_handlers.ml");

  private static final int THREADS = Math.min(2, Runtime.getRuntime().availableProcessors());

  private static final BuildCache CACHE = BuildCache.user();
  private static TestSuite suite;
  private static final Map<Mode, Exclusions> EXCLUSIONS = new LinkedHashMap<>();
  private static final Map<Mode, List<Verdict>> VERDICTS = new LinkedHashMap<>();

  /** How programs run. */
  private enum Mode {
    BYTECODE(BackEnd.BYTECODE),
    NATIVE(BackEnd.NATIVE),
    STRESS(BackEnd.NATIVE);

    private final BackEnd backEnd;

    Mode(BackEnd backEnd) {
      this.backEnd = backEnd;
    }

    private String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @BeforeAll
  static void load() throws IOException {
    suite = TestSuite.load(CACHE, Need.parse("needs.tsv", list("needs.tsv")));
    Exclusions all = exclusions("excluded.tsv");
    Exclusions compiled = all.and(exclusions("excluded-native.tsv"));
    EXCLUSIONS.put(Mode.BYTECODE, all.and(exclusions("excluded-bytecode.tsv")));
    EXCLUSIONS.put(Mode.NATIVE, compiled);
    EXCLUSIONS.put(Mode.STRESS, compiled.and(exclusions("excluded-stress.tsv")));
  }

  private static Exclusions exclusions(String name) throws IOException {
    return Exclusions.parse(name, list(name));
  }

  private static String list(String name) throws IOException {
    try (var list = OcamlSuiteTest.class.getResourceAsStream("/" + name)) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @AfterAll
  static void report() {
    VERDICTS.forEach(
        (mode, verdicts) -> {
          Report report = new Report(mode.id(), suite.tests(), EXCLUSIONS.get(mode), verdicts);
          AtomicFiles.write(REPORTS.resolve(mode.id() + ".txt"), report.text());
          AtomicFiles.write(REPORTS.resolve(mode.id() + ".tsv"), report.table());
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
  Stream<DynamicTest> tests() {
    return STRESS ? Stream.empty() : run(List.of(Mode.BYTECODE, Mode.NATIVE), suite.tests());
  }

  @TestFactory
  Stream<DynamicTest> testsWithACollectionAtEveryAllocation() {
    if (!STRESS && !SELECTION.isEmpty()) {
      return Stream.empty();
    }
    List<SuiteTest> tests =
        suite.tests().stream()
            .filter(test -> STRESS || STRESSED.contains(test.name()))
            .map(test -> test.with(Need.GC_STRESS))
            .toList();
    return run(List.of(Mode.STRESS), tests);
  }

  /** A test in a mode. */
  private record Case(SuiteTest test, Mode mode, Future<Map<BackEnd, Verdict>> run) {
    DynamicTest dynamicTest() {
      return DynamicTest.dynamicTest(
          mode.id() + ": " + test.name(),
          () -> {
            Verdict verdict = run.get().get(mode.backEnd);
            VERDICTS.get(mode).add(verdict);
            judge(test, verdict, EXCLUSIONS.get(mode));
          });
    }
  }

  /** Each test is compiled once, then run in each of the modes it is selected for. */
  private static Stream<DynamicTest> run(List<Mode> modes, List<SuiteTest> tests) {
    modes.forEach(mode -> VERDICTS.put(mode, new ArrayList<>()));
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    List<Case> cases = new ArrayList<>();
    Progress progress = new Progress();
    for (SuiteTest test : tests) {
      List<Mode> wanted = modes.stream().filter(mode -> selected(test, mode)).toList();
      if (!wanted.isEmpty()) {
        List<BackEnd> backEnds = wanted.stream().map(mode -> mode.backEnd).toList();
        progress.expect();
        Future<Map<BackEnd, Verdict>> run =
            pool.submit(
                () -> {
                  progress.begin(test);
                  return progress.end(test, TestRun.of(test, suite, backEnds, INTERPRET, CACHE));
                });
        wanted.forEach(mode -> cases.add(new Case(test, mode, run)));
      }
    }
    pool.shutdown();
    return cases.stream().map(Case::dynamicTest);
  }

  private static boolean selected(SuiteTest test, Mode mode) {
    boolean excluded = EXCLUSIONS.get(mode).reason(test).isPresent();
    if (!test.runs() || (mode == Mode.STRESS && excluded)) {
      return false;
    }
    if (SELECTION.isEmpty()) {
      return mode == Mode.STRESS
          || (!excluded
              && test.needs().isEmpty()
              && Math.floorMod(test.name().hashCode(), PARTS) == 0);
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

  /** Says now and then how far a long run is, and what has not passed so far. */
  private static final class Progress {
    private static final long PAUSE = 30_000_000_000L;
    private final Set<String> running = new LinkedHashSet<>();
    private int expected;
    private int done;
    private long last = System.nanoTime();

    synchronized void begin(SuiteTest test) {
      running.add(test.name());
    }

    synchronized void expect() {
      expected++;
    }

    synchronized Map<BackEnd, Verdict> end(SuiteTest test, Map<BackEnd, Verdict> verdicts) {
      done++;
      running.remove(test.name());
      verdicts.forEach(
          (backEnd, verdict) -> {
            if (!verdict.passed()) {
              System.out.println("not passed, " + backEnd.id() + ": " + verdict.test());
            }
          });
      if (System.nanoTime() - last > PAUSE) {
        last = System.nanoTime();
        System.out.printf("%d of %d tests done, running: %s%n", done, expected, running);
      }
      return verdicts;
    }
  }
}
