// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import mirage.bindings.runtime.OcamlSource;
import mirage.opam.sysroot.Distribution;
import mirage.opam.sysroot.Library;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/**
 * The source rewriters of this machine. One that another OCaml compiled cannot be linked with the rest; the compiler would say so
 * of some file, in words that help nobody.
 */
record Rewriters(Distribution distribution) {
  /** Of a compiled interface: tells the compiler's version. */
  private static final int MAGIC_LENGTH = 12;

  /** Which of these libraries, or of those they need, another OCaml compiled. */
  Optional<String> problem(Collection<String> names) {
    Set<String> seen = new HashSet<>();
    return names.stream().flatMap(name -> problem(name, name, seen).stream()).findFirst();
  }

  private Optional<String> problem(String rewriter, String name, Set<String> seen) {
    Optional<Library> library = distribution.find(name);
    if (library.isEmpty() || !seen.add(name)) {
      return Optional.empty();
    }
    return foreign(library.get())
        .map(
            reason ->
                "its source rewriter %s%s: %s"
                    .formatted(
                        rewriter,
                        name.equals(rewriter)
                            ? title(library.get()).substring(name.length())
                            : " needs " + title(library.get()),
                        reason))
        .or(
            () ->
                library.get().requires().stream()
                    .flatMap(need -> problem(rewriter, need, seen).stream())
                    .findFirst());
  }

  private static String title(Library library) {
    return library.name() + library.version().map(version -> " " + version).orElse("");
  }

  private Optional<String> foreign(Library library) {
    if (library.directory().equals(distribution.standardLibrary())) {
      return Optional.empty();
    }
    String ours = magic(distribution.standardLibrary().resolve("stdlib.cmi"));
    return interfaces(library.directory()).stream()
        .limit(1)
        .filter(file -> !magic(file).equals(ours))
        .map(
            file ->
                "another OCaml than %s compiled it (%s begins with %s, not with %s); install it for OCaml %s"
                    .formatted(OcamlSource.VERSION, file, magic(file), ours, OcamlSource.VERSION))
        .findFirst();
  }

  private static List<Path> interfaces(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".cmi")).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String magic(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAGIC_LENGTH), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new MirageException("cannot read " + file + ": " + AtomicFiles.reason(e), e);
    }
  }
}
