// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import mirage.tools.MirageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlashPlanTest {
  @TempDir Path folder;

  private FlashPlan plan(String text) throws IOException {
    return FlashPlan.of(
        Optional.of("8MB"), Optional.of(Files.writeString(folder.resolve("p.csv"), text)));
  }

  @Test
  void sizesComeFromTheTable() throws IOException {
    assertThat(
            plan(
                """
                # Name,  Type, SubType, Offset, Size, Flags
                app,     app,  factory, ,       2M,
                diary,   data, 0x40,    ,       0x20000
                log,     data, 0x40,    ,       64K,   # large enough
                """))
        .isEqualTo(new FlashPlan(8 << 20, 2 << 20, Map.of("diary", 0x20000, "log", 0x10000)));
    assertThat(FlashPlan.of(Optional.empty(), Optional.empty()))
        .isEqualTo(new FlashPlan(4 << 20, 0, Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a, data, 0x40, , 5000    | line 1: size '5000'; expected a multiple of 4K",
        "a, app, factory, , 4K    | line 1: size '4K'; expected a multiple of 64K",
        "a, data, 0x40, 0x9000, 4K | line 1: offset 0x9000; partitions are placed by the tool",
        "a, nvs, 0x40, , 4K       | line 1: type 'nvs'; expected app or data",
        "a, data                  | line 1: 2 fields; expected name, type,"
      })
  void whatIsWrongHasItsLine(String line, String message) {
    assertThatThrownBy(() -> plan(line))
        .isInstanceOf(MirageException.class)
        .hasMessageContaining("p.csv, " + message);
  }

  @Test
  void whatIsNamedTwiceIsRefused() {
    assertThatThrownBy(() -> plan("a, app, , , 1M\nb, app, , , 2M"))
        .hasMessageContaining("p.csv, line 2: a second partition for an application");
    assertThatThrownBy(() -> plan("a, data, , , 4K\na, data, , , 4K"))
        .hasMessageContaining("p.csv, line 2: partition 'a' a second time");
  }

  @Test
  void aFlashOfAnOddSizeIsRefused() {
    assertThatThrownBy(() -> FlashPlan.of(Optional.of("3MB"), Optional.empty()))
        .hasMessage("flash of '3MB'; allowed: 1MB, 2MB, 4MB, 8MB, 16MB");
  }
}
