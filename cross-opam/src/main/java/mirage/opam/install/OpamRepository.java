// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mirage.bindings.runtime.OcamlSource;
import mirage.opam.packages.Bounds;
import mirage.opam.packages.OpamVersion;
import mirage.opam.packages.Requirement;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/**
 * Writes an opam repository of packages for the chip, as other cross compilers have them: {@code
 * ocaml-esp32} is the compilers with the libraries that come with them, {@code NAME-esp32} is the
 * package {@code NAME} built with these. A {@code conf-NAME-esp32} asks for nothing: what a package has
 * in place of a C library comes with that package.
 *
 * @param directory of the repository
 */
record OpamRepository(Path directory) {
  static final String SUFFIX = "-esp32";

  /** Below opam's prefix: the sysroot. */
  private static final String SYSROOT = "%{prefix}%/esp32-sysroot";

  /** Writes the packages of a plan. Earlier versions go, whose sources are not at their place any more. */
  void write(Plan plan) {
    if (Files.exists(directory) && !Files.isRegularFile(directory.resolve("repo")) && !isEmpty()) {
      throw new MirageException(directory + ": neither empty nor an opam repository");
    }
    AtomicFiles.update(directory.resolve("repo"), "opam-version: \"2.0\"\n");
    write("ocaml" + SUFFIX, OcamlSource.VERSION, compiler());
    for (Plan.Step step : plan.steps()) {
      String name = step.source().name() + SUFFIX;
      String version = step.source().version().map(OpamVersion::text).orElse("dev");
      deleteOthers(name, name + "." + version, url(step.source()));
      write(name, version, opam(step));
      conf(step.source()).forEach(conf -> write(conf + SUFFIX, "1", conf(conf)));
    }
  }

  private void deleteOthers(String name, String kept, String url) {
    try (Stream<Path> versions = Files.list(directory.resolve("packages").resolve(name))) {
      for (Path version : versions.filter(it -> !it.endsWith(kept)).toList()) {
        Path opam = version.resolve("opam");
        if (Files.exists(opam) && Files.readString(opam).contains(url)) {
          AtomicFiles.delete(version);
        }
      }
    } catch (NoSuchFileException e) {
      // The first version.
    } catch (IOException e) {
      throw new MirageException("cannot read " + directory + ": " + AtomicFiles.reason(e), e);
    }
  }

  private static String url(PackageSource source) {
    return "url { src: \"file://%s\" }".formatted(source.folder());
  }

  private boolean isEmpty() {
    String[] names = directory.toFile().list();
    return names != null && names.length == 0;
  }

  private void write(String name, String version, String text) {
    AtomicFiles.update(
        directory.resolve("packages/%s/%s.%s/opam".formatted(name, name, version)), text);
  }

  private static String compiler() {
    return """
        opam-version: "2.0"
        synopsis: "OCaml %1$s for the ESP32"
        description: "Compilers for bytecode, C headers, and the libraries of this machine that the chip can use."
        maintainer: "mirage-esp32"
        license: "Apache-2.0"
        depends: ["ocaml" {= "%1$s"} "ocamlfind" {build}]
        install: [["env" "MIRAGE_INSTALLED=%2$s/installed" "mirage" "sysroot" "--prefix" "%2$s"]]
        setenv: [[OCAMLFIND_CONF = "%2$s/findlib.conf"]]
        """
        .formatted(OcamlSource.VERSION, SYSROOT);
  }

  private static String conf(String name) {
    return """
        opam-version: "2.0"
        synopsis: "%1$s for the ESP32, which has no C libraries to look for"
        description: "Packages that need C code on the chip bring it, or their build says what is missing."
        maintainer: "mirage-esp32"
        license: "Apache-2.0"
        depends: ["ocaml%2$s"]
        flags: conf
        """
        .formatted(name, SUFFIX);
  }

  /** The packages that stand for C libraries of a system, of those that a package needs. */
  private static List<String> conf(PackageSource source) {
    return needs(source)
        .filter(one -> Surroundings.standsForCLibrary(one.name()) && !one.build())
        .map(Requirement.One::name)
        .distinct()
        .toList();
  }

  private static Stream<Requirement.One> needs(PackageSource source) {
    return Resolver.ones(source.opam().requirement("depends", source.variables(Installer.CHIP)))
        .stream();
  }

  private static String opam(Plan.Step step) {
    PackageSource source = step.source();
    List<String> depends = new ArrayList<>(List.of("\"ocaml" + SUFFIX + "\""));
    conf(source).forEach(name -> depends.add("\"" + name + SUFFIX + "\""));
    for (String name : step.requires()) {
      depends.add(
          "\"" + name + SUFFIX + "\"" + bounds(source, name).map(b -> " {" + b + "}").orElse(""));
    }
    return """
        opam-version: "2.0"
        synopsis: "%s"
        maintainer: "%s"
        depends: [%s]
        install: [["mirage" "install" "--quiet" "--prefix" "%s" "%s"]]
        %s
        """
        .formatted(
            escaped(source.opam().text("synopsis").orElse(source.name()) + ", for the ESP32"),
            escaped(source.opam().text("maintainer").orElse("mirage-esp32")),
            String.join(" ", depends),
            SYSROOT,
            file(source),
            url(source));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** The opam file, from the source's folder. */
  private static String file(PackageSource source) {
    Path file = Path.of(source.opam().place());
    return "./" + source.folder().relativize(file);
  }

  private static Optional<String> bounds(PackageSource source, String name) {
    return needs(source)
        .filter(one -> one.name().equals(name))
        .map(one -> text(one.bounds()))
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  /** As opam files write it. */
  private static String text(Bounds bounds) {
    if (bounds instanceof Bounds.Compared compared) {
      return "%s \"%s\"".formatted(compared.operator(), compared.version().text());
    } else if (bounds instanceof Bounds.And and) {
      return text(and.left()) + " & " + text(and.right());
    } else if (bounds instanceof Bounds.Or or) {
      return "(" + text(or.left()) + " | " + text(or.right()) + ")";
    } else if (bounds instanceof Bounds.Not not) {
      return "!(" + text(not.inner()) + ")";
    }
    return "";
  }
}
