// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.util.ArrayList;
import java.util.List;
import mirage.emulator.board.Bell;

/** All on the wire of several boards that lives in the host's time; nobody, if a run is virtual. */
public final class Outside {
  private final List<Uplink> uplinks = new ArrayList<>();

  void add(Uplink uplink) {
    uplinks.add(uplink);
  }

  /** Whether something may ever come from there. */
  public boolean open() {
    return !uplinks.stream().allMatch(Uplink::ended);
  }

  /** From now on {@code bell} is rung when something comes. */
  public void expect(Bell bell) {
    uplinks.forEach(uplink -> uplink.expect(bell));
  }

  /**
   * Carries frames both ways.
   *
   * @param tick at which what comes from outside is sent on the wire
   * @return whether that was something
   */
  public boolean carry(long tick) {
    boolean came = false;
    for (Uplink uplink : uplinks) {
      came |= uplink.carry(tick);
    }
    return came;
  }
}
