// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.ethernet;

import java.util.Arrays;
import mirage.emulator.board.FrameLink;
import mirage.emulator.clock.Alarm;
import mirage.emulator.clock.Clock;

/**
 * A LAN8720A, the PHY of many boards: the registers of IEEE 802.3 clause 22 and its own, and a link that comes and
 * goes. Its partner can do 10 and 100 Mb/s in full and half duplex and negotiates.
 *
 * <p>Negotiation takes {@value #NEGOTIATION_MILLIS} ms here; a real one takes two seconds or so.
 */
final class Phy {
  static final int NEGOTIATION_MILLIS = 100;

  private static final int CONTROL = 0;
  private static final int STATUS = 1;
  private static final int ID1 = 2;
  private static final int ID2 = 3;
  private static final int ADVERTISED = 4;
  private static final int PARTNER = 5;
  private static final int EXPANSION = 6;
  private static final int MODE_STATUS = 17;
  private static final int SPECIAL_MODES = 18;
  private static final int CONTROL_INDICATIONS = 27;
  private static final int INTERRUPT_SOURCE = 29;
  private static final int INTERRUPT_MASK = 30;
  private static final int SPECIAL = 31;
  private static final int REGISTERS = 32;

  private static final int RESET = 1 << 15;
  private static final int LOOPBACK = 1 << 14;
  private static final int SPEED_100 = 1 << 13;
  private static final int NEGOTIATE = 1 << 12;
  private static final int POWER_DOWN = 1 << 11;
  private static final int ISOLATE = 1 << 10;
  private static final int RESTART = 1 << 9;
  private static final int FULL_DUPLEX = 1 << 8;

  /** All four modes, negotiation, extended registers. */
  private static final int ABILITIES = 0x7809;

  private static final int NEGOTIATED = 1 << 5;
  private static final int LINK = 1 << 2;

  private static final int FULL_100 = 1 << 8;
  private static final int HALF_100 = 1 << 7;
  private static final int FULL_10 = 1 << 6;
  private static final int HALF_10 = 1 << 5;
  private static final int ALL_MODES = FULL_100 | HALF_100 | FULL_10 | HALF_10;
  private static final int SELECTOR = 1;
  private static final int ACKNOWLEDGE = 1 << 14;

  private static final int ENERGY = 1 << 1;
  private static final int IRQ_ENERGY = 1 << 7;
  private static final int IRQ_NEGOTIATED = 1 << 6;
  private static final int IRQ_LINK_DOWN = 1 << 4;

  private final int address;
  private final Clock clock;
  private final Alarm negotiation;
  private final int[] registers = new int[REGISTERS];
  private FrameLink cable = FrameLink.NONE;
  private boolean carrier;
  private boolean linkUp;
  private boolean linkWasDown = true;
  private int interrupts;

  /** {@code address} is the one at which it answers on the management bus. */
  Phy(int address, Clock clock) {
    this.address = address;
    this.clock = clock;
    negotiation = clock.alarm("PHY link", this::comeUp);
    reset();
  }

  /** Plugs a cable in. */
  void connect(FrameLink link) {
    cable = link;
    look();
  }

  /** Looks whether the partner at the far end has come or gone. */
  void look() {
    if (carrier != cable.connected()) {
      carrier = !carrier;
      bringUp();
    }
  }

  /** Whether frames can pass. */
  boolean linkUp() {
    return linkUp && (registers[CONTROL] & ISOLATE) == 0;
  }

  /** Whether frames come back instead of leaving. */
  boolean loopback() {
    return (registers[CONTROL] & LOOPBACK) != 0;
  }

  /** The speed of the link in Mb/s. */
  int speed() {
    return (mode() & (FULL_100 | HALF_100)) != 0 ? 100 : 10;
  }

  boolean fullDuplex() {
    return (mode() & (FULL_100 | FULL_10)) != 0;
  }

