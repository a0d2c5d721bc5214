// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import mirage.device.SourceFolder;

/** Reads source folders, from a jar or from a class directory. */
public final class SourceFolders {
  private SourceFolders() {}

  /**
   * The names of the folder's files, sorted. Folders are flat: what lies in folders below is not
   * seen.
   *
   * @throws MirageException when the jar has no such folder, or nothing in it
   */
  public static List<String> names(SourceFolder folder) {
    Path origin = origin(folder);
    List<String> names;
    try {
      names = Files.isDirectory(origin) ? namesIn(origin, folder) : namesInJar(origin, folder);
    } catch (IOException e) {
      throw new MirageException("cannot read " + origin + ": " + AtomicFiles.reason(e), e);
    }
    if (names.isEmpty()) {
      throw new MirageException("no source files below " + folder.path() + " in " + origin);
    }
    return names;
  }

  /** One file's content. */
  public static byte[] read(SourceFolder folder, String name) {
    Path origin = origin(folder);
    try {
      if (Files.isDirectory(origin)) {
        return AtomicFiles.read(origin.resolve(folder.path()).resolve(name));
      }
      try (JarFile jar = new JarFile(origin.toFile())) {
        JarEntry entry = jar.getJarEntry(folder.path() + "/" + name);
        if (entry == null) {
          throw new MirageException("no " + folder.path() + "/" + name + " in " + origin);
        }
        return jar.getInputStream(entry).readAllBytes();
      }
    } catch (IOException e) {
      throw new MirageException(
          "cannot read " + name + " in " + origin + ": " + AtomicFiles.reason(e), e);
    }
  }

  /**
   * Copies all files into an existing folder.
   *
   * @return the names, sorted
   */
  public static List<String> copy(SourceFolder folder, Path destination) {
    List<String> names = names(folder);
    for (String name : names) {
      AtomicFiles.update(destination.resolve(name), read(folder, name));
    }
    return names;
  }

  /** The jar or class directory that holds the folder; a place to name in messages. */
  public static Path origin(SourceFolder folder) {
    try {
      return Path.of(folder.anchor().getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException | RuntimeException e) {
      throw new MirageException(
          "the class " + folder.anchor().getName() + " comes from no jar or class directory", e);
    }
  }

  private static List<String> namesIn(Path origin, SourceFolder folder) throws IOException {
    Path place = origin.resolve(folder.path());
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(place)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private static List<String> namesInJar(Path origin, SourceFolder folder) throws IOException {
    String prefix = folder.path() + "/";
    try (JarFile jar = new JarFile(origin.toFile())) {
      return jar.stream()
          .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(prefix))
          .map(entry -> entry.getName().substring(prefix.length()))
          .filter(name -> !name.contains("/"))
          .sorted()
          .toList();
    }
  }
}
