// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import java.util.ArrayList;
import java.util.List;
import mirage.emulator.board.PinListener;

/**
 * GPIO and its matrix (TRM, "IO_MUX and GPIO Matrix"): outputs, inputs, edge and level interrupts of 40 pins. A pin is driven by the
 * program, by the signal of a peripheral that the matrix leads to it, or from outside; what hangs on it listens to its level. Of
 * the peripherals' signals the model knows the levels of those that somebody listens to; the others are low.
 */
public final class Gpio extends RegisterBlock {
  static final int PINS = 40;

  private static final int SIGNALS = 256;

  /** In place of a signal's number: the pin shows what GPIO_OUT says. */
  private static final int BY_PROGRAM = 0x100;

  // In the configuration of an output.
  private static final int INVERTED = 9;
  private static final int ENABLED_BY_PROGRAM = 10;

  /** In the configuration of an input signal: it comes through the matrix. */
  private static final int BY_MATRIX = 7;

  /** Straps of a board that boots from flash: GPIO0, GPIO2, GPIO4, MTDI, MTDO, GPIO5 as SPI_FAST_FLASH_BOOT. */
  private static final int STRAP_FLASH_BOOT = 0x13;

  private static final int PRO_INTERRUPT = 1 << 2;
  private static final int APP_INTERRUPT = 1;

  private final InterruptMatrix matrix;
  private final Register[] out = new Register[2];
  private final Register[] enable = new Register[2];
  private final Register[] status = new Register[2];
  private final Register[] pin = new Register[PINS];
  private final Register[] inputOf;
  private final Register[] outputOf;
  private final boolean[] signals = new boolean[SIGNALS];
  private final List<List<PinListener>> listeners = new ArrayList<>();
  private long external;
  private long seen;

  public Gpio(InterruptMatrix matrix) {
    super("GPIO", 0xF00);
    this.matrix = matrix;
    plain(0x00, "GPIO_BT_SELECT", 0);
    plain(0x1C, "GPIO_SDIO_SELECT", 0);
    register(0x38, "GPIO_STRAP", STRAP_FLASH_BOOT, 0);
    for (int i = 0; i < 2; i++) {
      int bank = i;
      String digit = i == 0 ? "" : "1";
      out[i] = port(0x04 + 0x0C * i, "GPIO_OUT" + digit);
      enable[i] = port(0x20 + 0x0C * i, "GPIO_ENABLE" + digit);
      status[i] = port(0x44 + 0x0C * i, "GPIO_STATUS" + digit);
      register(0x3C + 4 * i, "GPIO_IN" + digit, 0, 0).onRead(() -> (int) (levels() >>> 32 * bank));
      register(0x60 + 0x14 * i, "GPIO_ACPU_INT" + digit, 0, 0)
          .onRead(() -> pending(bank, APP_INTERRUPT));
      register(0x64 + 0x14 * i, "GPIO_ACPU_NMI_INT" + digit, 0, 0).onRead(() -> pending(bank, 2));
      register(0x68 + 0x14 * i, "GPIO_PCPU_INT" + digit, 0, 0)
          .onRead(() -> pending(bank, PRO_INTERRUPT));
      register(0x6C + 0x14 * i, "GPIO_PCPU_NMI_INT" + digit, 0, 0).onRead(() -> pending(bank, 8));
      register(0x70 + 0x14 * i, "GPIO_CPUSDIO_INT" + digit, 0, 0).onRead(() -> 0);
    }
    for (int i = 0; i < PINS; i++) {
      pin[i] = plain(0x88 + 4 * i, "GPIO_PIN" + i, 0).onWrite(word -> update());
      listeners.add(new ArrayList<>());
    }
    array(0x128, "GPIO_CALI_", 2, 0, ALL);
    inputOf = array(0x130, "GPIO_FUNC_IN_SEL_CFG", SIGNALS, 0, ALL);
    outputOf = array(0x530, "GPIO_FUNC_OUT_SEL_CFG", PINS, BY_PROGRAM, ALL);
    for (Register output : outputOf) {
      output.onWrite(word -> update());
    }
  }

