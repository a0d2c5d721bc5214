// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.wifi;

import mirage.emulator.peripheral.Register;

/** The causes of the MAC's interrupt. */
final class Interrupts {
  /** A frame was received; what the single bits mean is not known. */
  static final int RECEIVED = 0x1000024;

  /** A frame was sent, whether or not it was acknowledged. */
  static final int SENT = 0x80;

  /** The DMA met an address it cannot reach; the vendor's code calls the cause a panic of the watchdog. */
  static final int PANIC = 0x800;

  /** Where the line ends. */
  interface Line {
    void set(boolean high);
  }

  private final Register enable;
  private final Register status;
  private final Line line;

  Interrupts(Register enable, Register status, Register clear, Line line) {
    this.enable = enable;
    this.status = status;
    this.line = line;
    enable.onWrite(word -> update());
    clear.onWrite(
        word -> {
          status.set(status.value() & ~word);
          update();
        });
  }

  void raise(int causes) {
    status.set(status.value() | causes);
    update();
  }

  /** Whether a frame that is received interrupts. */
  boolean onReceive() {
    return (enable.value() & RECEIVED) != 0;
  }

  void update() {
    line.set((status.value() & enable.value()) != 0);
  }
}
