// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The content of partition {@code args} as board.h describes it. */
final class BootArguments {
  private BootArguments() {}

  static byte[] partition(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + bytes.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("MARG".getBytes(StandardCharsets.US_ASCII))
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }
}
