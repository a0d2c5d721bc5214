// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the blocks of one function. */
final class ParseFunction {
  private static final Pattern BLOCK = Pattern.compile("b(\\d+)\\[(.*)]:");
  private static final Pattern INSTRUCTION =
      Pattern.compile("  (?:([vw]\\d+) = )?([a-z_0-9]+)(?: \\[(.*)])?((?: [vw]\\d+,?)*)");

  private final Parse program;
  private final Function function;
  private final List<String> lines;
  private final Map<String, Var> vars = new HashMap<>();
  private final Map<Integer, Block> blocks = new HashMap<>();

  ParseFunction(Parse program, Function function, List<String> lines) {
    this.program = program;
    this.function = function;
    this.lines = lines;
  }

  void read() {
    Block block = null;
    for (String line : lines) {
      try {
        Matcher header = BLOCK.matcher(line);
        if (header.matches()) {
          block = block(header.group(1));
          function.blocks().add(block);
          block.params().addAll(vars(header.group(2)));
        } else {
          line(block, line);
        }
      } catch (RuntimeException e) {
        throw new IllegalArgumentException(
            "function " + function + ": " + line.trim() + ": " + e.getMessage(), e);
      }
    }
  }

  private void line(Block block, String line) {
    Matcher matcher = INSTRUCTION.matcher(line);
    Op op = matcher.matches() ? op(matcher.group(2)) : null;
    if (op == null) {
      block.setEnd(new ParseEnd(this, line.trim()).read());
      return;
    }
    Immediate.Kind kind = op.signature().immediate();
    Immediate immediate = kind == null ? null : immediate(kind, matcher.group(3));
    Var dest = matcher.group(1) == null ? null : var(matcher.group(1));
    Var[] args = vars(matcher.group(4)).toArray(Var[]::new);
    block.body().add(new Instr(op, dest, args, immediate, -1));
  }

  private static Op op(String mnemonic) {
    for (Op op : Op.values()) {
      if (op.mnemonic().equals(mnemonic)) {
        return op;
      }
    }
    return null;
  }

  Block block(String id) {
    return blocks.computeIfAbsent(Integer.parseInt(id), function::newBlock);
  }

  Var var(String name) {
    Type type = name.charAt(0) == 'v' ? Type.VALUE : Type.WORD;
    return vars.computeIfAbsent(name, n -> function.newVar(type, Integer.parseInt(n.substring(1))));
  }

  /** Names with commas or blanks between them. */
  List<Var> vars(String names) {
    List<Var> found = new ArrayList<>();
    for (String name : names.trim().split("[, ]+")) {
      if (!name.isEmpty()) {
        found.add(var(name));
      }
    }
    return found;
  }

  Function function(String name) {
    return program.function(name);
  }

  private Immediate immediate(Immediate.Kind kind, String text) {
    return switch (kind) {
      case NUMBER, SHIFT -> new Num(Integer.parseInt(text));
      case SYMBOL -> symbol(text);
      case CONSTANT -> text.matches("-?\\d+") ? new Num(Integer.parseInt(text)) : symbol(text);
      case STATIC -> new Static(ConstantText.parse(text));
      case PRIMITIVE -> new Primitive(text);
      case FUNCTION -> program.function(text);
      case CLOSURE_SET -> program.member(text.split(",")[0]).set();
      case MEMBER -> program.member(text);
      case SIBLING -> {
        String[] names = text.split(">");
        Member from = program.member(names[0]);
        yield new Sibling(from.set(), from.index(), program.member(names[1]).index());
      }
      case CAPTURED -> {
        int dot = text.lastIndexOf('.');
        Member from = program.member(text.substring(0, dot));
        yield new Captured(from.set(), from.index(), Integer.parseInt(text.substring(dot + 1)));
      }
      case BITS -> {
        String[] numbers = text.split(":");
        yield new Bits(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
      }
      case CONDITION -> condition(text);
      case C_CALL ->
          new CCall(text.split(" ")[0], text.contains(" allocates"), text.contains(" vector"));
      case BOXED -> Boxed.valueOf(text);
      case PART -> {
        String[] parts = text.split("\\.");
        yield new Boxed.Part(Boxed.valueOf(parts[0]), Integer.parseInt(parts[1]));
      }
    };
  }

  static Condition condition(String text) {
    String[] words = text.split(" ");
    Condition.Test test = Condition.Test.valueOf(words[0].toUpperCase(Locale.ROOT));
    return words.length == 1 ? Condition.of(test) : Condition.of(test, Integer.parseInt(words[1]));
  }

  /** A name, and an offset behind a sign. */
  static Symbol symbol(String text) {
    int sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
    return sign <= 0
        ? new Symbol(text)
        : new Symbol(text.substring(0, sign), Integer.parseInt(text.substring(sign)));
  }
}
