// SPDX-License-Identifier: Apache-2.0
package mirage.opam.sysroot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import mirage.tools.Command;
import mirage.tools.MirageException;

/**
 * The OCaml libraries that are installed, as their {@code META} files describe them: the
 * distribution's, and those built for the chip. A {@code
 * META} that makes no sense is told only to who asks for its package.
 *
 * @param standardLibrary where {@code ocamlc} keeps its own
 * @param libraries all libraries by findlib name, sub-packages included
 * @param metas the {@code META} files read, by the package each describes
 * @param unreadable packages whose {@code META} cannot be read, and why
 */
public record Distribution(
    Path standardLibrary,
    SortedMap<String, Library> libraries,
    SortedMap<String, Path> metas,
    SortedMap<String, String> unreadable) {

  /**
   * What libraries ask for that want arrays outside of the heap. These are part of the standard
   * library; all the package adds is files mapped into memory, by {@code unix}.
   */
  static final String BIGARRAY = "bigarray";

  /** What programs are linked as: bytecode without system threads. */
  static final Set<String> PREDICATES = Set.of("byte");

  /** Reads those on the host's findlib path. */
  public static Distribution host() {
    Path standard = Path.of(printed("stdlib").strip());
    return of(path(), standard);
  }

  /** The host's findlib path. */
  public static List<Path> path() {
    return printed("path").lines().map(Path::of).toList();
  }

  /** Asks for this machine's settings, also in a shell set up for another toolchain. */
  private static String printed(String variable) {
    return Command.of("ocamlfind", "printconf", variable)
        .environment("OCAMLFIND_TOOLCHAIN", "")
        .run()
        .output();
  }

  /**
   * @param path directories of findlib packages; the first that has a package wins
   */
  public static Distribution of(List<Path> path, Path standardLibrary) {
    return of(path, standardLibrary, Library.Origin.DISTRIBUTION);
  }

  private static Distribution of(List<Path> path, Path standardLibrary, Library.Origin origin) {
    SortedMap<String, Path> metas = new TreeMap<>();
    for (Path place : path) {
      find(place).forEach(metas::putIfAbsent);
    }
    SortedMap<String, Library> libraries = new TreeMap<>();
    SortedMap<String, String> unreadable = new TreeMap<>();
    metas.forEach(
        (name, file) -> {
          try {
            new Reader(standardLibrary, libraries, origin, Variant.of(file.getParent()))
                .add(name, Meta.read(file), file.getParent());
          } catch (MirageException | InvalidPathException e) {
            unreadable.put(name, e.getMessage());
          }
        });
    metas.keySet().removeAll(unreadable.keySet());
    return new Distribution(standardLibrary, libraries, metas, unreadable);
  }

  /**
   * Without some packages.
   *
   * @param names of packages that go with all their parts, or of single parts
   */
  Distribution without(Collection<String> names) {
    SortedMap<String, Library> others = new TreeMap<>(libraries);
    others.keySet().removeIf(n -> names.contains(n) || names.contains(n.replaceFirst("\\..*", "")));
    SortedMap<String, Path> files = new TreeMap<>(metas);
    files.keySet().removeAll(names);
    return new Distribution(standardLibrary, others, files, unreadable);
  }

  /** With packages built for the chip, which hide those of the same names. */
  Distribution with(Collection<Installed.Package> packages) {
    List<Path> path = packages.stream().map(Installed.Package::libraries).toList();
    Distribution built = of(path, standardLibrary, Library.Origin.INSTALLED);
    Distribution all = without(built.metas.keySet());
    all.libraries.putAll(built.libraries);
    all.metas.putAll(built.metas);
    SortedMap<String, String> broken = new TreeMap<>(unreadable);
    broken.keySet().removeAll(built.metas.keySet());
    broken.putAll(built.unreadable);
    return new Distribution(standardLibrary, all.libraries, all.metas, broken);
  }

  /** Whether a package of this name, or that this is a part of, was built for the chip. */
  boolean isBuilt(String name) {
    return find(name.replaceFirst("\\..*", ""))
        .filter(library -> library.origin() == Library.Origin.INSTALLED)
        .isPresent();
  }

  public Optional<Library> find(String name) {
    return Optional.ofNullable(libraries.get(name));
  }

  /** Why a library of that name, which is not found, cannot be. */
  Optional<String> unreadable(String name) {
    return Optional.ofNullable(unreadable.get(name.replaceFirst("\\..*", "")));
  }

  private static Map<String, Path> find(Path place) {
    Map<String, Path> found = new TreeMap<>();
    try (Stream<Path> entries = Files.list(place)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (Files.isRegularFile(entry.resolve("META"))) {
          found.put(name, entry.resolve("META"));
        } else if (name.startsWith("META.") && Files.isRegularFile(entry)) {
          found.put(name.substring("META.".length()), entry);
        }
      }
    } catch (IOException e) {
      return Map.of();
    }
    return found;
  }

  private record Reader(
      Path standardLibrary,
      Map<String, Library> libraries,
      Library.Origin origin,
      Map<String, Variant> variants) {
    void add(String name, Meta meta, Path parent) {
      Path directory =
          meta.value("directory", PREDICATES).map(d -> resolve(d, parent)).orElse(parent);
      List<String> probes = meta.words("exists_if", PREDICATES);
      if (!probes.isEmpty()
          && probes.stream().noneMatch(probe -> Files.exists(directory.resolve(probe)))) {
        return;
      }
      libraries.put(name, library(name, meta, directory));
      meta.packages().forEach((sub, body) -> add(name + "." + sub, body, directory));
    }

    private Library library(String name, Meta meta, Path directory) {
      boolean isEmpty = name.equals(BIGARRAY);
      return new Library(
          name,
          meta.value("version", PREDICATES).filter(version -> version.matches("v?[0-9].*")),
          origin,
          directory,
          words(meta, "archive", isEmpty).map(archive -> resolve(archive, directory)).toList(),
          words(meta, "requires", isEmpty).filter(r -> !r.equals(BIGARRAY)).toList(),
          List.of(),
          meta.value("ppx", PREDICATES).map(command -> command(command, directory)),
          variants.getOrDefault(name, Variant.NONE));
    }

    private static Stream<String> words(Meta meta, String variable, boolean isEmpty) {
      return isEmpty ? Stream.of() : meta.words(variable, PREDICATES).stream();
    }

    /** Findlib's notation: {@code +x} and {@code ^x} lie in the standard library's directory. */
    private Path resolve(String place, Path parent) {
      if (place.startsWith("+") || place.startsWith("^")) {
        return standardLibrary.resolve(place.substring(1)).normalize();
      }
      return parent.resolve(place).normalize();
    }

    private String command(String command, Path directory) {
      return command.startsWith("./") ? directory + command.substring(1) : command;
    }
  }
}
