// SPDX-License-Identifier: Apache-2.0
package mirage.xtensa;

/** An instruction or a line of assembly that cannot be encoded; the message says which and why. */
public final class EncodingException extends RuntimeException {
  public EncodingException(String message) {
    super(message);
  }
}
