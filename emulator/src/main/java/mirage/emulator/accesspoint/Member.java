// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.accesspoint;

import java.util.Arrays;
import mirage.emulator.air.Antenna;
import mirage.emulator.wlan.Address;
import mirage.emulator.wlan.Ccmp;
import mirage.emulator.wlan.Mpdu;

/** A station that has authenticated itself (in the sense of the open system: it has said hello). */
final class Member {
  private static final int PRIORITIES = 16;
  private static final int NONE = -1;

  final Address address;

  /** 0 until it is associated. */
  int associationId;

  /** Null in an open network, and before association. */
  Handshake handshake;

  private final long[] received = new long[PRIORITIES];
  private Ccmp cipher;
  private long packet;
  private int lastSequence = NONE;

  Member(Address address) {
    this.address = address;
  }

  boolean associated() {
    return associationId != 0;
  }

  /** Begins a new association. */
  void associate(int id) {
    associationId = id;
    handshake = null;
    cipher = null;
  }

  void setKey(byte[] temporal) {
    cipher = new Ccmp(temporal);
    packet = 0;
    Arrays.fill(received, 0);
  }

  /** The tick at which its handshake wants to go on. */
  long due() {
    return handshake == null ? Antenna.NEVER : handshake.due();
  }

  boolean keyed() {
    return cipher != null;
  }

  Ccmp cipher() {
    return cipher;
  }

  byte[] nextHeader() {
    return Ccmp.header(++packet, 0);
  }

  /** Whether a frame is one that was received already, because its acknowledgement was lost. */
  boolean repeats(Mpdu frame) {
    boolean same = frame.retry() && frame.sequenceControl() == lastSequence;
    lastSequence = frame.sequenceControl();
    return same;
  }

  /** Whether the packet number of a frame that was decrypted is new. */
  boolean fresh(Mpdu frame) {
    long number = Ccmp.packet(frame);
    boolean fresh = number > received[frame.priority()];
    if (fresh) {
      received[frame.priority()] = number;
    }
    return fresh;
  }
}
