// SPDX-License-Identifier: Apache-2.0
package mirage.device.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mirage.device.DeviceKind;
import mirage.device.DeviceKinds;
import mirage.device.DeviceProvider;
import mirage.device.OcamlLibrary;
import mirage.device.SourceFolder;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.SourceFolders;

/**
 * Compiles the OCaml libraries of the jars on the class path, and programs that use them. Libraries
 * are compiled when a program first asks for them and kept under {@code target/} of the module
 * under test.
 */
public final class OcamlHost {
  private static final SourceFolder BOARD = new SourceFolder(OcamlHost.class, "c/test-board");

  /** The library that binds the board. Its jar has the boundary, a radio that is not there, and the stubs over it. */
  private static final String PLATFORM = "mirage-os";

  private static final String BOUNDARY = "c/board";
  private static final String NO_RADIO = "c/board/no-radio";
  private static final String STUBS = "c/os";

  /** Everything is a warning, and a warning is an error, but for those that are matters of taste. */
  private static final List<String> FLAGS =
      List.of(
          "-g",
          "-strict-sequence",
          "-principal",
          "-w",
          "+A-4-9-40..42-44-48-70",
          "-warn-error",
          "+A");

  private final Map<String, OcamlLibrary> libraries;
  private final Map<String, DeviceKind> kinds;
  private final List<SourceFolder> board;
  private final BuildCache cache =
      new BuildCache(Path.of("target", "ocaml-libraries").toAbsolutePath());

  private OcamlHost(
      Map<String, OcamlLibrary> libraries,
      Map<String, DeviceKind> kinds,
      List<SourceFolder> board) {
    this.libraries = libraries;
    this.kinds = kinds;
    this.board = board;
  }

  /** With what all providers on the class path offer. */
  public static OcamlHost ofClassPath() {
    return of(DeviceProvider.ofClassPath());
  }

  /** With what these providers offer. */
  public static OcamlHost of(Iterable<DeviceProvider> providers) {
    Map<String, OcamlLibrary> libraries = new LinkedHashMap<>();
    Map<String, DeviceKind> kinds = new LinkedHashMap<>();
    for (DeviceProvider provider : providers) {
      provider.libraries().forEach(library -> libraries.put(library.name(), library));
      provider.kinds().forEach(kind -> kinds.put(kind.name(), kind));
    }
    return new OcamlHost(libraries, kinds, testBoard(libraries));
  }

  /** Without the platform's library there is nothing to put a board under. */
  private static List<SourceFolder> testBoard(Map<String, OcamlLibrary> libraries) {
    return Stream.concat(
            boundary(libraries, BOUNDARY).map(it -> BOARD),
            Stream.of(BOUNDARY, NO_RADIO, STUBS).flatMap(path -> boundary(libraries, path)))
        .toList();
  }

  private static Stream<SourceFolder> boundary(Map<String, OcamlLibrary> libraries, String path) {
    return Stream.ofNullable(libraries.get(PLATFORM))
        .map(platform -> new SourceFolder(platform.sources().anchor(), path));
  }

  /** The same with another implementation of the C boundary, as C sources with their headers. */
  public OcamlHost onBoard(SourceFolder... sources) {
    return new OcamlHost(libraries, kinds, List.of(sources));
  }

  /** A device kind of MirageOS, or one that a jar has for its own. */
  Optional<DeviceKind> kind(String name) {
    return DeviceKinds.find(name).or(() -> Optional.ofNullable(kinds.get(name)));
  }

  /** Names of the libraries that come from jars. */
  public List<String> libraries() {
    return List.copyOf(libraries.keySet());
  }

  /**
   * Compiles one library, and those it requires.
   *
   * @throws mirage.tools.MirageException with the compiler's message when it does not compile
   */
  public void check(String library) {
    folder(library);
  }

  /**
   * Compiles and links a program of one file.
   *
   * @param folder an empty folder for it
   * @param uses findlib names of libraries, from jars or of the machine
   * @param source OCaml source text
   * @throws mirage.tools.MirageException with the compiler's message when it does not compile
   */
  public HostProgram program(Path folder, List<String> uses, String source) {
    return program(folder, uses, Map.of("main.ml", source));
  }

