// SPDX-License-Identifier: Apache-2.0
package mirage.opam.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mirage.bindings.runtime.RuntimeHeaders;
import mirage.device.SourceFolder;
import mirage.device.Target;
import mirage.opam.ChipProgram;
import mirage.opam.packages.KnownPackages;
import mirage.opam.sysroot.StubArchives;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.SourceFolders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** C code of libraries as we build it, against the distribution's own on this machine. */
class TargetStubsTest {
  private final BuildCache cache = BuildCache.user();
  @TempDir Path folder;

  @BeforeEach
  void copyPrograms() {
    SourceFolders.copy(new SourceFolder(getClass(), "programs"), folder);
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @CsvSource({
    "cstruct, 1",
    "cstruct, 2",
    "bigstringaf, 1",
    "bigstringaf, 2",
    "mirage-crypto, 1",
    "mirage-crypto, 2",
    "num.core, 1",
    "num.core, 2"
  })
  void oursDoesTheSame(String library, String seed) {
    Path ours = stubs(library);
    String reference = reference(library, List.of(seed));
    assertThat(reference.lines()).hasSizeGreaterThan(1500);
    List<String> link = new ArrayList<>(List.of("-noautolink", ours.toString()));
    if (library.equals("mirage-crypto")) {
      link.add(stubs("cstruct").toString());
    }
    assertThat(run(library, "ours", link, List.of(seed))).isEqualTo(reference);
  }

  private Path stubs(String library) {
    return new StubArchives(cache, () -> RuntimeHeaders.toolchain(Target.UNIX, cache))
        .archive(
            library,
            StubArchives.files(
                new SourceFolder(
                    Sysroot.class,
                    KnownPackages.value(KnownPackages.Fact.C, library).orElseThrow())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cstruct", "bigstringaf", "str", "mirage-crypto", "zarith", "num.core", "base"})
  void theChipDoesTheSame(String library) {
    Sysroot sysroot = Sysroot.of(Target.ESP32, List.of(), cache, List.of());
    assertThat(new ChipProgram(sysroot, cache, folder).runFile(program(library), library))
        .isEqualTo(reference(library, List.of()));
  }

  private static String program(String library) {
    return library.replace(".core", "").replace('-', '_') + "_ops.ml";
  }

  private String reference(String library, List<String> arguments) {
    return run(library, "reference", List.of(), arguments);
  }

  private String run(String library, String name, List<String> link, List<String> arguments) {
    Command.of("ocamlfind", "ocamlc", "-custom", "-package", library, "-linkpkg")
        .with(program(library), "-o", name)
        .with(link)
        .in(folder)
        .run();
    return Command.of(folder.resolve(name).toString()).with(arguments).run().output();
  }
}
