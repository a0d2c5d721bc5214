// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.gdb;

/**
 * What a debugger that knows nothing of the chip is told of its registers (GDB manual, appendix "Target Descriptions"):
 * names, sizes and kinds, in the order of their numbers.
 */
final class TargetDescription {
  private static final String FILE = "target.xml";
  private static final int FLOATS = 16;

  private static final String TEXT = text();

  private TargetDescription() {}

  private static String text() {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n");
    xml.append("<!DOCTYPE target SYSTEM \"gdb-target.dtd\">\n");
    xml.append("<target version=\"1.0\">\n");
    xml.append("<architecture>xtensa</architecture>\n");
    xml.append("<feature name=\"org.gnu.gdb.xtensa.core\">\n");
    for (int number = 0; number < DebugRegisters.COUNT; number++) {
      xml.append(
          "<reg name=\"%s\" bitsize=\"32\" regnum=\"%d\" %s/>\n"
              .formatted(DebugRegisters.name(number), number, kind(number)));
    }
    return xml.append("</feature>\n</target>\n").toString();
  }

  private static String kind(int number) {
    if (number == 0) {
      return "type=\"code_ptr\" group=\"general\"";
    }
    if (number >= DebugRegisters.FIRST_FLOAT && number < DebugRegisters.FIRST_FLOAT + FLOATS) {
      return "type=\"ieee_single\" group=\"float\"";
    }
    boolean general = DebugRegisters.name(number).matches("ar?\\d+");
    return "type=\"uint32\" group=\"%s\"".formatted(general ? "general" : "system");
  }

  /**
   * Answers {@code qXfer:features:read}.
   *
   * @param request {@code FILE:OFFSET,LENGTH}, the numbers hexadecimal
   */
  static String read(String request) {
    String[] parts = request.split(":", 2);
    if (!parts[0].equals(FILE)) {
      return "E00";
    }
    String[] range = parts[1].split(",", 2);
    int from = Math.min(TEXT.length(), Integer.parseUnsignedInt(range[0], 16));
    int most = Math.min(Integer.parseUnsignedInt(range[1], 16), RemoteLink.MAX_PACKET / 2);
    int to = Math.min(TEXT.length(), from + most);
    return (to == TEXT.length() ? "l" : "m") + TEXT.substring(from, to);
  }
}
