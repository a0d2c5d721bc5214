// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.ethernet;

import java.util.function.Consumer;
import mirage.emulator.peripheral.Register;

/**
 * What the DMA reports (TRM, DMASTATUS_REG and DMAIN_EN_REG): latched causes, a normal and an abnormal summary of the
 * enabled ones, and the states of the two processes.
 */
final class DmaStatus {
  static final int TX_DONE = 1;
  static final int TX_STOPPED = 1 << 1;
  static final int TX_NO_BUFFER = 1 << 2;
  static final int TX_JABBER = 1 << 3;
  static final int RX_OVERFLOW = 1 << 4;
  static final int TX_UNDERFLOW = 1 << 5;
  static final int RX_DONE = 1 << 6;
  static final int RX_NO_BUFFER = 1 << 7;
  static final int RX_STOPPED = 1 << 8;
  static final int RX_WATCHDOG = 1 << 9;
  static final int BUS_ERROR = 1 << 13;
  static final int RX_EARLY = 1 << 14;
  private static final int ABNORMAL = 1 << 15;
  private static final int NORMAL = 1 << 16;
  private static final int NORMAL_CAUSES = TX_DONE | TX_NO_BUFFER | RX_DONE | RX_EARLY;
  private static final int LATCHED = 0x1E7FF;
  private static final int ABNORMAL_CAUSES = LATCHED & ~(NORMAL_CAUSES | ABNORMAL | NORMAL);
  private static final int RX_STATE = 17;
  private static final int TX_STATE = 20;
  private static final int ERROR = 23;

  /** What a process does, as its field in the status shows it. */
  enum Process {
    STOPPED(0, 0),
    WAITING(3, 0),
    TRANSFERRING(5, 1),
    SUSPENDED(4, 6);

    private final int receive;
    private final int transmit;

    Process(int receive, int transmit) {
      this.receive = receive;
      this.transmit = transmit;
    }
  }

  private final Register enable;
  private final Consumer<Boolean> interrupt;
  private int causes;
  private int error;
  private Process receiver = Process.STOPPED;
  private Process transmitter = Process.STOPPED;

  /** {@code interrupt} gets the level of the interrupt line after each change. */
  DmaStatus(Register status, Register enable, Consumer<Boolean> interrupt) {
    this.enable = enable;
    this.interrupt = interrupt;
    status.onRead(this::word).onWrite(this::clear);
    enable.onWrite(word -> update());
  }

  void raise(int cause) {
    causes |= cause;
    if ((cause & RX_DONE) != 0) {
      causes &= ~RX_EARLY;
    }
    update();
  }

  /**
   * The bus refused an access.
   *
   * @param transmitting whose
   * @param reading what it was
   * @param descriptor what it was for
   */
  void raiseBusError(boolean transmitting, boolean reading, boolean descriptor) {
    error = (transmitting ? 1 : 0) | (reading ? 2 : 0) | (descriptor ? 4 : 0);
    raise(BUS_ERROR);
  }

  boolean stoppedByBus() {
    return (causes & BUS_ERROR) != 0;
  }

  void receiver(Process state) {
    receiver = state;
  }

  void transmitter(Process state) {
    transmitter = state;
  }

  /** Whether a received frame raises the interrupt. */
  boolean interruptsOnReceive() {
    int wanted = RX_DONE | NORMAL;
    return (enable.value() & wanted) == wanted;
  }

  void reset() {
    causes = 0;
    error = 0;
    receiver = Process.STOPPED;
    transmitter = Process.STOPPED;
    update();
  }

  private int word() {
    return causes
        | receiver.receive << RX_STATE
        | transmitter.transmit << TX_STATE
        | error << ERROR;
  }

  private void clear(int word) {
    causes &= ~(word & LATCHED);
    update();
  }

  /** A summary is set by its enabled causes and stays set when they are cleared, until it is cleared itself. */
  private void update() {
    int enabled = causes & enable.value();
    causes |= (enabled & NORMAL_CAUSES) != 0 ? NORMAL : 0;
    causes |= (enabled & ABNORMAL_CAUSES) != 0 ? ABNORMAL : 0;
    interrupt.accept((causes & enable.value() & (NORMAL | ABNORMAL)) != 0);
  }
}
