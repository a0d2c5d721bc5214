// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.ethernet;

import java.util.function.BooleanSupplier;
import mirage.emulator.bus.DeviceFault;
import mirage.emulator.clock.Clock;
import mirage.emulator.clock.ClockTree;
import mirage.emulator.peripheral.Register;

/** The management bus to the PHY, MDC and MDIO (TRM, "Station Management Agent"). A transfer takes its time. */
final class MiiManagement {
  private static final int BUSY = 1;
  private static final int WRITE = 1;
  private static final int RANGE = 2;
  private static final int REGISTER = 6;
  private static final int PHY = 11;
  private static final int DATA = 0xFFFF;

  /** Clock cycles of a transfer: preamble, and the frame of IEEE 802.3 clause 22.2.4.5. */
  private static final int CYCLES = 64;

  /** The fastest clock of the standard. */
  private static final long FASTEST_HZ = 2_500_000;

  /** What the APB clock is divided by, by the code in the address register. */
  private static final int[] DIVIDERS = {42, 62, 16, 26, 102, 124};

  private final Register address;
  private final Register data;
  private final Clock clock;
  private final ClockTree clocks;
  private final Phy phy;
  private final BooleanSupplier connected;
  private long done;

  /** {@code connected} says whether both lines reach the PHY. */
  MiiManagement(
      Register address,
      Register data,
      Clock clock,
      ClockTree clocks,
      Phy phy,
      BooleanSupplier connected) {
    this.address = address;
    this.data = data;
    this.clock = clock;
    this.clocks = clocks;
    this.phy = phy;
    this.connected = connected;
    address.onRead(this::status).onWrite(this::begin);
  }

  private int status() {
    return address.value() & ~BUSY | (clock.now() < done ? BUSY : 0);
  }

  private void begin(int word) {
    if ((word & BUSY) == 0) {
      return;
    }
    if (clock.now() < done) {
      throw new DeviceFault(
          "EMAC: EMACGMIIADDR is written while the transfer before is not over; wait until bit 0 is clear");
    }
    long period = period(address.field(RANGE, 4));
    done = clock.now() + CYCLES * period;
    phy.look();
    int number = address.field(PHY, 5);
    int register = address.field(REGISTER, 5);
    if (!address.bit(WRITE)) {
      data.set(connected.getAsBoolean() ? phy.read(number, register) : DATA);
    } else if (connected.getAsBoolean()) {
      phy.write(number, register, data.value() & DATA);
    }
  }

  /** Ticks of a cycle of MDC. */
  private long period(int code) {
    if (code >= DIVIDERS.length) {
      throw new DeviceFault("EMAC: MII clock range " + code + " of EMACGMIIADDR is not modelled");
    }
    long period = (long) clocks.apbTicks() * DIVIDERS[code];
    if (Clock.TICKS_PER_SECOND > FASTEST_HZ * period) {
      throw new DeviceFault(
          "EMAC: MDC of %d Hz; a PHY takes up to %d Hz: choose another MII clock range in EMACGMIIADDR"
              .formatted(Clock.TICKS_PER_SECOND / period, FASTEST_HZ));
    }
    return period;
  }
}
