// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mirage.opam.packages.OpamFile;
import mirage.opam.packages.OpamVersion;
import mirage.opam.packages.Sexp;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/** The package sources within reach, by name. Folders that were given come before those found. */
final class Sources {
  private static final Pattern VERSIONED = Pattern.compile("(.+?)[.-]v?([0-9][A-Za-z0-9.~+-]*)");

  /** The first heading of a list of changes: the version that the sources are, as most write it. */
  private static final Pattern HEADING =
      Pattern.compile(
          "(?m)^(?:#+|=+)?\\s*(?:Release\\s+)?\\[?v?([0-9]+(?:\\.[0-9]+)+[A-Za-z0-9.~+-]*)");

  private final SortedMap<String, PackageSource> packages = new TreeMap<>();

  /** Packages that lie beside one that was given: wanted when nothing else has them. */
  private final SortedMap<String, PackageSource> spare = new TreeMap<>();

  private final Function<String, Optional<Path>> elsewhere;

  /** Those of this machine alone. */
  Sources() {
    this(word -> Optional.empty());
  }

  /**
   * @param elsewhere finds the folder of a {@code NAME} or {@code NAME.VERSION} that nothing near has
   */
  Sources(Function<String, Optional<Path>> elsewhere) {
    this.elsewhere = elsewhere;
  }

  /** A package's source, to be preferred over what is installed. */
  Optional<PackageSource> find(String name) {
    return Optional.ofNullable(packages.get(name));
  }

  /** A package's source on this machine, for when it is not installed. */
  Optional<PackageSource> near(String name) {
    return find(name).or(() -> Optional.ofNullable(spare.get(name)));
  }

  /** A package's source, from wherever it can be had. */
  Optional<PackageSource> any(String name) {
    return near(name).or(() -> fetch(name));
  }

  /** A package's source from elsewhere, {@code NAME} or {@code NAME.VERSION}. */
  Optional<PackageSource> fetch(String word) {
    String name = word.replaceFirst("\\..*", "");
    elsewhere
        .apply(word)
        .ifPresent(
            folder ->
                in(folder).stream()
                    .filter(source -> source.name().equals(name))
                    .forEach(source -> spare.put(name, source)));
    return Optional.ofNullable(spare.get(name));
  }

  /** Takes a package from this source even when it is installed. */
  void prefer(PackageSource source) {
    packages.put(source.name(), source);
  }

  /**
   * Adds what the user gave.
   *
   * @param place a folder with one or more opam files, or an opam file
   * @return the packages meant: all of the folder, or the file's
   * @throws MirageException when there is no opam file, or two sources of one name
   */
  List<PackageSource> give(Path place) {
    Path file = place.toAbsolutePath().normalize();
    boolean isFile = AtomicFiles.isFile(file);
    Path folder = isFile ? folder(file) : file;
    List<PackageSource> found = in(folder);
    if (found.isEmpty() && !isFile) {
      throw new MirageException(
          "%s: no opam file there; a package's source folder has NAME.opam, opam or opam/"
              .formatted(place));
    }
    if (isFile) {
      found.forEach(source -> spare.putIfAbsent(source.name(), source));
      found = List.of(source(file, folder));
    }
    for (PackageSource source : found) {
      PackageSource other = packages.putIfAbsent(source.name(), source);
      if (other != null && !other.folder().equals(source.folder())) {
        throw new MirageException(
            "two sources of the package %s: %s and %s; give one of them"
                .formatted(source.name(), other.folder(), source.folder()));
      }
    }
    return found;
  }

  /** Adds the packages of a folder where nothing better is known. */
  void offer(Path folder) {
    if (Files.isDirectory(folder)) {
      in(folder.toAbsolutePath().normalize())
          .forEach(source -> packages.putIfAbsent(source.name(), source));
    }
  }

  /** Adds one package of a folder where nothing better is known; those beside it are wanted when nothing else has them. */
  void offer(Path folder, String name) {
    if (Files.isDirectory(folder)) {
      for (PackageSource source : in(folder.toAbsolutePath().normalize())) {
        (source.name().equals(name) ? packages : spare).putIfAbsent(source.name(), source);
      }
    }
  }

  /** Offers each folder in a folder. */
  void offerEach(Path parent) {
    if (Files.isDirectory(parent)) {
      list(parent).stream().filter(Files::isDirectory).forEach(this::offer);
    }
  }

  private static List<PackageSource> in(Path folder) {
    List<PackageSource> found = new ArrayList<>();
    for (Path place : List.of(folder, folder.resolve("opam"))) {
      if (AtomicFiles.isFolder(place)) {
        for (Path file : list(place)) {
          String name = file.getFileName().toString();
          if (Files.isRegularFile(file) && (name.endsWith(".opam") || name.equals("opam"))) {
            found.add(source(file, folder));
          }
        }
      }
    }
    return found;
  }

  private static Path folder(Path file) {
    Path parent = file.getParent();
    return parent.getFileName() != null && parent.getFileName().toString().equals("opam")
        ? parent.getParent()
        : parent;
  }

  private static PackageSource source(Path file, Path folder) {
    OpamFile opam = OpamFile.read(file);
    String name = opam.text("name").orElseGet(() -> name(file));
    return new PackageSource(name, version(opam, folder).map(OpamVersion::of), opam, folder);
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    if (name.endsWith(".opam")) {
      return name.substring(0, name.length() - ".opam".length());
    }
    String folder = folder(file).getFileName().toString();
    Matcher versioned = VERSIONED.matcher(folder);
    return versioned.matches() ? versioned.group(1) : folder;
  }

  private static Optional<String> version(OpamFile opam, Path folder) {
    return opam.text("version")
        .or(() -> duneVersion(folder.resolve("dune-project")))
        .or(
            () ->
                Optional.of(VERSIONED.matcher(folder.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(m -> m.group(2)))
        .filter(version -> version.matches("v?[0-9].*"))
        .or(() -> changes(folder));
  }

  private static Optional<String> duneVersion(Path project) {
    return Files.isRegularFile(project)
        ? Sexp.forms(AtomicFiles.text(project), project.toString()).stream()
            .filter(form -> form.head().equals("version"))
            .flatMap(form -> form.words().stream())
            .findFirst()
        : Optional.empty();
  }

  private static Optional<String> changes(Path folder) {
    for (Path file : list(folder)) {
      if (file.getFileName().toString().matches("(?i)CHANGE(S|LOG)(\\.md)?")
          && Files.isRegularFile(file)) {
        Matcher heading = HEADING.matcher(AtomicFiles.text(file));
        if (heading.find()) {
          return Optional.of(heading.group(1));
        }
      }
    }
    return Optional.empty();
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new MirageException("cannot read " + folder + ": " + AtomicFiles.reason(e), e);
    }
  }
}
