// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mirage.bindings.link.BackEnd;
import mirage.conformance.chip.ChipProgram;
import mirage.conformance.fuzz.comparison.Comparison;
import mirage.conformance.oracle.Ocamlrun32;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Numbers and texts, read and printed, by far more of them than each build has: {@code -Dtexts=100000} cases of each program with each
 * back end are what the 32-bit ocamlrun makes of them. A run on the chip is of 10,000 at most, with a seed of its own.
 */
@EnabledIfSystemProperty(named = "texts", matches = "[0-9]+")
@Timeout(value = 1, unit = TimeUnit.HOURS)
class TextsTest {
  private static final int COUNT = Integer.getInteger("texts", 0);
  private static final int OF_A_RUN = 10_000;

  /** Of virtual time for a case; more than any takes. */
  private static final double SECONDS = 0.5;

  @TempDir static Path work;

  private static final Map<String, ChipProgram> LINKED = new LinkedHashMap<>();

  private static Stream<Arguments> runs() {
    return Arrays.stream(BackEnd.values())
        .flatMap(
            backEnd ->
                IntStream.rangeClosed(1, (COUNT + OF_A_RUN - 1) / OF_A_RUN)
                    .mapToObj(seed -> Arguments.of(backEnd, seed)));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void numberTexts(BackEnd backEnd, int seed) throws Exception {
    compare("number_texts", backEnd, seed);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void numberFormats(BackEnd backEnd, int seed) throws Exception {
    compare("number_formats", backEnd, seed);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void scanFormats(BackEnd backEnd, int seed) throws Exception {
    compare("scan_formats", backEnd, seed);
  }

  private static void compare(String name, BackEnd backEnd, int seed) throws Exception {
    int count = Math.min(OF_A_RUN, COUNT);
    List<String> arguments = List.of(Integer.toString(count), Integer.toString(seed));
    Path bytecode = compiled(name);
    ChipProgram program = LINKED.get(name + backEnd);
    if (program == null) {
      Path output = Files.createDirectory(work.resolve(name + backEnd));
      program = ChipProgram.link(backEnd, BuildCache.user(), bytecode, List.of(), output);
      LINKED.put(name + backEnd, program);
    }
    Command.Result expected = Ocamlrun32.of(BuildCache.user()).run(bytecode, arguments);
    ChipProgram.Result result = program.run(arguments, count * SECONDS);
    String printed = new String(result.output(), StandardCharsets.UTF_8);
    Map<String, String> outputs = new LinkedHashMap<>();
    outputs.put("ocamlrun", expected.output() + "status " + expected.status());
    outputs.put(backEnd.name(), printed + "status " + result.outcome().status());
    assertThat(Comparison.difference(outputs)).isEmpty();
    System.out.printf("%s %s: %d of seed %d are the same%n", name, backEnd, count, seed);
  }

  private static Path compiled(String name) throws Exception {
    Path bytecode = work.resolve(name + ".byte");
    if (!Files.exists(bytecode)) {
      Path source = Path.of("src", "test", "resources", "fuzz", name + ".ml");
      Files.copy(source, work.resolve(name + ".ml"));
      Command.of("ocamlc", "-w", "-a", "-o", bytecode.toString(), name + ".ml").in(work).run();
    }
    return bytecode;
  }
}
