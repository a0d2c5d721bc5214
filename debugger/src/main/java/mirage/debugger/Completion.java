// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What commands and their arguments may go on with. */
final class Completion implements Prompt.Completer {
  private final DebugSession session;

  Completion(DebugSession session) {
    this.session = session;
  }

  @Override
  public List<String> complete(List<String> before, String word) {
    return candidates(before).filter(text -> text.startsWith(word)).distinct().sorted().toList();
  }

  private Stream<String> candidates(List<String> before) {
    if (before.isEmpty()) {
      return Arrays.stream(Word.values()).map(Word::full);
    }
    Optional<Word> word = Word.of(before.get(0));
    if (word.isEmpty() || before.size() > 1) {
      return Stream.empty();
    }
    return switch (word.get()) {
      case BREAK, LIST -> session.places().stream().flatMap(Completion::endings);
      case PRINT -> arguments();
      case DELETE -> session.breakpoints().stream().map(b -> Integer.toString(b.number()));
      case INFO -> Stream.of("args", "breakpoints");
      case HELP -> Arrays.stream(Word.values()).map(Word::full);
      default -> Stream.empty();
    };
  }

  /** A name, also without its first modules. */
  private static Stream<String> endings(String name) {
    return name.endsWith(".ml")
        ? Stream.of(name + ":", name.substring(name.lastIndexOf('/') + 1) + ":")
        : Stream.iterate(name, text -> !text.isEmpty(), text -> text.substring(dot(text) + 1));
  }

  private static int dot(String text) {
    int at = text.indexOf('.');
    return at < 0 ? text.length() - 1 : at;
  }

  private Stream<String> arguments() {
    try {
      return session.arguments(session.frames().get(0)).stream().map(Variable::name);
    } catch (Refusal e) {
      return Stream.empty();
    }
  }
}
