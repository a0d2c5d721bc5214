// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import mirage.emulator.core.Cpu;
import mirage.formats.Elf32;

/**
 * Counts a program's instructions by function and chain of callers. The sum is exact: each instruction is counted once.
 *
 * <p>Calls are followed by what the call0 convention promises (Xtensa ISA manual, 8.1.2): a call leaves the stack pointer and
 * the return address in a0 as they are when it returns. A jump to the beginning of another function is a tail call.
 * After an exception, or a {@code longjmp}, the stack pointer tells which callers are left.
 */
public final class CallProfiler {
  /** All instructions of the program. */
  private static final String ROOT = "(all)";

  private final Elf32 program;
  private final List<CallStack> stacks = new ArrayList<>();

  /**
   * @param program with the symbols; what runs before its entry point counts as the loader's
   */
  public CallProfiler(Elf32 program) {
    this.program = program;
  }

  /** Counts from now on. The cores run much slower then. */
  public void attach(List<Cpu> cores) {
    Functions functions = new Functions(program);
    for (Cpu cpu : cores) {
      CallStack stack = new CallStack(cpu, functions, program.entry(), stacks.isEmpty());
      stacks.add(stack);
      cpu.setTracer(stack);
    }
  }

  /** What was counted up to now. */
  public CallTree result() {
    Node all = new Node(ROOT, null);
    stacks.forEach(stack -> all.add(stack.result()));
    return all.tree();
  }

  /** A function along one chain of callers, growing. */
  static final class Node {
    final String symbol;
    final Node caller;
    final int depth;
    long self;
    long calls;
    private final List<Node> callees = new ArrayList<>();

    Node(String symbol, Node caller) {
      this.symbol = symbol;
      this.caller = caller;
      this.depth = caller == null ? 0 : caller.depth + 1;
    }

    /** The entry of a function called from here. */
    Node callee(String name) {
      for (Node node : callees) {
        if (node.symbol.equals(name)) {
          return node;
        }
      }
      Node node = new Node(name, this);
      callees.add(node);
      return node;
    }

    /** Adds what another core did. */
    private void add(Node other) {
      self += other.self;
      calls += other.calls;
      other.callees.forEach(node -> callee(node.symbol).add(node));
    }

    private CallTree tree() {
      List<CallTree> trees = new ArrayList<>(callees.stream().map(Node::tree).toList());
      trees.sort(
          Comparator.comparingLong(CallTree::total).reversed().thenComparing(CallTree::symbol));
      long total = self + trees.stream().mapToLong(CallTree::total).sum();
      return new CallTree(symbol, self, total, calls, trees);
    }
  }
}
