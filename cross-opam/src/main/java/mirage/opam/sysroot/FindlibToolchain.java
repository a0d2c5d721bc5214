// SPDX-License-Identifier: Apache-2.0
package mirage.opam.sysroot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import mirage.device.SourceFolder;
import mirage.device.Target;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.Fingerprint;
import mirage.tools.Tools;

/**
 * A sysroot as a directory that {@code ocamlfind -toolchain <target>} reads from any shell:
 *
 * <pre>
 * findlib.conf       for OCAMLFIND_CONF; beside it what findlib and dune read for the target
 * bin/               compilers for the target: {@link TargetTools}
 * include/           headers of the target's C code
 * lib/NAME/META      every package; the parts of it not for the target say why
 * lib/NAME           a link to a package of the distribution that is used as it is
 * lib/NAME/*         compiled interfaces, archives and C code of the libraries from jars
 * lib/NAME/lib*.a    C code for the target of the distribution's libraries
 * packages/NAME/     packages that are built for the directory later, by opam
 * absent/NAME/META   hides what the target has not from builds that only look
 * host/NAME/META     what the target has not, as it is on this machine, for builds that compile all they have
 * </pre>
 */
public final class FindlibToolchain {
  /** Below the directory: what is added to it later hides the rest. */
  public static final String PACKAGES = "packages";

  /** Below the directory: packages that the target has not, for builds that only ask whether. */
  private static final String ABSENT = "absent";

  /** Below the directory: packages whose parts the target has not, as the distribution has them. */
  private static final String HOST = "host";

  /** This package's classes: what they do is an input of what they write. */
  private static final SourceFolder STEPS =
      new SourceFolder(FindlibToolchain.class, "mirage/opam/sysroot");

  private static final String HEADER = "# Made from the mirage tool's OCaml libraries.\n";

  /** What findlib and dune understand as a package that is not installed. */
  private static final String NOWHERE = "exists_if = \"nothing\"\n";

  /** The C compiler for the target, with all flags, in {@code bin}. */
  public static final String CC = TargetTools.CC;

  private final Sysroot sysroot;

  public FindlibToolchain(Sysroot sysroot) {
    this.sysroot = sysroot;
  }

  /** All that the directory's content depends on; builds the libraries. */
  public Fingerprint key() {
    Fingerprint.Builder inputs =
        Fingerprint.builder().folder(STEPS).tool("ocamlfind").tool("ocamlc");
    inputs.fingerprint(sysroot.toolchain().fingerprint());
    sysroot.toolchain().includes().forEach(include -> inputs.text(include.toString()));
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
      if (isUnchanged(entry.getKey(), entry.getValue())) {
        Files.createSymbolicLink(lib.resolve(entry.getKey()), entry.getValue().getParent());
        continue;
      }
      inPlace(entry.getKey(), entry.getValue()).ifPresent(meta -> metas.put(entry.getKey(), meta));
      asOnThisMachine(entry.getKey(), entry.getValue(), directory.resolve(HOST));
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
    new TargetTools(place, sysroot.toolchain(), sysroot.distribution().standardLibrary())
        .write(directory);
    for (String name : sysroot.names()) {
      if (!name.contains(".") && !sysroot.usable(name) && !rewritesSource(name)) {
        AtomicFiles.write(directory.resolve(ABSENT).resolve(name).resolve("META"), NOWHERE);
      }
    }
    AtomicFiles.write(directory.resolve("findlib.conf"), hostConfiguration(place));
    AtomicFiles.write(
        directory.resolve(settings(sysroot.target())),
        targetConfiguration(place, List.of(place.resolve(PACKAGES), place.resolve("lib"))));
    Files.createDirectory(directory.resolve(PACKAGES));
  }

  /** The directory, an entry of the cache, written now if need be. */
  public Path in(BuildCache cache) {
    String name = "sysroot-" + sysroot.target().id();
    Fingerprint key = key();
    Path place = cache.place(name, key);
    return cache.get(name, key, directory -> write(directory, place));
  }

  /** What the directory is written of. */
  public Sysroot sysroot() {
    return sysroot;
  }

