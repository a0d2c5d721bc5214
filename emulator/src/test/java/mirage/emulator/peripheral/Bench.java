// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import mirage.emulator.bus.Device;
import mirage.emulator.clock.ClockTree;
import mirage.emulator.clock.VirtualClock;

/** What a peripheral needs around it, recorded. */
public final class Bench {
  public final VirtualClock clock = new VirtualClock();
  public final ClockTree clocks = new ClockTree();
  public final TreeSet<Integer> proLines = new TreeSet<>();
  public final TreeSet<Integer> appLines = new TreeSet<>();
  public final List<ResetCause> resets = new ArrayList<>();
  public final StringBuilder sent = new StringBuilder();
  public final InterruptMatrix matrix =
      new InterruptMatrix(
          (core, line, level) -> {
            TreeSet<Integer> lines = core == 0 ? proLines : appLines;
            if (level) {
              lines.add(line);
            } else {
              lines.remove(line);
            }
          });

  /** Routes {@code source} to {@code line} of the PRO CPU. */
  public void route(InterruptSource source, int line) {
    matrix.route(0, source.ordinal(), line);
  }

  public void micros(long count) {
    clock.advanceTo(clock.now() + count * VirtualClock.TICKS_PER_MICROSECOND);
  }

  public void reset(ResetCause cause, int core) {
    resets.add(cause);
  }

  public static int get(Device device, int offset) {
    return device.read(offset, 4);
  }

  public static void put(Device device, int offset, int value) {
    device.write(offset, 4, value);
  }
}
