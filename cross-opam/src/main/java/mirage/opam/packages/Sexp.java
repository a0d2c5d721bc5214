// SPDX-License-Identifier: Apache-2.0
package mirage.opam.packages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mirage.tools.MirageException;

/** What dune files are made of, with the places of lists in their text. */
public sealed interface Sexp {
  /** A word or a text between quotes. */
  record Atom(String text) implements Sexp {}

  /**
   * {@code ( ... )}.
   *
   * @param start of the opening parenthesis, in characters of the text
   * @param end behind the closing one
   */
  record Form(List<Sexp> items, int start, int end) implements Sexp {
    /** The first word; empty when there is none. */
    public String head() {
      return !items.isEmpty() && items.get(0) instanceof Atom atom ? atom.text() : "";
    }

    /** Lists in this one that begin with a word. */
    public Stream<Form> fields(String name) {
      return items.stream()
          .filter(item -> item instanceof Form form && form.head().equals(name))
          .map(Form.class::cast);
    }

    /** The first list in this one that begins with a word. */
    public Optional<Form> field(String name) {
      return fields(name).findFirst();
    }

    /** The words behind the first, those of lists within left out. */
    public List<String> words() {
      return items.stream()
          .skip(1)
          .filter(Atom.class::isInstance)
          .map(item -> ((Atom) item).text())
          .toList();
    }

    /** The word of a field {@code (name word)}. */
    public Optional<String> word(String name) {
      return field(name).flatMap(form -> form.words().stream().findFirst());
    }
  }

  /**
   * The lists and words of a text.
   *
   * @param place named in messages
   * @throws MirageException with place and line when parentheses or quotes do not match
   */
  static List<Sexp> parse(String text, String place) {
    return new SexpReader(text, place).all();
  }

  /** The lists of a text, its words left out. */
  static List<Form> forms(String text, String place) {
    List<Form> forms = new ArrayList<>();
    for (Sexp sexp : parse(text, place)) {
      if (sexp instanceof Form form) {
        forms.add(form);
      }
    }
    return forms;
  }
}
