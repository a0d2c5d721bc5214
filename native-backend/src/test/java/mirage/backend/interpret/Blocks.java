// SPDX-License-Identifier: Apache-2.0
package mirage.backend.interpret;

import java.util.List;
import java.util.Locale;
import mirage.backend.ir.Boxed;
import mirage.backend.ir.Captured;
import mirage.backend.ir.ClosureSet;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Member;
import mirage.backend.ir.Sibling;
import mirage.backend.ir.Static;
import mirage.backend.machine.target.ClosureLayout;

/** What operations on blocks do: OCaml's, and the machine's loads and stores. */
final class Blocks {
  private final Interpreter machine;
  private final Memory memory;

  Blocks(Interpreter machine) {
    this.machine = machine;
    this.memory = machine.memory();
  }

  int execute(Instr instr, int[] x) {
    return switch (instr.op()) {
      case INT -> instr.intImm() << 1 | 1;
      case STATIC -> machine.literal(((Static) instr.imm()).value());
      case ATOM -> machine.atom(instr.intImm());
      case CLOSURES -> closures((ClosureSet) instr.imm(), x);
      case CLOSED -> machine.closed(((Member) instr.imm()).function());
      case SIBLING -> {
        Sibling sibling = (Sibling) instr.imm();
        ClosureLayout layout = new ClosureLayout(sibling.set());
        yield x[0] + 4 * (layout.start(sibling.to()) - layout.start(sibling.from()));
      }
      case CAPTURED -> {
        Captured captured = (Captured) instr.imm();
        ClosureLayout layout = new ClosureLayout(captured.set());
        int word = layout.environment() + captured.index() - layout.start(captured.from());
        yield memory.field(x[0], word);
      }
      case GLOBAL -> memory.load(machine.global(instr.intImm()));
      case SET_GLOBAL -> store(machine.global(instr.intImm()), x[0]);
      case BLOCK, STATIC_BLOCK -> block(instr.intImm(), x);
      case FLOAT_BLOCK -> floats(x);
      case FIELD -> memory.field(x[0], instr.intImm());
      case SET_FIELD -> store(x[0] + 4 * instr.intImm(), x[1]);
      case FLOAT_FIELD ->
          memory.real(Double.longBitsToDouble(memory.loadLong(x[0] + 8 * instr.intImm())));
      case SET_FLOAT_FIELD -> {
        memory.storeLong(x[0] + 8 * instr.intImm(), memory.loadLong(x[1]));
        yield 0;
      }
      case LENGTH -> {
        boolean floats = memory.tag(x[0]) == Memory.DOUBLE_ARRAY_TAG;
        yield memory.words(x[0]) / (floats ? 2 : 1) << 1 | 1;
      }
      case ITEM -> memory.load(x[0] + 4 * (x[1] >> 1));
      case SET_ITEM -> store(x[0] + 4 * (x[1] >> 1), x[2]);
      case BYTE -> memory.loadByte(x[0] + (x[1] >> 1)) << 1 | 1;
      case SET_BYTE -> storeByte(x[0] + (x[1] >> 1), x[2] >> 1);
      case OFFSET_REF -> store(x[0], memory.load(x[0]) + 2 * instr.intImm());
      case DIV, MOD -> divide(instr, x);
      case METHOD -> memory.field(memory.field(x[0], 0), x[1] >> 1);
      case PUBLIC_METHOD -> machine.primitives().call("caml_get_public_method", x);
      case BOX -> box((Boxed) instr.imm(), x);
      default -> words(instr, x);
    };
  }

