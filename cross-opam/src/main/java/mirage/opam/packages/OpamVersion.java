// SPDX-License-Identifier: Apache-2.0
package mirage.opam.packages;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version, ordered as opam (and Debian) orders them: runs of digits as numbers, other characters
 * one by one with letters before punctuation and {@code ~} before the end.
 *
 * @param text as written, but for a leading {@code v}, which some releases carry and others do not
 */
public record OpamVersion(String text) implements Comparable<OpamVersion> {
  private static final Pattern PART = Pattern.compile("([^0-9]*)([0-9]*)");

  public static OpamVersion of(String text) {
    return new OpamVersion(text.matches("v[0-9].*") ? text.substring(1) : text);
  }

  @Override
  public int compareTo(OpamVersion other) {
    Matcher left = PART.matcher(text);
    Matcher right = PART.matcher(other.text);
    int l = 0;
    int r = 0;
    while (l < text.length() || r < other.text.length()) {
      left.find(l);
      right.find(r);
      int order = compareWords(left.group(1), right.group(1));
      if (order == 0) {
        order = compareNumbers(left.group(2), right.group(2));
      }
      if (order != 0) {
        return order;
      }
      l = left.end();
      r = right.end();
    }
    return 0;
  }

  private static int compareWords(String left, String right) {
    for (int i = 0; i < Math.max(left.length(), right.length()); i++) {
      int order = Integer.compare(rank(left, i), rank(right, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** {@code ~} first, then the end of the word, then letters, then everything else. */
  private static int rank(String word, int index) {
    if (index >= word.length()) {
      return 0;
    }
    char c = word.charAt(index);
    if (c == '~') {
      return -1;
    }
    return Character.isLetter(c) ? c : c + 0x10000;
  }

  private static int compareNumbers(String left, String right) {
    String l = left.replaceFirst("^0+", "");
    String r = right.replaceFirst("^0+", "");
    int order = Integer.compare(l.length(), r.length());
    return order != 0 ? order : l.compareTo(r);
  }
}
