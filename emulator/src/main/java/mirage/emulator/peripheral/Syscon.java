// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import mirage.emulator.clock.ClockTree;

/**
 * SYSCON, in older texts APB_CTRL (TRM, "Reset and Clock"): crystal divider, ticks for REF_TICK, and the SAR
 * ADC's controller.
 */
public final class Syscon extends RegisterBlock {
  private static final int REVISION_3 = 1 << 31;

  private final ClockTree clocks;

  public Syscon(ClockTree clocks) {
    super("SYSCON", 0x1000);
    this.clocks = clocks;
    plain(0x00, "SYSCON_SYSCLK_CONF", 0x2000)
        .onWrite(word -> clocks.selectPreDivider(word & 0x3FF));
    plain(0x04, "SYSCON_XTAL_TICK_CONF", 39);
    plain(0x08, "SYSCON_PLL_TICK_CONF", 79);
    plain(0x0C, "SYSCON_CK8M_TICK_CONF", 11);
    plain(0x10, "SYSCON_SARADC_CTRL", 0x007F_8240);
    plain(0x14, "SYSCON_SARADC_CTRL2", 0x1FE);
    plain(0x18, "SYSCON_SARADC_FSM", 0x0208_FF08);
    array(0x1C, "SYSCON_SARADC_PATT_TAB", 8, 0x0F0F_0F0F, ALL);
    plain(0x3C, "SYSCON_APLL_TICK_CONF", 99);
    plain(0x7C, "SYSCON_DATE", 0x1604_2000 | REVISION_3);
  }

  @Override
  public void reset() {
    super.reset();
    clocks.selectPreDivider(0);
  }
}
