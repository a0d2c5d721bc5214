// SPDX-License-Identifier: Apache-2.0
package mirage.backend.interpret;

/** An OCaml exception on its way to a handler. */
final class OcamlRaise extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int value;

  OcamlRaise(int value) {
    super("OCaml exception at " + value, null, false, false);
    this.value = value;
  }

  int value() {
    return value;
  }
}
