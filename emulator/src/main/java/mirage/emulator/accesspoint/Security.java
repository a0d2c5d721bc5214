// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.accesspoint;

import java.util.SplittableRandom;
import mirage.emulator.wlan.Wpa;

/** The secrets of a network with WPA2. */
final class Security {
  private final byte[] master;
  private final SplittableRandom chance;
  private GroupKey group;
  private GroupKey next;

  Security(Settings settings, String passphrase) {
    master = Wpa.masterKey(passphrase, settings.ssidBytes());
    chance = new SplittableRandom(settings.seed());
    group = new GroupKey(1, random(16));
  }

  byte[] master() {
    return master;
  }

  byte[] nonce() {
    return random(Wpa.NONCE);
  }

  /** The group key in use. */
  GroupKey group() {
    return group;
  }

  /** The newest group key: what stations get. */
  GroupKey newest() {
    return next != null ? next : group;
  }

  /** Makes a group key, which is not used yet. */
  GroupKey renew() {
    next = new GroupKey(3 - group.id(), random(16));
    return next;
  }

  /** From now on the newest group key is used. */
  void change() {
    group = newest();
    next = null;
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    chance.nextBytes(bytes);
    return bytes;
  }
}
