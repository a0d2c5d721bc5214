// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.wlan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keys of WPA2 with a pre-shared key (IEEE 802.11, 12.7). */
public final class Wpa {
  /** Bytes of a pairwise master key. */
  public static final int MASTER = 32;

  /** Bytes of a nonce. */
  public static final int NONCE = 32;

  private static final int ROUNDS = 4096;
  private static final int DIGEST = 20;
  private static final int PART = 16;
  private static final long WRAP_START = 0xA6A6A6A6A6A6A6A6L;

  private Wpa() {}

  /**
   * The keys of a station and its access point for each other.
   *
   * @param confirmation authenticates the handshake
   * @param encryption wraps what is secret in it
   * @param temporal of CCMP
   */
  public record PairwiseKeys(byte[] confirmation, byte[] encryption, byte[] temporal) {}

  /** The master key that belongs to a passphrase (J.4). */
  public static byte[] masterKey(String passphrase, byte[] ssid) {
    Mac mac = hmac(passphrase.getBytes(StandardCharsets.ISO_8859_1));
    ByteBuffer key = ByteBuffer.allocate(2 * DIGEST);
    for (int block = 1; block <= 2; block++) {
      mac.update(ssid);
      byte[] round = mac.doFinal(ByteBuffer.allocate(4).putInt(block).array());
      byte[] sum = round.clone();
      for (int i = 1; i < ROUNDS; i++) {
        round = mac.doFinal(round);
        for (int j = 0; j < DIGEST; j++) {
          sum[j] ^= round[j];
        }
      }
      key.put(sum);
    }
    return Arrays.copyOf(key.array(), MASTER);
  }

  /** Pseudo-random bytes (12.7.1.2). */
  public static byte[] expand(byte[] key, String label, byte[] data, int length) {
    Mac mac = hmac(key);
    ByteBuffer result = ByteBuffer.allocate((length + DIGEST - 1) / DIGEST * DIGEST);
    for (int i = 0; result.hasRemaining(); i++) {
      mac.update(label.getBytes(StandardCharsets.US_ASCII));
      mac.update((byte) 0);
      mac.update(data);
      mac.update((byte) i);
      result.put(mac.doFinal());
    }
    return Arrays.copyOf(result.array(), length);
  }

  /** What both make of the master key, their addresses and nonces (12.7.1.3). */
  public static PairwiseKeys pairwise(
      byte[] master, Address one, Address other, byte[] nonce, byte[] otherNonce) {
    boolean addressFirst = one.compareTo(other) < 0;
    boolean nonceFirst = Arrays.compareUnsigned(nonce, otherNonce) < 0;
    byte[] data =
        ByteBuffer.allocate(2 * Address.LENGTH + 2 * NONCE)
            .put((addressFirst ? one : other).bytes())
            .put((addressFirst ? other : one).bytes())
            .put(nonceFirst ? nonce : otherNonce)
            .put(nonceFirst ? otherNonce : nonce)
            .array();
    byte[] keys = expand(master, "Pairwise key expansion", data, 3 * PART);
    return new PairwiseKeys(
        Arrays.copyOf(keys, PART),
        Arrays.copyOfRange(keys, PART, 2 * PART),
        Arrays.copyOfRange(keys, 2 * PART, 3 * PART));
  }

  /** The code of an EAPOL-Key frame, whose own field is zero: the first 16 bytes of HMAC-SHA1. */
  public static byte[] code(byte[] confirmation, byte[] frame) {
    return Arrays.copyOf(hmac(confirmation).doFinal(frame), PART);
  }

  /** Wraps a multiple of 8 bytes (RFC 3394): 8 more. */
  public static byte[] wrap(byte[] key, byte[] data) {
    Cipher aes = aes(Cipher.ENCRYPT_MODE, key);
    int count = data.length / 8;
    byte[] block = ByteBuffer.allocate(PART).putLong(WRAP_START).array();
    byte[] result = new byte[8 + data.length];
    System.arraycopy(data, 0, result, 8, data.length);
    for (int step = 1; step <= 6 * count; step++) {
      int at = 8 * ((step - 1) % count + 1);
      System.arraycopy(result, at, block, 8, 8);
      block = apply(aes, block);
      System.arraycopy(block, 8, result, at, 8);
      ByteBuffer.wrap(block).putLong(0, ByteBuffer.wrap(block).getLong(0) ^ step);
    }
    System.arraycopy(block, 0, result, 0, 8);
    return result;
  }

  /** The reverse of {@link #wrap}; empty if the data were not wrapped by this key. */
  public static Optional<byte[]> unwrap(byte[] key, byte[] wrapped) {
    if (wrapped.length < 24 || wrapped.length % 8 != 0) {
      return Optional.empty();
    }
    Cipher aes = aes(Cipher.DECRYPT_MODE, key);
    int count = wrapped.length / 8 - 1;
    byte[] result = wrapped.clone();
    byte[] block = Arrays.copyOf(wrapped, PART);
    for (int step = 6 * count; step >= 1; step--) {
      int at = 8 * ((step - 1) % count + 1);
      ByteBuffer.wrap(block).putLong(0, ByteBuffer.wrap(block).getLong(0) ^ step);
      System.arraycopy(result, at, block, 8, 8);
      block = apply(aes, block);
      System.arraycopy(block, 8, result, at, 8);
    }
    return ByteBuffer.wrap(block).getLong(0) == WRAP_START
        ? Optional.of(Arrays.copyOfRange(result, 8, result.length))
        : Optional.empty();
  }

  private static byte[] apply(Cipher aes, byte[] block) {
    return aes.update(block);
  }

  private static Cipher aes(int mode, byte[] key) {
    try {
      Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
      aes.init(mode, new SecretKeySpec(key, "AES"));
      return aes;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES", e);
    }
  }

  private static Mac hmac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA1", e);
    }
  }
}
