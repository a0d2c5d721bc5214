// SPDX-License-Identifier: Apache-2.0
package mirage.xtensa;

/** A place in code that may be used before it is known. Belongs to one {@link CodeBuffer}. */
public final class Label {
  private final String name;
  private int address;
  private boolean bound;

  /** A label, not bound yet; the name appears in messages and need not be unique. */
  public Label(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  public boolean isBound() {
    return bound;
  }

  /** The address, once bound. */
  public int address() {
    if (!bound) {
      throw new EncodingException("label " + name + " is used but not defined");
    }
    return address;
  }

  void bind(int value) {
    if (bound) {
      throw new EncodingException(
          String.format("label %s is defined twice, first at 0x%08x", name, address));
    }
    address = value;
    bound = true;
  }
}
