// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What all random programs use: the resource {@code random/prelude.ml}. */
final class Prelude {
  static final String TEXT = text();

  private Prelude() {}

  private static String text() {
    try (InputStream stream = Prelude.class.getResourceAsStream("/random/prelude.ml")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
