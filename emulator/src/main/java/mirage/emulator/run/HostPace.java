// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import mirage.emulator.board.Bell;
import mirage.emulator.net.Outside;

/** Time that goes by as the host's does, with the host on the wire. */
final class HostPace implements Pace {
  /** Nobody does anything any more. */
  private static final long NEVER = Long.MAX_VALUE / 2;

  private final Outside outside;
  private final Bell bell = new Bell();
  private Pacer pacer;

  HostPace(Outside outside) {
    this.outside = outside;
  }

  @Override
  public long quietUntil(long now, long next) {
    if (pacer == null) {
      pacer = new Pacer(now, System::nanoTime);
    }
    pacer.reached(now);
    if (outside.carry(now)) {
      return now;
    }
    while (next < NEVER || outside.open()) {
      long millis = pacer.millisUntil(next);
      if (millis < Pacer.SLACK_MILLIS) {
        break;
      }
      outside.expect(bell);
      bell.await(Math.min(millis, Pacer.LOOK_MILLIS));
      long present = Math.max(now, Math.min(next, pacer.now()));
      if (outside.carry(present)) {
        return present;
      }
    }
    return next;
  }
}
