// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.spi;

import java.util.ArrayList;
import java.util.List;
import mirage.emulator.board.SpiDevice;
import mirage.emulator.peripheral.Gpio;

/**
 * The lines of SPI2 or SPI3 as the GPIO matrix leads them to pins. A device is selected by the level of its pin, whether the
 * controller drives it or the program, and takes part if clock and data lead to it.
 */
public final class MatrixLines implements SpiLines {
  private final Gpio gpio;
  private final Signals signals;
  private final List<Slot> slots = new ArrayList<>();

  /**
   * Numbers of a controller's signals (TRM, "GPIO Matrix").
   *
   * @param select those of CS0 to CS2
   */
  private record Signals(int clock, int input, int output, List<Integer> select) {
    static final Signals HSPI = new Signals(8, 9, 10, List.of(11, 61, 62));
    static final Signals VSPI = new Signals(63, 64, 65, List.of(68, 69, 70));
  }

  /** A device at its pins. */
  private static final class Slot {
    private final SpiDevice device;
    private final int clock;
    private final int output;
    private final int input;
    private boolean selected;

    Slot(SpiDevice device, int clock, int output, int input) {
      this.device = device;
      this.clock = clock;
      this.output = output;
      this.input = input;
    }

    void selectPin(boolean high) {
      if (selected == high) {
        selected = !high;
        if (selected) {
          device.select();
        } else {
          device.deselect();
        }
      }
    }
  }

  private MatrixLines(Gpio gpio, Signals signals) {
    this.gpio = gpio;
    this.signals = signals;
    select(0);
  }

  /** Those of controller {@code number}, 2 or 3. */
  public static MatrixLines of(int number, Gpio gpio) {
    return new MatrixLines(gpio, number == 2 ? Signals.HSPI : Signals.VSPI);
  }

  /**
   * Puts a device at pins of the chip. Its select line is high until somebody drives it.
   *
   * @param clock pin of SCK
   * @param output pin of MOSI
   * @param input pin of MISO
   * @param select pin of the device's select line
   */
  public void attach(SpiDevice device, int clock, int output, int input, int select) {
    Slot slot = new Slot(device, clock, output, input);
    slots.add(slot);
    gpio.drive(select, true);
    gpio.listen(select, slot::selectPin);
  }

  @Override
  public void select(int active) {
    for (int i = 0; i < SELECTS; i++) {
      gpio.setSignal(signals.select().get(i), (active >>> i & 1) == 0);
    }
  }

  @Override
  public int exchange(int out) {
    int in = SpiDevice.FLOATING;
    for (Slot slot : slots) {
      if (slot.selected && gpio.leadsOut(signals.clock(), slot.clock)) {
        int sent = gpio.leadsOut(signals.output(), slot.output) ? out : 0;
        int answer = slot.device.exchange(sent);
        in &= gpio.leadsIn(slot.input, signals.input()) ? answer : SpiDevice.FLOATING;
      }
    }
    return in;
  }
}
