// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.wlan;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** CCMP (IEEE 802.11, 12.5.3): encrypts and authenticates the body of a frame by AES in counter mode with CBC-MAC. */
public final class Ccmp {
  /** Bytes of the header in front of the body: packet number and key id. */
  public static final int HEADER = 8;

  /** Bytes of the code behind it. */
  public static final int MIC = 8;

  private static final int BLOCK = 16;
  private static final int EXTENDED_IV = 1 << 5;

  /** CBC-MAC of the first block: associated data, a code of 8 bytes, a length of 2. */
  private static final int MAC_FLAGS = 0x59;

  private static final int COUNTER_FLAGS = 1;

  private final Cipher aes;

  /** With a key of 16 bytes. */
  public Ccmp(byte[] key) {
    try {
      aes = Cipher.getInstance("AES/ECB/NoPadding");
      aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES", e);
    }
  }

  /** The CCMP header. */
  public static byte[] header(long packet, int keyId) {
    byte[] header = new byte[HEADER];
    header[0] = (byte) packet;
    header[1] = (byte) (packet >> 8);
    header[3] = (byte) (EXTENDED_IV | keyId << 6);
    for (int i = 0; i < 4; i++) {
      header[4 + i] = (byte) (packet >> 16 + 8 * i);
    }
    return header;
  }

  /** The packet number in the CCMP header of a frame. */
  public static long packet(Mpdu frame) {
    byte[] bytes = frame.bytes();
    int at = frame.headerLength();
    long packet = bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8;
    for (int i = 0; i < 4; i++) {
      packet |= (bytes[at + 4 + i] & 0xFFL) << 16 + 8 * i;
    }
    return packet;
  }

  /** The key id in the CCMP header of a frame. */
  public static int keyId(Mpdu frame) {
    return frame.bytes()[frame.headerLength() + 3] >> 6 & 3;
  }

  /** Whether a frame is long enough to be encrypted. */
  public static boolean fits(Mpdu frame) {
    return frame.bytes().length >= frame.headerLength() + HEADER + MIC;
  }

  /** Encrypts what lies behind the CCMP header of a frame that is marked as protected, and appends the MIC. */
  public byte[] encrypt(Mpdu frame) {
    byte[] bytes = frame.bytes();
    int start = frame.headerLength() + HEADER;
    byte[] plain = Arrays.copyOfRange(bytes, start, bytes.length);
    byte[] nonce = nonce(frame);
    byte[] code = code(frame, nonce, plain);
    byte[] result = Arrays.copyOf(bytes, bytes.length + MIC);
    counter(nonce, plain);
    System.arraycopy(plain, 0, result, start, plain.length);
    System.arraycopy(code, 0, result, bytes.length, MIC);
    return result;
  }

  /** The frame with its body in clear and without MIC; the CCMP header stays. Empty if the MIC is wrong. */
  public Optional<byte[]> decrypt(Mpdu frame) {
    byte[] bytes = frame.bytes();
    int start = frame.headerLength() + HEADER;
    int end = bytes.length - MIC;
    if (!fits(frame)) {
      return Optional.empty();
    }
    byte[] body = Arrays.copyOfRange(bytes, start, end);
    byte[] nonce = nonce(frame);
    counter(nonce, body);
    byte[] code = code(frame, nonce, body);
    if (!MessageDigest.isEqual(code, Arrays.copyOfRange(bytes, end, bytes.length))) {
      return Optional.empty();
    }
    byte[] result = Arrays.copyOf(bytes, end);
    System.arraycopy(body, 0, result, start, body.length);
    return Optional.of(result);
  }

  /** Priority, transmitter, packet number. */
  private static byte[] nonce(Mpdu frame) {
    byte[] nonce = new byte[13];
    nonce[0] = (byte) (frame.priority() | (frame.type() == Mpdu.MANAGEMENT ? 1 << 4 : 0));
    frame.transmitter().put(nonce, 1);
    long packet = packet(frame);
    for (int i = 0; i < 6; i++) {
      nonce[7 + i] = (byte) (packet >> 40 - 8 * i);
    }
    return nonce;
  }

  /** The header as it is authenticated: without what changes when a frame is sent again. */
  private static byte[] associated(Mpdu frame) {
    byte[] bytes = frame.bytes();
    boolean data = frame.type() == Mpdu.DATA;
    int length = 22 + (frame.fourAddresses() ? 6 : 0) + (frame.qos() ? 2 : 0);
    byte[] result = new byte[length];
    result[0] = (byte) (data ? bytes[0] & 0x8F : bytes[0]);
    int flags = bytes[1] & 0xC7 | 0x40;
    result[1] = (byte) (frame.qos() ? flags & 0x7F : flags);
    System.arraycopy(bytes, 4, result, 2, 18);
    result[20] = (byte) (bytes[22] & 0xF);
    int at = 22;
    if (frame.fourAddresses()) {
      System.arraycopy(bytes, Mpdu.HEADER, result, at, 6);
      at += 6;
    }
    if (frame.qos()) {
      result[at] = (byte) frame.priority();
    }
    return result;
  }

  private byte[] code(Mpdu frame, byte[] nonce, byte[] plain) {
    byte[] state = block(MAC_FLAGS, nonce, plain.length);
    apply(state);
    byte[] associated = associated(frame);
    byte[] framed = new byte[2 + associated.length];
    framed[0] = (byte) (associated.length >> 8);
    framed[1] = (byte) associated.length;
    System.arraycopy(associated, 0, framed, 2, associated.length);
    mix(state, framed);
    mix(state, plain);
    byte[] first = block(COUNTER_FLAGS, nonce, 0);
    apply(first);
    byte[] code = new byte[MIC];
    for (int i = 0; i < MIC; i++) {
      code[i] = (byte) (state[i] ^ first[i]);
    }
    return code;
  }

  private void mix(byte[] state, byte[] data) {
    for (int at = 0; at < data.length; at += BLOCK) {
      for (int i = 0; i < Math.min(BLOCK, data.length - at); i++) {
        state[i] ^= data[at + i];
      }
      apply(state);
    }
  }

  private void counter(byte[] nonce, byte[] data) {
    for (int at = 0; at < data.length; at += BLOCK) {
      byte[] stream = block(COUNTER_FLAGS, nonce, at / BLOCK + 1);
      apply(stream);
      for (int i = 0; i < Math.min(BLOCK, data.length - at); i++) {
        data[at + i] ^= stream[i];
      }
    }
  }

  private static byte[] block(int flags, byte[] nonce, int last) {
    byte[] block = new byte[BLOCK];
    block[0] = (byte) flags;
    System.arraycopy(nonce, 0, block, 1, nonce.length);
    block[BLOCK - 2] = (byte) (last >> 8);
    block[BLOCK - 1] = (byte) last;
    return block;
  }

  private void apply(byte[] block) {
    try {
      aes.update(block, 0, BLOCK, block, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