  /**
   * Writes {@code findlib.conf} and what belongs to it for the build of one package.
   *
   * @param directory to write to
   * @param place where a directory of this class is
   * @param packages directories of packages that hide those of the sysroot
   * @param hiding what the target lacks is not installed, as dune understands it; else it is as on this machine, for there are
   *     builds that compile their parts for hosts with all the rest
   */
  public void configure(Path directory, Path place, List<Path> packages, boolean hiding) {
    AtomicFiles.write(directory.resolve("findlib.conf"), hostConfiguration(place));
    List<Path> path = new ArrayList<>(packages);
    path.add(place.resolve(hiding ? ABSENT : HOST));
    path.add(place.resolve("lib"));
    AtomicFiles.write(
        directory.resolve(settings(sysroot.target())), targetConfiguration(place, path));
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

  /**
   * Whether the target uses all of a package as it is. Then the sysroot has a link to it, so that dune
   * finds what it wrote down there, as it must for source rewriters.
   */
  private boolean isUnchanged(String name, Path meta) {
    return Files.isRegularFile(meta.resolveSibling("dune-package"))
        && !sysroot.carried().contains(name)
        && sysroot.distribution().libraries().values().stream()
            .filter(library -> library.name().equals(name) || library.name().startsWith(name + "."))
            .allMatch(
                library ->
                    sysroot.refusal(library.name()).isEmpty()
                        && sysroot.stubs(library).isEmpty()
                        && warning(library).isEmpty());
  }

  /**
   * Whether a package is a source rewriter of dune's. These run on this machine, so a build may use one
   * although no program of the target can be linked with it.
   */
  private boolean rewritesSource(String name) {
    return Optional.ofNullable(sysroot.distribution().metas().get(name))
        .flatMap(file -> Meta.read(file).value("library_kind", Set.of()))
        .filter(kind -> kind.startsWith("ppx_"))
        .isPresent();
  }

  /** The distribution's own META, which now says where its files are and which are refused. */
  private Optional<Meta> inPlace(String name, Path file) {
    Optional<Library> library = sysroot.distribution().find(name);
    if (library.isEmpty()) {
      return Optional.empty();
    }
    Meta meta =
        name.equals(Distribution.BIGARRAY)
            ? Meta.EMPTY.with("version", "base")
            : marked(name, Meta.read(file));
    return Optional.of(meta.with("directory", library.get().directory().toString()));
  }

  /** A package of which the target has not every part, to be compiled against. */
  private void asOnThisMachine(String name, Path file, Path directory) {
    Optional<Library> library = sysroot.distribution().find(name);
    boolean isRefused =
        sysroot.distribution().libraries().keySet().stream()
            .filter(part -> part.equals(name) || part.startsWith(name + "."))
            .anyMatch(part -> sysroot.refusal(part).isPresent());
    if (library.isPresent() && isRefused && !sysroot.carried().contains(name)) {
      Meta meta = Meta.read(file).with("directory", library.get().directory().toString());
      AtomicFiles.write(directory.resolve(name).resolve("META"), meta.print());
    }
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

  /** The file that findlib and dune read for a toolchain, below the directory. */
  private static String settings(Target target) {
    return "findlib.conf.d/" + target.id() + ".conf";
  }

  private String hostConfiguration(Path place) {
    return HEADER
        + """
        path="%2$s"
        destdir="%1$s/lib"
        ocamlopt(%3$s)="%1$s/refuse/ocamlopt"
        """
            .formatted(
                place,
                String.join(":", Distribution.path().stream().map(Path::toString).toList()),
                sysroot.target().id());
  }

  /** What findlib is to know of the target, with these directories of packages, the first wins. */
  private String targetConfiguration(Path place, List<Path> packages) {
    return """
        path(%2$s)="%3$s"
        destdir(%2$s)="%1$s/lib"
        stdlib(%2$s)="%4$s"
        ldconf(%2$s)="ignore"
        ocamlc(%2$s)="%1$s/bin/ocamlc"
        ocamlmklib(%2$s)="%1$s/bin/ocamlmklib"
        ocamlcp(%2$s)="ocamlcp"
        ocamldep(%2$s)="%5$s"
        """
        .formatted(
            place,
            sysroot.target().id(),
            String.join(":", packages.stream().map(Path::toString).toList()),
            sysroot.distribution().standardLibrary(),
            Tools.require("ocamldep"));
  }
}
