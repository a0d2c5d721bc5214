// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mirage.opam.packages.KnownPackages;
import mirage.opam.packages.KnownPackages.Fact;
import mirage.opam.packages.OpamFile;
import mirage.opam.packages.OpamVariables;
import mirage.opam.sysroot.Distribution;
import mirage.opam.sysroot.FindlibToolchain;
import mirage.tools.AtomicFiles;
import mirage.tools.Command;
import mirage.tools.MirageException;

/**
 * Builds one package: copies its source, runs its commands with the target's compilers, and keeps what
 * programs need of the result.
 *
 * @param toolchain the sysroot as {@code ocamlfind} reads it
 * @param place where that is
 * @param packages directories of findlib packages that were built before and that it needs
 * @param log what its commands print
 */
record PackageBuild(
    FindlibToolchain toolchain, Path place, List<Path> packages, OpamVariables variables, Log log) {
  private static final Set<String> NOT_COPIED = Set.of("_build", ".git", "_opam", ".hg");

  private static final String TOOLCHAIN = "toolchain";
  private static final String DUNE_TOOLCHAIN = "toolchain-dune";

  /** Variables of the user's shell that would lead a build astray. */
  private static final List<String> UNSET =
      List.of(
          "OCAMLFIND_TOOLCHAIN",
          "OCAMLPATH",
          "OCAMLLIB",
          "CAMLLIB",
          "OCAMLPARAM",
          "DUNE_WORKSPACE",
          "DUNE_BUILD_DIR",
          "CPPFLAGS",
          "CFLAGS",
          "LDFLAGS",
          "MAKEFLAGS");

  /**
   * Builds into a directory.
   *
   * @param directory gets {@code lib}, {@code log} and {@code left-out}
   */
  void build(PackageSource source, Path directory) throws IOException {
    Path work = directory.resolve("source");
    Path lib = Files.createDirectory(directory.resolve("lib"));
    AtomicFiles.copyTree(source.folder(), work, NOT_COPIED);
    Changes.of(source.name()).apply(work);
    toolchain.configure(directory.resolve(TOOLCHAIN), place, packages, false);
    toolchain.configure(directory.resolve(DUNE_TOOLCHAIN), place, packages, true);
    OpamVariables own = variables(source, directory);
    List<String> leftOut = List.of();
    List<List<String>> commands = source.opam().commands("build", own);
    List<List<String>> before = commands.stream().takeWhile(c -> !isDune(c)).toList();
    before.forEach(command -> run(source, command, work, directory));
    if (before.size() < commands.size()) {
      leftOut = dune(source, work, directory);
      commands.stream()
          .skip(before.size() + 1L)
          .forEach(command -> log.note("not run: " + String.join(" ", command)));
    } else {
      source
          .opam()
          .commands("install", own)
          .forEach(command -> run(source, command, work, directory));
      Path file = work.resolve(source.name() + ".install");
      if (Files.isRegularFile(file)) {
        new InstallFile(OpamFile.read(file)).copy(source.name(), work, lib);
      }
      leftOut = leftOut(source, useless(lib));
    }
    finish(source, lib);
    Files.write(directory.resolve("left-out"), leftOut);
    Files.writeString(directory.resolve("log"), log.text());
    AtomicFiles.delete(work);
    AtomicFiles.delete(directory.resolve(TOOLCHAIN));
    AtomicFiles.delete(directory.resolve(DUNE_TOOLCHAIN));
  }

  private static boolean isDune(List<String> command) {
    return command.size() > 1
        && command.get(0).matches("dune|jbuilder")
        && command.get(1).equals("build");
  }

  private OpamVariables variables(PackageSource source, Path directory) {
    Map<String, String> own = new TreeMap<>();
    own.put("prefix", directory.toString());
    for (String folder : List.of("lib", "bin", "sbin", "share", "etc", "doc", "man", "stublibs")) {
      own.put(folder, directory.resolve(folder).toString());
    }
    for (String folder : List.of("lib", "share", "etc", "doc")) {
      own.put("_:" + folder, directory.resolve(folder).resolve(source.name()).toString());
    }
    return source.variables(variables).with(own);
  }

  /** Answers the parts that were left out, with the reason. */
  private List<String> dune(PackageSource source, Path work, Path directory) throws IOException {
    List<Distribution> before = packages.stream().map(this::made).toList();
    DuneProject project = DuneProject.prepare(work, name -> isThere(name, before));
    List<String> leftOut = leftOut(source, project.leftOut());
    new Rewriters(toolchain.sysroot().distribution())
        .problem(project.rewriters())
        .ifPresent(
            problem -> {
              throw log.failure(problem);
            });
    List<String> words = List.of("dune", "build", "-x", "esp32", "-p", source.name(), "@install");
    log.run(
        String.join(" ", words),
        withoutTheUsersVariables()
            .with(words)
            .environment("OCAMLFIND_CONF", configuration(directory.resolve(DUNE_TOOLCHAIN)))
            .environment("ESP32_CFLAGS", cFlags(source))
            .environment("DUNE_CACHE", "disabled")
            .in(work));
    Path made = work.resolve("_build/install/default.esp32/lib");
    if (Files.isDirectory(made)) {
      AtomicFiles.copyTree(made, directory.resolve("lib"));
    }
    AtomicFiles.delete(directory.resolve("lib/stublibs"));
    return leftOut;
  }

  /** Whether the target has a library that is not of this package. */
  private boolean isThere(String library, List<Distribution> before) {
    return before.stream().anyMatch(d -> d.find(library).isPresent())
        || toolchain.sysroot().usable(library);
  }

  /** Libraries that the target cannot use although they were built, and what of their needs is not there. */
  private SortedMap<String, String> useless(Path lib) {
    Distribution own = made(lib);
    List<Distribution> all =
        Stream.concat(packages.stream().map(this::made), Stream.of(own)).toList();
    SortedMap<String, String> useless = new TreeMap<>();
    own.libraries()
        .values()
        .forEach(
            library -> {
              String missing =
                  library.requires().stream()
                      .filter(need -> !isThere(need, all))
                      .collect(Collectors.joining(", "));
              if (!missing.isEmpty()) {
                useless.put(library.name(), missing);
              }
            });
    return useless;
  }

  /**
   * The parts of this package that the target has not, each with the reason.
   *
   * @param missing names of libraries, and what they need that is not there
   */
  private List<String> leftOut(PackageSource source, SortedMap<String, String> missing) {
    List<String> parts =
        missing.entrySet().stream()
            .filter(part -> isOf(source, part.getKey()))
            .map(part -> "%s (it needs %s)".formatted(part.getKey(), part.getValue()))
            .toList();
    if (missing.containsKey(source.name())) {
      throw log.failure("it cannot be built for the chip: " + String.join("; ", parts));
    }
    parts.forEach(part -> log.note("left out: " + part));
    return parts;
  }

  /** Tells what a build into this directory left out. */
  static void sayLeftOut(Path directory, Consumer<String> progress) {
    AtomicFiles.text(directory.resolve("left-out"))
        .lines()
        .forEach(part -> progress.accept("  left out: " + part));
  }

  private static boolean isOf(PackageSource source, String library) {
    return library.equals(source.name()) || library.startsWith(source.name() + ".");
  }

  private Distribution made(Path lib) {
    return Distribution.of(List.of(lib), toolchain.sysroot().distribution().standardLibrary());
  }

  private static String cFlags(PackageSource source) {
    return KnownPackages.value(Fact.C_FLAGS, source.name()).orElse("");
  }

  private static String configuration(Path toolchain) {
    return toolchain.resolve("findlib.conf").toString();
  }

  /** Runs what words are added; those that set a variable come first. */
  private static Command withoutTheUsersVariables() {
    return Command.of("env").with(UNSET.stream().flatMap(name -> Stream.of("-u", name)).toList());
  }

  /** One command of a build that is no dune's. */
  private void run(PackageSource source, List<String> words, Path work, Path directory) {
    if (words.get(0).equals("dune")) {
      // A program of the package's that the build needs: one of this machine.
      log.run(String.join(" ", words), withoutTheUsersVariables().with(words).in(work));
      return;
    }
    boolean isTopkg = words.get(0).equals("ocaml");
    String path =
        place.resolve("bin") + ":" + System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    log.run(
        String.join(" ", words),
        withoutTheUsersVariables()
            .with(isTopkg ? "TOPKG_CONF_TOOLCHAIN=esp32" : "OCAMLFIND_TOOLCHAIN=esp32")
            .with("PATH=" + path)
            .with("CC=" + FindlibToolchain.CC)
            .with(words)
            .environment("OCAMLFIND_CONF", configuration(directory.resolve(TOOLCHAIN)))
            .environment("ESP32_CFLAGS", cFlags(source))
            .environment("OCAMLFIND_DESTDIR", directory.resolve("lib").toString())
            .environment("OCAMLFIND_LDCONF", "ignore")
            .environment("OCAMLFIND_IGNORE_DUPS_IN", place.resolve("lib").toString())
            .environment("TOPKG_CONF_NATIVE", "false")
            .in(work));
  }

  /** Says the version where the build did not. */
  private void finish(PackageSource source, Path lib) throws IOException {
    List<Path> packages;
    try (Stream<Path> entries = Files.list(lib)) {
      packages = entries.filter(Files::isDirectory).toList();
    }
    for (Path folder : packages) {
      Path meta = folder.resolve("META");
      if (Files.isRegularFile(meta) && source.version().isPresent()) {
        String text = Files.readString(meta);
        if (!text.matches("(?s).*(^|\\n)version\\s*=.*")) {
          Files.writeString(meta, "version = \"" + source.version().get().text() + "\"\n" + text);
        }
      }
    }
    made(lib)
        .unreadable()
        .values()
        .forEach(
            problem -> {
              throw log.failure(problem);
            });
  }

  /** All that counts of a source folder. */
  static List<Path> sourceFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(
              file -> {
                for (Path part : folder.relativize(file)) {
                  if (NOT_COPIED.contains(part.toString())) {
                    return false;
                  }
                }
                return Files.isRegularFile(file);
              })
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new MirageException("cannot read " + folder + ": " + AtomicFiles.reason(e), e);
    }
  }
}
