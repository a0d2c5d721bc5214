// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.accesspoint;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import mirage.emulator.wlan.Address;

/**
 * An Ethernet frame, as it is bridged.
 *
 * @param payload the type and what follows
 */
record Ether(Address destination, Address source, byte[] payload) {
  private static final byte[] SNAP = {(byte) 0xAA, (byte) 0xAA, 3, 0, 0, 0};
  private static final int HEADER = 2 * Address.LENGTH;
  private static final int TYPE = 2;
  private static final int LONGEST = HEADER + TYPE + 1500;

  /** The frame in bytes without check sequence; empty if they are too few, or too many for an Ethernet. */
  static Optional<Ether> of(byte[] bytes) {
    return bytes.length < HEADER + TYPE || bytes.length > LONGEST
        ? Optional.empty()
        : Optional.of(
            new Ether(
                Address.of(bytes),
                Address.at(bytes, Address.LENGTH),
                Arrays.copyOfRange(bytes, HEADER, bytes.length)));
  }

  /** The frame in the body of an 802.11 frame; empty if that is of another kind than LLC with SNAP. */
  static Optional<Ether> ofBody(Address destination, Address source, byte[] body) {
    return body.length >= SNAP.length + TYPE
            && Arrays.equals(body, 0, SNAP.length, SNAP, 0, SNAP.length)
        ? Optional.of(
            new Ether(destination, source, Arrays.copyOfRange(body, SNAP.length, body.length)))
        : Optional.empty();
  }

  /** With a type and its payload. */
  static Ether of(Address destination, Address source, int type, byte[] content) {
    byte[] payload =
        ByteBuffer.allocate(TYPE + content.length).putShort((short) type).put(content).array();
    return new Ether(destination, source, payload);
  }

  int type() {
    return ByteBuffer.wrap(payload).getShort() & 0xFFFF;
  }

  /** What follows the type. */
  byte[] content() {
    return Arrays.copyOfRange(payload, TYPE, payload.length);
  }

  /** As Ethernet has it, without check sequence. */
  byte[] bytes() {
    return ByteBuffer.allocate(HEADER + payload.length)
        .put(destination.bytes())
        .put(source.bytes())
        .put(payload)
        .array();
  }

  /** As the body of an 802.11 frame. */
  byte[] body() {
    return ByteBuffer.allocate(SNAP.length + payload.length).put(SNAP).put(payload).array();
  }
}
