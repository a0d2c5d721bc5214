// SPDX-License-Identifier: Apache-2.0
package mirage.opam.sysroot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import mirage.bindings.CToolchain;
import mirage.device.SourceFolder;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;
import mirage.tools.SourceFolders;

/**
 * Compiles the C code of OCaml libraries for a target, one archive a library.
 *
 * @param cache where the archives are kept
 * @param toolchain the target's C compiler, asked for only when there is something to compile
 */
public record StubArchives(BuildCache cache, Supplier<CToolchain> toolchain) {

  /** The C files and headers of a source folder, by name. */
  public static SortedMap<String, byte[]> files(SourceFolder folder) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (String name : SourceFolders.names(folder)) {
      if (name.matches(".*\\.[ch]")) {
        files.put(name, SourceFolders.read(folder, name));
      }
    }
    return files;
  }

  /** The C files and headers of a directory, by name. */
  static SortedMap<String, byte[]> files(Path directory) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path file : entries.toList()) {
        String name = file.getFileName().toString();
        if (name.matches(".*\\.[ch]")) {
          files.put(name, Files.readAllBytes(file));
        }
      }
    } catch (IOException e) {
      throw new MirageException("cannot read " + directory + ": " + AtomicFiles.reason(e), e);
    }
    return files;
  }

  /** The name of a library's archive. */
  static String name(String library) {
    return "lib" + library + "_stubs.a";
  }

  /**
   * The archive of these files, built now if need be.
   *
   * @param files C files and the headers they include, by name
   */
  public Path archive(String library, SortedMap<String, byte[]> files) {
    CToolchain compiler = toolchain.get();
    Fingerprint.Builder inputs = Fingerprint.builder();
    inputs.text(library).fingerprint(compiler.fingerprint());
    // Header directories are entries of the cache, named by their content, or the compiler's own.
    compiler.includes().forEach(include -> inputs.text(include.toString()));
    files.forEach((name, content) -> inputs.text(name).bytes(content));
    return cache
        .get(
            "stubs-" + compiler.target().id() + "-" + library,
            inputs.build(),
            directory -> compile(compiler, library, files, directory))
        .resolve(name(library));
  }

  private static void compile(
      CToolchain compiler, String library, Map<String, byte[]> files, Path directory)
      throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
    List<Path> objects = new ArrayList<>();
    try {
      for (String name : files.keySet()) {
        if (name.endsWith(".c")) {
          Path object = directory.resolve(name.replaceFirst("\\.c$", ".o"));
          objects.add(object);
          compiler
              .including(directory)
              .compile(
                  directory.resolve(name),
                  object,
                  List.of("-ffile-prefix-map=" + directory + "=" + library));
        }
      }
      compiler.archive(objects, directory.resolve(name(library)));
    } catch (MirageException e) {
      throw new MirageException(
          "C stubs of the OCaml library " + library + ": " + e.getMessage(), e);
    }
    for (Path object : objects) {
      Files.delete(object);
    }
    for (String name : files.keySet()) {
      Files.delete(directory.resolve(name));
    }
  }
}
