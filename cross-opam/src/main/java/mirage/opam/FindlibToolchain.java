// SPDX-License-Identifier: Apache-2.0
package mirage.opam;

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
 * lib/NAME/META      every library; those not for the target say why
 * lib/NAME/*         compiled interfaces, archives and C code of the libraries from jars
 * lib/NAME/lib*.a    C code for the target of the distribution's libraries
 * </pre>
 */
final class FindlibToolchain {
  private static final String HEADER = "# Made from the mirage tool's OCaml libraries.\n";

  private final Sysroot sysroot;

  FindlibToolchain(Sysroot sysroot) {
    this.sysroot = sysroot;
  }

  /** All that the directory's content depends on; builds the libraries. */
  Fingerprint key() {
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
  void write(Path directory, Path place) throws IOException {
    Path lib = Files.createDirectory(directory.resolve("lib"));
    for (String name : sysroot.carried()) {
      if (sysroot.usable(name)) {
        installed(sysroot.closure(List.of(name)), name, lib);
      } else {
        refused(name, lib);
      }
    }
    for (Map.Entry<String, Path> entry : sysroot.distribution().metas().entrySet()) {
      if (!sysroot.carried().contains(entry.getKey())) {
        inPlace(entry.getKey(), entry.getValue(), lib);
      }
    }
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
  static boolean isOurs(Path directory) {
    try {
      return Files.readString(directory.resolve("findlib.conf")).startsWith(HEADER);
    } catch (IOException e) {
      return false;
    }
  }

  private void installed(List<Library> closure, String name, Path lib) throws IOException {
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
    SortedMap<String, String> variables = new TreeMap<>();
    variables.put("version", library.version().orElse(""));
    variables.put("requires", String.join(" ", library.requires()));
    variables.put("archive(byte)", library.archives().get(0).getFileName().toString());
    warning(library).ifPresent(text -> variables.put("warning", text));
    StringBuilder text = new StringBuilder();
    variables.forEach(
        (variable, value) -> text.append(variable).append(" = \"").append(value).append("\"\n"));
    AtomicFiles.write(directory.resolve("META"), text.toString());
  }

  private void refused(String name, Path lib) throws IOException {
    Path directory = Files.createDirectory(lib.resolve(name));
    String reasons = String.join("; ", sysroot.problems(List.of(name)));
    AtomicFiles.write(
        directory.resolve("META"), new Meta(List.of(), Map.of()).with("error", reasons).print());
  }

  /** The distribution's own META, which now says where its files are and which are refused. */
  private void inPlace(String name, Path file, Path lib) throws IOException {
    Optional<Library> library = sysroot.distribution().find(name);
    if (library.isEmpty()) {
      return;
    }
    Path directory = Files.createDirectory(lib.resolve(name));
    Meta meta =
        marked(name, Meta.parse(Files.readString(file), file.toString()))
            .with("directory", library.get().directory().toString());
    AtomicFiles.write(directory.resolve("META"), meta.print());
    if (sysroot.refusal(name).isEmpty()) {
      for (Path archive : sysroot.stubs(library.get())) {
        Files.copy(archive, directory.resolve(archive.getFileName().toString()));
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
