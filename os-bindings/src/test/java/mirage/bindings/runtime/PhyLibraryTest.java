// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mirage.bindings.phy.PhyLibrary;
import mirage.device.Target;
import mirage.tools.BuildCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windowed code of an archive in a program of call0 code. */
class PhyLibraryTest {
  @TempDir Path folder;

  @Test
  void windowedCodeAndOursCallEachOther() throws IOException {
    List<String> more = new ArrayList<>(List.of("-Wl,--defsym=ROM_DATA_KEPT=1"));
    PhyLibrary.read(WindowedArchive.library(folder))
        .write(folder)
        .forEach(object -> more.add(object.toString()));
    more.addAll(RuntimeBuild.of(Target.ESP32, BuildCache.user()).phyLinkArguments());

    CProgram.Result result =
        CProgram.compile(Target.ESP32, "phy", folder, more).run("", "", Map.of());

    assertThat(result.output())
        .isEqualTo(
            """
            phy: 1 2 3 4 5 6 7 8, 28244 of 28244, 14 turns, init 3 80 5, mode 2, 47d9038f 1000000
            ticks 12345678
            waited 1
            """);
    assertThat(result.status()).as(result.errors()).isZero();
  }
}
