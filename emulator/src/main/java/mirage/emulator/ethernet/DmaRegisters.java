// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.ethernet;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import mirage.emulator.bus.Dma;
import mirage.emulator.clock.Clock;
import mirage.emulator.clock.ClockTree;
import mirage.emulator.peripheral.Register;
import mirage.emulator.peripheral.RegisterBlock;

/** The registers of the DMA (TRM, DMABUSMODE_REG and following), and the two processes they control. */
final class DmaRegisters extends RegisterBlock {
  private static final int RESET = 1;
  private static final int SKIP = 2;
  private static final int LONG_DESCRIPTORS = 7;
  private static final int START_RX = 1;
  private static final int FORWARD_SHORT = 6;
  private static final int FORWARD_ERRORS = 7;
  private static final int START_TX = 13;
  private static final int FLUSH_TX = 1 << 20;
  private static final int WHOLE_TX_FRAMES = 21;
  private static final int KEEP_RX_FRAMES = 24;
  private static final int WHOLE_RX_FRAMES = 25;
  private static final int KEEP_CHECKSUM_ERRORS = 26;

  /** How long a software reset takes, in ticks; it never ends without a clock. */
  private static final long RESET_TICKS = Clock.TICKS_PER_MICROSECOND;

  private final Clock clock;
  private final BooleanSupplier clocked;
  private final Runnable softwareReset;
  private final Register busMode = plain(0x00, "DMABUSMODE", 0x0002_0100);
  private final Register operation = plain(0x18, "DMAOPERATION_MODE", 0);
  private final DescriptorRing transmitRing;
  private final DescriptorRing receiveRing;
  final DmaStatus status;
  final Transmitter transmitter;
  final Receiver receiver;
  private long resetUntil;

  /**
   * @param clocked whether the MAC has its 50 MHz
   * @param softwareReset resets the MAC, this block included
   * @param interrupt gets the level of the interrupt line
   */
  DmaRegisters(
      Clock clock,
      ClockTree clocks,
      Dma memory,
      Transmitter.Line line,
      BooleanSupplier clocked,
      Runnable softwareReset,
      Consumer<Boolean> interrupt) {
    super("EMAC_DMA", 0x100);
    this.clock = clock;
    this.clocked = clocked;
    this.softwareReset = softwareReset;
    status =
        new DmaStatus(
            register(0x14, "DMASTATUS", 0, 0), register(0x1C, "DMAIN_EN", 0, 0x1FFFF), interrupt);
    transmitRing = new DescriptorRing(memory);
    receiveRing = new DescriptorRing(memory);
    transmitter = new Transmitter(memory, transmitRing, status, line, clock);
    receiver = new Receiver(memory, receiveRing, status, clock, clocks);
    busMode.onRead(this::busMode).onWrite(this::setBusMode);
    operation.onWrite(this::operate);
    register(0x04, "DMATXPOLLDEMAND", 0, 0).onWrite(word -> transmitter.poll());
    register(0x08, "DMARXPOLLDEMAND", 0, 0).onWrite(word -> receiver.poll());
    plain(0x0C, "DMARXBASEADDR", 0).onWrite(receiveRing::start);
    plain(0x10, "DMATXBASEADDR", 0).onWrite(transmitRing::start);
    register(0x20, "DMAMISSEDFR", 0, 0).onRead(receiver::takeMissed);
    register(0x24, "DMARINTWDTIMER", 0, 0xFF).onWrite(word -> receiver.watchdog(word & 0xFF));
    register(0x48, "DMATXCURRDESC", 0, 0).onRead(transmitRing::current);
    register(0x4C, "DMARXCURRDESC", 0, 0).onRead(receiveRing::current);
  }

  @Override
  public void reset() {
    super.reset();
    transmitter.reset();
    receiver.reset();
    transmitRing.start(0);
    receiveRing.start(0);
    layout();
    status.reset();
    resetUntil = 0;
  }

  boolean forwardsShort() {
    return operation.bit(FORWARD_SHORT);
  }

  boolean forwardsErrors() {
    return operation.bit(FORWARD_ERRORS);
  }

  boolean keepsChecksumErrors() {
    return operation.bit(KEEP_CHECKSUM_ERRORS);
  }

  boolean storesWholeFrames() {
    return operation.bit(WHOLE_RX_FRAMES);
  }

  boolean hasLongDescriptors() {
    return busMode.bit(LONG_DESCRIPTORS);
  }

  private int busMode() {
    boolean over = clock.now() >= resetUntil && clocked.getAsBoolean();
    if (resetUntil > 0 && over) {
      resetUntil = 0;
    }
    return busMode.value() & ~RESET | (resetUntil > 0 ? RESET : 0);
  }

  private void setBusMode(int word) {
    if ((word & RESET) != 0) {
      softwareReset.run();
      resetUntil = clock.now() + RESET_TICKS;
    } else {
      layout();
    }
  }

  private void layout() {
    boolean alternate = busMode.bit(LONG_DESCRIPTORS);
    transmitRing.layout(alternate, busMode.field(SKIP, 5));
    receiveRing.layout(alternate, busMode.field(SKIP, 5));
  }

  private void operate(int word) {
    if ((word & FLUSH_TX) != 0) {
      transmitter.flush();
      operation.set(word & ~FLUSH_TX);
    }
    transmitter.control(operation.bit(START_TX), operation.bit(WHOLE_TX_FRAMES));
    receiver.control(operation.bit(START_RX), operation.bit(KEEP_RX_FRAMES));
  }
}
