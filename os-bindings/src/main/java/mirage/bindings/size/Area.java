// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.size;

/** A kind of memory content, and which memories it takes. */
public enum Area {
  BYTECODE("OCaml bytecode", true, false),
  CONSTANTS("constants", true, false),
  MACHINE_CODE("machine code", true, false),
  RAM_CODE("code copied to instruction RAM", true, false),
  INITIALISED("initialised variables", true, true),
  ZEROED("zeroed variables", false, true);

  private final String title;
  private final boolean flash;
  private final boolean ram;

  Area(String title, boolean flash, boolean ram) {
    this.title = title;
    this.flash = flash;
    this.ram = ram;
  }

  /** What a person calls it. */
  public String title() {
    return title;
  }

  /** Whether it takes flash. */
  public boolean flash() {
    return flash;
  }

  /** Whether it takes data RAM. */
  public boolean ram() {
    return ram;
  }
}
