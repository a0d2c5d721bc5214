// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mirage.bindings.link.BackEnd;
import mirage.conformance.chip.ChipProgram;
import mirage.emulator.Outcome;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Larger programs, of the kinds people run, print with each back end what the 32-bit ocamlrun prints. Several are modules
 * of one executable, for most of the time goes into the library below them; after one that ends all, those behind it run
 * again in an executable of their own.
 */
class CorpusTest {
  private static final Path CORPUS = Path.of("src", "test", "resources", "corpus");

  /** Executables all programs are spread over, with each back end. */
  private static final int EXECUTABLES = 4;

  /** Of virtual time, for one executable. */
  private static final double SECONDS = 120;

  /** Printed in front of each program's output. */
  private static final String BEGIN = "\nprogram ";

  @TempDir static Path work;

  private static final Map<BackEnd, List<Future<Map<String, String>>>> PRINTED =
      new LinkedHashMap<>();

  private static ExecutorService pool;

  @BeforeAll
  static void start() throws IOException {
    List<String> programs = programs();
    pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    for (BackEnd backEnd : BackEnd.values()) {
      List<Future<Map<String, String>>> all = new ArrayList<>();
      for (int first = 0; first < EXECUTABLES; first++) {
        List<String> some =
            IntStream.iterate(first, i -> i < programs.size(), i -> i + EXECUTABLES)
                .mapToObj(programs::get)
                .toList();
        all.add(pool.submit(() -> printed(backEnd, some)));
      }
      PRINTED.put(backEnd, all);
    }
    pool.shutdown();
  }

  @AfterAll
  static void stop() {
    pool.shutdownNow();
    PRINTED.clear();
  }

  @TestFactory
  Stream<DynamicTest> programsPrintWhatTheReferencePrints() throws IOException {
    return programs().stream()
        .flatMap(
            program ->
                Arrays.stream(BackEnd.values())
                    .map(
                        backEnd ->
                            DynamicTest.dynamicTest(
                                program + ", " + backEnd, () -> compare(program, backEnd))));
  }

  private static void compare(String program, BackEnd backEnd)
      throws IOException, InterruptedException, ExecutionException {
    String output = null;
    for (Future<Map<String, String>> some : PRINTED.get(backEnd)) {
      output = some.get().getOrDefault(program, output);
    }
    assertThat(output).isEqualTo(Files.readString(CORPUS.resolve(program + ".expected")));
  }

  private static List<String> programs() throws IOException {
    try (Stream<Path> files = Files.list(CORPUS)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".ml"))
          .map(name -> name.substring(0, name.length() - ".ml".length()))
          .sorted()
          .toList();
    }
  }

  /** What each program prints; the last one that ran with how it ended, if not as it should. */
  private static Map<String, String> printed(BackEnd backEnd, List<String> programs)
      throws IOException {
    Map<String, String> printed = new LinkedHashMap<>();
    List<String> left = programs;
    while (!left.isEmpty()) {
      try {
        printed.putAll(sections(run(backEnd, left)));
      } catch (RuntimeException e) {
        // One of them is refused.
        if (left.size() > 1) {
          printed.putAll(printed(backEnd, left.subList(0, left.size() / 2)));
          printed.putAll(printed(backEnd, left.subList(left.size() / 2, left.size())));
        } else {
          printed.put(left.get(0), e.toString());
        }
      }
      // At least the first one is done, whatever the executable prints.
      printed.putIfAbsent(left.get(0), "nothing");
      left = left.stream().filter(program -> !printed.containsKey(program)).toList();
    }
    return printed;
  }

  private static Map<String, String> sections(String output) {
    Map<String, String> sections = new LinkedHashMap<>();
    for (String section : output.split(BEGIN)) {
      int end = section.indexOf('\n');
      if (end >= 0) {
        sections.put(section.substring(0, end), section.substring(end + 1));
      }
    }
    return sections;
  }

  private static String run(BackEnd backEnd, List<String> programs) throws IOException {
    Path folder = Files.createTempDirectory(work, backEnd.name());
    ChipProgram.Result result =
        ChipProgram.link(backEnd, BuildCache.user(), compiled(folder, programs), List.of(), folder)
            .run(List.of(), SECONDS);
    Outcome outcome = result.outcome();
    String output = new String(result.output(), StandardCharsets.UTF_8);
    return outcome.kind() == Outcome.Kind.HALTED && outcome.status() == 0
        ? output
        : output + outcome;
  }

  /** Each program behind a module that says its name; what is left of its values is collected before the next one. */
  private static Path compiled(Path folder, List<String> programs) throws IOException {
    List<String> modules = new ArrayList<>();
    for (String program : programs) {
      Files.copy(CORPUS.resolve(program + ".ml"), folder.resolve(program + ".ml"));
      Files.writeString(
          folder.resolve("before_" + program + ".ml"),
          "let () = Format.print_flush (); Gc.compact (); print_string %s"
              .formatted('"' + BEGIN.replace("\n", "\\n") + program + "\\n\""));
      modules.add("before_" + program + ".ml");
      modules.add(program + ".ml");
    }
    String[] arguments =
        Stream.concat(Stream.of("-w", "-a", "-o", "program.byte"), modules.stream())
            .toArray(String[]::new);
    Command.of("ocamlc", arguments).in(folder).run();
    return folder.resolve("program.byte");
  }
}
