// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.wlan;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * An EAPOL-Key frame of RSN (IEEE 802.11, 12.7.2).
 *
 * @param information flags: {@link #PAIRWISE} and the others
 * @param replay the counter by which answers find their question
 * @param nonce 32 bytes
 * @param sequence the packet number a group key begins with
 * @param code 16 bytes
 * @param data key data, perhaps encrypted
 */
public record KeyFrame(
    int information, long replay, byte[] nonce, long sequence, byte[] code, byte[] data) {
  /** HMAC-SHA1 and AES key wrap. */
  public static final int VERSION = 2;

  public static final int PAIRWISE = 1 << 3;
  public static final int INSTALL = 1 << 6;
  public static final int ACK = 1 << 7;
  public static final int MIC = 1 << 8;
  public static final int SECURE = 1 << 9;
  public static final int ENCRYPTED = 1 << 12;

  private static final int HEADER = 4;
  private static final int CODE = 81;
  private static final int CODE_LENGTH = 16;
  private static final int BODY = 99;
  private static final byte EAPOL_VERSION = 2;
  private static final byte KEY = 3;
  private static final byte RSN = 2;

  /** The frame in what follows the type of EAPOL, if it is one of RSN. */
  public static Optional<KeyFrame> parse(byte[] bytes) {
    if (bytes.length < BODY || bytes[1] != KEY || bytes[4] != RSN) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, HEADER + 1, bytes.length - HEADER - 1);
    int information = in.getShort() & 0xFFFF;
    in.getShort();
    long replay = in.getLong();
    byte[] nonce = get(in, Wpa.NONCE);
    get(in, 16);
    long sequence = Long.reverseBytes(in.getLong());
    in.getLong();
    byte[] code = get(in, CODE_LENGTH);
    int length = in.getShort() & 0xFFFF;
    return length > in.remaining()
        ? Optional.empty()
        : Optional.of(new KeyFrame(information, replay, nonce, sequence, code, get(in, length)));
  }

  private static byte[] get(ByteBuffer in, int length) {
    byte[] part = new byte[length];
    in.get(part);
    return part;
  }

  public boolean has(int flags) {
    return (information & flags) == flags;
  }

  /** Its bytes as they follow the type of EAPOL, with the code it has. */
  public byte[] bytes() {
    boolean pairwiseKey = has(PAIRWISE) && has(ACK);
    return ByteBuffer.allocate(BODY + data.length)
        .put(EAPOL_VERSION)
        .put(KEY)
        .putShort((short) (BODY - HEADER + data.length))
        .put(RSN)
        .putShort((short) information)
        .putShort((short) (pairwiseKey ? 16 : 0))
        .putLong(replay)
        .put(nonce)
        .put(new byte[16])
        .putLong(Long.reverseBytes(sequence))
        .putLong(0)
        .put(code)
        .putShort((short) data.length)
        .put(data)
        .array();
  }

  /** The same, signed. */
  public byte[] signed(byte[] confirmation) {
    byte[] bytes = bytes();
    byte[] blank = blank(bytes);
    System.arraycopy(Wpa.code(confirmation, blank), 0, bytes, CODE, CODE_LENGTH);
    return bytes;
  }

  /** Whether {@code bytes}, those of this frame, were signed by this key. */
  public boolean signedBy(byte[] confirmation, byte[] bytes) {
    int length = Math.min(bytes.length, HEADER + (bytes[2] & 0xFF) * 256 + (bytes[3] & 0xFF));
    byte[] blank = blank(Arrays.copyOf(bytes, length));
    return length >= BODY && MessageDigest.isEqual(code, Wpa.code(confirmation, blank));
  }

  private static byte[] blank(byte[] bytes) {
    byte[] blank = bytes.clone();
    for (int i = 0; i < Math.min(CODE_LENGTH, Math.max(0, blank.length - CODE)); i++) {
      blank[CODE + i] = 0;
    }
    return blank;
  }
}
