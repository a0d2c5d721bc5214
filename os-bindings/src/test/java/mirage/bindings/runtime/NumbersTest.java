// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mirage.device.Target;
import mirage.tools.Command;
import mirage.tools.SourceFolders;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * How near the mathematical functions are to what is exact. {@code -Dnumbers=1000000} measures so many arguments of each, and prints
 * what docs/numbers.md shows.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NumbersTest {
  private static final boolean MEASURED = System.getProperty("numbers") != null;
  private static final long COUNT = Long.getLong("numbers", 4000);

  /** Of virtual time, for each thousand arguments: far more than they take. */
  private static final double SECONDS = 10;

  /** What is between two neighbouring results, of which one is nearest, plus what 64 bits err. */
  private static final double UNITS = 0.53;

  private List<Line> host;
  private List<Line> chip;

  /** A line of {@code numbers.c}; the chip's have the first two. */
  private record Line(String function, String hash, double worst, double perThousand, long wrong) {
    static Line of(String line) {
      String[] words = line.split(" +");
      return words.length == 2
          ? new Line(words[0], words[1], 0, 0, 0)
          : new Line(
              words[0],
              words[1],
              Double.parseDouble(words[2]),
              Double.parseDouble(words[3]),
              Long.parseLong(words[4]));
    }
  }

  @BeforeAll
  void measure(@TempDir Path folder) throws IOException {
    Path library = library(folder);
    Path program = folder.resolve("numbers");
    Path source = folder.resolve("numbers.c");
    CProgram chipProgram = CProgram.compile(Target.ESP32, "numbers", folder);
    Command.of("gcc", "-O2", "-fno-builtin", source.toString(), "-o", program.toString())
        .with(System.getProperty("os.arch").equals("amd64") ? List.of("-lquadmath") : List.of())
        .with("-lm", "-ldl")
        .run();
    String count = Long.toString(COUNT);
    host = lines(Command.of(program.toString(), count, library.toString()).run().output());
    CProgram.Result result =
        chipProgram.run(count, "", Map.of(), Math.max(60, COUNT / 1000 * SECONDS));
    assertThat(result.status()).as(result.errors()).isZero();
    chip = lines(result.output());
    if (MEASURED) {
      host.forEach(System.out::println);
    }
  }

  private static List<Line> lines(String output) {
    return output.lines().map(Line::of).toList();
  }

  /** Our functions compiled for the host, which loads them beside its own. */
  private static Path library(Path folder) throws IOException {
    Path library = folder.resolve("libours.so");
    List<String> arguments = new ArrayList<>();
    for (String part : List.of("math", "support")) {
      Path sources = Files.createDirectory(folder.resolve(part));
      List<String> names = SourceFolders.copy(RuntimeBuild.folder("c/" + part), sources);
      arguments.add("-I" + sources);
      if (part.equals("math")) {
        names.stream()
            .filter(name -> name.endsWith(".c"))
            .forEach(name -> arguments.add(sources.resolve(name).toString()));
      }
    }
    Command.of("gcc", "-O2", "-shared", "-fPIC", "-fno-builtin", "-ffp-contract=off")
        .with("-Wl,-Bsymbolic", "-o", library.toString())
        .with(arguments)
        .with("-lm")
        .run();
    return library;
  }

  /** So what is measured of the host's compilation holds for the chip. */
  @Test
  void theChipComputesWhatTheSameSourcesDoOnTheHost() {
    assertThat(chip).extracting(Line::hash).isEqualTo(host.stream().map(Line::hash).toList());
    assertThat(chip).hasSizeGreaterThan(30);
  }

  @Test
  void resultsAreTheNearestDoublesOrNearlySo() {
    assertThat(host).allSatisfy(line -> assertThat(line.worst()).isBetween(0.49, UNITS));
  }

  @Test
  void signsInfinitiesAndZerosAreWhereTheyBelong() {
    assertThat(host).allSatisfy(line -> assertThat(line.wrong()).isZero());
  }
}
