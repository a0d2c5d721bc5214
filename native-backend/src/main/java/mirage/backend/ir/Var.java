// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

/** A value that is defined once: by an instruction, or as the parameter of a block or function. */
public final class Var {
  private final int id;
  private final Type type;

  Var(int id, Type type) {
    this.id = id;
    this.type = type;
  }

  /** Unique within its function, and dense. */
  public int id() {
    return id;
  }

  public Type type() {
    return type;
  }

  @Override
  public String toString() {
    return type.prefix() + id;
  }
}
