// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.clock;

/** An action that happens once at a set tick. An alarm can be set again and again, also from its own action. */
public final class Alarm {
  /** The tick of an alarm that is not armed. */
  static final long NEVER = Long.MAX_VALUE;

  private final VirtualClock clock;
  private final String name;
  private final Runnable action;
  private long due = NEVER;

  Alarm(VirtualClock clock, String name, Runnable action) {
    this.clock = clock;
    this.name = name;
    this.action = action;
  }

  /**
   * Arms the alarm for {@code tick}, replacing an earlier setting; a tick in the past means as soon as
   * possible.
   */
  public void set(long tick) {
    due = tick;
    clock.changed(this);
  }

  /** Disarms the alarm. */
  public void cancel() {
    due = NEVER;
    clock.changed(this);
  }

  /** Whether the action is still to come. */
  public boolean armed() {
    return due != NEVER;
  }

  /** The tick the alarm is set for; meaningful while armed. */
  public long due() {
    return due;
  }

  /** What the alarm is for. */
  public String name() {
    return name;
  }

  void ring() {
    due = NEVER;
    action.run();
  }
}
