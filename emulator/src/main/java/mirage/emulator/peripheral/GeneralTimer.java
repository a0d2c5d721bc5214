// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import mirage.emulator.clock.Alarm;
import mirage.emulator.clock.Clock;
import mirage.emulator.clock.ClockTree;
import mirage.emulator.clock.Counter;

/**
 * One 64-bit up/down timer of a timer group (TRM, "Timer Group"): prescaler 2 to 65536 from APB_CLK, alarm,
 * reload.
 */
final class GeneralTimer {
  private static final int EN = 31;
  private static final int INCREASE = 30;
  private static final int AUTORELOAD = 29;
  private static final int EDGE_INT_EN = 12;
  private static final int LEVEL_INT_EN = 11;
  private static final int ALARM_EN = 10;

  private final TimerGroup group;
  private final ClockTree clocks;
  private final int bit;
  private final Counter counter;
  private final Alarm alarm;
  private final Register config;
  private final Register low;
  private final Register high;
  private final Register alarmLow;
  private final Register alarmHigh;
  private final Register loadLow;
  private final Register loadHigh;

  /**
   * @param configOffset of TxCONFIG
   * @param dataOffset of TxLO, which the other registers follow
   * @param bit number in the group's interrupt registers
   */
  GeneralTimer(
      TimerGroup group,
      String name,
      int configOffset,
      int dataOffset,
      int bit,
      Clock clock,
      ClockTree clocks) {
    this.group = group;
    this.clocks = clocks;
    this.bit = bit;
    this.counter = new Counter(clock);
    this.alarm = clock.alarm(group.name() + " " + name + " alarm", this::ring);
    String prefix = "TIMG_" + name;
    config = group.plain(configOffset, prefix + "CONFIG", 0x6000_2000).onWrite(word -> configure());
    low = group.register(dataOffset, prefix + "LO", 0, 0);
    high = group.register(dataOffset + 0x04, prefix + "HI", 0, 0);
    group.register(dataOffset + 0x08, prefix + "UPDATE", 0, 0).onWrite(word -> capture());
    alarmLow = group.plain(dataOffset + 0x0C, prefix + "ALARMLO", 0).onWrite(word -> arm());
    alarmHigh = group.plain(dataOffset + 0x10, prefix + "ALARMHI", 0).onWrite(word -> arm());
    loadLow = group.plain(dataOffset + 0x14, prefix + "LOADLO", 0);
    loadHigh = group.plain(dataOffset + 0x18, prefix + "LOADHI", 0);
    group.register(dataOffset + 0x1C, prefix + "LOAD", 0, 0).onWrite(word -> load());
  }

  void reset() {
    counter.load(0);
    configure();
  }

  /** Takes over the configuration, also after a change of the APB clock. */
  void configure() {
    int direction = !config.bit(EN) ? 0 : config.bit(INCREASE) ? 1 : -1;
    counter.run((long) clocks.apbTicks() * divider(), direction);
    arm();
  }

  /** Fixes the count reached at the old rate. */
  void settle() {
    counter.load(counter.value());
  }

  /** 0 means 65536; 1 and 2 mean 2 (TRM, "Timer Group", prescaler). */
  private int divider() {
    int field = config.field(13, 16);
    return field == 0 ? 65536 : Math.max(field, 2);
  }

  private static long join(Register high, Register low) {
    return (long) high.value() << 32 | Integer.toUnsignedLong(low.value());
  }

  private void capture() {
    long value = counter.value();
    low.set((int) value);
    high.set((int) (value >>> 32));
  }

  private void load() {
    counter.load(join(loadHigh, loadLow));
    arm();
  }

  private void arm() {
    if (!config.bit(ALARM_EN) || !config.bit(EN)) {
      alarm.cancel();
      return;
    }
    // The alarm is a comparison for equality: a value that is passed already never matches.
    long due = counter.tickOf(join(alarmHigh, alarmLow));
    if (due == Long.MAX_VALUE) {
      alarm.cancel();
    } else {
      alarm.set(due);
    }
  }

  private void ring() {
    config.set(config.value() & ~(1 << ALARM_EN));
    if (config.bit(AUTORELOAD)) {
      counter.load(join(loadHigh, loadLow));
    }
    group.timerAlarm(bit, config.bit(LEVEL_INT_EN), config.bit(EDGE_INT_EN));
  }
}