  /** Power-on, the reset line, or the reset bit. */
  void reset() {
    Arrays.fill(registers, 0);
    registers[CONTROL] = SPEED_100 | NEGOTIATE;
    registers[ID1] = 0x0007;
    registers[ID2] = 0xC0F1;
    registers[ADVERTISED] = ALL_MODES | SELECTOR;
    registers[SPECIAL_MODES] = 0x60E0 | address;
    interrupts = 0;
    linkWasDown = true;
    bringUp();
  }

  /** A read over the management bus; nobody drives the bus for another address. */
  int read(int phy, int register) {
    if (phy != address) {
      return 0xFFFF;
    }
    return switch (register) {
      case STATUS -> status();
      case PARTNER -> negotiated() ? ALL_MODES | SELECTOR | ACKNOWLEDGE : 0;
      case EXPANSION -> negotiated() ? 3 : 0;
      case MODE_STATUS -> registers[MODE_STATUS] & ~ENERGY | (carrier ? ENERGY : 0);
      case INTERRUPT_SOURCE -> takeInterrupts();
      case SPECIAL -> 1 << 6 | speedIndication() << 2 | (negotiated() ? 1 << 12 : 0);
      default -> registers[register];
    };
  }

  void write(int phy, int register, int value) {
    if (phy != address) {
      return;
    }
    switch (register) {
      case CONTROL -> control(value);
      case ADVERTISED, MODE_STATUS, SPECIAL_MODES, CONTROL_INDICATIONS, INTERRUPT_MASK ->
          registers[register] = value;
      default -> {
        // The others are read-only.
      }
    }
  }

  private void control(int value) {
    if ((value & RESET) != 0) {
      reset();
      return;
    }
    int old = registers[CONTROL];
    registers[CONTROL] = value & ~RESTART;
    int matters = SPEED_100 | NEGOTIATE | POWER_DOWN | FULL_DUPLEX;
    if ((value & RESTART) != 0 || ((old ^ value) & matters) != 0) {
      bringUp();
    }
  }

  /** Begins from the start: the link is down until both ends agree. */
  private void bringUp() {
    if (linkUp) {
      linkUp = false;
      interrupts |= IRQ_LINK_DOWN;
    }
    linkWasDown = true;
    negotiation.cancel();
    if (carrier && (registers[CONTROL] & POWER_DOWN) == 0) {
      interrupts |= IRQ_ENERGY;
      negotiation.set(clock.now() + NEGOTIATION_MILLIS * 1000L * Clock.TICKS_PER_MICROSECOND);
    }
  }

  private void comeUp() {
    linkUp = mode() != 0;
    interrupts |= linkUp && negotiates() ? IRQ_NEGOTIATED : 0;
  }

  private boolean negotiates() {
    return (registers[CONTROL] & NEGOTIATE) != 0;
  }

  private boolean negotiated() {
    return linkUp && negotiates();
  }

  /** The best mode that both ends have, as a bit of {@link #ADVERTISED}; 0 if there is none. */
  private int mode() {
    int control = registers[CONTROL];
    if (!negotiates()) {
      boolean full = (control & FULL_DUPLEX) != 0;
      return (control & SPEED_100) != 0 ? full ? FULL_100 : HALF_100 : full ? FULL_10 : HALF_10;
    }
    return Integer.highestOneBit(registers[ADVERTISED] & ALL_MODES);
  }

  private int speedIndication() {
    if (!linkUp) {
      return 0;
    }
    return (speed() == 100 ? 2 : 1) + (fullDuplex() ? 4 : 0);
  }

  /** A link that was down is seen once, even if it is up again. */
  private int status() {
    boolean up = linkUp && !linkWasDown;
    linkWasDown = !linkUp;
    return ABILITIES | (up ? LINK : 0) | (negotiated() ? NEGOTIATED : 0);
  }

  private int takeInterrupts() {
    int taken = interrupts;
    interrupts = 0;
    return taken;
  }
}
