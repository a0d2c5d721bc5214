// SPDX-License-Identifier: Apache-2.0
package mirage.opam.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import mirage.device.Target;
import mirage.opam.Workshop;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.MirageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OcamlBuildTest {
  @TempDir static Path shared;
  @TempDir Path folder;
  private Workshop workshop;

  @BeforeEach
  void open() throws Exception {
    workshop = new Workshop(folder, new BuildCache(shared));
    workshop
        .file("u/unikernel.ml", "let start () = Lwt.return (Helper.twice 21)")
        .file("u/helper.ml", "let twice n = 2 * n")
        .file("u/helper.mli", "val twice : int -> int")
        .file("u/config.ml", "this is not even OCaml")
        .file("u/mirage/main.ml", "let () = print_int (Lwt_main_less.run (Unikernel.start ()))")
        .file(
            "u/mirage/lwt_main_less.ml",
            "let x = 3\nlet run t = match Lwt.state t with Lwt.Return v -> v | _ -> assert false");
  }

  @AfterEach
  void close() throws Exception {
    workshop.close();
  }

  private OcamlBuild.Program build(Target target, String... packages) {
    Path u = folder.resolve("u");
    return new OcamlBuild(workshop.sysroot(target), workshop.cache)
        .build(
            new OcamlBuild.Request(
                u,
                Path.of("mirage/main.ml"),
                List.of(Path.of("mirage"), Path.of("")),
                Set.of(Path.of("mirage")),
                List.of(packages),
                u.resolve("mirage/build"),
                "hello"));
  }

  @Test
  void buildsAProgramTheHostsInterpreterRuns() {
    OcamlBuild.Program program = build(Target.UNIX, "lwt");
    assertThat(Command.of("ocamlrun", program.bytecode().toString()).run().output())
        .isEqualTo("42");
    assertThat(program.warnings()).isEmpty();
  }

  @Test
  void secondBuildDoesNothingAndAChangeOnlyWhatDependsOnIt() throws Exception {
    build(Target.UNIX, "lwt");
    age();
    build(Target.UNIX, "lwt");
    assertThat(rebuilt()).isEmpty();

    workshop.file("u/helper.ml", "let twice n = n + n");
    Path bytecode = build(Target.UNIX, "lwt").bytecode();
    assertThat(rebuilt()).containsExactly("hello.byte", "helper.cmo");
    assertThat(Command.of("ocamlrun", bytecode.toString()).run().output()).isEqualTo("42");

    age();
    workshop.file("u/helper.mli", "val twice : int -> int\nval more : int");
    workshop.file("u/helper.ml", "let twice n = n + n let more = 3");
    build(Target.UNIX, "lwt");
    assertThat(rebuilt())
        .contains("hello.byte", "helper.cmi", "unikernel.cmo")
        .doesNotContain("lwt_main_less.cmo");
  }

  @Test
  void messagesNameTheUsersFileAndLineAndComeAllAtOnce() throws Exception {
    Path before = build(Target.UNIX, "lwt").bytecode();
    byte[] bytes = Files.readAllBytes(before);
    workshop
        .file("u/helper.ml", "let twice n =\n  n + true")
        .file("u/mirage/lwt_main_less.ml", "let run () = 1 + \"\"");
    assertThatThrownBy(() -> build(Target.UNIX, "lwt"))
        .isInstanceOf(MirageException.class)
        .hasMessageContaining("File \"helper.ml\", line 2, characters")
        .hasMessageContaining("File \"mirage/lwt_main_less.ml\", line 1");
    assertThat(before).hasBinaryContent(bytes);

    workshop.file("u/helper.ml", "let twice = function");
    assertThatThrownBy(() -> build(Target.UNIX, "lwt"))
        .hasMessageContaining("File \"helper.ml\", line 1, characters")
        .hasMessageContaining("Syntax error");
  }

  @Test
  void aModuleOfALibraryThatIsNotLinkedIsExplained() {
    workshop.file("u/helper.ml", "let twice n = Unix.getpid () * n");
    assertThatThrownBy(() -> build(Target.ESP32, "lwt"))
        .hasMessage(
            "Helper uses the module Unix: OCaml library unix: not available on esp32: there is no"
                + " operating system on the chip; use the devices of the unikernel's config.ml");
    workshop.file("u/helper.ml", "let twice n = ignore (Str.regexp \"x\"); n");
    assertThatThrownBy(() -> build(Target.UNIX, "lwt"))
        .hasMessage("Helper uses the module Str: name its library in config.ml: package \"str\"");
  }

  @Test
  void anUnboundModuleOfALibraryIsExplained() {
    for (String use : List.of("Mutex.create ()", "Thread.self ()", "Condition.create ()")) {
      workshop.file("u/helper.ml", "let twice n = ignore (%s); 2 * n".formatted(use));
      assertThatThrownBy(() -> build(Target.ESP32, "lwt"))
          .hasMessageContaining("File \"helper.ml\", line 1, characters")
          .hasMessageMatching(
              "(?s).*\nthe module \\w+: OCaml library threads\\.posix: not available on esp32: there are no"
                  + " system threads on the chip; use Lwt's promises");
    }
    workshop.file("u/helper.ml", "let twice n = ignore (Loud.shout n); 2 * n");
    workshop.library("loud", "1.0").source("loud", "loud.ml", "let shout n = n");
    assertThatThrownBy(() -> build(Target.ESP32, "lwt"))
        .hasMessageEndingWith(
            "Unbound module Loud\nthe module Loud: name its library in config.ml: package \"loud\"");
    workshop.file("u/helper.ml", "let twice n = ignore (Nowhere.shout n); 2 * n");
    assertThatThrownBy(() -> build(Target.ESP32, "lwt"))
        .hasMessageEndingWith("Unbound module Nowhere");
  }

  @Test
  void warnsOfTheUsersFilesOnly() {
    workshop.file("u/helper.ml", "let twice n = let unused = 1 in 2 * n");
    OcamlBuild.Program program = build(Target.UNIX, "lwt");
    assertThat(program.warnings())
        .singleElement()
        .asString()
        .startsWith("File \"helper.ml\", line 1, characters 18-24:")
        .contains("unused variable");
  }

  @Test
  void theTableOfPrimitivesHoldsWhatIsUsedWhoeverProvidesIt() {
    workshop.file(
        "u/helper.ml",
        "external led : int -> int = \"board_led\"\nlet twice n = if n < 0 then led n else 2 * n");
    Path bytecode = build(Target.ESP32, "lwt").bytecode();
    List<String> used =
        Command.of("ocamlobjinfo", bytecode.toString())
            .run()
            .output()
            .lines()
            .dropWhile(line -> !line.startsWith("Primitives used"))
            .map(String::strip)
            .toList();
    assertThat(used).contains("board_led", "caml_ml_output").doesNotContain("caml_ba_create");
  }

  @Test
  void warnsOfNumbersTheChipDoesNotHold() {
    workshop.file(
        "u/helper.ml", "let twice n =\n  if n = 0x1_0000_0000 then 1073741823 else 2 * n");
    assertThat(build(Target.ESP32, "lwt").warnings())
        .containsExactly(
            "File \"helper.ml\", line 2, characters 9-22:\nWarning: the integer 4294967296 does"
                + " not fit the 31 bits of int on esp32 and becomes 0; use int64");
    workshop.file(
        "u/helper.ml", "let twice n =\n  if n = 0x1_0000_0001 then 1073741823 else 2 * n");
    assertThat(build(Target.UNIX, "lwt").warnings()).isEmpty();
  }

  @Test
  void sourceRewritersOfTheDistributionRun() {
    workshop.file(
        "u/unikernel.ml",
        "let start () = let%lwt n = Lwt.return 21 in Lwt.return (Helper.twice n)");
    Path bytecode = build(Target.ESP32, "lwt_ppx").bytecode();
    assertThat(Command.of("ocamlrun", bytecode.toString()).run().output()).isEqualTo("42");
  }

  @Test
  void lexersAndParsersAreGeneratedFirst() throws Exception {
    workshop
        .file(
            "u/lexer.mll",
            "{ open Parser }\nrule token = parse ['0'-'9']+ as n { NUMBER (int_of_string n) }"
                + " | '+' { PLUS } | eof { EOF }\n")
        .file(
            "u/parser.mly",
            "%token <int> NUMBER\n%token PLUS EOF\n%start sum\n%type <int> sum\n%%\n"
                + "sum: NUMBER EOF { $1 } | NUMBER PLUS sum { $1 + $3 }\n")
        .file(
            "u/helper.ml",
            "let twice n = n + Parser.sum Lexer.token (Lexing.from_string \"20+1\")");
    OcamlBuild.Program program = build(Target.UNIX, "lwt");
    assertThat(Command.of("ocamlrun", program.bytecode().toString()).run().output())
        .isEqualTo("42");
    assertThat(program.warnings()).isEmpty();

    workshop.file(
        "u/parser.mly",
        "%token <int> NUMBER\n%token PLUS EOF\n%start sum\n%type <int> sum\n%%\n"
            + "sum: NUMBER EOF { true } | NUMBER PLUS sum { $1 + $3 }\n");
    assertThatThrownBy(() -> build(Target.UNIX, "lwt"))
        .hasMessageStartingWith("File \"parser.mly\", line 6, characters ");
    workshop.file("u/lexer.mll", "rule token = parse");
    assertThatThrownBy(() -> build(Target.UNIX, "lwt"))
        .hasMessageContaining("File \"lexer.mll\", line 1, character");
    Files.delete(folder.resolve("u/lexer.mll"));
    Files.delete(folder.resolve("u/parser.mly"));
    assertThatThrownBy(() -> build(Target.UNIX, "lwt")).hasMessageContaining("Unbound module");
  }

  @Test
  void aModuleThatIsGoneIsGone() throws Exception {
    build(Target.UNIX, "lwt");
    Files.delete(folder.resolve("u/helper.ml"));
    Files.delete(folder.resolve("u/helper.mli"));
    assertThatThrownBy(() -> build(Target.UNIX, "lwt"))
        .hasMessageContaining("Unbound module Helper");
  }

  @Test
  void circlesAndMissingFilesAreNamed() {
    workshop
        .file("u/helper.ml", "let twice n = ignore Other.x; 2 * n")
        .file("u/other.ml", "let x = Helper.twice 1");
    assertThatThrownBy(() -> build(Target.UNIX, "lwt"))
        .hasMessage("modules use each other in a circle: helper.ml -> other.ml -> helper.ml");
    assertThatThrownBy(
            () ->
                new ModuleSources(folder, folder.resolve("memory"), List.of())
                    .order(Path.of("none.ml")))
        .hasMessage("none.ml: no such file");
  }

  private void age() throws IOException {
    for (Path file : products()) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
    }
  }

  private List<String> rebuilt() throws IOException {
    Map<String, Long> times = new TreeMap<>();
    for (Path file : products()) {
      times.put(file.getFileName().toString(), Files.getLastModifiedTime(file).toMillis());
    }
    return times.entrySet().stream()
        .filter(entry -> entry.getValue() != 1000)
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<Path> products() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("u/mirage/build"))) {
      return files.filter(file -> file.toString().matches(".*\\.(cmo|cmi|byte)")).toList();
    }
  }
}
