// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A static library of objects ({@code ar} format, System V symbol table). */
public final class Archive {
  private static final byte[] MAGIC = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);
  private static final int MEMBER_HEADER = 60;
  private static final int NAME_SIZE = 16;
  private static final int SIZE_OFFSET = 48;
  private static final int SIZE_SIZE = 10;

  /** The names of members that are no objects: symbols, and names that are too long for a header. */
  private static final String SYMBOLS = "/";

  private static final String LONG_NAMES = "//";

  /**
   * An object in an archive.
   *
   * @param name its file's
   * @param content all of the file
   */
  public record Member(String name, byte[] content) {}

  private final ByteReader in;

  private Archive(String file, byte[] data) {
    in = new ByteReader(file, data, ByteOrder.BIG_ENDIAN);
    String magic = text(in, MAGIC.length);
    if (!magic.equals(new String(MAGIC, StandardCharsets.US_ASCII))) {
      throw in.failAt(0, "'" + magic.strip() + "'", "!<arch> (a static library)");
    }
  }

  /** Names of the symbols the archive's members define for others. An archive without members has none. */
  public static List<String> symbols(String file, byte[] data) {
    ByteReader in = new Archive(file, data).in;
    List<String> names = new ArrayList<>();
    if (in.remaining() < MEMBER_HEADER) {
      return names;
    }
    int start = in.position();
    Member first = member(in);
    if (!first.name().equals(SYMBOLS)) {
      throw in.failAt(
          start, "first member '" + first.name() + "'", "a symbol table '/' (run ranlib)");
    }
    ByteReader table = new ByteReader(file, first.content(), ByteOrder.BIG_ENDIAN);
    long count = table.u32();
    table.skip(4 * count);
    for (long i = 0; i < count; i++) {
      table.require(1, "a symbol");
      names.add(table.zeroTerminated());
    }
    return names;
  }

  /** The objects, in order. */
  public static List<Member> members(String file, byte[] data) {
    ByteReader in = new Archive(file, data).in;
    List<Member> members = new ArrayList<>();
    String longNames = "";
    while (in.remaining() >= MEMBER_HEADER) {
      int start = in.position();
      Member member = member(in);
      String name = member.name();
      if (name.equals(LONG_NAMES)) {
        longNames = new String(member.content(), StandardCharsets.ISO_8859_1);
      } else if (!name.equals(SYMBOLS)) {
        if (name.matches("/\\d{1,9}")) {
          int at = Integer.parseInt(name.substring(1));
          if (at >= longNames.length()) {
            throw in.failAt(start, "name '" + name + "'", "less than " + longNames.length());
          }
          name = longNames.substring(at).lines().findFirst().orElse("");
        }
        members.add(new Member(name.replaceFirst("/$", ""), member.content()));
      }
    }
    return members;
  }

  /** The member that is next, by its name in its header. */
  private static Member member(ByteReader in) {
    int start = in.position();
    in.require(MEMBER_HEADER, "a member's header");
    String name = text(in, NAME_SIZE).strip();
    in.skip(SIZE_OFFSET - NAME_SIZE);
    String size = text(in, SIZE_SIZE).strip();
    if (!size.matches("\\d{1,9}")) {
      throw in.failAt(start + SIZE_OFFSET, "size '" + size + "'", "a decimal number");
    }
    in.seek(start + MEMBER_HEADER);
    byte[] content = in.bytes(Integer.parseInt(size), "member " + name);
    in.skip(Math.min(content.length & 1, in.remaining()));
    return new Member(name, content);
  }

  private static String text(ByteReader in, int size) {
    return new String(in.bytes(size, "a header"), StandardCharsets.ISO_8859_1);
  }
}
