// SPDX-License-Identifier: Apache-2.0
package mirage.config.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mirage.config.graph.Answers;
import mirage.config.graph.Graph;
import mirage.config.graph.Problem;
import mirage.config.resolve.Application;
import mirage.config.resolve.Application.FoundPackage;
import mirage.config.resolve.Catalog;
import mirage.config.resolve.Resolver;
import mirage.config.resolve.Resolver.Resolution;
import mirage.device.Target;

/** Graphs as a compiled config.ml answers them, from {@code src/test/resources/graphs}. */
public final class Graphs {
  private Graphs() {}

  /** The graph of that name. */
  public static Graph read(String name) {
    try {
      Path file = Path.of("src/test/resources/graphs", name + ".json");
      return Answers.graph(new ObjectMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A graph resolved with devices made up for tests; nothing may be amiss. */
  public static Application resolved(String name, Target target) {
    Graph graph = read(name);
    List<Problem> problems = new ArrayList<>();
    Catalog catalog = TestDevices.catalog();
    Resolution resolution =
        Resolver.resolve(catalog, target, Map.of(), library -> true, graph, problems);
    if (!problems.isEmpty()) {
      throw new AssertionError(problems.toString());
    }
    return new Application(
        graph.name(),
        target,
        resolution.devices(),
        resolution.init(),
        resolution.jobs(),
        graph.keys(),
        List.of(new FoundPackage("duration", "0.2.1")),
        List.of("duration", "mirage-os"),
        graph.jars(),
        Map.of("console", "Mirage_console.S", "random", "Mirage_random.S"));
  }
}
