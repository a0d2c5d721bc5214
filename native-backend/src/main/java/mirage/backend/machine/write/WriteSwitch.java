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
import mirage.xtensa.Opcode;

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
      out.add(Opcode.BBSI, immediate, on, 0);
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
      out.address(Registers.SCRATCH, table + " - 2");
      out.add(Opcode.ADDX2, Registers.SCRATCH, on, Registers.SCRATCH);
      table(table, edges);
    }
  }

  private void tags(int on, List<Edge> edges, Block following) {
    if (edges.size() > 1) {
      out.add(Opcode.ADDI, Registers.SCRATCH2, on, -4);
      out.add(Opcode.L8UI, Registers.SCRATCH2, Registers.SCRATCH2, 0);
    }
    if (edges.size() < TABLE_FROM) {
      compare(Registers.SCRATCH2, edges, 1, 0, following);
    } else {
      String table = out.newLabel();
      out.address(Registers.SCRATCH, table);
      out.add(Opcode.ADDX4, Registers.SCRATCH, Registers.SCRATCH2, Registers.SCRATCH);
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
        out.add(Opcode.BEQZ, labels.get(edges.get(i).target()), on);
      } else {
        out.add(Opcode.BEQI, labels.get(edges.get(i).target()), on, word);
      }
    }
    if (edges.get(last).target() != following) {
      out.add(Opcode.J, labels.get(edges.get(last).target()));
    }
  }

  private void table(String table, List<Edge> edges) {
    out.add(Opcode.L32I, Registers.SCRATCH, Registers.SCRATCH, 0);
    out.add(Opcode.JX, Registers.SCRATCH);
    out.line(".pushsection .rodata.caml_native_tables, \"a\"");
    out.line(".align 4");
    out.label(table);
    for (Edge edge : edges) {
      out.line(".word %s", labels.get(edge.target()));
    }
    out.line(".popsection");
  }
}
