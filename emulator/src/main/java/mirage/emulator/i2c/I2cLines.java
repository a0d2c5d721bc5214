// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.i2c;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import mirage.emulator.board.I2cDevice;
import mirage.emulator.peripheral.Gpio;

/**
 * Clock and data of one controller as the GPIO matrix leads them to pins, and who is spoken to there. A device takes part if both
 * lines lead to its pins and back.
 */
public final class I2cLines {
  private static final int READ = 1;

  private final Gpio gpio;
  private final int clockSignal;
  private final int dataSignal;
  private final List<Slot> slots = new ArrayList<>();

  /** Those who acknowledged the last address, and have not been sent away by the master since. */
  private final List<I2cDevice> addressed = new ArrayList<>();

  /** Those who acknowledged an address since the bus was idle. */
  private final Set<I2cDevice> joined = new LinkedHashSet<>();

  private boolean busy;
  private boolean addressNext;
  private boolean reading;

  /** A device at its pins. */
  private record Slot(I2cDevice device, int address, int clock, int data) {}

  private I2cLines(Gpio gpio, int clockSignal, int dataSignal) {
    this.gpio = gpio;
    this.clockSignal = clockSignal;
    this.dataSignal = dataSignal;
    gpio.setSignal(clockSignal, true);
    gpio.setSignal(dataSignal, true);
  }

  /** Those of controller {@code number}, 0 or 1 (TRM, "GPIO Matrix", for the numbers of the signals). */
  public static I2cLines of(int number, Gpio gpio) {
    return number == 0 ? new I2cLines(gpio, 29, 30) : new I2cLines(gpio, 95, 96);
  }

  /**
   * Puts a device at pins of the chip; both have a pull-up.
   *
   * @param address of 7 bits
   * @param clock pin of SCL
   * @param data pin of SDA
   */
  public void attach(I2cDevice device, int address, int clock, int data) {
    slots.add(new Slot(device, address, clock, data));
    gpio.drive(clock, true);
    gpio.drive(data, true);
  }

  /** Whether there was a START and no STOP since. */
  boolean busy() {
    return busy;
  }

  /** START, also within a transaction: the next byte is an address. */
  void start() {
    busy = true;
    addressNext = true;
    addressed.clear();
  }

  /**
   * A byte from the master.
   *
   * @return whether anybody acknowledges it
   */
  boolean write(int value) {
    if (addressNext) {
      return address(value >>> 1, (value & READ) != 0);
    }
    boolean acknowledged = false;
    if (!reading) {
      for (I2cDevice device : addressed) {
        acknowledged |= device.write(value);
      }
    }
    return acknowledged;
  }

  private boolean address(int address, boolean read) {
    addressNext = false;
    reading = read;
    for (Slot slot : slots) {
      if (slot.address() == address && wired(slot) && slot.device().start(read)) {
        addressed.add(slot.device());
        joined.add(slot.device());
      }
    }
    return !addressed.isEmpty();
  }

  private boolean wired(Slot slot) {
    return gpio.leadsOut(clockSignal, slot.clock())
        && gpio.leadsIn(slot.clock(), clockSignal)
        && gpio.leadsOut(dataSignal, slot.data())
        && gpio.leadsIn(slot.data(), dataSignal);
  }

  /**
   * A byte for the master.
   *
   * @param acknowledge whether the master wants another; otherwise the devices let the line go
   */
  int read(boolean acknowledge) {
    int value = I2cDevice.FLOATING;
    if (reading) {
      for (I2cDevice device : addressed) {
        value &= device.read();
      }
    }
    if (!acknowledge) {
      addressed.clear();
    }
    return value;
  }

  /** STOP: the bus is idle. */
  void stop() {
    joined.forEach(I2cDevice::stop);
    joined.clear();
    addressed.clear();
    busy = false;
  }
}
