// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import java.util.HashMap;
import java.util.Map;
import mirage.emulator.clock.ClockTree;

/**
 * DPORT (TRM, "DPort Registers"): the APP CPU's start, the flash caches, the interrupt matrix's registers,
 * CPU-to-CPU interrupts, clock
 * gates and resets of peripherals.
 */
public final class Dport extends RegisterBlock {
  private static final int SIZE = 0x1000;
  private static final int PRO_MAP = 0x104;
  private static final int APP_MAP = 0x218;
  private static final int CACHE_IDLE = 1 << 7;
  private static final int FLUSH_ENA = 4;
  private static final int FLUSH_DONE = 5;
  private static final int CACHE_ENABLE = 3;

  private final ClockTree clocks;
  private final InterruptMatrix matrix;
  private final FlashCache[] caches;
  private final AppCpu appCpu;
  private final Register[] fromCpu = array(0xDC, "DPORT_CPU_INTR_FROM_CPU_", 4, 0, 1);
  private final Register resetting = register(0x2C, "DPORT_APPCPU_CTRL_A", 1, 1);
  private final Register clockGate = register(0x30, "DPORT_APPCPU_CTRL_B", 0, 1);
  private final Register runStall = register(0x34, "DPORT_APPCPU_CTRL_C", 0, 1);
  private final Register bootAddress = plain(0x38, "DPORT_APPCPU_CTRL_D", 0);
  private final Register[] cacheCtrl = new Register[2];
  private final Register[] cacheCtrl1 = new Register[2];
  private final Register radioClocks = plain(0xCC, "DPORT_WIFI_CLK_EN", 0xFFFCE030);
  private final Map<Integer, Runnable> coreResets = new HashMap<>();
  private final Map<Integer, Runnable> peripheralResets = new HashMap<>();

  /** Controls the second core. */
  @FunctionalInterface
  public interface AppCpu {
    /**
     * A control register was written.
     *
     * @param held in reset
     * @param clocked has a clock and is not stalled
     * @param bootAddress where the ROM sends the core; 0 while not set
     */
    void control(boolean held, boolean clocked, int bootAddress);
  }

  /** The caches are those of PRO and APP CPU, in this order. */
  public Dport(ClockTree clocks, InterruptMatrix matrix, FlashCache[] caches, AppCpu appCpu) {
    super("DPORT", SIZE);
    this.clocks = clocks;
    this.matrix = matrix;
    this.caches = caches.clone();
    this.appCpu = appCpu;
    resetting.onWrite(word -> controlAppCpu());
    clockGate.onWrite(word -> controlAppCpu());
    runStall.onWrite(word -> controlAppCpu());
    bootAddress.onWrite(word -> controlAppCpu());
    register(0x3C, "DPORT_CPU_PER_CONF", 0, 0xF).onWrite(clocks::selectCpuPeriod);
    declareCache(0, "PRO", 0x40);
    declareCache(1, "APP", 0x58);
    declareInterrupts();
    declareClocksAndPower();
    declareProtection();
  }

  private void declareCache(int core, String cpu, int offset) {
    cacheCtrl[core] =
        plain(offset, "DPORT_%s_CACHE_CTRL".formatted(cpu), 0x10)
            .onWrite(word -> controlCache(core));
    cacheCtrl1[core] =
        plain(offset + 4, "DPORT_%s_CACHE_CTRL1".formatted(cpu), 0x8FF)
            .onWrite(word -> controlCache(core));
    array(offset + 8, "DPORT_%s_CACHE_LOCK_ADDR".formatted(cpu), 4, 0, ALL);
    int debug = core == 0 ? 0x3F0 : 0x418;
    String name = "DPORT_%s_DCACHE_DBUG".formatted(cpu);
    register(debug, name + 0, CACHE_IDLE, 0);
    array(debug + 4, name + "_", 9, 0, 0);
  }

