// SPDX-License-Identifier: Apache-2.0
package mirage.opam.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.bindings.link.LinkOptions;
import mirage.bindings.link.LinkRequest;
import mirage.bindings.link.LinkedLibrary;
import mirage.bindings.link.Linker;
import mirage.bindings.runtime.RuntimeHeaders;
import mirage.device.SourceFolder;
import mirage.device.Target;
import mirage.emulator.run.Emulator;
import mirage.emulator.run.EmulatorOptions;
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
    "mirage-crypto, 2"
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
        .archive(library, StubArchives.files(new SourceFolder(Sysroot.class, "c/" + library)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cstruct", "bigstringaf", "str", "mirage-crypto", "zarith"})
  void theChipDoesTheSame(String library) {
    Sysroot sysroot = Sysroot.of(Target.ESP32, List.of(), cache);
    OcamlBuild.Program program =
        new OcamlBuild(sysroot, cache)
            .build(
                new OcamlBuild.Request(
                    folder,
                    Path.of(program(library)),
                    List.of(),
                    Set.of(),
                    List.of(library),
                    folder.resolve("build"),
                    library));
    LinkRequest request =
        new LinkRequest(
            library,
            program.bytecode(),
            program.libraries().stream()
                .map(used -> new LinkedLibrary(used.name(), used.archives(), used.stubs()))
                .toList(),
            Map.of(),
            folder.resolve("dist"),
            LinkOptions.DEFAULT);
    Path image = Linker.of(Target.ESP32, cache).link(request).image().orElseThrow();
    assertThat(emulated(image)).isEqualTo(reference(library, List.of()));
  }

  private static String program(String library) {
    return library.replace('-', '_') + "_ops.ml";
  }

  private static String emulated(Path image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Emulator.run(
            EmulatorOptions.of(image), InputStream.nullInputStream(), out, new PrintStream(err));
    assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
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
