// SPDX-License-Identifier: Apache-2.0
package mirage.opam.sysroot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.MirageException;

/**
 * The opam packages that were built for the chip and are in use: a small file each, which names the
 * entry of the build cache that holds the package.
 *
 * @param folder where the files are; need not exist
 */
public record Installed(Path folder) {
  /**
   * A package.
   *
   * @param name its opam name
   * @param version empty when nothing says it
   * @param entry the directory that holds {@code lib}
   * @param source the folder it was built from, which may be gone
   * @param requires the packages, built from sources too, that it was built against
   */
  public record Package(
      String name, Optional<String> version, Path entry, Path source, List<String> requires) {
    /** The directory of its findlib packages. */
    public Path libraries() {
      return entry.resolve("lib");
    }
  }

  /** {@code $MIRAGE_INSTALLED}, else a folder beside the entries of the build cache. */
  public static Installed user(BuildCache cache) {
    String own = System.getenv().getOrDefault("MIRAGE_INSTALLED", "");
    return new Installed(
        own.isEmpty() ? cache.root().resolve(".installed") : Path.of(own).toAbsolutePath());
  }

  /** All that are in use, by name. Those whose entry is gone from the cache are not. */
  public SortedMap<String, Package> packages() {
    SortedMap<String, Package> packages = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return packages;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> !f.getFileName().toString().startsWith(".")).toList()) {
        read(file)
            .filter(p -> Files.isDirectory(p.libraries()))
            .ifPresent(p -> packages.put(p.name(), p));
      }
    } catch (IOException e) {
      throw new MirageException("cannot read " + folder + ": " + AtomicFiles.reason(e), e);
    }
    return packages;
  }

  /** These packages and those in use that were built against them, however far above. */
  public Set<String> withDependents(Collection<String> names) {
    Set<String> all = new LinkedHashSet<>(names);
    Collection<Package> packages = packages().values();
    boolean more = true;
    while (more) {
      more = false;
      for (Package other : packages) {
        more |= other.requires().stream().anyMatch(all::contains) && all.add(other.name());
      }
    }
    return all;
  }

  private static Optional<Package> read(Path file) {
    List<String> lines = AtomicFiles.text(file).lines().toList();
    if (lines.size() < 4) {
      return Optional.empty();
    }
    return Optional.of(
        new Package(
            file.getFileName().toString(),
            Optional.of(lines.get(0)).filter(version -> !version.isEmpty()),
            Path.of(lines.get(1)),
            Path.of(lines.get(2)),
            Stream.of(lines.get(3).split(" ")).filter(name -> !name.isEmpty()).toList()));
  }

  /**
   * Takes packages into use, in place of earlier ones of their names, and others out of use. All are written before the first
   * of them counts: a full disk changes nothing.
   */
  public void change(Collection<Package> added, Collection<String> removed) {
    try {
      added.forEach(one -> AtomicFiles.write(next(one), text(one)));
      for (Package one : added) {
        Files.move(next(one), folder.resolve(one.name()), StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new MirageException("cannot write in " + folder + ": " + AtomicFiles.reason(e), e);
    } finally {
      added.forEach(one -> AtomicFiles.delete(next(one)));
    }
    removed.forEach(this::remove);
  }

  private Path next(Package added) {
    return folder.resolve("." + added.name());
  }

  private static String text(Package added) {
    return Stream.of(
            added.version().orElse(""),
            added.entry().toString(),
            added.source().toString(),
            String.join(" ", added.requires()))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** Takes a package out of use. */
  public void remove(String name) {
    AtomicFiles.delete(folder.resolve(name));
  }
}
