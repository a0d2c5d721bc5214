// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A function's control flow: reachable blocks in reverse postorder, predecessors, dominators, loops. */
public final class Cfg {
  private final Function function;
  private final List<Block> order = new ArrayList<>();
  private final Map<Block, Integer> number = new HashMap<>();
  private final Map<Block, List<Block>> predecessors = new HashMap<>();
  private int[] idom;
  private Set<Block> looping;

  public Cfg(Function function) {
    this.function = function;
    depthFirst(function.entry());
    for (Block block : order) {
      predecessors.computeIfAbsent(block, b -> new ArrayList<>());
      for (Edge edge : block.end().edges()) {
        predecessors.computeIfAbsent(edge.target(), b -> new ArrayList<>()).add(block);
      }
    }
  }

  private void depthFirst(Block entry) {
    Set<Block> seen = new HashSet<>(List.of(entry));
    Deque<Map.Entry<Block, Iterator<Edge>>> path = new ArrayDeque<>();
    path.push(Map.entry(entry, entry.end().edges().iterator()));
    while (!path.isEmpty()) {
      Iterator<Edge> edges = path.peek().getValue();
      if (edges.hasNext()) {
        Block next = edges.next().target();
        if (seen.add(next)) {
          path.push(Map.entry(next, next.end().edges().iterator()));
        }
      } else {
        order.add(path.pop().getKey());
      }
    }
    java.util.Collections.reverse(order);
    for (int i = 0; i < order.size(); i++) {
      number.put(order.get(i), i);
    }
  }

  /** Whose it is. */
  public Function function() {
    return function;
  }

  /** Reachable blocks, each after its dominators. */
  public List<Block> reversePostorder() {
    return order;
  }

  /** Position in {@link #reversePostorder()}. */
  public int number(Block block) {
    return number.get(block);
  }

  public boolean reachable(Block block) {
    return number.containsKey(block);
  }

  /** One entry for each edge into the block. */
  public List<Block> predecessors(Block block) {
    return predecessors.get(block);
  }

  /** The immediate dominator; null for the entry. */
  public Block dominator(Block block) {
    int n = dominators()[number(block)];
    return block == order.get(0) ? null : order.get(n);
  }

  /** Whether every way to {@code b} passes {@code a}. */
  public boolean dominates(Block a, Block b) {
    int target = number(a);
    int n = number(b);
    while (n > target) {
      n = dominators()[n];
    }
    return n == target;
  }

  /** What makes the block a handler; null if it is none. */
  public End.PushTrap trapOf(Block block) {
    for (Block before : predecessors(block)) {
      if (before.end() instanceof End.PushTrap trap && trap.handler() == block) {
        return trap;
      }
    }
    return null;
  }

  /** Whether control may come back to the block. */
  public boolean inLoop(Block block) {
    if (looping == null) {
      looping = new HashSet<>();
      Set<Block> seen = new HashSet<>();
      for (Block first : order) {
        findLoop(first, seen);
      }
    }
    return looping.contains(block);
  }

  /** What leads to a block and comes behind all that was seen before goes round with it (Kosaraju and Sharir). */
  private void findLoop(Block first, Set<Block> seen) {
    if (!seen.add(first)) {
      return;
    }
    List<Block> component = new ArrayList<>(List.of(first));
    for (int i = 0; i < component.size(); i++) {
      for (Block before : predecessors.get(component.get(i))) {
        if (seen.add(before)) {
          component.add(before);
        }
      }
    }
    if (component.size() > 1 || predecessors.get(first).contains(first)) {
      looping.addAll(component);
    }
  }

  private int[] dominators() {
    if (idom != null) {
      return idom;
    }
    idom = new int[order.size()];
    Arrays.fill(idom, -1);
    idom[0] = 0;
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = 1; i < order.size(); i++) {
        int best = -1;
        for (Block pred : predecessors.get(order.get(i))) {
          int p = number(pred);
          if (idom[p] >= 0) {
            best = best < 0 ? p : intersect(best, p);
          }
        }
        if (best != idom[i]) {
          idom[i] = best;
          changed = true;
        }
      }
    }
    return idom;
  }

  private int intersect(int a, int b) {
    while (a != b) {
      if (a > b) {
        a = idom[a];
      } else {
        b = idom[b];
      }
    }
    return a;
  }
}
