// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.clock;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Deterministic virtual time. The machine advances it, after each slice of instructions or by a jump while
 * all cores
 * are idle; host time never enters.
 *
 * <p>A chip has about a dozen alarms, so the next one is found by a scan that is done only after a change.
 */
public final class VirtualClock implements Clock {
  private final List<Alarm> alarms = new ArrayList<>();
  private long base;
  private LongSupplier live = () -> 0;
  private Runnable onEarlier = () -> {};
  private Alarm next;
  private boolean stale = true;

  @Override
  public long now() {
    return Math.max(base, live.getAsLong());
  }

  @Override
  public Alarm alarm(String name, Runnable action) {
    Alarm alarm = new Alarm(this, name, action);
    alarms.add(alarm);
    return alarm;
  }

  /** The tick of the earliest armed alarm, or {@link Long#MAX_VALUE} if there is none. */
  public long nextAlarm() {
    if (stale) {
      next = null;
      for (Alarm alarm : alarms) {
        if (alarm.armed() && (next == null || alarm.due() < next.due())) {
          next = alarm;
        }
      }
      stale = false;
    }
    return next == null ? Alarm.NEVER : next.due();
  }

  /**
   * Lets time go on during a slice of instructions.
   *
   * @param tick the running core's own time; 0 between slices
   * @param onEarlier called when an alarm is set, so that a slice can be cut short
   */
  public void duringSlices(LongSupplier tick, Runnable onEarlier) {
    this.live = tick;
    this.onEarlier = onEarlier;
  }

  /**
   * Moves time to {@code tick}, ringing on the way each alarm at its own tick, in order of due time, then of
   * making.
   */
  public void advanceTo(long tick) {
    while (nextAlarm() <= tick) {
      Alarm due = next;
      base = Math.max(base, due.due());
      stale = true;
      due.ring();
    }
    base = Math.max(base, tick);
  }

  void changed(Alarm alarm) {
    stale = true;
    if (alarm.armed()) {
      onEarlier.run();
    }
  }
}
