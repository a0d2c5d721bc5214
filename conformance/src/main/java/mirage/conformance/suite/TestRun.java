// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mirage.bindings.link.BackEnd;
import mirage.bindings.link.LinkedLibrary;
import mirage.conformance.chip.ChipProgram;
import mirage.emulator.Outcome;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.MirageException;
import mirage.tools.TemporaryFolder;

/** Does the steps of a test on some back ends; one instance does one test. */
final class TestRun {
  /** Seconds of virtual time a program may take, at 40 million instructions a second. */
  private static final double SECONDS = 20;

  private static final double MANY_SECONDS = 1500;

  /** With a collection at every allocation, after which some tests would never end. */
  private static final double STRESSED_SECONDS = 150;

  private final BuildCache cache;
  private final boolean interpreting;
  private final SuiteTest test;
  private final Path library;
  private final Map<BackEnd, OnChip> chips = new LinkedHashMap<>();

  /** What a back end's programs did so far. */
  private static final class OnChip {
    private String output = "";
    private String problem = "";
    private long instructions;
    private long millis;
  }

  private TestRun(
      List<BackEnd> backEnds,
      BuildCache cache,
      boolean interpreting,
      SuiteTest test,
      Path library) {
    this.cache = cache;
    this.interpreting = interpreting;
    this.test = test;
    this.library = library;
    backEnds.forEach(backEnd -> chips.put(backEnd, new OnChip()));
  }

  /**
   * Runs a test.
   *
   * @param suite the test is of
   * @param interpreting whether programs also run without translation to Java bytecode, to compare; those that take long
   *     only in part
   * @return a verdict for each back end
   */
  static Map<BackEnd, Verdict> of(
      SuiteTest test,
      TestSuite suite,
      List<BackEnd> backEnds,
      boolean interpreting,
      BuildCache cache) {
    TestRun run = new TestRun(backEnds, cache, interpreting, test, suite.library());
    String problem = run.problem();
    Map<BackEnd, Verdict> verdicts = new LinkedHashMap<>();
    run.chips.forEach(
        (backEnd, chip) -> {
          String found = chip.problem.isEmpty() ? problem : chip.problem;
          verdicts.put(
              backEnd,
              new Verdict(test.name(), found.isEmpty(), found, chip.instructions, chip.millis));
        });
    return verdicts;
  }

  /** What kept the test from its end on all back ends. */
  private String problem() {
    try (TemporaryFolder work = TemporaryFolder.of("conformance")) {
      steps(work.path());
      return "";
    } catch (MirageException e) {
      return e.getMessage();
    } catch (IOException e) {
      return AtomicFiles.reason(e);
    }
  }

  private void steps(Path work) throws IOException {
    Compiler compiler =
        new Compiler(
            cache, library, test.needs(), test.file().getParent(), work, new ArrayList<>());
    for (Plan.Step step : test.plan().steps()) {
      Variables variables = step.variables();
      switch (step.kind()) {
        case COMPILE -> {
          compiler.prepare(variables);
          compiler.compile(variables);
        }
        case RUN -> {
          List<LinkedLibrary> libraries = compiler.libraries(variables);
          for (Map.Entry<BackEnd, OnChip> chip : running()) {
            long start = System.nanoTime();
            chip.getValue().problem = run(chip.getKey(), libraries, work, variables);
            chip.getValue().millis += (System.nanoTime() - start) / 1_000_000;
          }
        }
        case CHECK -> {
          for (Map.Entry<BackEnd, OnChip> chip : running()) {
            chip.getValue().problem = check(chip.getValue(), variables);
          }
        }
      }
    }
  }

  /** The back ends on which nothing has gone wrong so far. */
  private List<Map.Entry<BackEnd, OnChip>> running() {
    return chips.entrySet().stream().filter(chip -> chip.getValue().problem.isEmpty()).toList();
  }

