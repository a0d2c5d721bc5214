// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import mirage.bindings.CToolchain;
import mirage.bindings.link.LinkedLibrary;
import mirage.bindings.runtime.OcamlSource;
import mirage.bindings.runtime.RuntimeHeaders;
import mirage.device.Target;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;

/**
 * Does the compilations of one test as ocamltest would (ocamltest/ocaml_actions.ml), but with C code compiled for the
 * chip and no C code on the host.
 *
 * @param library what tests share
 * @param source the test's own folder
 * @param work where the test is done
 * @param objects C objects made so far
 */
record Compiler(
    BuildCache cache, Path library, Set<Need> needs, Path source, Path work, List<Path> objects) {
  private static final String NONE = "primitives";

  /** Libraries of the distribution that have C code a chip can run, and where its sources are. */
  private static final Map<String, String> WITH_STUBS = Map.of("str", "otherlibs/str");

  /** Brings the files of a step into the work folder. */
  void prepare(Variables variables) throws IOException {
    AtomicCopy copy = new AtomicCopy(source, work);
    for (String name : modules(variables)) {
      copy.fileIfThere(name);
    }
    for (String name : variables.words("readonly_files")) {
      copy.fileIfThere(name);
    }
    for (String name : variables.words("subdirectories")) {
      copy.tree(name);
    }
    Files.writeString(work.resolve(NONE), "");
  }

  /** The test's modules with their interfaces, or those the test names in order. */
  private List<String> modules(Variables variables) {
    if (variables.find("all_modules").isPresent()) {
      return variables.words("all_modules");
    }
    List<String> names = new ArrayList<>(variables.words("plugins"));
    names.addAll(variables.words("modules"));
    names.addAll(variables.words("testfile"));
    return names.stream()
        .flatMap(
            name ->
                name.endsWith(".ml") && Files.exists(source.resolve(name + "i"))
                    ? Stream.of(name + "i", name)
                    : Stream.of(name))
        .toList();
  }

  /**
   * One run of the compiler.
   *
   * @throws MirageException with its messages when it ends otherwise than the test expects
   */
  void compile(Variables variables) {
    List<String> command = new ArrayList<>(List.of("-noautolink", "-no-check-prims"));
    command.addAll(List.of("-use-prims", NONE, "-I", library.toString()));
    for (String directory : variables.words("directories")) {
      command.addAll(List.of("-I", directory));
    }
    command.addAll(variables.words("flags"));
    variables.words("libraries").forEach(name -> command.add(name + ".cma"));
    command.addAll(variables.words("ocamlc_default_flags"));
    // It names the compiler's own module, which is in an archive here.
    variables.words("ocamlc_flags").stream()
        .filter(flag -> !flag.equals("config.cmo"))
        .forEach(command::add);
    if (variables.find("commandline").isPresent()) {
      run(variables.words("commandline"), variables);
      return;
    }
    if (variables.find("module").isPresent()) {
      String module = variables.find("module").orElseThrow();
      if (module.endsWith(".c")) {
        compileC(module);
        return;
      }
      command.addAll(List.of("-c", module));
    } else {
      boolean only = variables.find("compile_only").filter("true"::equals).isPresent();
      command.addAll(only ? List.of("-c") : List.of("-o", variables.find("program").orElseThrow()));
      command.addAll(variables.words("ocaml_filetype_flag"));
      if (!only) {
        starters(variables).forEach(name -> command.add(library.resolve(name + ".cmo").toString()));
      }
      // The distribution has the compiler's own modules in archives only.
      variables.words("binary_modules").stream()
          .map(name -> name + ".cmo")
          .filter(name -> Files.exists(work.resolve(name)) || Files.exists(library.resolve(name)))
          .forEach(command::add);
      modules(variables).forEach(name -> command.addAll(generated(name, variables)));
      command.addAll(variables.words("last_flags"));
    }
    run(command, variables);
  }

  /** Modules whose evaluation comes first. */
  private List<String> starters(Variables variables) {
    List<String> names = new ArrayList<>();
    needs.forEach(need -> need.function().ifPresent(names::add));
    names.add(backtraces(variables) ? TestSuite.BACKTRACE : TestSuite.NO_BACKTRACE);
    return names;
  }

  private static boolean backtraces(Variables variables) {
    return variables.find("ocamlrunparam").filter(value -> value.contains("b=1")).isPresent();
  }

  private void run(List<String> arguments, Variables variables) {
    int expected = Integer.parseInt(variables.find("ocamlc_byte_exit_status").orElse("0"));
    Command.Result result =
        Command.of("ocamlc")
            .with(arguments)
            .in(work)
            .environment("TERM", "dumb")
            .input(new byte[0])
            .execute();
    if (result.status() != expected) {
      throw new MirageException("ocamlc: status " + result.status() + "\n" + result.message());
    }
  }

  /** What ocamlc is to be given for a module: C is for the chip, lexers and parsers are made first. */
  private List<String> generated(String name, Variables variables) {
    String base = name.replaceFirst("\\.\\w+$", "");
    switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "c" -> {
        compileC(name);
        return List.of();
      }
      case "mll" -> {
        Command.of("ocamllex", "-q")
            .with(variables.words("ocamllex_flags"))
            .with(name)
            .in(work)
            .run();
        return List.of(base + ".ml");
      }
      case "mly" -> {
        Command.of("ocamlyacc").with(variables.words("ocamlyacc_flags")).with(name).in(work).run();
        return List.of(base + ".mli", base + ".ml");
      }
      default -> {
        return List.of(name);
      }
    }
  }

  private void compileC(String name) {
    Path object = work.resolve(name.replaceFirst("\\.c$", ".chip.o"));
    toolchain().including(work).compile(work.resolve(name), object, List.of("-w"));
    objects.add(object);
  }

  private CToolchain toolchain() {
    return RuntimeHeaders.toolchain(Target.ESP32, cache, Need.memory(needs).runtimeSizes());
  }

  /** The C code a program is linked with. */
  List<LinkedLibrary> libraries(Variables variables) throws IOException {
    List<LinkedLibrary> libraries = new ArrayList<>();
    if (needs.contains(Need.FILES)) {
      objects.add(broughtFiles(variables));
    }
    for (Need need : needs) {
      if (need.function().isPresent()) {
        libraries.add(
            new LinkedLibrary(need.id(), List.of(), List.of(library.resolve(need.id() + ".a"))));
      }
    }
    if (!objects.isEmpty()) {
      Path archive = work.resolve("libtest.a");
      toolchain().archive(objects, archive);
      libraries.add(new LinkedLibrary("test", List.of(), List.of(archive)));
    }
    for (String name : variables.words("libraries")) {
      if (WITH_STUBS.containsKey(name)) {
        libraries.add(new LinkedLibrary(name, List.of(), List.of(stubs(name))));
      }
    }
    return libraries;
  }

  /** The test's sources, the files it names, and what it reads as standard input. */
  private Path broughtFiles(Variables variables) throws IOException {
    List<String> names = new ArrayList<>(modules(variables));
    names.addAll(variables.words("readonly_files"));
    if (variables.find("stdin").isPresent()) {
      Files.copy(source.resolve(variables.find("stdin").orElseThrow()), work.resolve("stdin"));
      names.add("stdin");
    }
    names.removeIf(name -> !Files.isRegularFile(work.resolve(name)));
    return BroughtFiles.object(toolchain(), work, names);
  }

  private Path stubs(String name) {
    Path sources = OcamlSource.folder(cache, WITH_STUBS.get(name));
    CToolchain toolchain = toolchain();
    Fingerprint.Builder inputs = Fingerprint.builder().fingerprint(toolchain.fingerprint());
    toolchain.includes().forEach(include -> inputs.text(include.toString()));
    String archive = "lib" + name + ".a";
    return cache
        .get(
            "conformance-" + name,
            inputs.tree(sources).build(),
            directory -> {
              Path object = directory.resolve(name + "stubs.o");
              toolchain.compile(sources.resolve(name + "stubs.c"), object, List.of());
              toolchain.archive(List.of(object), directory.resolve(archive));
            })
        .resolve(archive);
  }

  /** Copies files and folders, where they are there. */
  private record AtomicCopy(Path from, Path to) {
    void fileIfThere(String name) throws IOException {
      Path file = from.resolve(name);
      if (Files.isRegularFile(file)) {
        Path target = to.resolve(name);
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }

    void tree(String name) throws IOException {
      try (Stream<Path> files = Files.walk(from.resolve(name))) {
        for (Path file : files.toList()) {
          fileIfThere(from.relativize(file).toString());
        }
      }
    }
  }
}
