// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.spi;

import mirage.emulator.clock.Alarm;
import mirage.emulator.clock.Clock;
import mirage.emulator.clock.ClockTree;
import mirage.emulator.peripheral.InterruptMatrix;
import mirage.emulator.peripheral.InterruptSource;

/**
 * SPI2 or SPI3, the controllers for whatever a board has on its pins. A transaction takes the time its clock cycles take; then the
 * bit of SPI_CMD clears itself and SPI_TRANS_DONE is set. Not modelled: DMA, the slave, polarity and phase of the clock.
 */
public final class GeneralController extends SpiController {
  // Of SPI_SLAVE.
  private static final int DONE = 4;
  private static final int DONE_ENABLE = 9;
  private static final int SLAVE_MODE = 30;

  /** Of SPI_CLOCK: the clock is that of the APB, undivided. */
  private static final int UNDIVIDED = 31;

  private final Clock clock;
  private final ClockTree clocks;
  private final InterruptMatrix matrix;
  private final InterruptSource source;
  private final Alarm end;

  /** @param lines where the controller's signals lead */
  public GeneralController(
      int number, Clock clock, ClockTree clocks, InterruptMatrix matrix, MatrixLines lines) {
    super(number, lines);
    this.clock = clock;
    this.clocks = clocks;
    this.matrix = matrix;
    source = number == 2 ? InterruptSource.SPI_INTR_2 : InterruptSource.SPI_INTR_3;
    end = clock.alarm(name() + " transaction ends", this::finish);
    slave.onWrite(word -> interrupt());
  }

  @Override
  public void reset() {
    end.cancel();
    super.reset();
    interrupt();
  }

  @Override
  void start(int word) {
    if ((word & ~(1 << USR)) != 0) {
      throw unsupported("SPI_CMD 0x%08x; only SPI_USR is for this controller".formatted(word));
    }
    if (word == 0) {
      return;
    }
    if (end.armed()) {
      throw unsupported("a transaction is started before the one before is over");
    }
    if (slave.bit(SLAVE_MODE)) {
      throw unsupported("SPI_SLAVE_MODE: the model is a master");
    }
    select();
    int cycles = transact();
    cmd.set(1 << USR);
    end.set(clock.now() + (long) cycles * clocks.apbTicks() * divider());
  }

  private int divider() {
    return clockDivider.bit(UNDIVIDED)
        ? 1
        : (clockDivider.field(18, 13) + 1) * (clockDivider.field(12, 6) + 1);
  }

  private void finish() {
    deselect();
    cmd.set(0);
    slave.set(slave.value() | 1 << DONE);
    interrupt();
  }

  private void interrupt() {
    matrix.set(source, slave.bit(DONE) && slave.bit(DONE_ENABLE));
  }
}
