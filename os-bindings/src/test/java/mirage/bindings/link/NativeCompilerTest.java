// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import mirage.backend.Compiler;
import mirage.backend.Dump;
import mirage.backend.Statistics;
import mirage.emulator.run.Emulator;
import mirage.emulator.run.EmulatorOptions;
import mirage.formats.Elf32;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.MirageException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs compiled without a unikernel around them. */
@Timeout(180)
class NativeCompilerTest {
  private static final BuildCache CACHE = BuildCache.user();

  @TempDir static Path dir;
  private static Path program;
  private static Path stubs;

  @BeforeAll
  static void compile() throws Exception {
    Files.writeString(
        dir.resolve("twice.ml"),
        """
        external twice : int -> int = "my_twice"
        let rec sum n = if n = 0 then 0 else n + sum (n - 1)
        let () = Printf.printf "%d\\n" (twice (sum 6)); exit 3
        """);
    stubs =
        Files.writeString(
            dir.resolve("stubs.c"),
            """
            #include <caml/mlvalues.h>
            value my_twice(value n) { return Val_long(2 * Long_val(n)); }
            """);
    String where = Command.of("ocamlc", "-where").run().output().strip();
    Command.of("gcc", "-I", where, "-c", "stubs.c", "-o", "host.o").in(dir).run();
    Command.of("ocamlc", "-custom", "-g", "-o", "twice.byte", "twice.ml", "host.o").in(dir).run();
    program = dir.resolve("twice.byte");
  }

  private static String run(Path executable, int status) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    EmulatorOptions options = EmulatorOptions.of(executable);
    assertThat(Emulator.run(options, InputStream.nullInputStream(), print, print))
        .isEqualTo(status);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void executablesAndImagesRunWithTheirOwnCFunctions() {
    NativeCompiler compiler = new NativeCompiler(CACHE);
    for (String name : List.of("twice.elf", "twice.bin")) {
      Path made = dir.resolve(name);
      assertThat(compiler.compile(program, List.of(stubs), made)).isEmpty();
      assertThat(run(made, 3)).isEqualTo("42\n");
    }
  }

  @Test
  void objectsDefineTheProgramAndNeedTheRuntime() throws Exception {
    NativeCompiler compiler = new NativeCompiler(CACHE);
    Path object = dir.resolve("twice.o");
    Path text = dir.resolve("twice.s");
    compiler.compile(program, List.of(), object);
    compiler.compile(program, List.of(), text);
    Elf32 elf = Elf32.read("twice.o", Files.readAllBytes(object));
    assertThat(elf.type()).isEqualTo(Elf32.RELOCATABLE);
    assertThat(elf.symbol("caml_native_program")).isPresent();
    assertThat(elf.symbols())
        .anyMatch(s -> s.name().equals("my_twice") && s.section() == Elf32.UNDEFINED);
    assertThat(text).content().contains("caml_native_program", "my_twice");
  }

  private static Path manyArguments(int count) throws Exception {
    StringBuilder source = new StringBuilder("let f");
    IntStream.range(0, count).forEach(i -> source.append(" a").append(i));
    source.append(" = a0");
    IntStream.range(1, count).forEach(i -> source.append(" * 3 + a").append(i));
    source.append("\nlet () = Printf.printf \"%d\\n\" ((Sys.opaque_identity f)");
    IntStream.range(0, count).forEach(i -> source.append(' ').append(i % 7));
    source.append(" land 0xFFFF)\nlet g = Sys.opaque_identity (f 1 2)");
    source.append("\nlet () = Printf.printf \"%d\\n\" (g");
    IntStream.range(2, count).forEach(i -> source.append(' ').append(i % 5));
    source.append(" land 0xFFFF)\n");
    Files.writeString(dir.resolve("many.ml"), source);
    Command.of("ocamlc", "-g", "-o", "many.byte", "many.ml").in(dir).run();
    return dir.resolve("many.byte");
  }

  @Test
  void functionsTake255Arguments() throws Exception {
    Path many = manyArguments(255);
    NativeCompiler compiler = new NativeCompiler(CACHE);
    Path made = dir.resolve("many.elf");
    compiler.compile(many, List.of(), made);
    assertThat(run(made, 0)).isEqualTo(Command.of("ocamlrun", many.toString()).run().output());
    Path more = manyArguments(256);
    assertThatThrownBy(() -> compiler.compile(more, List.of(), made))
        .isInstanceOf(MirageException.class)
        .hasMessageEndingWith(
            "many.byte: Many.f: a function of 256 arguments; compiled code takes 255 at most");
  }

  @Test
  void whatNothingProvidesIsNamed() {
    assertThatThrownBy(
            () -> new NativeCompiler(CACHE).compile(program, List.of(), dir.resolve("bad.elf")))
        .isInstanceOf(MirageException.class)
        .hasMessageContaining("my_twice, called by Twice");
    assertThat(dir.resolve("bad.elf")).doesNotExist();
  }

  @Test
  void passesCanBeWatched() {
    StringBuilder printed = new StringBuilder();
    Dump dump = new Dump(Compiler.READ, Optional.of("sum"), printed::append);
    Statistics statistics = new Statistics();
    new NativeCompiler(
            CACHE,
            (step, compiled) -> {
              dump.done(step, compiled);
              statistics.done(step, compiled);
            })
        .observe(program);
    assertThat(dump.problem()).isEmpty();
    assertThat(printed.toString()).startsWith("function Twice.sum_").containsOnlyOnce("function");
    assertThat(statistics.toString().lines())
        .hasSize(Compiler.steps().size() + 2)
        .anyMatch(line -> line.startsWith("inline "));
    assertThatThrownBy(() -> new Dump("nonsense", Optional.empty(), printed::append))
        .hasMessageContaining("no pass 'nonsense'; there are read, ");
  }
}
