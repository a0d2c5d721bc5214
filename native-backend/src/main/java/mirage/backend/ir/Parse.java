// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mirage.formats.OcamlValue;

/**
 * Reads the text that {@link Print} writes: globals, sets of closures, functions. Blank lines and what follows a semicolon at the
 * beginning of a line are passed over. Places are not in the text: all are -1.
 */
public final class Parse {
  private final Map<String, Function> functions = new LinkedHashMap<>();
  private final Map<Function, Member> members = new LinkedHashMap<>();
  private final List<OcamlValue> globals = new ArrayList<>();
  private final List<FunctionText> texts = new ArrayList<>();

  /** A function's lines behind the first. */
  private record FunctionText(Function function, List<String> lines) {}

  private Parse() {}

  /**
   * A program, whose main function is the first.
   *
   * @throws IllegalArgumentException naming the line that is not understood
   */
  public static Program program(String text) {
    Parse parse = new Parse();
    parse.headers(text);
    for (FunctionText function : parse.texts) {
      new ParseFunction(parse, function.function(), function.lines()).read();
    }
    List<Function> all = new ArrayList<>(parse.functions.values());
    if (all.isEmpty()) {
      throw new IllegalArgumentException("no function in the text");
    }
    return new Program(all.get(0), all, parse.globals, new Places(0));
  }

  private void headers(String text) {
    List<String> sets = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.isBlank() || line.startsWith(";")) {
        continue;
      }
      String[] words = line.split(" ");
      switch (words[0]) {
        case "global" -> globals.add(ConstantText.parse(line.substring("global ".length())));
        case "closures" -> sets.add(words[1]);
        case "function" -> header(words);
        default -> texts.get(texts.size() - 1).lines().add(line);
      }
    }
    sets.forEach(this::set);
  }

  /** {@code function NAME arity N [slots N]}. */
  private void header(String[] words) {
    Function function = new Function(words[1], Integer.parseInt(words[3]), -1);
    if (words.length > 5) {
      function.setSlots(Integer.parseInt(words[5]));
    }
    functions.put(function.name(), function);
    texts.add(new FunctionText(function, new ArrayList<>()));
  }

  private void set(String names) {
    List<Function> set = new ArrayList<>();
    for (String name : names.split(",")) {
      set.add(function(name));
    }
    ClosureSet closures = new ClosureSet(set);
    for (int i = 0; i < set.size(); i++) {
      members.put(set.get(i), new Member(closures, i));
    }
  }

  Function function(String name) {
    Function function = functions.get(name);
    if (function == null) {
      throw new IllegalArgumentException("no function " + name + " in the text");
    }
    return function;
  }

  /** The function as a member of its set, which is its own if none was told. */
  Member member(String name) {
    return members.computeIfAbsent(
        function(name), f -> new Member(new ClosureSet(new ArrayList<>(List.of(f))), 0));
  }
}
