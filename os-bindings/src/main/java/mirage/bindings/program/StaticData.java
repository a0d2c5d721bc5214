// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.formats.HeapLayout;
import mirage.formats.OcamlTags;
import mirage.formats.OcamlValue;
import mirage.formats.OcamlValue.Block;
import mirage.formats.OcamlValue.Boxed;
import mirage.formats.OcamlValue.Int;
import mirage.tools.MirageException;

/**
 * Places constants one behind the other, laid out as the heap holds them ({@link HeapLayout}). Equal constants are stored once,
 * except exceptions, whose identity counts.
 */
final class StaticData {
  /** What a word of the data is. */
  enum Kind {
    /** Its bits. */
    PLAIN,
    /** The address of a byte of the data itself. */
    POINTER,
    /** The address of a table of custom operations. */
    OPERATIONS
  }

  /**
   * A word.
   *
   * @param value bits, byte offset in the data, or ordinal of a {@link Boxed.Type}
   */
  record Word(Kind kind, int value) {
    static Word plain(int value) {
      return new Word(Kind.PLAIN, value);
    }
  }

  private final List<Word> words = new ArrayList<>();
  private final Map<List<Word>, Word> known = new HashMap<>();
  private final IdentityHashMap<OcamlValue, Word> placed = new IdentityHashMap<>();
  private final List<OcamlValue> truncated = new ArrayList<>();
  private final String file;

  /**
   * @param file name for messages
   */
  StaticData(String file) {
    this.file = file;
  }

  /** All words, in order. */
  List<Word> words() {
    return words;
  }

  /** Integers, plain and boxed, that did not fit since the last call, as they were. */
  List<OcamlValue> takeTruncated() {
    List<OcamlValue> result = List.copyOf(truncated);
    truncated.clear();
    return result;
  }

  /** Places a value with all it refers to; the word that stands for it. */
  Word place(OcamlValue value) {
    if (value instanceof Int number) {
      return integer(number.value());
    }
    // Children first, without recursion: lists in constants may be long.
    List<OcamlValue> todo = new ArrayList<>(List.of(value));
    Set<OcamlValue> open = Collections.newSetFromMap(new IdentityHashMap<>());
    while (!todo.isEmpty()) {
      OcamlValue top = todo.get(todo.size() - 1);
      if (placed.containsKey(top)) {
        todo.remove(todo.size() - 1);
      } else if (top instanceof Block block && open.add(top)) {
        addChildren(block, open, todo);
      } else {
        placed.put(top, block(top));
        todo.remove(todo.size() - 1);
      }
    }
    return placed.get(value);
  }

  private void addChildren(Block block, Set<OcamlValue> open, List<OcamlValue> todo) {
    for (int i = block.size() - 1; i >= 0; i--) {
      OcamlValue field = block.field(i);
      if (field instanceof Int || placed.containsKey(field)) {
        continue;
      }
      if (open.contains(field)) {
        throw new MirageException(
            file + ": a constant that contains itself; no compiler makes such");
      }
      todo.add(field);
    }
  }

  private Word word(HeapLayout.Word word) {
    if (word instanceof HeapLayout.Bits bits) {
      return Word.plain(bits.value());
    } else if (word instanceof HeapLayout.Operations operations) {
      return new Word(Kind.OPERATIONS, operations.type().ordinal());
    }
    OcamlValue value = ((HeapLayout.Field) word).value();
    return value instanceof Int number ? integer(number.value()) : placed.get(value);
  }

  /** A tagged 31-bit integer. */
  private Word integer(long value) {
    Int number = new Int(value);
    if (!HeapLayout.fits(number)) {
      truncated.add(number);
    }
    return Word.plain(HeapLayout.tagged(value));
  }

  /** The block of a value whose fields are placed. */
  private Word block(OcamlValue value) {
    HeapLayout.Laid laid = HeapLayout.of(value);
    int size = laid.fields().size();
    if (size > HeapLayout.MAX_WORDS) {
      throw new MirageException(
          "%s: a constant of %d words; a 32-bit block has at most %d"
              .formatted(file, size, HeapLayout.MAX_WORDS));
    }
    if (!HeapLayout.fits(value)) {
      truncated.add(value);
    }
    List<Word> whole = new ArrayList<>(size + 1);
    whole.add(Word.plain(laid.header()));
    laid.fields().forEach(field -> whole.add(word(field)));
    if (laid.tag() == OcamlTags.OBJECT) {
      return append(whole);
    }
    Word same = known.get(whole);
    if (same == null) {
      same = append(whole);
      known.put(List.copyOf(whole), same);
    }
    return same;
  }

  private Word append(List<Word> whole) {
    Word pointer = new Word(Kind.POINTER, 4 * (words.size() + 1));
    words.addAll(whole);
    if (whole.size() == 1) {
      // A block without fields is where the next one begins: its address has to lie in the data
      // even if there is none.
      words.add(Word.plain(0));
    }
    return pointer;
  }
}
