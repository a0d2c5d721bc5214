// SPDX-License-Identifier: Apache-2.0
package mirage.opam.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import mirage.opam.packages.KnownPackages;
import mirage.opam.packages.KnownPackages.Fact;
import mirage.opam.sysroot.Inspector;
import mirage.opam.sysroot.Library;
import mirage.opam.sysroot.Sysroot;
import mirage.opam.sysroot.WideLiterals;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.FreeSpace;
import mirage.tools.MirageException;

/**
 * Makes one bytecode executable of a program's sources and the libraries of a sysroot, with the stock
 * compiler. What has not changed since the last build in the same output folder is not done again.
 */
public final class OcamlBuild {
  /** Below the output folder: what {@link SourceGenerators} makes. */
  private static final String GENERATED = "generated";

  private final Sysroot sysroot;
  private final BuildCache cache;

  /**
   * What to build.
   *
   * @param directory where the compiler runs; file names in its messages start here
   * @param main the file whose evaluation is the program, from {@code directory}
   * @param folders where the modules it uses are looked for, from {@code directory}, the first
   *     folder that has a module wins
   * @param generated those of the folders whose files a tool wrote: no warnings about them
   * @param packages findlib names of the libraries to link; those that are always visible ({@link
   *     Fact#ALWAYS}) can be used without being named
   * @param output folder for all that is made
   * @param name the executable is {@code <output>/<name>.byte}
   */
  public record Request(
      Path directory,
      Path main,
      List<Path> folders,
      Set<Path> generated,
      List<String> packages,
      Path output,
      String name) {}

  /**
   * What was built.
   *
   * @param bytecode the executable; its table of primitives names those it uses and no others
   * @param sources the program's own files, as messages name them
   * @param libraries all libraries it was linked against, requirements first
   * @param stubs archives of the libraries' C code for the target, dependents first as linkers want
   * @param warnings what the compiler said of files compiled this time, and numbers in them that
   *     are too large for the target
   */
  public record Program(
      Path bytecode,
      List<Path> sources,
      List<Library> libraries,
      List<Path> stubs,
      List<String> warnings) {}

  public OcamlBuild(Sysroot sysroot, BuildCache cache) {
    this.sysroot = sysroot;
    this.cache = cache;
  }

  /**
   * Builds the program.
   *
   * @throws MirageException with the compiler's messages about all files that do not compile; an
   *     executable of an earlier build is left as it was
   */
  public Program build(Request request) {
    List<Library> libraries = libraries(request.packages());
    try {
      Files.createDirectories(request.output());
    } catch (IOException e) {
      throw new MirageException(
          "cannot write " + request.output() + ": " + AtomicFiles.reason(e), e);
    }
    try {
      return build(request, libraries);
    } catch (MirageException e) {
      throw FreeSpace.explained(request.output(), e, "remove something there");
    }
  }

  private Program build(Request request, List<Library> libraries) {
    ModuleSources modules =
        new ModuleSources(
            request.directory(), request.output().resolve("dependencies"), rewriters(libraries));
    SourceGenerators generators =
        new SourceGenerators(request.directory(), request.output().resolve(GENERATED));
    for (Path folder : request.folders()) {
      modules.offer(folder);
      if (Files.isDirectory(request.directory().resolve(folder))) {
        modules.offer(shown(generators.generate(folder), request));
      }
    }
    List<ModuleSources.Source> order = modules.order(request.main());

    Compilation compilation = new Compilation(sysroot, request, libraries);
    compilation.compile(modules, order);
    Path bytecode = compilation.link(modules.linkOrder(order));

    List<String> warnings = new ArrayList<>(compilation.warnings());
    warnings.addAll(
        new WideLiterals(sysroot.target(), new Inspector(cache)).inProgram(compilation.checked()));
    return new Program(
        bytecode,
        order.stream().map(ModuleSources.Source::path).toList(),
        libraries,
        stubs(libraries),
        List.copyOf(warnings));
  }

  private List<Library> libraries(List<String> packages) {
    Set<String> names = new LinkedHashSet<>(packages);
    KnownPackages.names(Fact.ALWAYS).stream().filter(sysroot::usable).forEach(names::add);
    return sysroot.closure(names);
  }

  private static List<Path> stubs(List<Library> libraries) {
    List<Path> stubs = new ArrayList<>();
    libraries.stream()
        .flatMap(library -> library.stubs().stream())
        .distinct()
        .forEach(archive -> stubs.add(0, archive));
    return List.copyOf(stubs);
  }

  /** Publishes a finished file. */
  static void move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new MirageException("cannot write " + to + ": " + AtomicFiles.reason(e), e);
    }
  }

  /** As messages shall name it: as short as its place allows. */
  static Path shown(Path path, Request request) {
    return path.startsWith(request.directory()) ? request.directory().relativize(path) : path;
  }

  /** Whether a tool wrote the file, so that its warnings are nobody's business. */
  static boolean isGenerated(Path file, Request request) {
    Path parent = file.getParent();
    return request.generated().contains(parent == null ? Path.of("") : parent)
        || file.startsWith(shown(request.output().resolve(GENERATED), request));
  }

  static List<String> rewriters(List<Library> libraries) {
    return libraries.stream()
        .flatMap(library -> library.ppx().stream())
        .flatMap(command -> Stream.of("-ppx", command))
        .toList();
  }

  static List<String> includes(List<Library> libraries) {
    return libraries.stream()
        .map(Library::directory)
        .distinct()
        .flatMap(directory -> Stream.of("-I", directory.toString()))
        .toList();
  }
}