  /** A register with its set (W1TS) and clear (W1TC) companions. */
  private Register port(int offset, String name) {
    Register port = plain(offset, name, 0).onWrite(word -> update());
    register(offset + 4, name + "_W1TS", 0, 0)
        .onWrite(
            word -> {
              port.set(port.value() | word);
              update();
            });
    register(offset + 8, name + "_W1TC", 0, 0)
        .onWrite(
            word -> {
              port.set(port.value() & ~word);
              update();
            });
    return port;
  }

  @Override
  public void reset() {
    super.reset();
    update();
  }

  /** Drives {@code number} from outside the chip. */
  public void drive(int number, boolean high) {
    external = with(external, number, high);
    update();
  }

  private static long with(long levels, int number, boolean high) {
    return levels & ~(1L << number) | (high ? 1L << number : 0);
  }

  /** Makes {@code listener} hear of each change of the level at {@code number}, whoever drives it. */
  public void listen(int number, PinListener listener) {
    listeners.get(number).add(listener);
  }

  /** The level at {@code number} as it is now. */
  public boolean high(int number) {
    return (levels() >>> number & 1) != 0;
  }

  /** The level of a peripheral's output; it shows at the pins the matrix leads it to. */
  public void setSignal(int signal, boolean high) {
    if (signals[signal] != high) {
      signals[signal] = high;
      update();
    }
  }

  /** Whether the matrix leads the output {@code signal} of a peripheral to {@code number}. */
  public boolean leadsOut(int signal, int number) {
    return outputOf[number].field(0, 9) == signal;
  }

  /** Whether the matrix leads {@code number} to the input {@code signal} of a peripheral. */
  public boolean leadsIn(int number, int signal) {
    return inputOf[signal].bit(BY_MATRIX) && inputOf[signal].field(0, 6) == number;
  }

  private static long join(Register[] banks) {
    return (long) banks[1].value() << 32 | Integer.toUnsignedLong(banks[0].value());
  }

  private long levels() {
    long driven = join(enable);
    long high = join(out);
    for (int i = 0; i < PINS; i++) {
      Register output = outputOf[i];
      int signal = output.field(0, 9);
      if (signal < SIGNALS) {
        high = with(high, i, signals[signal]);
        driven |= output.bit(ENABLED_BY_PROGRAM) ? 0 : 1L << i;
      }
      high ^= output.bit(INVERTED) ? 1L << i : 0;
    }
    return high & driven | external & ~driven;
  }

  private int pending(int bank, int target) {
    int bits = 0;
    for (int i = 32 * bank; i < Math.min(PINS, 32 * bank + 32); i++) {
      if (status[bank].bit(i & 31) && (pin[i].field(13, 5) & target) != 0) {
        bits |= 1 << (i & 31);
      }
    }
    return bits;
  }

  private void update() {
    long levels = levels();
    long rising = levels & ~seen;
    long falling = seen & ~levels;
    seen = levels;
    for (int i = 0; i < PINS; i++) {
      long mask = 1L << i;
      boolean event =
          switch (pin[i].field(7, 3)) {
            case 1 -> (rising & mask) != 0;
            case 2 -> (falling & mask) != 0;
            case 3 -> ((rising | falling) & mask) != 0;
            case 4 -> (levels & mask) == 0;
            case 5 -> (levels & mask) != 0;
            default -> false;
          };
      if (event) {
        Register bank = status[i / 32];
        bank.set(bank.value() | 1 << (i & 31));
      }
    }
    boolean any =
        (pending(0, PRO_INTERRUPT | APP_INTERRUPT) | pending(1, PRO_INTERRUPT | APP_INTERRUPT))
            != 0;
    matrix.set(InterruptSource.GPIO_INTERRUPT, any);
    tell(rising | falling, levels);
  }

  /** Those who hear of it may drive pins in turn. */
  private void tell(long changed, long levels) {
    for (long left = changed & (1L << PINS) - 1; left != 0; left &= left - 1) {
      int number = Long.numberOfTrailingZeros(left);
      boolean high = (levels >>> number & 1) != 0;
      listeners.get(number).forEach(it -> it.changed(high));
    }
  }
}
