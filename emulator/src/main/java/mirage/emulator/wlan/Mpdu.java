// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.wlan;

import java.util.Arrays;
import java.util.Optional;

/**
 * A frame of IEEE 802.11 (9.2), without check sequence. Whoever has one may read all fields of its header; what does not have
 * a whole header is none.
 */
public record Mpdu(byte[] bytes) {
  /** Types. */
  public static final int MANAGEMENT = 0;

  public static final int CONTROL = 1;
  public static final int DATA = 2;

  /** Subtypes of management frames. */
  public static final int ASSOCIATION_REQUEST = 0;

  public static final int ASSOCIATION_RESPONSE = 1;
  public static final int REASSOCIATION_REQUEST = 2;
  public static final int REASSOCIATION_RESPONSE = 3;
  public static final int PROBE_REQUEST = 4;
  public static final int PROBE_RESPONSE = 5;
  public static final int BEACON = 8;
  public static final int DISASSOCIATION = 10;
  public static final int AUTHENTICATION = 11;
  public static final int DEAUTHENTICATION = 12;

  /** Bytes of a header with three addresses. */
  public static final int HEADER = 24;

  private static final int ADDRESS = 6;
  private static final int QOS = 2;
  private static final int SUBTYPE_QOS = 8;
  private static final int SUBTYPE_NO_DATA = 4;
  private static final int TO_DS = 1;
  private static final int FROM_DS = 1 << 1;
  private static final int RETRY = 1 << 3;
  private static final int PROTECTED = 1 << 6;
  private static final int ORDER = 1 << 7;

  /** The frame in {@code bytes}, which is used in place, if its header is whole. */
  public static Optional<Mpdu> of(byte[] bytes) {
    Mpdu frame = new Mpdu(bytes);
    boolean whole = bytes.length >= HEADER && bytes.length >= frame.headerLength();
    return whole && (bytes[0] & 3) == 0 && frame.type() != CONTROL
        ? Optional.of(frame)
        : Optional.empty();
  }

  public int type() {
    return bytes[0] >> 2 & 3;
  }

  public int subtype() {
    return bytes[0] >> 4 & 0xF;
  }

  public boolean is(int type, int subtype) {
    return type() == type && subtype() == subtype;
  }

  private int flags() {
    return bytes[1];
  }

  /** Sent by a station to its access point. */
  public boolean toDs() {
    return (flags() & TO_DS) != 0;
  }

  /** Sent by an access point. */
  public boolean fromDs() {
    return (flags() & FROM_DS) != 0;
  }

  public boolean retry() {
    return (flags() & RETRY) != 0;
  }

  public boolean isProtected() {
    return (flags() & PROTECTED) != 0;
  }

  /** The same frame, marked as sent again. */
  public Mpdu repeated() {
    byte[] copy = bytes.clone();
    copy[1] |= (byte) RETRY;
    return new Mpdu(copy);
  }

  /** A data frame that has a field of quality of service. */
  public boolean qos() {
    return type() == DATA && (subtype() & SUBTYPE_QOS) != 0;
  }

  /** A data frame that has something in it. */
  public boolean carriesData() {
    return type() == DATA && (subtype() & SUBTYPE_NO_DATA) == 0;
  }

  boolean fourAddresses() {
    return type() == DATA && toDs() && fromDs();
  }

  public int headerLength() {
    int length = HEADER + (fourAddresses() ? ADDRESS : 0) + (qos() ? QOS : 0);
    return length + ((flags() & ORDER) != 0 && (qos() || type() == MANAGEMENT) ? 4 : 0);
  }

  /** The traffic identifier; 0 without quality of service. */
  public int priority() {
    return qos() ? bytes[HEADER + (fourAddresses() ? ADDRESS : 0)] & 0xF : 0;
  }

  public Address receiver() {
    return Address.at(bytes, 4);
  }

  public Address transmitter() {
    return Address.at(bytes, 10);
  }

  public Address third() {
    return Address.at(bytes, 16);
  }

  /** Sequence and fragment number. */
  public int sequenceControl() {
    return bytes[22] & 0xFF | (bytes[23] & 0xFF) << 8;
  }

  /** What lies behind the header. */
  public byte[] body() {
    return Arrays.copyOfRange(bytes, headerLength(), bytes.length);
  }

  /** The BSSID, if the frame has one. */
  public Address bssid() {
    if (type() == MANAGEMENT || !toDs() && !fromDs()) {
      return third();
    }
    return toDs() ? receiver() : transmitter();
  }

  /** How a frame is made, byte by byte of its first two. */
  public static Mpdu management(
      int subtype, Address to, Address from, Address bssid, int sequence, byte[] body) {
    return make(subtype << 4, 0, to, from, bssid, sequence, body);
  }

  /** A data frame from an access point. */
  public static Mpdu fromDs(
      Address to, Address bssid, Address source, int sequence, boolean isProtected, byte[] body) {
    int flags = FROM_DS | (isProtected ? PROTECTED : 0);
    return make(DATA << 2, flags, to, bssid, source, sequence, body);
  }

  /** A data frame to an access point. */
  public static Mpdu toDs(
      Address bssid,
      Address from,
      Address destination,
      int sequence,
      boolean isProtected,
      byte[] body) {
    int flags = TO_DS | (isProtected ? PROTECTED : 0);
    return make(DATA << 2, flags, bssid, from, destination, sequence, body);
  }

  private static Mpdu make(
      int control, int flags, Address a1, Address a2, Address a3, int sequence, byte[] body) {
    byte[] bytes = new byte[HEADER + body.length];
    bytes[0] = (byte) control;
    bytes[1] = (byte) flags;
    a1.put(bytes, 4);
    a2.put(bytes, 10);
    a3.put(bytes, 16);
    bytes[22] = (byte) (sequence << 4);
    bytes[23] = (byte) (sequence >> 4);
    System.arraycopy(body, 0, bytes, HEADER, body.length);
    return new Mpdu(bytes);
  }
}
