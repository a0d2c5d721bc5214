// SPDX-License-Identifier: Apache-2.0
package mirage.config.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mirage.config.graph.ConfigClient;
import mirage.config.graph.ConfigRequest;
import mirage.config.graph.Graph;
import mirage.config.graph.Node;
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

  @Test
  void anErrorOfTheCompilerNamesTheUsersFileAndLine() {
    assertThatThrownBy(() -> compile("open Mirage\n\nlet () = register 3 []\n"))
        .isInstanceOf(MirageException.class)
        .hasMessageStartingWith("File \"config.ml\", line 3, characters 18-19:")
        .hasMessageContaining("let () = register 3 []");
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
