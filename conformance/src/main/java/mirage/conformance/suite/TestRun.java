// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import mirage.bindings.link.BackEnd;
import mirage.conformance.chip.ChipProgram;
import mirage.emulator.Outcome;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.MirageException;

/** Does the steps of a test; one instance does one test. */
final class TestRun {
  /** Seconds of virtual time a program may take, at 40 million instructions a second. */
  private static final double SECONDS = 20;

  private static final double MANY_SECONDS = 150;

  private final BackEnd backEnd;
  private final BuildCache cache;
  private final SuiteTest test;
  private final Path library;
  private long instructions;
  private String output = "";

  private TestRun(BackEnd backEnd, BuildCache cache, SuiteTest test, Path library) {
    this.backEnd = backEnd;
    this.cache = cache;
    this.test = test;
    this.library = library;
  }

  /**
   * Runs a test.
   *
   * @param suite the test is of
   */
  static Verdict of(SuiteTest test, TestSuite suite, BackEnd backEnd, BuildCache cache) {
    long start = System.nanoTime();
    TestRun run = new TestRun(backEnd, cache, test, suite.library());
    String problem = run.problem();
    long millis = (System.nanoTime() - start) / 1_000_000;
    return new Verdict(test.name(), problem.isEmpty(), problem, run.instructions, millis);
  }

  private String problem() {
    try {
      Path work = Files.createTempDirectory("mirage-conformance");
      try {
        return steps(work);
      } finally {
        AtomicFiles.delete(work);
      }
    } catch (MirageException e) {
      return e.getMessage();
    } catch (IOException e) {
      return AtomicFiles.reason(e);
    }
  }

  private String steps(Path work) throws IOException {
    Compiler compiler =
        new Compiler(
            cache, library, test.needs(), test.file().getParent(), work, new ArrayList<>());
    for (Plan.Step step : test.plan().steps()) {
      Variables variables = step.variables();
      String problem =
          switch (step.kind()) {
            case COMPILE -> {
              compiler.prepare(variables);
              compiler.compile(variables);
              yield "";
            }
            case RUN -> run(compiler, variables);
            case CHECK -> check(variables);
          };
      if (!problem.isEmpty()) {
        return problem;
      }
    }
    return "";
  }

  private String run(Compiler compiler, Variables variables) throws IOException {
    Path work = compiler.work();
    Path bytecode = work.resolve(variables.find("program").orElseThrow());
    ChipProgram program =
        ChipProgram.link(
            backEnd,
            cache,
            bytecode,
            compiler.libraries(variables),
            test.needs().contains(Need.EXTERNAL_RAM),
            Files.createTempDirectory(work, "chip"));
    int expected = Integer.parseInt(variables.find("exit_status").orElse("0"));
    Hook hook = new Hook(test.file());
    if (hook.exists()) {
      Hook.Result result = hook.run(program, seconds(), variables, work);
      output += result.output();
      return result.status() == expected ? "" : "the hook ended with status " + result.status();
    }
    ChipProgram.Result result = program.run(variables.words("arguments"), seconds());
    instructions += result.instructions();
    output += new String(result.output(), StandardCharsets.ISO_8859_1);
    Outcome outcome = result.outcome();
    if (outcome.kind() == Outcome.Kind.HALTED && outcome.status() == expected) {
      return "";
    }
    String how =
        outcome.kind() == Outcome.Kind.HALTED ? "status " + outcome.status() : outcome.toString();
    return "ended with " + how + " instead of status " + expected + "; printed:\n" + tail(output);
  }

  private double seconds() {
    return test.needs().contains(Need.TIME) ? MANY_SECONDS : SECONDS;
  }

  private String check(Variables variables) throws IOException {
    Path reference = test.file().getParent().resolve(variables.find("reference").orElseThrow());
    String expected =
        Files.exists(reference) ? Files.readString(reference, StandardCharsets.ISO_8859_1) : "";
    String found = output;
    output = "";
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
