// SPDX-License-Identifier: Apache-2.0
package mirage.opam.packages;

import mirage.tools.MirageException;

/** The words of an opam file, one at a time; comments are blanks. */
final class OpamTokens {
  private static final String[] SYMBOLS = {
    "!=", "<=", ">=", "+=", "=+", ":=", "=:", "=+=", "=", "<", ">", "~", "&", "|", "!", "?", "[",
    "]", "(", ")", "{", "}", ":"
  };

  private final String text;
  private final String place;
  private int at;

  OpamTokens(String text, String place) {
    this.text = text;
    this.place = place;
    blanks();
  }

  boolean atEnd() {
    return at >= text.length();
  }

  /** The symbol that stands here; empty when it is something else. */
  String symbol() {
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        return symbol;
      }
    }
    return "";
  }

  boolean is(String symbol) {
    return symbol().equals(symbol);
  }

  /** Takes the symbol that stands here. */
  String next() {
    String symbol = symbol();
    at += symbol.length();
    blanks();
    return symbol;
  }

  boolean accept(String symbol) {
    if (!is(symbol)) {
      return false;
    }
    next();
    return true;
  }

  void expect(String symbol) {
    if (!accept(symbol)) {
      throw error("'" + symbol + "' expected, " + found());
    }
  }

  /** Takes a word: a name, a number, a variable such as {@code pkg:var}. */
  String name() {
    int start = at;
    while (at < text.length() && isWord(at)) {
      at++;
    }
    if (start == at) {
      throw error("a name expected, " + found());
    }
    String word = text.substring(start, at);
    blanks();
    return word;
  }

  /** A colon belongs to a word when another word follows at once, else it ends a field's name. */
  private boolean isWord(int index) {
    char c = text.charAt(index);
    return isLetter(c)
        || (c == ':' && index + 1 < text.length() && isLetter(text.charAt(index + 1)));
  }

  private static boolean isLetter(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '+';
  }

  boolean isText() {
    return at < text.length() && text.charAt(at) == '"';
  }

  /** Takes a text between quotes, one or three of them. */
  String text() {
    String quote = text.startsWith("\"\"\"", at) ? "\"\"\"" : "\"";
    int start = at;
    at += quote.length();
    StringBuilder value = new StringBuilder();
    while (!text.startsWith(quote, at)) {
      if (at >= text.length()) {
        at = start;
        throw error("this text has no end");
      }
      char c = text.charAt(at++);
      value.append(c == '\\' && at < text.length() ? escaped() : String.valueOf(c));
    }
    at += quote.length();
    blanks();
    return value.toString();
  }

  private String escaped() {
    char c = text.charAt(at++);
    switch (c) {
      case 'n':
        return "\n";
      case 't':
        return "\t";
      case 'r':
        return "\r";
      case 'b':
        return "\b";
      case '\n':
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
          at++;
        }
        return "";
      default:
        if (Character.isDigit(c)
            && at + 2 <= text.length()
            && text.substring(at - 1, at + 2).matches("[0-2][0-9]{2}")) {
          at += 2;
          return String.valueOf((char) Integer.parseInt(text.substring(at - 3, at)));
        }
        return String.valueOf(c);
    }
  }

  private void blanks() {
    while (at < text.length()) {
      if (text.charAt(at) == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("(*", at)) {
        int end = text.indexOf("*)", at + 2);
        at = end < 0 ? text.length() : end + 2;
      } else if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else {
        return;
      }
    }
  }

  private String found() {
    return atEnd() ? "the file ends" : "'" + text.charAt(at) + "' found";
  }

  MirageException error(String problem) {
    long line =
        1 + text.substring(0, Math.min(at, text.length())).chars().filter(c -> c == '\n').count();
    return new MirageException(place + ": line " + line + ": " + problem);
  }
}
