// SPDX-License-Identifier: Apache-2.0
package mirage.device.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mirage.tools.AtomicFiles;
import mirage.tools.Command;

/**
 * Makes archives as the vendor's PHY library is one: of windowed code for the chip. The C compiler can write it, and the
 * assembler is taught the instructions that it lacks ({@code phy/windowed.inc}).
 */
public final class WindowedArchive {
  private static final String CROSS = "xtensa-lx106-elf-";

  private WindowedArchive() {}

  /** A PHY library that calibrates nothing ({@code phy/library.c}): one line on the console, and the index of the channel. */
  public static String source() {
    return resource("library.c");
  }

  /**
   * Makes an archive of one object.
   *
   * @param c what it is compiled from
   * @param archive the file to write; others are made beside it
   * @return {@code archive}
   */
  public static Path of(String c, Path archive) {
    Path source = Path.of(archive + ".c");
    Path assembly = Path.of(archive + ".s");
    AtomicFiles.write(source, c);
    compile("-mabi=windowed", "-S", source.toString(), "-o", assembly.toString());
    // Functions of one section call each other without a register.
    String text = AtomicFiles.text(assembly).replaceAll("call8\\s+near_", "call8_near near_");
    AtomicFiles.write(assembly, resource("windowed.inc") + text);
    return archive(assembly, archive);
  }

  /** The same of the call0 ABI. */
  public static Path call0(String c, Path archive) {
    Path source = Path.of(archive + ".c");
    AtomicFiles.write(source, c);
    return archive(source, archive);
  }

  private static Path archive(Path source, Path archive) {
    Path object = Path.of(archive + ".o");
    List<String> language =
        source.toString().endsWith(".s") ? List.of("-x", "assembler") : List.of("-mlongcalls");
    List<String> arguments = new ArrayList<>(language);
    arguments.addAll(List.of("-c", source.toString(), "-o", object.toString()));
    compile(arguments.toArray(String[]::new));
    Command.of(CROSS + "ar").with("rcsD", archive.toString(), object.toString()).run();
    return archive;
  }

  private static void compile(String... arguments) {
    Command.of(CROSS + "gcc")
        .with("-Os", "-ffunction-sections", "-fno-optimize-sibling-calls")
        .with(arguments)
        .run();
  }

  private static String resource(String name) {
    try (InputStream stream = WindowedArchive.class.getResourceAsStream("/phy/" + name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
