// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import mirage.formats.OcamlValue;
import mirage.formats.OcamlValue.Block;
import mirage.formats.OcamlValue.Boxed;
import mirage.formats.OcamlValue.Bytes;
import mirage.formats.OcamlValue.Int;
import mirage.formats.OcamlValue.Real;
import mirage.formats.OcamlValue.RealArray;
import mirage.tools.MirageException;

/**
 * Lays out constants as the heap of a 32-bit little-endian program holds them (runtime/caml/mlvalues.h): a
 * header (size in words, colour, tag), then the fields. Headers are black, so the collector leaves the blocks alone. Equal
 * constants are stored once, except exceptions, whose identity counts.
 */
final class StaticData {
  private static final int BLACK = 3 << 8;
  private static final int MAX_WORDS = (1 << 22) - 1;
  private static final int STRING_TAG = 252;
  private static final int DOUBLE_TAG = 253;
  private static final int DOUBLE_ARRAY_TAG = 254;
  private static final int CUSTOM_TAG = 255;

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
        placed.put(top, top.accept(new Placer()));
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

  private Word word(OcamlValue value) {
    return value instanceof Int number ? integer(number.value()) : placed.get(value);
  }

  /** A tagged 31-bit integer. */
  private Word integer(long value) {
    if (value != (int) value << 1 >> 1) {
      truncated.add(new Int(value));
    }
    return Word.plain((int) value << 1 | 1);
  }

  private Word block(int tag, List<Word> fields) {
    if (fields.size() > MAX_WORDS) {
      throw new MirageException(
          "%s: a constant of %d words; a 32-bit block has at most %d"
              .formatted(file, fields.size(), MAX_WORDS));
    }
    List<Word> whole = new ArrayList<>(fields.size() + 1);
    whole.add(Word.plain(fields.size() << 10 | BLACK | tag));
    whole.addAll(fields);
    if (tag == Block.OBJECT_TAG) {
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

  private static List<Word> bits(double value) {
    long bits = Double.doubleToRawLongBits(value);
    return List.of(Word.plain((int) bits), Word.plain((int) (bits >> 32)));
  }

  /** Lays out one block whose fields are placed. */
  private final class Placer implements OcamlValue.Visitor<Word> {
    @Override
    public Word visit(Int value) {
      return integer(value.value());
    }

    @Override
    public Word visit(Block value) {
      return block(
          value.tag(),
          IntStream.range(0, value.size()).mapToObj(i -> word(value.field(i))).toList());
    }

    /** Zeros fill the last word; its last byte says how many there are before it. */
    @Override
    public Word visit(Bytes value) {
      byte[] data = value.data();
      int size = data.length / 4 + 1;
      int[] packed = new int[size];
      for (int i = 0; i < data.length; i++) {
        packed[i / 4] |= (data[i] & 0xFF) << 8 * (i % 4);
      }
      packed[size - 1] |= 4 * size - 1 - data.length << 24;
      return block(STRING_TAG, IntStream.of(packed).mapToObj(Word::plain).toList());
    }

    @Override
    public Word visit(Real value) {
      return block(DOUBLE_TAG, bits(value.value()));
    }

    @Override
    public Word visit(RealArray value) {
      List<Word> fields = new ArrayList<>();
      for (double element : value.values()) {
        fields.addAll(bits(element));
      }
      return block(fields.isEmpty() ? 0 : DOUBLE_ARRAY_TAG, fields);
    }

    @Override
    public Word visit(Boxed value) {
      long v = value.value();
      if (value.type() == Boxed.Type.NATIVEINT && v != (int) v) {
        truncated.add(value);
      }
      List<Word> fields = new ArrayList<>();
      fields.add(new Word(Kind.OPERATIONS, value.type().ordinal()));
      fields.add(Word.plain((int) v));
      if (value.type() == Boxed.Type.INT64) {
        fields.add(Word.plain((int) (v >> 32)));
      }
      return block(CUSTOM_TAG, fields);
    }
  }
}