  private String run(BackEnd backEnd, List<LinkedLibrary> libraries, Path work, Variables variables)
      throws IOException {
    OnChip chip = chips.get(backEnd);
    Path bytecode = work.resolve(variables.find("program").orElseThrow());
    ChipProgram program;
    try {
      program =
          ChipProgram.link(
              backEnd,
              cache,
              bytecode,
              libraries,
              Need.memory(test.needs()),
              Files.createTempDirectory(work, "chip"));
    } catch (MirageException e) {
      return e.getMessage();
    }
    int expected = Integer.parseInt(variables.find("exit_status").orElse("0"));
    Hook hook = new Hook(test.file());
    if (hook.exists()) {
      Hook.Result result = hook.run(program, seconds(), variables, work);
      chip.output += result.output();
      return result.status() == expected ? "" : "the hook ended with status " + result.status();
    }
    ChipProgram.Result result = program.run(variables.words("arguments"), seconds());
    if (interpreting) {
      String found = interpretation(program, variables.words("arguments"), result);
      if (!found.isEmpty()) {
        return found;
      }
    }
    chip.instructions += result.instructions();
    chip.output += new String(result.output(), StandardCharsets.ISO_8859_1);
    Outcome outcome = result.outcome();
    if (outcome.kind() == Outcome.Kind.HALTED && outcome.status() == expected) {
      return "";
    }
    String how =
        outcome.kind() == Outcome.Kind.HALTED ? "status " + outcome.status() : outcome.toString();
    return "ended with "
        + how
        + " instead of status "
        + expected
        + "; printed:\n"
        + tail(chip.output);
  }

  /** What the interpreter does otherwise than the translated program did. */
  private static String interpretation(
      ChipProgram program, List<String> arguments, ChipProgram.Result translated) {
    ChipProgram.Result interpreted = program.interpret(arguments, SECONDS);
    byte[] expected = translated.output();
    byte[] found = interpreted.output();
    boolean same =
        interpreted.outcome().kind() == Outcome.Kind.TIMEOUT
            ? found.length <= expected.length
                && Arrays.equals(found, Arrays.copyOf(expected, found.length))
            : interpreted.outcome().equals(translated.outcome())
                && interpreted.instructions() == translated.instructions()
                && Arrays.equals(found, expected);
    return same
        ? ""
        : "interpreted, it %s after %d instructions; translated, it %s after %d"
            .formatted(
                interpreted.outcome(),
                interpreted.instructions(),
                translated.outcome(),
                translated.instructions());
  }

  private double seconds() {
    if (test.needs().contains(Need.GC_STRESS)) {
      return STRESSED_SECONDS;
    }
    return test.needs().contains(Need.TIME) ? MANY_SECONDS : SECONDS;
  }

  private String check(OnChip chip, Variables variables) throws IOException {
    Path reference = test.file().getParent().resolve(variables.find("reference").orElseThrow());
    String expected =
        Files.exists(reference) ? Files.readString(reference, StandardCharsets.ISO_8859_1) : "";
    String found = chip.output;
    chip.output = "";
    return found.equals(expected)
            || (!expected.contains("\r\n") && unixLines(found).equals(expected))
        ? ""
        : difference(expected, found);
  }

  /** If all lines end as on Windows, as they do elsewhere (ocamltest/filecompare.ml). */
  private static String unixLines(String text) {
    boolean windows = text.lines().count() > 0 && !text.replace("\r\n", "").contains("\n");
    return windows ? text.replace("\r\n", "\n") : text;
  }

  private static String difference(String expected, String found) {
    String[] wanted = expected.split("\n", -1);
    String[] lines = found.split("\n", -1);
    int line = 0;
    while (line < wanted.length && line < lines.length && wanted[line].equals(lines[line])) {
      line++;
    }
    return "output differs from the reference at line %d:\n- %s\n+ %s"
        .formatted(
            line + 1,
            line < wanted.length ? wanted[line] : "(end)",
            line < lines.length ? lines[line] : "(end)");
  }

  private static String tail(String text) {
    return text.length() > 800 ? "..." + text.substring(text.length() - 800) : text;
  }
}
