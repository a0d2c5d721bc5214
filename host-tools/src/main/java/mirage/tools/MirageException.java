// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

/**
 * A failure a user can act on. The message says where, what was found, what was allowed and what to
 * do; it is printed as it is, without a stack trace, and the command exits with 1.
 */
public class MirageException extends RuntimeException {
  public MirageException(String message) {
    super(message);
  }

  public MirageException(String message, Throwable cause) {
    super(message, cause);
  }
}
