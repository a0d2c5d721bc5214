// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.ethernet;

import mirage.emulator.peripheral.Register;
import mirage.emulator.peripheral.RegisterBlock;

/** How the MAC is clocked and connected (TRM, EMAC_EX_CLKOUT_CONF_REG and following). */
final class ExtRegisters extends RegisterBlock {
  private static final int EXTERNAL = 24;
  private static final int EXT_ENABLED = 0;
  private static final int INT_ENABLED = 1;
  private static final int INTERFACE = 13;
  private static final int RMII = 4;

  private final Register oscillator = plain(0x04, "EMAC_EX_OSCCLK_CONF", 0);
  private final Register clocks = plain(0x08, "EMAC_EX_CLK_CTRL", 0);
  private final Register phy = plain(0x0C, "EMAC_EX_PHYINF_CONF", 0);

  ExtRegisters() {
    super("EMAC_EXT", 0x100);
    plain(0x00, "EMAC_EX_CLKOUT_CONF", 0);
    plain(0x10, "EMAC_PD_SEL", 0);
  }

  /**
   * Whether the 50 MHz of RMII reach the MAC, from the board's oscillator or from the chip's own PLL. The board has no
   * PHY for MII.
   */
  boolean clocked() {
    boolean external = oscillator.bit(EXTERNAL);
    return phy.field(INTERFACE, 3) == RMII && clocks.bit(external ? EXT_ENABLED : INT_ENABLED);
  }
}
