// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

/** An instruction cannot complete: the core is to enter the guest's exception vector. */
final class GuestException extends RuntimeException {
  final transient Cause cause;

  GuestException(Cause cause) {
    super(cause.text(), null, false, false);
    this.cause = cause;
  }
}
