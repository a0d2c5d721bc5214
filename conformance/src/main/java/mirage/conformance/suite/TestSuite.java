// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import mirage.bindings.CToolchain;
import mirage.bindings.runtime.OcamlSource;
import mirage.bindings.runtime.RuntimeHeaders;
import mirage.conformance.chip.Starter;
import mirage.device.Target;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;
import mirage.tools.SourceFolders;

/**
 * OCaml's own test suite, from the distribution's package of the compiler's sources.
 *
 * @param tests by name
 * @param library folder with what tests share, compiled
 */
record TestSuite(List<SuiteTest> tests, Path library) {

  /**
   * Finds all tests: the files that begin with a block for ocamltest.
   *
   * @param needs of the tests that have any
   */
  static TestSuite load(BuildCache cache, Map<String, Set<Need>> needs) {
    Path top = OcamlSource.folder(cache, "testsuite");
    Path folder = top.resolve("tests");
    List<SuiteTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(TestSuite::source).sorted().toList()) {
        String name = folder.relativize(file).toString();
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        TestBlock.parse(name, text)
            .ifPresent(
                block ->
                    tests.add(
                        new SuiteTest(
                            name,
                            file,
                            Plan.of(block, initial(file)),
                            needs.getOrDefault(name, Set.of()))));
      }
    } catch (IOException e) {
      throw new MirageException("cannot read " + folder + ": " + AtomicFiles.reason(e), e);
    }
    return new TestSuite(List.copyOf(tests), library(cache, top.resolve("lib")));
  }

  private static boolean source(Path file) {
    return Files.isRegularFile(file) && file.toString().matches(".*\\.(ml|cmm)");
  }

  /** What ocamltest itself sets (ocamltest/main.ml); paths in the build folder are relative. */
  private static Variables initial(Path file) {
    String base = base(file);
    return new Variables(
        Map.of(
            "testfile", file.getFileName().toString(),
            "test_source_directory", file.getParent().toString(),
            "test_build_directory", ".",
            "program", base + ".byte",
            "reference", file.resolveSibling(base + ".reference").toString()));
  }

  private static String base(Path file) {
    return file.getFileName().toString().replaceFirst("\\.\\w+$", "");
  }

  private static Path library(BuildCache cache, Path sources) {
    CToolchain toolchain = RuntimeHeaders.toolchain(Target.ESP32, cache);
    Fingerprint.Builder inputs =
        Fingerprint.builder().tool("ocamlc").tree(sources).folder(Starter.SOURCES);
    inputs.fingerprint(toolchain.fingerprint()).texts(List.of("4", RECORD));
    toolchain.includes().forEach(include -> inputs.text(include.toString()));
    return cache.get(
        "testsuite-lib", inputs.build(), directory -> compile(sources, toolchain, directory));
  }

  /** What ocamlrun is told in its environment: whether backtraces are recorded. */
  private static final String RECORD =
      "external record : bool -> unit = \"caml_record_backtrace\"\nlet () = record ";

  /** Linked in front of tests that ask for backtraces. */
  static final String BACKTRACE = "conformance_backtrace";

  /** Linked in front of those that do not. */
  static final String NO_BACKTRACE = "conformance_no_backtrace";

  private static void compile(Path sources, CToolchain toolchain, Path directory)
      throws IOException {
    for (String name : List.of("testing.mli", "testing.ml", "lib.ml")) {
      Files.copy(sources.resolve(name), directory.resolve(name));
    }
    Command.of("ocamlc", "-a", "-linkall", "-o", "testing.cma", "testing.mli", "testing.ml")
        .in(directory)
        .run();
    Command.of("ocamlc", "-c", "lib.ml").in(directory).run();
    module(directory, BACKTRACE, RECORD + "true\n");
    module(directory, NO_BACKTRACE, RECORD + "false\n");
    SourceFolders.copy(Starter.SOURCES, directory);
    for (Need need : Need.values()) {
      if (need.function().isPresent()) {
        Starter.build(need.id(), need.function().get(), toolchain, directory);
      }
    }
  }

  private static void module(Path directory, String name, String text) throws IOException {
    Files.writeString(directory.resolve(name + ".ml"), text);
    Command.of("ocamlc", "-c", name + ".ml").in(directory).run();
  }
}
