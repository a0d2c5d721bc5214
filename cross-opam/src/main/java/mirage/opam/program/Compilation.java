// SPDX-License-Identifier: Apache-2.0
package mirage.opam.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import mirage.opam.program.ModuleSources.Source;
import mirage.opam.sysroot.Library;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.AtomicFiles;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;

/** One run of a build: compiles what changed, then links. */
final class Compilation {
  /** What MirageOS compiles unikernels with; warning 70 (no .mli) is new in OCaml 4.13. */
  private static final List<String> FLAGS =
      List.of("-g", "-bin-annot", "-strict-sequence", "-principal", "-safe-string");

  private static final String WARNINGS = "A-4-41-42-44-48-70";
  private static final String NO_WARNINGS = "-a";

  private final Sysroot sysroot;
  private final OcamlBuild.Request request;
  private final List<Library> libraries;
  private final Fingerprint environment;
  private final List<String> warnings = new ArrayList<>();
  private final List<Path> checked = new ArrayList<>();
  private final Map<Path, Fingerprint> contents = new HashMap<>();

  Compilation(Sysroot sysroot, OcamlBuild.Request request, List<Library> libraries) {
    this.sysroot = sysroot;
    this.request = request;
    this.libraries = libraries;
    Fingerprint.Builder inputs = Fingerprint.builder().tool("ocamlc").texts(FLAGS);
    libraries.forEach(library -> inputs.fingerprint(sysroot.key(library.name())));
    this.environment = inputs.build();
  }

  /** The compiler's warnings about files compiled now. */
  List<String> warnings() {
    return warnings;
  }

  /** The {@code .cmt} files of the user's implementations compiled now. */
  List<Path> checked() {
    return checked;
  }

  /**
   * Compiles all that changed. A file that does not compile stops only what needs it.
   *
   * @throws MirageException with all messages
   */
  void compile(ModuleSources modules, List<Source> order) {
    clean(order);
    List<String> errors = new ArrayList<>();
    Set<Source> failed = new HashSet<>();
    for (Source source : order) {
      List<Source> against = modules.compiledAgainst(source);
      if (against.stream().anyMatch(failed::contains)) {
        failed.add(source);
      } else if (!compile(source, against, errors)) {
        failed.add(source);
      }
    }
    if (!errors.isEmpty()) {
      throw new MirageException(String.join("\n", errors));
    }
  }

  /** A module that is gone must not be found any more. */
  private void clean(List<Source> order) {
    Set<String> present = new HashSet<>();
    order.forEach(source -> present.add(base(source)));
    try (Stream<Path> files = Files.list(request.output())) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.matches(".*\\.(cmi|cmo|cmt|cmti)(\\.key)?")
            && !present.contains(name.replaceFirst("\\..*", ""))) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new MirageException(request.output() + ": " + AtomicFiles.reason(e), e);
    }
  }

  private boolean compile(Source source, List<Source> against, List<String> errors) {
    Path output = product(source, source.isInterface() ? ".cmi" : ".cmo");
    Fingerprint.Builder inputs = Fingerprint.builder().fingerprint(environment);
    inputs.text(source.path().toString()).file(request.directory().resolve(source.path()));
    inputs.text(Boolean.toString(isGenerated(source)));
    against.forEach(other -> inputs.text(other.module()).fingerprint(content(interfaceOf(other))));
    String key = inputs.build().hex();
    Path stamp = output.resolveSibling(output.getFileName() + ".key");
    if (isCurrent(stamp, key, output)) {
      return true;
    }
    AtomicFiles.delete(stamp);
    Command.Result result = compiler(source, output).execute();
    contents.remove(interfaceOf(source));
    if (!result.succeeded()) {
      errors.add(new MissingModules(sysroot).ofCompiler(result.message()));
      return false;
    }
    if (!result.errors().isBlank()) {
      warnings.add(result.errors().stripTrailing());
    }
    if (!source.isInterface() && !isGenerated(source)) {
      checked.add(product(source, ".cmt"));
    }
    AtomicFiles.write(stamp, key);
    return true;
  }

  private Command compiler(Source source, Path output) {
    return Command.of("ocamlc", "-c")
        .with(FLAGS)
        .with("-w", isGenerated(source) ? NO_WARNINGS : WARNINGS)
        .with("-I", shown(request.output()))
        .with(OcamlBuild.includes(libraries))
        .with(OcamlBuild.rewriters(libraries))
        .with("-o", shown(output), Command.operand(source.path().toString()))
        .in(request.directory());
  }

  /** Links the modules' objects with those units of the libraries that they use. */
  Path link(List<Source> sources) {
    List<Path> objects = sources.stream().map(source -> product(source, ".cmo")).toList();
    Path executable = request.output().resolve(request.name() + ".byte");
    Fingerprint.Builder inputs = Fingerprint.builder().fingerprint(environment);
    objects.forEach(object -> inputs.text(object.toString()).file(object));
    String key = inputs.build().hex();
    Path stamp = request.output().resolve(request.name() + ".byte.key");
    if (isCurrent(stamp, key, executable)) {
      return executable;
    }
    AtomicFiles.delete(stamp);
    Path unfinished = request.output().resolve(request.name() + ".byte.tmp");
    Command.Result result = linker(objects, unfinished).execute();
    if (!result.succeeded()) {
      throw new MirageException(new MissingModules(sysroot).ofLinker(result.message()));
    }
    OcamlBuild.move(unfinished, executable);
    AtomicFiles.write(stamp, key);
    return executable;
  }

  /**
   * With an empty list of the runtime's primitives, and none checked, the executable's own table
   * holds those the program uses, whoever provides them.
   */
  private Command linker(List<Path> objects, Path executable) {
    Path primitives = request.output().resolve("primitives");
    AtomicFiles.update(primitives, "");
    return Command.of("ocamlc", "-g", "-noautolink", "-no-check-prims")
        .with("-use-prims", primitives.toString())
        .with("-I", shown(request.output()))
        .with(OcamlBuild.includes(libraries))
        .with(
            libraries.stream()
                .flatMap(library -> library.archives().stream())
                .distinct()
                .map(Path::toString)
                .toList())
        .with(objects.stream().map(Path::toString).toList())
        .with("-o", executable.toString())
        .in(request.directory());
  }

  private boolean isGenerated(Source source) {
    return OcamlBuild.isGenerated(source.path(), request);
  }

  private Path product(Source source, String suffix) {
    return request.output().resolve(base(source) + suffix);
  }

  private static String base(Source source) {
    return source.path().getFileName().toString().replaceFirst("\\.mli?$", "");
  }

  private String shown(Path path) {
    return OcamlBuild.shown(path, request).toString();
  }

  private Path interfaceOf(Source source) {
    return product(source, ".cmi");
  }

  private Fingerprint content(Path file) {
    return contents.computeIfAbsent(file, f -> Fingerprint.builder().file(f).build());
  }

  private static boolean isCurrent(Path stamp, String key, Path product) {
    try {
      return Files.exists(product) && Files.exists(stamp) && Files.readString(stamp).equals(key);
    } catch (IOException e) {
      return false;
    }
  }
}
