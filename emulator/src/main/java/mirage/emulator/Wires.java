// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import mirage.emulator.board.Board;
import mirage.emulator.board.I2cDevice;
import mirage.emulator.board.LedListener;
import mirage.emulator.clock.Alarm;
import mirage.emulator.clock.Clock;
import mirage.emulator.i2c.I2cLines;
import mirage.emulator.peripheral.Gpio;
import mirage.emulator.spi.MatrixLines;

/** What a board has on the pins of a chip, wired. */
final class Wires {
  private final Gpio gpio;
  private final Map<String, Switch> switches = new LinkedHashMap<>();

  /** A button with what is still to happen to it. */
  private record Switch(Alarm press, Alarm release) {}

  Wires(
      Board board,
      Gpio gpio,
      Clock clock,
      Map<Integer, MatrixLines> spi,
      Collection<I2cLines> i2c,
      LedListener watcher) {
    this.gpio = gpio;
    for (Board.Spi slot : board.spi()) {
      spi.get(slot.controller())
          .attach(
              slot.device().apply(clock), slot.clock(), slot.output(), slot.input(), slot.select());
    }
    for (Board.I2c slot : board.i2c()) {
      I2cDevice device = slot.device().apply(clock);
      i2c.forEach(it -> it.attach(device, slot.address(), slot.clock(), slot.data()));
    }
    for (Board.Led led : board.leds()) {
      gpio.listen(led.pin(), high -> watcher.switched(led, high != led.activeLow(), clock.now()));
    }
    for (Board.Button button : board.buttons()) {
      set(button, false);
      Alarm press = clock.alarm(button.name() + " is pressed", () -> set(button, true));
      Alarm release = clock.alarm(button.name() + " is released", () -> set(button, false));
      switches.put(button.name(), new Switch(press, release));
    }
  }

  private void set(Board.Button button, boolean pressed) {
    gpio.drive(button.pin(), pressed != button.activeLow());
  }

  void press(String name, long from, long until) {
    Switch button = switches.get(name);
    if (button == null) {
      throw new EmulatorException(
          "the board has no button '%s'; it has %s".formatted(name, switches.keySet()));
    }
    button.press().set(from);
    button.release().set(until);
  }
}
