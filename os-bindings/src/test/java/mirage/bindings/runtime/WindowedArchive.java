// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mirage.bindings.CToolchain;
import mirage.device.Target;
import mirage.tools.Command;

/**
 * Makes archives as the vendor's are: of windowed code. The compiler can write it, and the assembler is taught the
 * instructions that it lacks ({@code phy/windowed.inc}).
 */
final class WindowedArchive {
  private WindowedArchive() {}

  /** The archive of ours that stands for the vendor's: {@code phy/library.c}. */
  static Path library(Path folder) throws IOException {
    return of(resource("library.c"), folder.resolve("libphy.a"));
  }

  /** An archive of one object. */
  static Path of(String c, Path archive) throws IOException {
    CToolchain toolchain = new CToolchain(Target.ESP32, List.of());
    Path source = Path.of(archive + ".c");
    Path assembly = Path.of(archive + ".s");
    Path object = Path.of(archive + ".o");
    Files.writeString(source, c);
    Command.of(toolchain.compiler())
        .with("-mabi=windowed", "-Os", "-ffunction-sections", "-fno-optimize-sibling-calls")
        .with("-S", source.toString(), "-o", assembly.toString())
        .run();
    // Functions of one section call each other without a register.
    String text = Files.readString(assembly).replaceAll("call8\\s+near_", "call8_near near_");
    Files.writeString(assembly, resource("windowed.inc") + text);
    Command.of(toolchain.compiler())
        .with("-x", "assembler", "-c", assembly.toString(), "-o", object.toString())
        .run();
    toolchain.archive(List.of(object), archive);
    return archive;
  }

  static String resource(String name) throws IOException {
    try (InputStream stream = WindowedArchive.class.getResourceAsStream("/phy/" + name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
