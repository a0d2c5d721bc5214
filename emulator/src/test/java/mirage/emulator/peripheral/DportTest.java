// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import static mirage.emulator.peripheral.Bench.get;
import static mirage.emulator.peripheral.Bench.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mirage.emulator.bus.DeviceFault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** DPORT with the interrupt matrix and the flash caches behind it. */
class DportTest {
  private static final int APPCPU_CTRL_A = 0x2C;
  private static final int APPCPU_CTRL_B = 0x30;
  private static final int APPCPU_CTRL_C = 0x34;
  private static final int APPCPU_CTRL_D = 0x38;
  private static final int CPU_PER_CONF = 0x3C;
  private static final int PRO_CACHE_CTRL = 0x40;
  private static final int PRO_CACHE_CTRL1 = 0x44;
  private static final int CPU_INTR_FROM_CPU_1 = 0xE0;
  private static final int PRO_INTR_STATUS_0 = 0xEC;
  private static final int PRO_UART_INTR_MAP = 0x18C;
  private static final int PRO_CPU_INTR_FROM_CPU_1_MAP = 0x168;
  private static final int APP_CPU_INTR_FROM_CPU_1_MAP = 0x27C;
  private static final int ENABLE = 1 << 3;
  private static final int FLUSH_ENA = 1 << 4;
  private static final int FLUSH_DONE = 1 << 5;

  private final Bench bench = new Bench();
  private final Map<Integer, Integer> pages = new TreeMap<>();
  private final List<String> appCpu = new ArrayList<>();
  private final FlashCache cache =
      new FlashCache(
          (address, offset) -> {
            if (offset < 0) {
              pages.remove(address);
            } else {
              pages.put(address, offset);
            }
          });
  private final FlashMmuTable table = new FlashMmuTable("FLASH_MMU_TABLE_PRO", cache);
  private final Dport dport =
      new Dport(
          bench.clocks,
          bench.matrix,
          new FlashCache[] {cache, new FlashCache((address, offset) -> {})},
          (held, clocked, boot) ->
              appCpu.add(
                  (held ? "held" : clocked ? "runs" : "stopped")
                      + " "
                      + Integer.toHexString(boot)));

  @BeforeEach
  void powerOn() {
    dport.reset();
    appCpu.clear();
  }

  @Test
  void routesSourcesToLinesOfBothCores() {
    assertThat(get(dport, PRO_UART_INTR_MAP)).as("unmapped").isEqualTo(16);
    put(dport, PRO_CPU_INTR_FROM_CPU_1_MAP, 20);
    put(dport, APP_CPU_INTR_FROM_CPU_1_MAP, 21);
    put(dport, CPU_INTR_FROM_CPU_1, 1);
    assertThat(bench.proLines).containsExactly(20);
    assertThat(bench.appLines).containsExactly(21);
    assertThat(get(dport, PRO_INTR_STATUS_0)).isEqualTo(1 << 25);
    put(dport, PRO_CPU_INTR_FROM_CPU_1_MAP, 22);
    assertThat(bench.proLines).containsExactly(22);
    put(dport, CPU_INTR_FROM_CPU_1, 0);
    assertThat(bench.proLines).isEmpty();
    assertThat(bench.appLines).isEmpty();
  }

  @Test
  void twoSourcesCanShareALine() {
    bench.route(InterruptSource.UART_INTR, 5);
    bench.route(InterruptSource.GPIO_INTERRUPT, 5);
    bench.matrix.set(InterruptSource.UART_INTR, true);
    bench.matrix.set(InterruptSource.GPIO_INTERRUPT, true);
    bench.matrix.set(InterruptSource.UART_INTR, false);
    assertThat(bench.proLines).containsExactly(5);
  }

  @Test
  void releasesTheAppCpu() {
    put(dport, APPCPU_CTRL_D, 0x40080000);
    put(dport, APPCPU_CTRL_B, 1);
    put(dport, APPCPU_CTRL_A, 0);
    put(dport, APPCPU_CTRL_C, 1);
    put(dport, APPCPU_CTRL_A, 1);
    assertThat(appCpu)
        .containsExactly(
            "held 40080000", "held 40080000", "runs 40080000", "stopped 40080000", "held 40080000");
  }

  @Test
  void selectsTheCpuPeriod() {
    bench.clocks.selectSource(1);
    put(dport, CPU_PER_CONF, 2);
    assertThat(bench.clocks.cpuHz()).isEqualTo(240_000_000);
  }

  @Test
  void mapsPagesWhenCacheAndBusAreOn() {
    put(table, 4 * 1, 7);
    put(table, 4 * 77, 8);
    put(table, 4 * 192, 9);
    assertThat(pages).as("the cache is off").isEmpty();
    put(dport, PRO_CACHE_CTRL1, 0x3F & ~0x11);
    put(dport, PRO_CACHE_CTRL, ENABLE);
    assertThat(pages)
        .containsExactlyInAnyOrderEntriesOf(Map.of(0x3F410000, 0x70000, 0x400D0000, 0x80000));
    put(dport, PRO_CACHE_CTRL1, 0);
    assertThat(pages).containsEntry(0x40800000, 0x90000);
    assertThatThrownBy(() -> put(table, 4 * 1, 0x100))
        .isInstanceOf(DeviceFault.class)
        .hasMessageContaining("disable it first");
    put(dport, PRO_CACHE_CTRL, 0);
    assertThat(pages).isEmpty();
    put(table, 4 * 1, 0x100);
    put(dport, PRO_CACHE_CTRL, ENABLE);
    assertThat(pages).doesNotContainKey(0x3F410000);
    assertThat(get(table, 4 * 77)).isEqualTo(8);
  }

  @Test
  void flushIsDoneAtOnce() {
    put(dport, PRO_CACHE_CTRL, FLUSH_ENA);
    assertThat(get(dport, PRO_CACHE_CTRL) & FLUSH_DONE).isNotZero();
    put(dport, PRO_CACHE_CTRL, 0);
    assertThat(get(dport, PRO_CACHE_CTRL) & FLUSH_DONE).isZero();
    assertThat(get(dport, 0x3F0) >>> 7 & 0xFFF).as("PRO_CACHE_STATE idle").isEqualTo(1);
  }

  @Test
  void externalRamCannotBeMapped() {
    put(table, 4 * 300, 0x100);
    assertThatThrownBy(() -> put(table, 4 * 300, 0))
        .isInstanceOf(DeviceFault.class)
        .hasMessageContaining("external RAM");
  }
}
