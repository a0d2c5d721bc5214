// SPDX-License-Identifier: Apache-2.0
package mirage.opam;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import mirage.bindings.runtime.RuntimeHeaders;
import mirage.device.SourceFolder;
import mirage.device.Target;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.SourceFolders;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our versions of libraries' C code against the distribution's own, both on this machine. */
class TargetStubsTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0}, seed {1}")
  @CsvSource({"cstruct, 1", "cstruct, 2", "bigstringaf, 1", "bigstringaf, 2"})
  void doesWhatTheDistributionsDoes(String library, String seed) {
    BuildCache cache = new BuildCache(folder.resolve("cache"));
    Path ours =
        new StubArchives(cache, () -> RuntimeHeaders.toolchain(Target.UNIX, cache))
            .archive(
                library, StubArchives.files(new SourceFolder(TargetStubs.class, "c/" + library)));
    SourceFolders.copy(new SourceFolder(getClass(), "programs"), folder);

    String reference = run(library, "reference", List.of(), seed);
    assertThat(reference.lines()).hasSizeGreaterThan(2000);
    assertThat(run(library, "ours", List.of("-noautolink", ours.toString()), seed))
        .isEqualTo(reference);
  }

  private String run(String library, String name, List<String> link, String seed) {
    Command.of("ocamlfind", "ocamlc", "-custom", "-package", library, "-linkpkg")
        .with(library + "_ops.ml", "-o", name)
        .with(link)
        .in(folder)
        .run();
    return Command.of(folder.resolve(name).toString(), seed).run().output();
  }
}
