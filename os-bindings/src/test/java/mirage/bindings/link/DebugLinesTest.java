// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import mirage.formats.DebugInfo;
import mirage.formats.Elf32;
import mirage.formats.LineTable;
import mirage.formats.SourceLocation;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a compiled program's executable tells debuggers, as binutils read it and as we do. */
class DebugLinesTest {
  private static final String BINUTILS = "xtensa-lx106-elf-";
  private static final String SOURCES = ".*\\.(c|ml)";
  private static final Pattern ROW = Pattern.compile("^(\\S+) +(\\d+) +0x([0-9a-f]+)( |$)");

  @TempDir static Path folder;
  private static Elf32 elf;
  private static DebugInfo info;

  @BeforeAll
  static void compile() throws Exception {
    Files.writeString(
        folder.resolve("steps.ml"),
        """
        let rec steps count n =
          if n = 1 then count
          else if n land 1 = 0 then steps (count + 1) (n / 2)
          else 1 + steps count (3 * n + 1)

        let double n =
          n * 2

        let rec longest best name = function
          | [] -> best, name
          | n :: rest ->
            let found = steps 0 (double n) in
            fst (longest (max best found) name rest), name

        let guarded f n =
          try
            f n / n
          with Division_by_zero ->
            steps 0 n

        let () = print_int (guarded double (Array.length Sys.argv))
        let () = print_int (fst (longest 0 "none" [ 3; 7; Array.length Sys.argv ]))
        """);
    Command.of("ocamlc", "-g", "-o", "steps.byte", "steps.ml").in(folder).run();
    Path executable = folder.resolve("steps.elf");
    new NativeCompiler(BuildCache.user())
        .compile(folder.resolve("steps.byte"), List.of(), executable);
    elf = Elf32.read("steps.elf", Files.readAllBytes(executable));
    info = DebugInfo.of("steps.elf", elf).orElseThrow();
  }

  private static String binutils(String tool, String... words) {
    return Command.of(BINUTILS + tool).with(List.of(words)).in(folder).run().output();
  }

  private static DebugInfo.Function function(String definition) {
    return info.functions().values().stream()
        .filter(function -> function.definition().equals(definition))
        .findFirst()
        .orElseThrow();
  }

  private static int value(String symbol) {
    return elf.symbol(symbol).orElseThrow().value();
  }

  @Test
  void addressesHaveLines() {
    DebugInfo.Function steps = function("Steps.steps");
    String address = Integer.toHexString(value(steps.symbol()));
    assertThat(binutils("addr2line", "-f", "-e", "steps.elf", address))
        .startsWith(steps.symbol() + "\n")
        .contains("steps.ml:2");
    assertThat(steps.symbol()).startsWith("camlcode_Steps.steps_");
  }

  @Test
  void parametersHaveTheirNames() {
    assertThat(function("Steps.steps").parameters()).containsExactly("count", "n");
    assertThat(function("Steps.longest").parameters()).containsExactly("best", "name", "param");
  }

  @Test
  void inlinedCodeKnowsItsCall() {
    assertThat(info.origins())
        .anySatisfy(
            origin -> {
              assertThat(origin)
                  .extracting(SourceLocation::definition)
                  .containsExactly("Steps.double", "Steps.longest");
              assertThat(origin).extracting(SourceLocation::line).containsExactly(7, 12);
            });
  }

  /** What a handler does to find out whether an exception is meant for it comes from its {@code try}. */
  @Test
  void handlersBelongToTheirTry() {
    int start = value(function("Steps.guarded").symbol());
    List<Integer> lines =
        LineTable.read("steps.elf", elf).stream()
            .filter(row -> row.address() >= start && row.address() < start + size("Steps.guarded"))
            .filter(row -> row.line() > 0)
            .sorted(Comparator.comparingInt(LineTable.Row::address))
            .map(row -> info.origin(row).isEmpty() ? 0 : row.line())
            .toList();
    assertThat(lines).startsWith(16, 16, 0, 16, 0, 19);
  }

  private static int size(String definition) {
    return elf.symbol(function(definition).symbol()).orElseThrow().size();
  }

  @Test
  void rowsAreThoseThatBinutilsSee() {
    int begin = value("caml_native_code_begin");
    int end = value("caml_native_code_end");
    TreeSet<String> theirs = new TreeSet<>();
    int ocaml = 0;
    for (String line : binutils("objdump", "--dwarf=decodedline", "steps.elf").split("\n")) {
      var row = ROW.matcher(line);
      if (row.find()) {
        int address = Integer.parseUnsignedInt(row.group(3), 16);
        if (row.group(1).matches(SOURCES)) {
          theirs.add(Integer.toHexString(address) + " " + row.group(1) + " " + row.group(2));
        }
        if (address >= begin && address < end) {
          ocaml++;
        }
      }
    }
    TreeSet<String> ours = new TreeSet<>();
    for (LineTable.Row row : LineTable.read("steps.elf", elf)) {
      if (row.line() > 0 && row.address() != 0 && row.file().matches(SOURCES)) {
        ours.add(Integer.toHexString(row.address()) + " " + row.file() + " " + row.line());
      }
    }
    assertThat(ocaml).isGreaterThan(30);
    assertThat(theirs).isEqualTo(ours);
  }
}
