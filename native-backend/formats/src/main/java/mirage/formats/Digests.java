// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The two digests these formats carry; every Java platform has them. */
final class Digests {
  private Digests() {}

  static byte[] sha256(byte[] data) {
    return digest("SHA-256", data);
  }

  static byte[] md5(byte[] data) {
    return digest("MD5", data);
  }

  static String hex(byte[] data) {
    return HexFormat.of().formatHex(data);
  }

  private static byte[] digest(String algorithm, byte[] data) {
    try {
      return MessageDigest.getInstance(algorithm).digest(data);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