  private void declareInterrupts() {
    for (int i = 0; i < fromCpu.length; i++) {
      InterruptSource source =
          InterruptSource.values()[InterruptSource.CPU_INTR_FROM_CPU_0.ordinal() + i];
      fromCpu[i].onWrite(word -> matrix.set(source, (word & 1) != 0));
    }
    for (int i = 0; i < 3; i++) {
      int word = i;
      register(0xEC + 4 * i, "DPORT_PRO_INTR_STATUS_" + i, 0, 0).onRead(() -> matrix.status(word));
      register(0xF8 + 4 * i, "DPORT_APP_INTR_STATUS_" + i, 0, 0).onRead(() -> matrix.status(word));
    }
    for (InterruptSource source : InterruptSource.values()) {
      int number = source.ordinal();
      declareRoute(0, PRO_MAP + 4 * number, "DPORT_PRO_%s_MAP".formatted(source), source);
      declareRoute(1, APP_MAP + 4 * number, "DPORT_APP_%s_MAP".formatted(source), source);
    }
  }

  private void declareRoute(int core, int offset, String name, InterruptSource source) {
    register(offset, name, InterruptMatrix.UNMAPPED, 0x1F)
        .onRead(() -> matrix.line(core, source))
        .onWrite(word -> matrix.route(core, source.ordinal(), word & 0x1F));
  }

  /** Gates and resets: kept as written; every modelled block always has its clock. */
  private void declareClocksAndPower() {
    plain(0x00, "DPORT_PRO_BOOT_REMAP_CTRL", 0);
    plain(0x04, "DPORT_APP_BOOT_REMAP_CTRL", 0);
    register(0x08, "DPORT_ACCESS_CHECK", 0, 0);
    plain(0x1C, "DPORT_PERI_CLK_EN", 0);
    plain(0x20, "DPORT_PERI_RST_EN", 0);
    plain(0x24, "DPORT_WIFI_BB_CFG", 0);
    plain(0x28, "DPORT_WIFI_BB_CFG_2", 0);
    plain(0x70, "DPORT_TRACEMEM_MUX_MODE", 0);
    plain(0x74, "DPORT_PRO_TRACEMEM_ENA", 0);
    plain(0x78, "DPORT_APP_TRACEMEM_ENA", 0);
    plain(0x7C, "DPORT_CACHE_MUX_MODE", 0);
    plain(0x8C, "DPORT_MEM_PD_MASK", 1);
    plain(0x90, "DPORT_ROM_PD_CTRL", 0);
    plain(0x94, "DPORT_ROM_FO_CTRL", 3);
    plain(0x98, "DPORT_SRAM_PD_CTRL_0", 0);
    plain(0x9C, "DPORT_SRAM_PD_CTRL_1", 0);
    plain(0xA0, "DPORT_SRAM_FO_CTRL_0", -1);
    plain(0xA4, "DPORT_SRAM_FO_CTRL_1", 1);
    plain(0xA8, "DPORT_IRAM_DRAM_AHB_SEL", 0);
    plain(0xAC, "DPORT_TAG_FO_CTRL", 0x101);
    plain(0xBC, "DPORT_HOST_INF_SEL", 0);
    plain(0xC0, "DPORT_PERIP_CLK_EN", 0xF9C1E06F);
    plain(0xC4, "DPORT_PERIP_RST_EN", 0).onWrite(word -> pull(peripheralResets, word));
    plain(0xC8, "DPORT_SLAVE_SPI_CONFIG", 0);
    plain(0xD0, "DPORT_CORE_RST_EN", 0).onWrite(word -> pull(coreResets, word));
    plain(0xD4, "DPORT_BT_LPCK_DIV_INT", 0xFF);
    plain(0xD8, "DPORT_BT_LPCK_DIV_FRAC", 0x02001001);
    plain(0x490, "DPORT_RSA_PD_CTRL", 0);
    plain(0x594, "DPORT_FRONT_END_MEM_PD", 5);
    plain(0x5A4, "DPORT_SECURE_BOOT_CTRL", 0);
    plain(0x5A8, "DPORT_SPI_DMA_CHAN_SEL", 0);
    plain(0xFFC, "DPORT_DATE", 0x1605190);
  }