  private int words(Instr instr, int[] x) {
    int at = x.length == 0 ? 0 : x[0];
    return switch (instr.op()) {
      case W_LOAD, W_LOAD32, W_BA_DATA -> memory.load(at + instr.intImm());
      case W_LOAD16 ->
          memory.loadByte(at + instr.intImm()) | memory.loadByte(at + instr.intImm() + 1) << 8;
      case W_LOAD8 -> memory.loadByte(at + instr.intImm());
      case W_STORE, W_STORE32, W_MODIFY, W_MODIFY_INT -> store(at + instr.intImm(), x[1]);
      case W_STORE16 -> {
        storeByte(at + instr.intImm(), x[1]);
        yield storeByte(at + instr.intImm() + 1, x[1] >> 8);
      }
      case W_STORE8 -> storeByte(at + instr.intImm(), x[1]);
      case W_ALLOC -> memory.allocate(instr.intImm());
      case W_HEADER -> memory.load(at - 4);
      case W_HEADER_ANY -> (at & 1) != 0 ? 0 : memory.load(at - 4);
      case W_BYTES -> memory.length(at);
      case W_BYTES_ANY -> (at & 1) != 0 ? 0 : memory.length(at);
      case UNBOX -> memory.load(at + ((Boxed.Part) instr.imm()).offset());
      case UNBOX_ANY -> (at & 1) != 0 ? 0 : memory.load(at + ((Boxed.Part) instr.imm()).offset());
      case W_CHECK_DIVISOR -> at == 0 ? machine.primitives().raiseZeroDivide() : 0;
      case W_CHECK_BOUND ->
          Integer.compareUnsigned(at, x[1]) >= 0 ? machine.primitives().raiseBound() : 0;
      default -> throw new IllegalStateException("not interpreted: " + instr);
    };
  }

  private int store(int address, int word) {
    memory.store(address, word);
    return 0;
  }

  private int storeByte(int address, int value) {
    memory.storeByte(address, value);
    return 0;
  }

  private int divide(Instr instr, int[] x) {
    int divisor = x[1] >> 1;
    if (divisor == 0) {
      return machine.primitives().raiseZeroDivide();
    }
    boolean quotient = instr.op() == mirage.backend.ir.Op.DIV;
    return (quotient ? (x[0] >> 1) / divisor : (x[0] >> 1) % divisor) << 1 | 1;
  }

  private int block(int tag, int[] fields) {
    int block = memory.allocate(tag, fields.length);
    for (int i = 0; i < fields.length; i++) {
      memory.store(block + 4 * i, fields[i]);
    }
    return block;
  }

  private int floats(int[] boxed) {
    int block = memory.allocate(Memory.DOUBLE_ARRAY_TAG, 2 * boxed.length);
    for (int i = 0; i < boxed.length; i++) {
      memory.storeLong(block + 8 * i, memory.loadLong(boxed[i]));
    }
    return block;
  }

  private int box(Boxed kind, int[] words) {
    if (kind == Boxed.FLOAT) {
      int block = memory.allocate(Memory.DOUBLE_TAG, 2);
      memory.store(block, words[0]);
      memory.store(block + 4, words[1]);
      return block;
    }
    long high = words.length > 1 ? (long) words[1] << 32 : 0;
    int operations = machine.name("caml_" + kind.name().toLowerCase(Locale.ROOT) + "_ops");
    return memory.boxed(operations, words.length, high | words[0] & 0xFFFFFFFFL);
  }

  /** As the code generator lays them out. */
  private int closures(ClosureSet set, int[] captured) {
    ClosureLayout layout = new ClosureLayout(set);
    int block = memory.allocate(layout.header(captured.length));
    List<Function> members = set.functions();
    for (int i = 0; i < members.size(); i++) {
      int at = block + 4 * layout.start(i);
      boolean several = members.get(i).arity() > 1;
      if (i > 0) {
        memory.store(at - 4, layout.infixHeader(i));
      }
      memory.store(
          at, several ? machine.curry(members.get(i).arity()) : machine.code(members.get(i)));
      memory.store(at + 4, layout.info(i));
      if (several) {
        memory.store(at + 8, machine.code(members.get(i)));
      }
    }
    for (int i = 0; i < captured.length; i++) {
      memory.store(block + 4 * (layout.environment() + i), captured[i]);
    }
    return block;
  }
}
