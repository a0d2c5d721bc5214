// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.os;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import mirage.device.testkit.HostProgram;
import mirage.device.testkit.OcamlHost;

/** The OCaml programs of these tests. */
final class Programs {
  private Programs() {}

  /** Compiles {@code programs/<name>.ml} with these libraries. */
  static HostProgram compile(Path folder, String name, String... libraries) {
    try (InputStream stream = Programs.class.getResourceAsStream("/programs/" + name + ".ml")) {
      String source = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return OcamlHost.ofClassPath().program(folder, List.of(libraries), source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
