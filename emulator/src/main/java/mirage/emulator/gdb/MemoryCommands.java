// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.gdb;

import java.nio.charset.StandardCharsets;
import mirage.emulator.Esp32;
import mirage.emulator.bus.AccessFault;

/** The packets m, M and X: memory as a core sees it, without the side effects of an access by the program. */
final class MemoryCommands {
  private static final String FAULT = "E0e";

  private final Esp32 machine;

  MemoryCommands(Esp32 machine) {
    this.machine = machine;
  }

  /** {@code address,length}; what is readable from the address on, at least one byte. */
  String read(int core, String rest) {
    String[] parts = rest.split(",");
    int address = Integer.parseUnsignedInt(parts[0], 16);
    int length = Math.min(Integer.parseUnsignedInt(parts[1], 16), RemoteLink.MAX_PACKET / 2 - 8);
    StringBuilder text = new StringBuilder();
    try {
      for (int i = 0; i < length; i++) {
        text.append(String.format("%02x", machine.space(core).peek(address + i, 1)[0] & 0xFF));
      }
    } catch (AccessFault e) {
      return text.isEmpty() ? FAULT : text.toString();
    }
    return text.toString();
  }

  /** {@code address,length:hex digits}. */
  String writeHex(int core, String rest) {
    String digits = rest.substring(rest.indexOf(':') + 1);
    byte[] bytes = new byte[digits.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
    }
    return write(core, rest, bytes);
  }

  /** {@code address,length:bytes}. */
  String writeBinary(int core, String rest) {
    return write(
        core, rest, rest.substring(rest.indexOf(':') + 1).getBytes(StandardCharsets.ISO_8859_1));
  }

  private String write(int core, String rest, byte[] bytes) {
    int comma = rest.indexOf(',');
    int address = Integer.parseUnsignedInt(rest.substring(0, comma), 16);
    int length = Integer.parseInt(rest.substring(comma + 1, rest.indexOf(':')), 16);
    if (length != bytes.length) {
      return "E16";
    }
    try {
      machine.space(core).poke(address, bytes);
      return "OK";
    } catch (AccessFault e) {
      return FAULT;
    }
  }
}
