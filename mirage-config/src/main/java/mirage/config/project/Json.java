// SPDX-License-Identifier: Apache-2.0
package mirage.config.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mirage.config.generate.Marker;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/** Reads and prints JSON files of the tool; the first field of a file carries the marker. */
public final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Json() {}

  /** A new object that carries the marker. */
  public static ObjectNode generated(String command) {
    return object().put("generated", Marker.TEXT + ": " + command);
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a file the tool wrote before. */
  public static JsonNode read(Path file) {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new MirageException("cannot read " + file + ": " + AtomicFiles.reason(e), e);
    }
    try {
      return MAPPER.readTree(content);
    } catch (IOException e) {
      String first = e.getMessage().lines().findFirst().orElse("");
      String reason = first.replaceAll("Source: REDACTED[^;]*; ", "");
      throw new MirageException(
          file + ": damaged (" + reason + "); run mirage clean, then mirage configure", e);
    }
  }
}
