// SPDX-License-Identifier: Apache-2.0
package mirage.device.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The OCaml programs of {@code /programs} among a module's test resources, on the board with virtual time.
 *
 * @param module a class of the module
 * @param libraries that all programs are compiled with
 */
public record TestPrograms(Class<?> module, List<String> libraries) {
  /** Compiles the program {@code name}, with other files it uses; names are without {@code .ml}. */
  public HostProgram compile(String name, String... others) {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), name).toAbsolutePath();
      Map<String, String> sources = new LinkedHashMap<>();
      sources.put("main.ml", source(name));
      for (String other : others) {
        sources.put(other + ".ml", source(other));
      }
      return OcamlHost.ofClassPath().program(folder, libraries, sources);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String source(String name) throws IOException {
    String resource = "/programs/" + name + ".ml";
    try (InputStream in = module.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no test resource " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
