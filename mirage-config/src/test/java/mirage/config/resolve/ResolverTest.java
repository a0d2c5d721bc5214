// SPDX-License-Identifier: Apache-2.0
package mirage.config.resolve;

import static mirage.config.testing.TestDevices.plain;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mirage.config.graph.Graph;
import mirage.config.graph.Node;
import mirage.config.graph.Problem;
import mirage.config.resolve.Resolver.Resolution;
import mirage.config.testing.Graphs;
import mirage.config.testing.TestDevices;
import mirage.device.DeviceImplementation;
import mirage.device.Target;
import org.junit.jupiter.api.Test;

class ResolverTest {
  private final List<Problem> problems = new ArrayList<>();

  @Test
  void namesCountFromOneForEveryPrefix() {
    Resolution resolution = resolve(TestDevices.catalog(), Graphs.read("two_jobs"));
    assertThat(resolution.devices().stream().map(d -> d.value() + " " + d.module()))
        .containsExactly(
            "argv1 Bootvar",
            "key1 Functoria_runtime",
            "ocaml_backtrace1 Printexc",
            "ocaml_hashtable_randomize1 Hashtbl",
            "ocaml_gc_control1 Mirage_runtime",
            "pclock1 Pclock",
            "reporter1 Mirage_logs1",
            "console1 Console_uart",
            "time1 OS.Time",
            "mclock1 Mclock",
            "random1 Rng1",
            "crunch1 Static1",
            "crunch2 Static2",
            "app_info1 Info_gen",
            "f11 Unikernel1",
            "f21 Other1");
    assertThat(problems).isEmpty();
  }

  @Test
  void aFunctorArgumentIsTheDeviceTheUnikernelSharesAnyway() {
    Resolution resolution = resolve(TestDevices.catalog(), Graphs.read("two_jobs"));
    Device time = named(resolution, "time1");
    assertThat(named(resolution, "random1").arguments().get(0)).isSameAs(time);
    assertThat(named(resolution, "f11").arguments()).contains(time);
    assertThat(named(resolution, "f21").arguments()).containsExactly(time);
  }

  @Test
  void aDeviceGivenInConfigComesBeforeTheSharedOne() {
    Graph graph =
        graph(
            node(0, "time", Map.of("speed", "2")),
            user(1, "Random", "random", List.of(0)),
            node(2, "time", Map.of()));
    Resolution resolution = resolve(TestDevices.catalog(), graph);
    assertThat(named(resolution, "random1").arguments().get(0).parameters()).containsKey("speed");
  }

  @Test
  void aJarThatConfigNamesBeatsTheToolsOwn() {
    DeviceImplementation loud = plain("console-loud", "console", Target.ALL, "Loud", "c");
    Resolution resolution = resolve(TestDevices.catalog(loud), graph(node(0, "console", Map.of())));
    assertThat(resolution.devices().get(0).module()).isEqualTo("Loud");
  }

  @Test
  void theUserChoosesBetweenTwo() {
    Catalog catalog =
        TestDevices.catalog(
            plain("console-a", "console", Target.ALL, "A", "c"),
            plain("console-b", "console", Target.ALL, "B", "c"));
    Graph graph = graph(node(0, "console", Map.of()));
    resolve(catalog, graph);
    assertThat(problems)
        .extracting(Problem::text)
        .containsExactly(
            "unikernel test: device kind 'console' has 2 implementations for target esp32: console-a (org.example:extra:1.0), console-b (org.example:extra:1.0); choose one with --impl console=NAME");
    problems.clear();
    Resolution resolution =
        Resolver.resolve(
            catalog,
            Target.ESP32,
            Map.of("console", "console-b"),
            library -> true,
            graph,
            problems);
    assertThat(resolution.devices().get(0).module()).isEqualTo("B");
    assertThat(problems).isEmpty();
  }

  @Test
  void everyKindWithoutImplementationIsReported() {
    Graph graph = graph(node(0, "console", Map.of()), node(1, "network", Map.of()));
    Resolver.resolve(
        TestDevices.catalog(), Target.UNIX, Map.of("x", "y"), library -> true, graph, problems);
    assertThat(problems)
        .extracting(Problem::text)
        .containsExactly(
            "option --impl: no device kind 'x' for target unix; there are app_info, argv, crunch, mclock, pclock, random, reporter, time",
            "unikernel test asks for devices that have no implementation for target unix: 'console' (there is one for esp32), 'network'; jars that offer some can be named in config.ml: jar \"group:artifact:version\"");
  }

  @Test
  void implementationsThatNeedEachOtherAreReported() {
    Catalog catalog =
        TestDevices.catalog(
            plain("hen-1", "hen", Target.ALL, "Hen", "c").withArguments("egg"),
            plain("egg-1", "egg", Target.ALL, "Egg", "c").withArguments("hen"));
    resolve(
        catalog, graph(node(0, "console", Map.of("name", "x")), node(1, "hen", Map.of("a", "b"))));
    assertThat(problems)
        .extracting(Problem::message)
        .containsExactly(
            "device kinds that need each other: egg -> hen; choose another implementation of one with --impl KIND=NAME");
  }

  @Test
  void anImplementationOfTheTypeServesAKindNobodyServes() {
    DeviceImplementation store = plain("store", "kv_ro", Target.ALL, "Store", "c");
    Node archive =
        new Node(
            0,
            Optional.of("archive_of_files"),
            Optional.of("kv_ro"),
            "archive",
            Optional.empty(),
            Map.of("dir", "d"),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty());
    Resolution resolution = resolve(TestDevices.catalog(store), graph(archive));
    assertThat(resolution.devices().get(0).module()).isEqualTo("Store");
  }

  @Test
  void twoImplementationsOfOneNameAreReported() {
    DeviceImplementation twin = plain("console-uart", "console", Set.of(Target.UNIX), "Twin", "c");
    assertThat(TestDevices.catalog(twin).clashes())
        .extracting(Problem::message)
        .containsExactly(
            "two implementations are called 'console-uart': one in own.jar, one in org.example:extra:1.0; keep one of the jars");
  }

  private Resolution resolve(Catalog catalog, Graph graph) {
    return Resolver.resolve(catalog, Target.ESP32, Map.of(), library -> true, graph, problems);
  }

  private static Device named(Resolution resolution, String value) {
    return resolution.devices().stream()
        .filter(d -> d.value().equals(value))
        .findFirst()
        .orElseThrow();
  }

  private static Graph graph(Node... nodes) {
    return new Graph(
        "test", List.of(), List.of(), List.of(), List.of(), List.of(nodes), List.of(), List.of());
  }

  private static Node node(int id, String kind, Map<String, String> params) {
    return new Node(
        id,
        Optional.of(kind),
        Optional.of(kind),
        kind,
        Optional.empty(),
        params,
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** A device for whose implementation the user chose something. */
  private static Node user(int id, String name, String kind, List<Integer> chosen) {
    return new Node(
        id,
        Optional.of(kind),
        Optional.of(kind),
        name.toLowerCase(java.util.Locale.ROOT),
        Optional.empty(),
        Map.of(),
        List.of(),
        chosen,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}
