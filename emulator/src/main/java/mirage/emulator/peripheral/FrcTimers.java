// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import mirage.emulator.clock.Alarm;
import mirage.emulator.clock.Clock;
import mirage.emulator.clock.ClockTree;
import mirage.emulator.clock.Counter;

/**
 * The two legacy FRC timers: FRC1 counts 23 bits down to zero, FRC2 counts 32 bits up and compares with an alarm
 * value. Both divide APB_CLK by 1, 16 or 256.
 */
public final class FrcTimers extends RegisterBlock {
  private static final int ENABLE = 7;
  private static final int AUTOLOAD = 6;
  private static final int INT_STATUS = 8;

  private final ClockTree clocks;
  private final Timer down;
  private final Timer up;

  public FrcTimers(Clock clock, ClockTree clocks, InterruptMatrix matrix) {
    super("FRC_TIMER", 0x1000);
    this.clocks = clocks;
    down = new Timer(clock, 0, matrix, InterruptSource.TIMER_INT1);
    up = new Timer(clock, 1, matrix, InterruptSource.TIMER_INT2);
    clocks.onChange(
        () -> {
          down.settle();
          up.settle();
        },
        () -> {
          down.configure();
          up.configure();
        });
  }

  @Override
  public void reset() {
    super.reset();
    down.clear();
    up.clear();
    down.counter.load(0);
    up.counter.load(0);
    down.configure();
    up.configure();
  }

  private final class Timer {
    private final boolean countsUp;
    private final long mask;
    private final InterruptMatrix matrix;
    private final InterruptSource source;
    private final Counter counter;
    private final Alarm alarm;
    private final Register load;
    private final Register ctrl;
    private final Register target;

    Timer(Clock clock, int index, InterruptMatrix matrix, InterruptSource source) {
      this.countsUp = index == 1;
      this.mask = countsUp ? 0xFFFF_FFFFL : 0x7F_FFFFL;
      this.matrix = matrix;
      this.source = source;
      this.counter = new Counter(clock);
      String prefix = "FRC" + (index + 1) + "_";
      this.alarm = clock.alarm(prefix + "alarm", this::ring);
      int base = 0x20 * index;
      load = plain(base, prefix + "LOAD", 0).onWrite(word -> load());
      register(base + 0x04, prefix + "COUNT", 0, 0).onRead(() -> (int) (counter.value() & mask));
      ctrl = plain(base + 0x08, prefix + "CTRL", 0).onWrite(word -> configure());
      register(base + 0x0C, prefix + "INT", 0, 0).onWrite(word -> clear());
      target = plain(base + 0x10, prefix + "ALARM", 0).onWrite(word -> arm());
    }

    private void load() {
      counter.load(load.value() & mask);
      arm();
    }

    void settle() {
      counter.load(counter.value());
    }

    void configure() {
      int divider = 1 << 4 * ctrl.field(2, 2);
      counter.run((long) clocks.apbTicks() * divider, !ctrl.bit(ENABLE) ? 0 : countsUp ? 1 : -1);
      arm();
    }

    private void arm() {
      if (!ctrl.bit(ENABLE)) {
        alarm.cancel();
        return;
      }
      long now = counter.value() & mask;
      long wanted = countsUp ? Integer.toUnsignedLong(target.value()) : 0;
      long distance = (countsUp ? wanted - now : now - wanted) & mask;
      counter.load(now);
      alarm.set(
          counter.tickOf(countsUp ? now + (distance == 0 ? mask + 1 : distance) : now - distance));
    }

    private void ring() {
      ctrl.set(ctrl.value() | 1 << INT_STATUS);
      matrix.set(source, true);
      if (ctrl.bit(AUTOLOAD)) {
        counter.load(load.value() & mask);
      }
      if (countsUp || ctrl.bit(AUTOLOAD)) {
        arm();
      }
    }

    void clear() {
      ctrl.set(ctrl.value() & ~(1 << INT_STATUS));
      matrix.set(source, false);
    }
  }
}
