// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.profile;

import java.util.Arrays;
import mirage.emulator.core.Cpu;
import mirage.emulator.core.Tracer;
import mirage.emulator.profile.CallProfiler.Node;
import mirage.xtensa.Flow;
import mirage.xtensa.Instruction;
import mirage.xtensa.SpecialRegister;

/** The callers of what one core executes, kept up with each transfer of control. */
final class CallStack implements Tracer {
  private static final int STACK_POINTER = 1;
  private static final int VECTORS = 0x400;

  /** Deeper chains of callers are not told apart. */
  private static final int MAX_DEPTH = 160;

  /** No address: of the first function, and of handlers of interrupts. */
  private static final int NO_RETURN = -1;

  private final Cpu cpu;
  private final Functions functions;
  private final int entry;
  private final Node root = new Node("", null);

  // Frames, the present function's last: where in the tree, its code, the address it returns to,
  // the
  // stack pointer when it was called.
  private Node[] nodes = new Node[256];
  private Functions.Range[] ranges = new Functions.Range[256];
  private int[] returns = new int[256];
  private int[] pointers = new int[256];
  private int top = -1;

  private boolean loading;
  private Functions.Range range;
  private Node node;
  private long mark;
  private int next;
  private Instruction last;

  /**
   * @param loads whether the core first runs a loader, up to {@code entry}
   */
  CallStack(Cpu cpu, Functions functions, int entry, boolean loads) {
    this.cpu = cpu;
    this.functions = functions;
    this.entry = entry;
    this.loading = loads;
    this.mark = cpu.instructions();
    this.range = new Functions.Range("(loader)", 0, -1);
    this.next = cpu.pc() + 1;
    if (loads) {
      push(range, NO_RETURN, 0);
    }
  }

  @Override
  public void instruction(Cpu core, int pc, Instruction instruction) {
    if (pc != next || !range.contains(pc)) {
      transfer(pc);
    }
    next = pc + instruction.length();
    last = instruction;
  }

  /** All that this core did. */
  Node result() {
    settle();
    return root;
  }

  /** The instructions since the last transfer belong to the function of then. */
  private void settle() {
    long now = cpu.instructions();
    if (node != null) {
      node.self += now - mark;
    }
    mark = now;
  }

  private void transfer(int pc) {
    settle();
    if (loading && pc == entry) {
      loading = false;
      top = -1;
    }
    if (loading) {
      return;
    }
    Functions.Range to = functions.at(pc);
    Flow flow = last == null || pc == next ? Flow.NEXT : last.opcode().flow();
    int pointer = cpu.register(STACK_POINTER);
    if (top < 0) {
      push(to, NO_RETURN, pointer);
    } else if (isVector(pc)) {
      push(to, NO_RETURN, pointer);
    } else {
      switch (flow) {
        case CALL, CALL_REGISTER -> push(to, next, pointer);
        case RETURN, JUMP_REGISTER, RESUME -> back(pc, to, pointer);
        case NEXT, BRANCH, JUMP, LOOP, TRAP -> jump(pc, to, pointer);
      }
    }
    range = ranges[top];
    node = nodes[top];
    if (!range.contains(pc)) {
      replace(to);
    }
  }

  private boolean isVector(int pc) {
    int offset = pc - cpu.special(SpecialRegister.VECBASE);
    return offset >= 0 && offset < VECTORS && (last == null || last.opcode().flow() == Flow.NEXT);
  }

  private void push(Functions.Range to, int returnTo, int pointer) {
    if (++top == nodes.length) {
      nodes = Arrays.copyOf(nodes, 2 * top);
      ranges = Arrays.copyOf(ranges, 2 * top);
      returns = Arrays.copyOf(returns, 2 * top);
      pointers = Arrays.copyOf(pointers, 2 * top);
    }
    Node caller = top == 0 ? root : nodes[top - 1];
    nodes[top] = called(caller, to);
    nodes[top].calls++;
    ranges[top] = to;
    returns[top] = returnTo;
    pointers[top] = pointer;
    range = to;
    node = nodes[top];
  }

  private static Node called(Node caller, Functions.Range to) {
    boolean recursive = caller.symbol.equals(to.name());
    return recursive || caller.depth >= MAX_DEPTH ? caller : caller.callee(to.name());
  }

  /** A return, or a jump through a register: the frame that it ends, if it ends one. */
  private void back(int pc, Functions.Range to, int pointer) {
    for (int i = top; i > 0 && pointers[i] <= pointer; i--) {
      if (returns[i] == pc && pointers[i] == pointer) {
        top = i - 1;
        return;
      }
    }
    jump(pc, to, pointer);
  }

  /** Inside the function, to another's beginning (a tail call), or to a handler in one of the callers. */
  private void jump(int pc, Functions.Range to, int pointer) {
    if (to.start() == pc && to.start() != ranges[top].start()) {
      replace(to);
      return;
    }
    if (last != null && last.opcode().flow() != Flow.JUMP_REGISTER && ranges[top].contains(pc)) {
      return;
    }
    unwind(to, pointer);
  }

  /** The innermost frame of that function whose own calls were made with this stack pointer. */
  private void unwind(Functions.Range to, int pointer) {
    if (ranges[top].start() == to.start() && pointers[top] >= pointer) {
      return;
    }
    for (int i = top - 1; i >= 0; i--) {
      if (ranges[i].start() == to.start() && pointers[i + 1] <= pointer) {
        top = i;
        return;
      }
    }
  }

  private void replace(Functions.Range to) {
    Node caller = top == 0 ? root : nodes[top - 1];
    nodes[top] = called(caller, to);
    nodes[top].calls++;
    ranges[top] = to;
    range = to;
    node = nodes[top];
  }
}
