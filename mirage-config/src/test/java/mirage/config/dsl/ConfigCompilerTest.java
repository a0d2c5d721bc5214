// SPDX-License-Identifier: Apache-2.0
package mirage.config.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mirage.config.graph.ConfigClient;
import mirage.config.graph.ConfigRequest;
import mirage.config.graph.Graph;
import mirage.config.graph.Node;
import mirage.config.graph.Problem;
import mirage.device.Target;
import mirage.tools.BuildCache;
import mirage.tools.MirageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the text of a config.ml to records, and what the user sees when it is wrong. */
class ConfigCompilerTest {
  @TempDir Path folder;

  private ConfigClient compile(String text) throws IOException {
    Files.writeString(folder.resolve("config.ml"), text);
    return new ConfigClient(
        new ConfigCompiler(BuildCache.user(), folder).compile(Path.of("config.ml")));
  }

  private ConfigRequest request(Map<String, List<String>> keys) {
    return new ConfigRequest(Target.ESP32, folder, keys);
  }

  @Test
  void helloIsATimeAndAFunctorOverIt() throws IOException {
    Graph graph =
        compile(
                """
                open Mirage
                let main = foreign ~packages:[package "duration"] "Unikernel.Hello" (time @-> job)
                let () = register "hello" [main $ default_time]
                """)
            .graph(request(Map.of()));
    assertThat(graph.errors()).isEmpty();
    assertThat(graph.name()).isEqualTo("hello");
    Node job = graph.nodes().get(graph.jobs().get(0));
    assertThat(job.module()).contains("Unikernel.Hello");
    assertThat(job.connect()).contains("{module}.start {0}");
    assertThat(graph.nodes().get(job.arguments().get(0)).kind()).contains("time");
    assertThat(graph.packages()).extracting("opam").containsExactly("duration");
  }

  /** All that every application has, which the other approved answers leave out. */
  @Test
  void anEmptyApplicationHasItsRuntime() throws IOException {
    Graph graph = compile("let () = Mirage.register \"empty\" []").graph(request(Map.of()));
    assertThat(graph.keys())
        .extracting("name")
        .containsExactly(
            "allocation-policy",
            "backtrace",
            "custom-major-ratio",
            "custom-minor-max-size",
            "custom-minor-ratio",
            "gc-verbosity",
            "gc-window-size",
            "logs",
            "major-heap-increment",
            "max-space-overhead",
            "minor-heap-size",
            "no_depext",
            "randomize-hashtables",
            "space-overhead",
            "target",
            "target_debug",
            "warn_error");
    assertThat(graph.init().stream().map(id -> graph.nodes().get(id)))
        .extracting(node -> node.module().orElse("") + node.kind().orElse(""))
        .containsExactly("Functoria_runtime", "Printexc", "Hashtbl", "Mirage_runtime", "reporter");
    assertThat(graph.nodes().get(graph.init().get(0)).connect())
        .contains(
            "return (Functoria_runtime.with_argv (List.map fst Key_gen.runtime_keys) \"empty\" {0})");
    assertThat(graph.keys())
        .filteredOn(key -> key.name().equals("target"))
        .extracting(key -> key.value().orElse("") + " " + key.display())
        .containsExactly("`Unix esp32");
  }

  @Test
  void hooksRunInTheBuildDirectoryAndReportAllThatFailed() throws IOException {
    ConfigClient client = compile(Files.readString(Path.of("src/test/resources/dsl/objects.ml")));
    Path build = Files.createDirectory(folder.resolve("build"));
    ConfigRequest request = new ConfigRequest(Target.ESP32, build, Map.of());
    ConfigClient.Info info =
        new ConfigClient.Info("objects", List.of("lwt"), Map.of("lwt", "5.6.1"));

    assertThat(client.hook(ConfigClient.Hook.CONFIGURE, request, info)).isEmpty();
    assertThat(build.resolve("info.txt"))
        .hasContent("objects: lwt my-store | lwt my-store, on esp32");

    assertThat(client.hook(ConfigClient.Hook.BUILD, request, info))
        .containsExactly(new Problem("no flux capacitor", "build of device clash (module Clash)"));
    assertThat(build.resolve("made.txt")).hasContent("by build");

    assertThat(client.hook(ConfigClient.Hook.CLEAN, request, info))
        .extracting(Problem::message)
        .containsExactly("cannot clean");
    assertThat(build.resolve("made.txt")).doesNotExist();
  }

  @Test
  void hooksDoNotRunWhileKeysAreWrong() throws IOException {
    ConfigClient client = compile(Files.readString(Path.of("src/test/resources/dsl/objects.ml")));
    ConfigRequest wrong = request(Map.of("backtrace", List.of("perhaps")));
    assertThat(
            client.hook(
                ConfigClient.Hook.BUILD,
                wrong,
                new ConfigClient.Info("objects", List.of(), Map.of())))
        .extracting(Problem::where)
        .containsExactly("option --backtrace");
    assertThat(folder.resolve("made.txt")).doesNotExist();
  }

