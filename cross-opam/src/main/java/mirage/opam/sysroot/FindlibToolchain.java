// SPDX-License-Identifier: Apache-2.0
package mirage.opam.sysroot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import mirage.tools.AtomicFiles;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;

/**
 * A sysroot as a directory that {@code ocamlfind -toolchain <target>} reads from any shell:
 *
 * <pre>
 * findlib.conf       for OCAMLFIND_CONF
 * bin/ocamlc         the stock compiler, told not to look for C code on this machine
 * bin/ocamlopt       says that there is none
 * lib/NAME/META      every package; the parts of it not for the target say why
 * lib/NAME/*         compiled interfaces, archives and C code of the libraries from jars
 * lib/NAME/lib*.a    C code for the target of the distribution's libraries
 * </pre>
 */
public final class FindlibToolchain {
  private static final String HEADER = "# Made from the mirage tool's OCaml libraries.\n";

  private final Sysroot sysroot;

  public FindlibToolchain(Sysroot sysroot) {
    this.sysroot = sysroot;
  }

  /** All that the directory's content depends on; builds the libraries. */
  public Fingerprint key() {
    Fingerprint.Builder inputs = Fingerprint.builder().text("1").tool("ocamlfind").tool("ocamlc");
    List<String> usable = sysroot.names().stream().filter(sysroot::usable).toList();
    for (Library library : sysroot.closure(usable)) {
      inputs.fingerprint(sysroot.key(library.name()));
      library.stubs().forEach(archive -> inputs.text(archive.toString()));
    }
    sysroot.distribution().metas().values().forEach(inputs::stamp);
    return inputs.build();
  }

  /**
   * Writes the directory.
   *
   * @param directory an empty one to write to
   * @param place where it will be in the end
   */
  public void write(Path directory, Path place) throws IOException {
    Path lib = Files.createDirectory(directory.resolve("lib"));
    SortedMap<String, Meta> metas = new TreeMap<>();
    for (Map.Entry<String, Path> entry : sysroot.distribution().metas().entrySet()) {
      inPlace(entry.getKey(), entry.getValue()).ifPresent(meta -> metas.put(entry.getKey(), meta));
    }
    for (String name : sysroot.carried()) {
      List<String> path = List.of(name.split("\\."));
      Meta body = sysroot.usable(name) ? installed(name, lib) : refused(name);
      Meta top = metas.getOrDefault(path.get(0), Meta.EMPTY);
      metas.put(
          path.get(0),
          top.with(
              path.subList(1, path.size()),
              body.with("directory", place.resolve("lib").resolve(name).toString())));
    }
    for (Map.Entry<String, Meta> meta : metas.entrySet()) {
      AtomicFiles.write(lib.resolve(meta.getKey()).resolve("META"), meta.getValue().print());
    }
    stubs(lib);
    Path bin = Files.createDirectory(directory.resolve("bin"));
    AtomicFiles.write(lib.resolve("primitives"), "");
    script(
        bin.resolve("ocamlc"),
        "exec ocamlc -noautolink -no-check-prims -use-prims '%s' \"$@\""
            .formatted(place.resolve("lib/primitives")));
    script(
        bin.resolve("ocamlopt"),
        "echo 'ocamlopt: makes code for this machine, not for %s; compile with ocamlc' >&2\nexit 2"
            .formatted(sysroot.target().id()));
    AtomicFiles.write(directory.resolve("findlib.conf"), configuration(place));
  }

  /** Whether a directory was written by this class. */
  public static boolean isOurs(Path directory) {
    try {
      return Files.readString(directory.resolve("findlib.conf")).startsWith(HEADER);
    } catch (IOException e) {
      return false;
    }
  }

  /** Copies a jar's library; answers what its META says. */
  private Meta installed(String name, Path lib) throws IOException {
    List<Library> closure = sysroot.closure(List.of(name));
    Library library = closure.get(closure.size() - 1);
    Path directory = Files.createDirectory(lib.resolve(name));
    try (Stream<Path> files = Files.list(library.directory())) {
      for (Path file : files.toList()) {
        Files.copy(file, directory.resolve(file.getFileName().toString()));
      }
    }
    for (Path archive : library.stubs()) {
      Files.copy(archive, directory.resolve(archive.getFileName().toString()));
    }
    Meta meta =
        Meta.EMPTY
            .with("version", library.version().orElse(""))
            .with("requires", String.join(" ", library.requires()))
            .with("archive", library.archives().get(0).getFileName().toString());
    return warning(library).map(text -> meta.with("warning", text)).orElse(meta);
  }

  private Meta refused(String name) {
    return Meta.EMPTY.with("error", String.join("; ", sysroot.problems(List.of(name))));
  }

  /** The distribution's own META, which now says where its files are and which are refused. */
  private Optional<Meta> inPlace(String name, Path file) {
    Optional<Library> library = sysroot.distribution().find(name);
    if (library.isEmpty()) {
      return Optional.empty();
    }
    Meta meta = marked(name, Meta.read(file));
    return Optional.of(meta.with("directory", library.get().directory().toString()));
  }

  /** C code of the distribution's libraries for the target, each beside its META. */
  private void stubs(Path lib) throws IOException {
    for (Library library : sysroot.distribution().libraries().values()) {
      if (sysroot.refusal(library.name()).isEmpty()) {
        Path directory = lib.resolve(library.name().replaceFirst("\\..*", ""));
        for (Path archive : sysroot.stubs(library)) {
          Files.copy(archive, directory.resolve(archive.getFileName().toString()));
        }
      }
    }
  }

  private Meta marked(String name, Meta meta) {
    Map<String, Meta> packages = new TreeMap<>();
    meta.packages().forEach((sub, body) -> packages.put(sub, marked(name + "." + sub, body)));
    Meta same = new Meta(meta.definitions(), packages);
    Optional<Library> library = sysroot.distribution().find(name);
    if (library.isEmpty()) {
      return same;
    }
    return sysroot
        .refusal(name)
        .map(reason -> same.with("error", reason))
        .or(() -> warning(library.get()).map(text -> same.with("warning", text)))
        .orElse(same);
  }

  private Optional<String> warning(Library library) {
    return WideLiterals.inLibrary(library.name(), sysroot.wideLiterals(library));
  }

  private String configuration(Path place) {
    String target = sysroot.target().id();
    return HEADER
        + """
        path="%2$s"
        destdir="%1$s/lib"
        path(%3$s)="%1$s/lib"
        destdir(%3$s)="%1$s/lib"
        stdlib(%3$s)="%4$s"
        ldconf(%3$s)="ignore"
        ocamlc(%3$s)="%1$s/bin/ocamlc"
        ocamlopt(%3$s)="%1$s/bin/ocamlopt"
        ocamlcp(%3$s)="ocamlcp"
        ocamldep(%3$s)="ocamldep"
        """
            .formatted(
                place,
                String.join(":", Distribution.path().stream().map(Path::toString).toList()),
                target,
                sysroot.distribution().standardLibrary());
  }

  private static void script(Path file, String text) {
    AtomicFiles.write(file, "#!/bin/sh\n" + text + "\n");
    if (!file.toFile().setExecutable(true, false)) {
      throw new MirageException("cannot make " + file + " executable");
    }
  }
}
