// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

/** A program that cannot be compiled. The message says where, what was found and what was allowed. */
public final class CompileException extends RuntimeException {
  public CompileException(String message) {
    super(message);
  }
}
