// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mirage.bindings.CToolchain;
import mirage.device.SourceFolder;
import mirage.device.Target;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.SourceFolders;

/**
 * The headers C code for a target is compiled against: OCaml's {@code caml/*.h}, {@code board.h},
 * {@code program.h} and, for the chip, {@code lx6.h} with what the C compiler does not know of its core.
 */
public final class RuntimeHeaders {
  static final SourceFolder RUNTIME = new SourceFolder(RuntimeHeaders.class, "c/runtime");
  private static final SourceFolder SUPPORT = new SourceFolder(RuntimeHeaders.class, "c/support");
  static final SourceFolder BOARD = new SourceFolder(RuntimeHeaders.class, "c/board");

  /** This package's classes: what they do is an input of what they build. */
  static final SourceFolder STEPS =
      new SourceFolder(RuntimeHeaders.class, "mirage/bindings/runtime");

  /** Multiplication and division of the chip's core, as C functions. */
  private static final String CORE = "lx6.h";

  private static final List<String> CONFIGURATION = List.of("m.h", "s.h", Tuning.FILE);

  private RuntimeHeaders() {}

  /** The toolchain that compiles C stubs and board code for the target. */
  public static CToolchain toolchain(Target target, BuildCache cache) {
    return toolchain(target, cache, Map.of());
  }

  /**
   * The same for programs whose runtime has other sizes.
   *
   * @param sizes constants of {@code tuning.h} and the C expressions they are instead; the chip only
   */
  public static CToolchain toolchain(Target target, BuildCache cache, Map<String, String> sizes) {
    return new CToolchain(
        target,
        switch (target) {
          case ESP32 -> List.of(chip(cache, new TreeMap<>(sizes)));
          case UNIX -> List.of(board(cache), hostStandardLibrary());
        });
  }

  /** The chip's header directory: all of {@code caml}, and our own. */
  private static Path chip(BuildCache cache, SortedMap<String, String> sizes) {
    Path source = OcamlSource.runtime(cache);
    Fingerprint inputs =
        Fingerprint.builder()
            .fingerprint(OcamlSource.fingerprint())
            .folder(STEPS)
            .folder(BOARD)
            .folder(RUNTIME)
            .folder(SUPPORT)
            .text(sizes.toString())
            .build();
    return cache.get("headers-esp32", inputs, directory -> fill(source, directory, sizes));
  }

  private static Path board(BuildCache cache) {
    Fingerprint inputs = Fingerprint.builder().folder(BOARD).build();
    return cache.get("headers-unix", inputs, directory -> SourceFolders.copy(BOARD, directory));
  }

  /** Where the host's compiler keeps {@code caml/*.h}. */
  private static Path hostStandardLibrary() {
    return Path.of(Command.of("ocamlc", "-where").run().output().strip());
  }

  private static void fill(Path source, Path directory, SortedMap<String, String> sizes)
      throws IOException {
    Path caml = Files.createDirectory(directory.resolve("caml"));
    Tuning tuning = Tuning.ours();
    try (Stream<Path> headers = Files.list(source.resolve("caml"))) {
      for (Path header : headers.sorted().toList()) {
        String name = header.getFileName().toString();
        if (name.endsWith(".h") || name.endsWith(".tbl")) {
          Files.write(caml.resolve(name), tuning.applyTo(name, Files.readAllLines(header)));
        }
      }
    }
    SourceFolders.copy(BOARD, directory);
    Files.write(directory.resolve(CORE), SourceFolders.read(SUPPORT, CORE));
    for (String name : SourceFolders.names(RUNTIME)) {
      if (name.endsWith(".h")) {
        Path folder = CONFIGURATION.contains(name) ? caml : directory;
        Files.write(folder.resolve(name), SourceFolders.read(RUNTIME, name));
      }
    }
    Path sizesFile = caml.resolve(Tuning.FILE);
    Files.writeString(sizesFile, Tuning.with(sizes, Files.readString(sizesFile)));
    generate(directory, caml);
  }

  /** The headers that OCaml's own build derives from others and from its version. */
  private static void generate(Path directory, Path caml) throws IOException {
    List<String> instructions = Files.readAllLines(caml.resolve("instruct.h"));
    Files.write(caml.resolve("opnames.h"), names(instructions));
    Files.write(caml.resolve("jumptbl.h"), labels(instructions));
    String[] version = OcamlSource.VERSION.split("\\.");
    Files.writeString(
        caml.resolve("version.h"),
        """
        #define OCAML_VERSION_MAJOR %1$s
        #define OCAML_VERSION_MINOR %2$s
        #define OCAML_VERSION_PATCHLEVEL %3$s
        #undef OCAML_VERSION_ADDITIONAL
        #define OCAML_VERSION %1$d%2$02d%3$02d
        #define OCAML_VERSION_STRING "%4$s"
        """
            .formatted(
                Integer.valueOf(version[0]),
                Integer.valueOf(version[1]),
                Integer.valueOf(version[2]),
                OcamlSource.VERSION));
    Files.writeString(
        directory.resolve("build_config.h"),
        """
        #define OCAML_STDLIB_DIR "/"
        #define HOST "xtensa-esp32"
        """);
  }

  /** {@code enum} of instructions to a table of their names. */
  private static List<String> names(List<String> lines) {
    Pattern name = Pattern.compile("([A-Z][A-Z_0-9]*)");
    return lines.stream()
        .filter(line -> !line.contains("/*") && !line.startsWith("#"))
        .map(line -> line.replace("enum ", "static char * names_of_"))
        .map(line -> line.replaceFirst("\\{$", "[] = {"))
        .map(line -> name.matcher(line).replaceAll("\"$1\""))
        .toList();
  }

  /** {@code enum} of instructions to the addresses of the interpreter's labels. */
  private static List<String> labels(List<String> lines) {
    return lines.stream()
        .takeWhile(line -> !line.startsWith("}"))
        .filter(line -> line.startsWith("  ") && line.matches(".* [A-Z].*"))
        .map(line -> line.replaceAll(" ([A-Z])", " &&lbl_$1"))
        .toList();
  }
}
