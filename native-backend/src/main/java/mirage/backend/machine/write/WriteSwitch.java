// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.write;

import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import mirage.backend.ir.Block;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Var;
import mirage.backend.machine.target.Registers;
import mirage.backend.machine.text.Assembly;

/** Writes a choice by immediate value or block tag: comparisons when there are few, else a jump table. */
final class WriteSwitch {
  private static final int TABLE_FROM = 4;

  private final Assembly out;
  private final Map<Block, String> labels;
  private final ToIntFunction<Var> register;

  WriteSwitch(Assembly out, Map<Block, String> labels, ToIntFunction<Var> register) {
    this.out = out;
    this.labels = labels;
    this.register = register;
  }

  /**
   * @param following the block written next
   */
  void write(End.Switch choice, Block following) {
    int on = register.applyAsInt(choice.on());
    List<Edge> integers = choice.integers();
    List<Edge> tags = choice.tags();
    if (tags.isEmpty()) {
      integers(on, integers, following);
    } else if (integers.isEmpty()) {
      tags(on, tags, following);
    } else {
      String immediate = out.newLabel();
      out.line("bbsi a%d, 0, %s", on, immediate);
      tags(on, tags, null);
      out.label(immediate);
      integers(on, integers, following);
    }
  }

  private void integers(int on, List<Edge> edges, Block following) {
    if (edges.size() < TABLE_FROM) {
      compare(on, edges, 2, 1, following);
    } else {
      // A tagged index is 2n+1, so the table is addressed two bytes early.
      String table = out.newLabel();
      out.line("movi a%d, %s - 2", Registers.SCRATCH, table);
      out.line("addx2 a%d, a%d, a%d", Registers.SCRATCH, on, Registers.SCRATCH);
      table(table, edges);
    }
  }

  private void tags(int on, List<Edge> edges, Block following) {
    if (edges.size() > 1) {
      out.line("addi a%d, a%d, -4", Registers.SCRATCH2, on);
      out.line("l8ui a%d, a%d, 0", Registers.SCRATCH2, Registers.SCRATCH2);
    }
    if (edges.size() < TABLE_FROM) {
      compare(Registers.SCRATCH2, edges, 1, 0, following);
    } else {
      String table = out.newLabel();
      out.line("movi a%d, %s", Registers.SCRATCH, table);
      out.line("addx4 a%d, a%d, a%d", Registers.SCRATCH, Registers.SCRATCH2, Registers.SCRATCH);
      table(table, edges);
    }
  }

  /** Case n is the word factor * n + offset. */
  private void compare(int on, List<Edge> edges, int factor, int offset, Block following) {
    int last = edges.size() - 1;
    for (int i = 0; i < last; i++) {
      int word = factor * i + offset;
      if (edges.get(i).target() == edges.get(last).target()) {
        continue;
      }
      if (word == 0) {
        out.line("beqz a%d, %s", on, labels.get(edges.get(i).target()));
      } else {
        out.line("beqi a%d, %d, %s", on, word, labels.get(edges.get(i).target()));
      }
    }
    if (edges.get(last).target() != following) {
      out.line("j %s", labels.get(edges.get(last).target()));
    }
  }

  private void table(String table, List<Edge> edges) {
    out.line("l32i a%d, a%d, 0", Registers.SCRATCH, Registers.SCRATCH);
    out.line("jx a%d", Registers.SCRATCH);
    out.line(".pushsection .rodata.caml_native_tables, \"a\"");
    out.line(".align 4");
    out.label(table);
    for (Edge edge : edges) {
      out.line(".word %s", labels.get(edge.target()));
    }
    out.line(".popsection");
  }
}
