// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import mirage.tools.BuildCache;
import org.junit.jupiter.api.Test;

class TuningTest {
  @Test
  void definitionsGiveWayWithTheirContinuations() {
    Tuning tuning = Tuning.read("#define A 1\n#define B(x) \\\n  2\n");

    assertThat(tuning.constants()).containsExactlyInAnyOrder("A", "B");
    assertThat(
            tuning.applyTo(
                "any.c", List.of("#define A 7", "int a = A;", "# define B(x) \\", "  x", "B(1)")))
        .containsExactly("int a = A;", "B(1)");
  }

  @Test
  void configIncludesTheTuning() {
    assertThat(Tuning.read("").applyTo("config.h", List.of("#include \"s.h\"", "#define X 1")))
        .containsExactly("#include \"s.h\"", "#include \"tuning.h\"", "#define X 1");
  }

  /** A constant that OCaml's sources do not define, or define twice, would have no or half an effect. */
  @Test
  void whatWeTuneIsDefinedOnceInTheSources() throws IOException {
    Tuning tuning = Tuning.ours();
    Path source = OcamlSource.runtime(BuildCache.user());
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(it -> it.toString().matches(".*\\.[ch]")).toList()) {
        for (String line : Files.readAllLines(file)) {
          String[] words = line.split("\\W+", 4);
          if (words.length > 2
              && words[1].equals("define")
              && tuning.constants().contains(words[2])) {
            found.add(words[2]);
          }
        }
      }
    }
    // What others of ours are made of.
    found.addAll(Set.of("Values_start", "Value_ranges"));
    assertThat(found).isEqualTo(new TreeSet<>(tuning.constants()));
  }

  @Test
  void aConstantCanHaveAnotherValue() {
    String text = "#define A 1\n#define AB 2\n#define C(x) \\\n  A\n";

    assertThat(Tuning.with(new TreeMap<>(Map.of("A", "(1 << 9)")), text))
        .isEqualTo("#define A (1 << 9)\n#define AB 2\n#define C(x) \\\n  A\n");
    assertThatThrownBy(() -> Tuning.with(new TreeMap<>(Map.of("B", "1")), text))
        .hasMessage("tuning.h has no B");
    assertThatThrownBy(() -> Tuning.with(new TreeMap<>(Map.of("C", "1")), text))
        .hasMessage("tuning.h has no C");
  }
}
