// SPDX-License-Identifier: Apache-2.0
package mirage.opam;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import mirage.bindings.runtime.RuntimeHeaders;
import mirage.device.OcamlLibrary;
import mirage.device.SourceFolder;
import mirage.device.Target;
import mirage.opam.sysroot.Distribution;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.BuildCache;

/** What the tests build with: libraries written on the fly, a sysroot of them, a cache of its own. */
public final class Workshop implements AutoCloseable {
  /** A class that stands for the jar the libraries' sources are in. */
  static final class Anchor {}

  public final BuildCache cache;
  private final Path folder;
  private final Path jar;
  private final URLClassLoader loader;
  private final Class<?> anchor;
  private final List<OcamlLibrary> libraries = new ArrayList<>();

  public Workshop(Path folder) throws IOException, ReflectiveOperationException {
    this(folder, new BuildCache(folder.resolve("cache")));
  }

  /** With a cache that other tests use, too. */
  public Workshop(Path folder, BuildCache cache) throws IOException, ReflectiveOperationException {
    this.folder = folder;
    this.jar = folder.resolve("jar");
    this.cache = cache;
    String type = Anchor.class.getName();
    Path copy = jar.resolve(type.replace('.', '/') + ".class");
    Files.createDirectories(copy.getParent());
    try (InputStream bytes = Anchor.class.getResourceAsStream("Workshop$Anchor.class")) {
      Files.write(copy, bytes.readAllBytes());
    }
    loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
    anchor = loader.loadClass(type);
  }

  /** Adds a library without sources yet; see {@link #source}. */
  public Workshop library(String name, String version, String... requires) {
    libraries.add(
        new OcamlLibrary(
            name,
            version,
            List.of(requires),
            new SourceFolder(anchor, "ocaml/" + name),
            EnumSet.allOf(Target.class)));
    return this;
  }

  /** Writes or replaces one source file of a library. */
  public Workshop source(String library, String file, String text) {
    write(jar.resolve("ocaml").resolve(library).resolve(file), text);
    return this;
  }

  /** Writes a file of a program, from the test's folder. */
  public Workshop file(String name, String text) {
    write(folder.resolve(name), text);
    return this;
  }

  public Sysroot sysroot(Target target) {
    return sysroot(target, Distribution.host());
  }

  public Sysroot sysroot(Target target, Distribution distribution) {
    return Sysroot.of(
        target, libraries, distribution, cache, () -> RuntimeHeaders.toolchain(target, cache));
  }

  public Path folder() {
    return folder;
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
