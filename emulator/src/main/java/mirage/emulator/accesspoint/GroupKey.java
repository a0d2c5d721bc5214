// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.accesspoint;

import mirage.emulator.wlan.Ccmp;

/** A key for frames to all stations. */
final class GroupKey {
  private final int id;
  private final byte[] key;
  private final Ccmp cipher;
  private long packet;

  /**
   * @param id 1 or 2
   * @param key 16 bytes
   */
  GroupKey(int id, byte[] key) {
    this.id = id;
    this.key = key;
    this.cipher = new Ccmp(key);
  }

  int id() {
    return id;
  }

  byte[] key() {
    return key;
  }

  Ccmp cipher() {
    return cipher;
  }

  /** The number of the last frame. */
  long packet() {
    return packet;
  }

  byte[] nextHeader() {
    return Ccmp.header(++packet, id);
  }
}
