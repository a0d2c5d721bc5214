// SPDX-License-Identifier: Apache-2.0
package mirage.xtensa;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Assembles text in GNU syntax: labels (also numbered ones, {@code 1:}, {@code 1f}, {@code 1b}),
 * instructions, and the directives {@code .byte .short .word .ascii .asciz .align .space .set
 * .literal}. A literal goes where its directive stands. Comments start with {@code #} or {@code //};
 * {@code ;} separates statements.
 */
public final class Assembler {
  private static final Pattern LABEL = Pattern.compile("\\s*([\\w.$]+):");
  private static final Pattern SUM = Pattern.compile("(.+?)\\s*([+-])\\s*([\\w]+)");
  private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern NUMBERED = Pattern.compile("(\\d+)([fb])");
  private static final Map<String, Opcode> BY_MNEMONIC = new HashMap<>();

  static {
    for (Opcode opcode : Opcode.values()) {
      BY_MNEMONIC.put(opcode.mnemonic(), opcode);
    }
  }

  private final CodeBuffer buffer;
  private final Map<String, Label> labels = new TreeMap<>();
  private final Map<String, Integer> constants = new HashMap<>();
  private final Map<String, Integer> numbered = new HashMap<>();
  private int lineNumber;

  private Assembler(int base) {
    buffer = new CodeBuffer(base);
  }

  /**
   * What a text assembles to.
   *
   * @param bytes the code
   * @param symbols its labels and their addresses
   */
  public record Result(byte[] bytes, Map<String, Integer> symbols) {}

  /**
   * Assembles a text to be placed at address {@code base}.
   *
   * @throws EncodingException naming the line of the first error
   */
  public static Result assemble(String text, int base) {
    Assembler assembler = new Assembler(base);
    for (String line : text.split("\n")) {
      assembler.lineNumber++;
      assembler.line(line);
    }
    byte[] bytes = assembler.buffer.bytes();
    Map<String, Integer> symbols = new TreeMap<>();
    assembler.labels.forEach((name, label) -> symbols.put(name, label.address()));
    return new Result(bytes, symbols);
  }

  private void line(String line) {
    try {
      for (String statement : split(line)) {
        statement(statement);
      }
    } catch (EncodingException e) {
      throw new EncodingException("line " + lineNumber + ": " + e.getMessage());
    }
  }

  /** Statements of a line, without comments; quoted text is left alone. */
  private static List<String> split(String line) {
    List<String> statements = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    int at = 0;
    for (; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == '"' && (at == 0 || line.charAt(at - 1) != '\\')) {
        quoted = !quoted;
      } else if (!quoted && (c == '#' || line.startsWith("//", at))) {
        break;
      } else if (!quoted && c == ';') {
        statements.add(line.substring(start, at));
        start = at + 1;
      }
    }
    statements.add(line.substring(start, at));
    return statements;
  }

  private void statement(String text) {
    String rest = text;
    Matcher matcher = LABEL.matcher(rest);
    while (matcher.lookingAt()) {
      define(matcher.group(1));
      rest = rest.substring(matcher.end());
      matcher = LABEL.matcher(rest);
    }
    rest = rest.strip();
    if (rest.isEmpty()) {
      return;
    }
    String[] parts = rest.split("\\s+", 2);
    String operands = parts.length == 1 ? "" : parts[1].strip();
    if (parts[0].startsWith(".")) {
      directive(parts[0], operands);
    } else {
      instruction(parts[0], operands);
    }
  }

  private void define(String name) {
    if (name.chars().allMatch(Character::isDigit)) {
      int count = numbered.merge(name, 1, Integer::sum);
      buffer.bind(label(numberedName(name, count)));
    } else {
      buffer.bind(label(name));
    }
  }

  private Label label(String name) {
    return labels.computeIfAbsent(name, Label::new);
  }

  private static String numberedName(String number, int count) {
    return number + "$" + count;
  }

  private void directive(String name, String operands) {
    switch (name) {
      case ".byte" -> data(operands, 1);
      case ".short", ".hword", ".2byte" -> data(operands, 2);
      case ".word", ".long", ".int", ".4byte" -> data(operands, 4);
      case ".ascii" -> string(operands, false);
      case ".asciz", ".string" -> string(operands, true);
      case ".align", ".balign" -> buffer.align(number(operands));
      case ".space", ".skip", ".zero" -> space(number(operands));
      case ".set", ".equ" -> {
        String[] parts = arguments(operands, 2);
        constants.put(parts[0], number(parts[1]));
      }
      case ".literal" -> {
        String[] parts = arguments(operands, 2);
        buffer.align(4);
        define(parts[0]);
        data(parts[1], 4);
      }
      case ".global", ".globl", ".text", ".section", ".type", ".size", ".literal_position" -> {}
      default -> throw new EncodingException("unknown directive " + name);
    }
  }

  private static String[] arguments(String operands, int count) {
    String[] parts = operands.split("\\s*,\\s*", count);
    if (parts.length != count) {
      throw new EncodingException(count + " arguments needed, found " + operands);
    }
    return parts;
  }

  private void data(String operands, int size) {
    for (String item : operands.split("\\s*,\\s*")) {
      Term term = term(item);
      if (term.label() == null) {
        buffer.data(term.value(), size);
      } else if (size == 4) {
        buffer.address(term.label(), term.value());
      } else {
        throw new EncodingException("the address " + item + " needs a .word");
      }
    }
  }

  private void string(String operand, boolean terminated) {
    Matcher matcher = STRING.matcher(operand);
    if (!matcher.matches()) {
      throw new EncodingException("a quoted string is needed, found " + operand);
    }
    for (byte b : matcher.group(1).translateEscapes().getBytes(StandardCharsets.UTF_8)) {
      buffer.data(b, 1);
    }
    space(terminated ? 1 : 0);
  }

  private void space(int count) {
    for (int i = 0; i < count; i++) {
      buffer.data(0, 1);
    }
  }

  private void instruction(String name, String operands) {
    String[] given = operands.isEmpty() ? new String[0] : operands.split("\\s*,\\s*");
    Opcode opcode = BY_MNEMONIC.get(name);
    if (opcode == null && name.indexOf('.') > 0) {
      int dot = name.indexOf('.');
      opcode = BY_MNEMONIC.get(name.substring(0, dot));
      given = withRegister(opcode, name.substring(dot + 1), given);
    }
    if (opcode == null) {
      throw new EncodingException("unknown instruction " + name);
    }
    List<Operand> kinds = opcode.operands();
    if (given.length != kinds.size()) {
      throw new EncodingException(
          name + ": " + given.length + " operands given, " + kinds.size() + " needed");
    }
    int[] values = new int[kinds.size()];
    Term last = new Term(null, 0);
    for (int i = 0; i < values.length; i++) {
      last = operand(kinds.get(i), given[i]);
      values[i] = last.value();
    }
    if (last.label() != null) {
      int[] others = Arrays.copyOf(values, values.length - 1);
      buffer.emit(opcode, last.label(), last.value(), others);
    } else {
      buffer.emit(Instruction.of(opcode, values));
    }
  }

  /** The operands of {@code rsr.sar a2} and the like, the register as the last one. */
  private static String[] withRegister(Opcode opcode, String register, String[] given) {
    boolean known =
        opcode != null
            && opcode.operands().size() == 2
            && switch (opcode.operands().get(1).kind()) {
              case SPECIAL, USER -> true;
              default -> false;
            };
    if (!known || given.length != 1) {
      throw new EncodingException("unknown register " + register);
    }
    return new String[] {given[0], register};
  }

  private Term operand(Operand operand, String text) {
    return switch (operand.kind()) {
      case ADDRESS -> new Term(null, text.equals("sp") ? 1 : register(text, "a", 16));
      case FLOAT -> new Term(null, register(text, "f", 16));
      case BOOLEAN -> new Term(null, register(text.split(":")[0], "b", 16));
      case MAC -> new Term(null, register(text, "m", 4));
      case SPECIAL -> new Term(null, special(text));
      case USER -> new Term(null, user(text));
      case IMMEDIATE -> new Term(null, number(text));
      case LABEL -> term(text);
    };
  }

  private static int register(String text, String prefix, int count) {
    for (int i = 0; i < count; i++) {
      if (text.equals(prefix + i)) {
        return i;
      }
    }
    throw new EncodingException(
        "a register " + prefix + "0-" + prefix + (count - 1) + " is needed, found " + text);
  }

  private int special(String text) {
    for (SpecialRegister register : SpecialRegister.values()) {
      if (text.equals(register.text(false)) || text.equals(register.text(true))) {
        return register.number();
      }
    }
    return number(text);
  }

  private int user(String text) {
    for (UserRegister register : UserRegister.values()) {
      if (text.equals(register.text())) {
        return register.number();
      }
    }
    return number(text);
  }

  private int number(String text) {
    Term term = term(text);
    if (term.label() != null) {
      throw new EncodingException("a number is needed, found " + text);
    }
    return term.value();
  }

  /** A label (or null) and what is added to it. */
  private record Term(Label label, int value) {}

  private Term term(String text) {
    Matcher sum = SUM.matcher(text);
    if (sum.matches() && !sum.group(1).isBlank()) {
      Term left = term(sum.group(1));
      int right = number(sum.group(3));
      return new Term(left.label(), left.value() + (sum.group(2).equals("+") ? right : -right));
    }
    Matcher matcher = NUMBERED.matcher(text);
    if (matcher.matches()) {
      int passed = numbered.getOrDefault(matcher.group(1), 0);
      int count = matcher.group(2).equals("f") ? passed + 1 : passed;
      return new Term(label(numberedName(matcher.group(1), count)), 0);
    }
    if (text.equals(".")) {
      return new Term(null, buffer.address());
    }
    if (constants.containsKey(text)) {
      return new Term(null, constants.get(text));
    }
    if (text.matches("[A-Za-z_.$][\\w.$]*")) {
      return new Term(label(text), 0);
    }
    return new Term(null, literal(text));
  }

  private static int literal(String text) {
    try {
      long value = Long.decode(text);
      if (value >= Integer.MIN_VALUE && value <= 0xffffffffL) {
        return (int) value;
      }
    } catch (NumberFormatException e) {
      throw new EncodingException("a number or a label is needed, found " + text);
    }
    throw new EncodingException("number " + text + " does not fit 32 bits");
  }
}
