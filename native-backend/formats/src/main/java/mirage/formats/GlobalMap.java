// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import mirage.formats.OcamlValue.Block;
import mirage.formats.OcamlValue.Bytes;
import mirage.formats.OcamlValue.Int;

/**
 * Reads SYMB: the linker's {@code { cnt; tbl : int Ident.Map.t }} (bytecomp/symtable.ml). A node of the
 * map is {@code { l; v; d; r; h }}; v is an identifier, whose name is its first field.
 */
final class GlobalMap {
  private static final int NODE_SIZE = 5;

  /** Tag of an identifier that the compiler predefines (typing/ident.ml). */
  private static final int PREDEFINED = 3;

  private GlobalMap() {}

  static Map<String, Integer> read(ByteReader in, int globals) {
    int start = in.position();
    Map<String, Integer> slots = new TreeMap<>();
    int nodes = 0;
    Deque<OcamlValue> todo = new ArrayDeque<>();
    todo.push(field(in, start, MarshalReader.read(in), 1, 2));
    while (!todo.isEmpty()) {
      OcamlValue node = todo.pop();
      if (node instanceof Int) {
        continue;
      }
      OcamlValue identifier = field(in, start, node, 1, NODE_SIZE);
      OcamlValue name = field(in, start, identifier, 0, 1);
      OcamlValue slot = field(in, start, node, 2, NODE_SIZE);
      if (!(name instanceof Bytes bytes)
          || !(slot instanceof Int number)
          || number.value() < 0
          || number.value() >= globals
          || nodes++ == globals) {
        throw in.failAt(
            start,
            "global " + name + " in slot " + slot,
            "names, each in its slot below " + globals);
      }
      // A unit may bear the name of a predefined exception.
      if (((Block) identifier).tag() == PREDEFINED) {
        slots.putIfAbsent(bytes.text(), (int) number.value());
      } else {
        slots.put(bytes.text(), (int) number.value());
      }
      todo.push(field(in, start, node, 0, NODE_SIZE));
      todo.push(field(in, start, node, 3, NODE_SIZE));
    }
    return slots;
  }

  private static OcamlValue field(ByteReader in, int at, OcamlValue value, int index, int size) {
    if (value instanceof Block block && block.size() >= size) {
      return block.field(index);
    }
    throw in.failAt(
        at, "SYMB with " + value, "a map of globals: a block of " + size + " fields here");
  }
}
