// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a value on the stack of code that is run symbolically comes from. Compared by identity.
 *
 * <p>A value is demanded along a path of field numbers: all of it (empty path) or only what lies there.
 */
final class Definition {
  /** What made the value. */
  enum Kind {
    /** Something we know nothing of, or that holds no closure; its instruction is always kept. */
    OPAQUE,
    /** The global {@code index}. */
    GLOBAL,
    /** Field {@code index} of the only operand. */
    FIELD,
    /** The only operand, fetched from the stack. */
    COPY,
    /** A block of the operands. */
    BLOCK,
    /** A block of closures that captured the operands. */
    CLOSURE,
    /** Function {@code index} of the only operand, a block of closures. */
    FUNCTION,
    /** The result of calling the only operand with {@code index} arguments. */
    CALL,
    /** One of the operands, depending on the way control came. */
    JOIN
  }

  static final Definition OTHER = new Definition(Kind.OPAQUE, -1, -1, List.of());

  private final Kind kind;
  private final int pc;
  private final int index;
  private final List<Definition> operands;

  Definition(Kind kind, int pc, int index, List<Definition> operands) {
    this.kind = kind;
    this.pc = pc;
    this.index = index;
    this.operands = new ArrayList<>(operands);
  }

  Kind kind() {
    return kind;
  }

  /** The instruction that made it, or -1. */
  int pc() {
    return pc;
  }

  int index() {
    return index;
  }

  List<Definition> operands() {
    return operands;
  }

  /** One more way control comes to a join. */
  void join(Definition other) {
    if (other != this && !operands.contains(other)) {
      operands.add(other);
    }
  }
}