  @Test
  void anErrorOfTheCompilerNamesTheUsersFileAndLine() {
    assertThatThrownBy(() -> compile("open Mirage\n\nlet () = register 3 []\n"))
        .isInstanceOf(MirageException.class)
        .hasMessageStartingWith("File \"config.ml\", line 3, characters 18-19:")
        .hasMessageContaining("let () = register 3 []");
  }

  @Test
  void aFileElsewhereIsNamedAsTheUserWouldNameIt() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("a/b")).resolve("other.ml");
    Files.writeString(elsewhere, "let () = failwith (Sys.readdir \".\").(0)");
    ConfigClient client =
        new ConfigClient(new ConfigCompiler(BuildCache.user(), folder).compile(elsewhere));
    assertThat(client.graph(request(Map.of())).errors())
        .containsExactly(new Problem("other.ml", "a/b/other.ml, line 1"));
    Files.writeString(elsewhere, "let () = 3");
    assertThatThrownBy(() -> new ConfigCompiler(BuildCache.user(), folder).compile(elsewhere))
        .hasMessageStartingWith("File \"a/b/other.ml\", line 1");
  }

  @Test
  void theSameTextIsCompiledOnce() throws IOException {
    BuildCache cache = new BuildCache(folder.resolve("cache"));
    Path file = Files.writeString(folder.resolve("config.ml"), "let () = Mirage.register \"a\" []");
    new ConfigCompiler(cache, folder).compile(file);
    List<String> before = entries(cache);
    new ConfigCompiler(cache, folder).compile(file);
    assertThat(entries(cache)).isEqualTo(before).hasSize(2);
    Files.writeString(file, "let () = Mirage.register \"b\" []");
    new ConfigCompiler(cache, folder).compile(file);
    assertThat(entries(cache)).hasSize(3);
  }

  private static List<String> entries(BuildCache cache) throws IOException {
    try (Stream<Path> files = Files.list(cache.root())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  @Test
  void bytesThatAreNoTextComeEscaped() throws IOException {
    Graph graph =
        compile(
                """
                open Mirage
                let key = Key.(create "k" Arg.(opt string "caf\\xe9 \u00e9" (info [ "k" ])))
                let () = register ~keys:[ Key.abstract key ] "bytes" [ noop ]
                """)
            .graph(request(Map.of()));
    assertThat(graph.keys())
        .filteredOn(key -> key.name().equals("k"))
        .extracting("display")
        .containsExactly("caf\\233 \\195\\169");
  }

  @Test
  void integersOfBootKeysHave31BitsOnTheChip() throws IOException {
    ConfigClient client =
        compile(
            """
            open Mirage
            let key = Key.(create "k" Arg.(opt int 1 (info [ "k" ])))
            let () = register ~keys:[ Key.abstract key ] "wide" [ noop ]
            """);
    assertThat(client.graph(request(Map.of("k", List.of("1073741824")))).errors())
        .containsExactly(
            new Problem(
                "invalid value '1073741824', expected an integer of 31 bits, all that the target has",
                "option -k"));
    assertThat(client.graph(request(Map.of("k", List.of("-1073741824")))).errors()).isEmpty();
    assertThat(
            client
                .graph(new ConfigRequest(Target.UNIX, folder, Map.of("k", List.of("1073741824"))))
                .errors())
        .isEmpty();
  }

  @Test
  void missingLibrariesAreNamedByTheirDebianPackages() {
    assertThatThrownBy(
            () ->
                HostLibraries.fingerprint(
                    Map.of(
                        "fmt", "libfmt-ocaml-dev", "no-a", "libno-a-dev", "no-b", "libno-b-dev")))
        .isInstanceOf(MirageException.class)
        .hasMessageContaining("apt-get install libno-a-dev libno-b-dev");
  }

  @Test
  void withoutAFileThereIsOneMessage() {
    assertThatThrownBy(
            () -> new ConfigCompiler(BuildCache.user(), folder).compile(Path.of("config.ml")))
        .isInstanceOf(MirageException.class)
        .hasMessage(
            "configuration file config.ml missing; run mirage in the unikernel's folder, or name the file with -f");
  }

  @Test
  void aConfigOfMirage4IsRefused() {
    assertThatThrownBy(() -> compile("(* mirage >= 4.4.0 & < 4.9.0 *)\nopen Mirage\n"))
        .isInstanceOf(MirageException.class)
        .hasMessageContaining("config.ml, line 1")
        .hasMessageContaining("MirageOS 4");
    assertThatThrownBy(() -> compile("(* mirage >= 4 *)\nopen Mirage\n"))
        .hasMessageContaining("written for MirageOS 4");
  }
}