  /** The same for several files, which may stand in any order. */
  public HostProgram program(Path folder, List<String> uses, Map<String, String> sources) {
    sources.forEach((name, text) -> AtomicFiles.update(folder.resolve(name), text));
    Path program = folder.resolve("program.exe");
    List<String> stubs =
        board.stream()
            .flatMap(part -> SourceFolders.copy(part, folder).stream())
            .filter(name -> name.endsWith(".c"))
            .toList();
    ocamlc(folder, uses)
        .with("-custom", "-w", "-a", "-linkpkg", "-o", program.toString())
        .with(stubs)
        .with(sorted(folder))
        .run();
    return new HostProgram(program);
  }

  private Command ocamlc(Path folder, List<String> uses) {
    List<String> ours = uses.stream().filter(libraries::containsKey).toList();
    List<Path> folders = new ArrayList<>();
    ours.forEach(name -> closure(name, folders));
    String path =
        folders.stream()
            .map(f -> f.getParent().toString())
            .distinct()
            .collect(Collectors.joining(":"));
    return Command.of("ocamlfind", "ocamlc", "-package", findlibNames(uses))
        .environment("OCAMLPATH", path)
        // Findlib warns about names that exist twice; ours hide the machine's on purpose.
        .environment("OCAMLFIND_IGNORE_DUPS_IN", "/")
        .in(folder);
  }

  /** A dot is findlib's mark of a package inside of another; each library here is a package of its own. */
  private String findlibName(String library) {
    return libraries.containsKey(library) ? library.replace(".", "__") : library;
  }

  private String findlibNames(List<String> names) {
    return names.stream().map(this::findlibName).collect(Collectors.joining(","));
  }

  private void closure(String name, List<Path> folders) {
    OcamlLibrary library = libraries.get(name);
    if (library != null) {
      folders.add(folder(name));
      library.requires().forEach(required -> closure(required, folders));
    }
  }

  private Path folder(String name) {
    return cache
        .get(name, fingerprint(name), place -> compile(libraries.get(name), place))
        .resolve(findlibName(name));
  }

  private Fingerprint fingerprint(String name) {
    OcamlLibrary library = libraries.get(name);
    Fingerprint.Builder builder = Fingerprint.builder().tool("ocamlc").texts(FLAGS).text(name);
    builder.folder(library.sources());
    boundary(libraries, BOUNDARY).forEach(builder::folder);
    for (String required : library.requires()) {
      if (libraries.containsKey(required)) {
        builder.fingerprint(fingerprint(required));
      }
    }
    return builder.build();
  }

  private void compile(OcamlLibrary library, Path place) throws IOException {
    String name = findlibName(library.name());
    Path folder = Files.createDirectory(place.resolve(name));
    SourceFolders.copy(library.sources(), folder);
    String archive = name + ".cma";
    Files.writeString(
        folder.resolve("META"),
        "version = \"%s\"\nrequires = \"%s\"\narchive(byte) = \"%s\"\n"
            .formatted(library.version(), findlibNames(library.requires()), archive));
    List<String> sources = sorted(folder);
    Command ocamlc = ocamlc(folder, library.requires());
    ocamlc.with(FLAGS).with("-c").with(sources).run();
    List<String> objects =
        sources.stream()
            .filter(f -> f.endsWith(".ml"))
            .map(f -> f.replaceAll("ml$", "cmo"))
            .toList();
    ocamlc.with("-a", "-o", archive).with(stubs(folder, name)).with(objects).run();
  }

  /** Compiles the library's C code, if any, and says how a program is linked with it. */
  private List<String> stubs(Path folder, String name) throws IOException {
    List<String> sources = files(folder, ".*\\.c");
    if (sources.isEmpty()) {
      return List.of();
    }
    Path headers = Files.createDirectory(folder.resolve("board"));
    boundary(libraries, BOUNDARY).forEach(it -> SourceFolders.copy(it, headers));
    Command.of(
            "ocamlfind",
            "ocamlc",
            "-ccopt",
            "-I board -O2 -Wall -Wextra -Wno-unused-parameter -Werror",
            "-c")
        .with(sources)
        .in(folder)
        .run();
    List<String> objects = sources.stream().map(f -> f.replaceAll("c$", "o")).toList();
    Command.of("ar", "rcs", "lib" + name + "_stubs.a").with(objects).in(folder).run();
    return List.of("-custom", "-cclib", "-l" + name + "_stubs");
  }

  private static List<String> sorted(Path folder) {
    String output =
        Command.of("ocamlfind", "ocamldep", "-sort")
            .with(files(folder, ".*\\.mli?"))
            .in(folder)
            .run()
            .output();
    return Stream.of(output.split("\\s+")).filter(f -> !f.isEmpty()).toList();
  }

  private static List<String> files(Path folder, String pattern) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.matches(pattern))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
