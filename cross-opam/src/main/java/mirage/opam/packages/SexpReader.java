// SPDX-License-Identifier: Apache-2.0
package mirage.opam.packages;

import java.util.ArrayList;
import java.util.List;
import mirage.tools.MirageException;

/** Reads {@link Sexp}s of a text. */
final class SexpReader {
  private static final int DEPTH = 500;

  private final String text;
  private final String place;
  private int at;

  SexpReader(String text, String place) {
    this.text = text;
    this.place = place;
  }

  List<Sexp> all() {
    List<Sexp> all = items(0);
    if (at < text.length()) {
      throw error("')' without '('");
    }
    return all;
  }

  private List<Sexp> items(int depth) {
    if (depth > DEPTH) {
      throw error("nested too deep");
    }
    List<Sexp> items = new ArrayList<>();
    for (blanks(); at < text.length() && text.charAt(at) != ')'; blanks()) {
      boolean ignored = text.startsWith("#;", at);
      if (ignored) {
        at += 2;
        blanks();
      }
      Sexp item = item(depth);
      if (!ignored) {
        items.add(item);
      }
    }
    return List.copyOf(items);
  }

  private Sexp item(int depth) {
    if (at >= text.length() || text.charAt(at) == ')') {
      throw error("something expected behind '#;'");
    }
    int start = at;
    if (text.charAt(at) == '(') {
      at++;
      List<Sexp> items = items(depth + 1);
      if (at >= text.length()) {
        at = start;
        throw error("'(' without ')'");
      }
      at++;
      return new Sexp.Form(items, start, at);
    }
    return new Sexp.Atom(text.charAt(at) == '"' ? quoted() : word());
  }

  private String word() {
    int start = at;
    while (at < text.length()
        && !Character.isWhitespace(text.charAt(at))
        && "()\";".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private String quoted() {
    int start = at++;
    if (text.startsWith("\\|", at) || text.startsWith("\\>", at)) {
      int end = text.indexOf('\n', at);
      String line = text.substring(at + 2, end < 0 ? text.length() : end);
      at = end < 0 ? text.length() : end;
      return line.strip();
    }
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    if (at >= text.length()) {
      at = start;
      throw error("this text has no end");
    }
    at++;
    return value.toString();
  }

  private void blanks() {
    while (at < text.length()) {
      if (text.charAt(at) == ';') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("#|", at)) {
        int end = text.indexOf("|#", at);
        at = end < 0 ? text.length() : end + 2;
      } else if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else {
        return;
      }
    }
  }

  private MirageException error(String problem) {
    long line = 1 + text.substring(0, at).chars().filter(c -> c == '\n').count();
    return new MirageException(place + ": line " + line + ": " + problem);
  }
}
