// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.ArrayList;
import java.util.List;

/** Parameters, instructions, and an end. */
public final class Block {
  private final int id;
  private final List<Var> params = new ArrayList<>();
  private final List<Instr> body = new ArrayList<>();
  private End end;

  Block(int id) {
    this.id = id;
  }

  /** Unique within its function. */
  public int id() {
    return id;
  }

  /** Changed freely by passes. */
  public List<Var> params() {
    return params;
  }

  /** Changed freely by passes. */
  public List<Instr> body() {
    return body;
  }

  public End end() {
    return end;
  }

  public void setEnd(End end) {
    this.end = end;
  }

  public String label() {
    return "b" + id;
  }

  @Override
  public String toString() {
    return label();
  }
}
