// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import mirage.xtensa.Flow;

/**
 * Gathers the blocks before and behind a hot one, those that ran most first, as far as they are part of no other region and
 * fit into one method together with what the just-in-time compiler inlines.
 */
final class RegionFinder {
  /** The just-in-time compiler gives up on methods of more than 8000 bytes, inlined ones included. */
  private static final int MAX_SIZE = 7500;

  private static final int FRAME_SIZE = 500;
  private static final int BLOCK_SIZE = 30;

  /** Of which 45 are the helper's. */
  private static final int ACCESS_SIZE = 60;

  private static final int UNIT_SIZE = 60;
  private static final int PLAIN_SIZE = 7;

  private final BlockCache cache;

  RegionFinder(BlockCache cache) {
    this.cache = cache;
  }

  Region around(Block seed) {
    // Control comes into the middle of a region time and again: what follows is translated twice.
    boolean again = seed.translated;
    Map<Integer, List<Block>> predecessors = again ? Map.of() : predecessors();
    Region region = new Region();
    region.entries.add(seed.start);
    Queue<Block> waiting = new PriorityQueue<>(Comparator.comparingInt(b -> -b.runs));
    waiting.add(seed);
    int size = FRAME_SIZE;
    while (!waiting.isEmpty()) {
      Block block = waiting.remove();
      int grown = size + sizeOf(block);
      if (region.blocks.containsKey(block.start) || grown > MAX_SIZE) {
        continue;
      }
      size = grown;
      region.add(block);
      block.translated = true;
      for (int successor : successors(block)) {
        add(cache.known(successor), again, waiting);
      }
      for (Block predecessor : predecessors.getOrDefault(block.start, List.of())) {
        add(predecessor, again, waiting);
      }
    }
    addEntries(region);
    return region;
  }

  private static void add(Block block, boolean again, Queue<Block> waiting) {
    if (block != null && block.runs > 0 && (again || !block.translated)) {
      waiting.add(block);
    }
  }

  private Map<Integer, List<Block>> predecessors() {
    Map<Integer, List<Block>> found = new HashMap<>();
    for (Block block : cache.known()) {
      if (block.runs > 0 && !block.translated) {
        for (int successor : successors(block)) {
          found.computeIfAbsent(successor, key -> new ArrayList<>()).add(block);
        }
      }
    }
    return found;
  }

  /** Where control may come back to: behind calls, and from jumps through registers. */
  private static void addEntries(Region region) {
    for (Block block : region.blocks.values()) {
      if (isCall(block) && region.blocks.containsKey(block.end)) {
        region.entries.add(block.end);
      }
      for (int target : successors(block)) {
        if (target <= block.start && region.blocks.containsKey(target)) {
          region.entries.add(target);
        }
      }
      for (int target : block.observed()) {
        if (region.blocks.containsKey(target)) {
          region.entries.add(target);
        }
      }
    }
  }

  private static List<Integer> successors(Block block) {
    Flow flow = block.lastFlow();
    List<Integer> successors = new ArrayList<>(block.observed());
    if (hasTarget(flow)) {
      successors.add(block.target);
    }
    if (continues(flow)) {
      successors.add(block.end);
    }
    return successors;
  }

  private static boolean hasTarget(Flow flow) {
    return switch (flow) {
      case BRANCH, JUMP, CALL, LOOP -> true;
      case NEXT, JUMP_REGISTER, CALL_REGISTER, RETURN, TRAP, RESUME -> false;
    };
  }

  /** Whether control comes to the end of the block at once or later. */
  private static boolean continues(Flow flow) {
    return switch (flow) {
      case NEXT, BRANCH, LOOP, CALL, CALL_REGISTER -> true;
      case JUMP, JUMP_REGISTER, RETURN, TRAP, RESUME -> false;
    };
  }

  private static boolean isCall(Block block) {
    Flow flow = block.lastFlow();
    return flow == Flow.CALL || flow == Flow.CALL_REGISTER;
  }

  private static int sizeOf(Block block) {
    int size = BLOCK_SIZE;
    for (long word : block.code) {
      size +=
          switch (Op.op(word)) {
            case Op.L8UI, Op.L16UI, Op.L16SI, Op.L32I -> ACCESS_SIZE;
            case Op.S8I, Op.S16I, Op.S32I -> ACCESS_SIZE;
            case Op.UNIT, Op.UNIT_END -> UNIT_SIZE;
            default -> PLAIN_SIZE;
          };
    }
    return size;
  }
}