  /** Memory protection: kept as written, never enforced; its reset state lets every access pass. */
  private void declareProtection() {
    array(0x0C, "DPORT_DPORT_APB_MASK", 4, 0, ALL);
    plain(0x80, "DPORT_IMMU_PAGE_MODE", 0);
    plain(0x84, "DPORT_DMMU_PAGE_MODE", 0);
    plain(0x88, "DPORT_ROM_MPU_ENA", 0);
    plain(0xB0, "DPORT_AHB_LITE_MASK", 0);
    plain(0xB4, "DPORT_AHB_MPU_TABLE_0", -1);
    plain(0xB8, "DPORT_AHB_MPU_TABLE_1", 0x1FF);
    array(0x32C, "DPORT_AHBLITE_MPU_TABLE_", 47, 0, 0x3F);
    register(0x3E8, "DPORT_MEM_ACCESS_DBUG0", 0, 0);
    register(0x3EC, "DPORT_MEM_ACCESS_DBUG1", 0, 0);
    array(0x440, "DPORT_PRO_CPU_RECORD_", 10, 0, ALL);
    array(0x468, "DPORT_APP_CPU_RECORD_", 10, 0, ALL);
    array(0x494, "DPORT_ROM_MPU_TABLE", 28, 1, 3);
    array(0x504, "DPORT_IMMU_TABLE", 16, 0, 0x7F);
    array(0x544, "DPORT_DMMU_TABLE", 16, 0, 0x7F);
    array(0x584, "DPORT_INTRUSION_", 4, 0, ALL);
    plain(0x598, "DPORT_MMU_IA_INT_EN", 0);
    plain(0x59C, "DPORT_MPU_IA_INT_EN", 0);
    plain(0x5A0, "DPORT_CACHE_IA_INT_EN", 0);
    plain(0x5AC, "DPORT_PRO_VECBASE_CTRL", 0);
    plain(0x5B0, "DPORT_PRO_VECBASE_SET", 0);
    plain(0x5B4, "DPORT_APP_VECBASE_CTRL", 0);
    plain(0x5B8, "DPORT_APP_VECBASE_SET", 0);
  }

  @Override
  public void reset() {
    super.reset();
    matrix.reset();
    clocks.selectCpuPeriod(0);
    for (FlashCache cache : caches) {
      cache.reset();
    }
    controlAppCpu();
  }

  /**
   * Follows the reset lines of DPORT_CORE_RST_EN.
   *
   * @param bit of a line
   * @param action run when the program pulls it
   */
  public void onReset(int bit, Runnable action) {
    coreResets.put(bit, action);
  }

  /** Likewise for DPORT_PERIP_RST_EN. */
  public void onPeripheralReset(int bit, Runnable action) {
    peripheralResets.put(bit, action);
  }

  /** Whether all these bits of DPORT_WIFI_CLK_EN are set. */
  public boolean radioClocked(int bits) {
    return (radioClocks.value() & bits) == bits;
  }

  private static void pull(Map<Integer, Runnable> lines, int word) {
    lines.forEach(
        (bit, action) -> {
          if ((word >>> bit & 1) != 0) {
            action.run();
          }
        });
  }

  private void controlAppCpu() {
    appCpu.control(resetting.bit(0), clockGate.bit(0) && !runStall.bit(0), bootAddress.value());
  }

  /** A flush is over at once; FLUSH_DONE is shown for as long as FLUSH_ENA stays set. */
  private void controlCache(int core) {
    Register ctrl = cacheCtrl[core];
    int done = ctrl.bit(FLUSH_ENA) ? 1 << FLUSH_DONE : 0;
    ctrl.set(ctrl.value() & ~(1 << FLUSH_DONE) | done);
    caches[core].control(ctrl.bit(CACHE_ENABLE), cacheCtrl1[core].field(0, 6));
  }
}
