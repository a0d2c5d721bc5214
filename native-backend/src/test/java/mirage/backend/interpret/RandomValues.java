// SPDX-License-Identifier: Apache-2.0
package mirage.backend.interpret;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import mirage.backend.ir.Op;
import mirage.backend.ir.Static;
import mirage.backend.ir.Var;
import mirage.formats.OcamlValue;

/** The variables that can be used at a place of a random function, and computations with them. */
final class RandomValues {
  /** A variant has as many constant constructors, and as many with tags, of one field more each. */
  static final int VARIANTS = 4;

  private static final int ARRAY = 4;
  private static final int BYTES = 6;
  private static final List<Op> ARITHMETIC =
      List.of(Op.NEG, Op.ADD, Op.SUB, Op.MUL, Op.DIV, Op.MOD, Op.AND, Op.OR, Op.XOR);
  private static final List<Op> SHIFTS = List.of(Op.LSL, Op.LSR, Op.ASR);
  private static final List<Op> COMPARISONS =
      List.of(Op.EQ, Op.NE, Op.LT, Op.LE, Op.GT, Op.GE, Op.ULT, Op.UGE);

  /** What a value is. */
  enum Kind {
    INT,
    PAIR,
    REFERENCE,
    VARIANT,
    ARRAY,
    BYTES,
    FLOAT,
    INT32,
    INT64;

    /** Any, integers more often than the others. */
    static Kind data(Random random) {
      return random.nextInt(3) == 0 ? INT : values()[random.nextInt(values().length)];
    }
  }

  private record Value(Var var, Kind kind, int arity) {}

  /** A closure and how many integers it takes. */
  record Callee(Var var, int arity) {}

  private final RandomCode code;
  private final Random random;
  private final List<Value> scope = new ArrayList<>();

  RandomValues(RandomCode code, Random random) {
    this.code = code;
    this.random = random;
  }

  void add(Var var, Kind kind) {
    scope.add(new Value(var, kind, 0));
  }

  void addFunction(Var var, int arity) {
    scope.add(new Value(var, null, arity));
  }

  int size() {
    return scope.size();
  }

  /** What was added since there were so many cannot be used any more. */
  void forget(int size) {
    scope.subList(size, scope.size()).clear();
  }

  /** A closure, or null if there is none. */
  Callee function() {
    List<Value> all = scope.stream().filter(value -> value.kind() == null).toList();
    if (all.isEmpty()) {
      return null;
    }
    Value chosen = all.get(random.nextInt(all.size()));
    return new Callee(chosen.var(), chosen.arity());
  }

  /** One there is, the latest most likely; else a new one. */
  Var any(Kind kind) {
    int left = 1 + random.nextInt(3);
    for (int i = scope.size() - 1; i >= 0; i--) {
      if (scope.get(i).kind() == kind && --left == 0) {
        return scope.get(i).var();
      }
    }
    Var made = make(kind);
    add(made, kind);
    return made;
  }

  Var integer() {
    return random.nextInt(3) == 0 ? code.number() : any(Kind.INT);
  }

  /** From 0 to 7. */
  Var few() {
    return code.value(Op.AND, null, integer(), code.integer(7));
  }

  /** A boolean. */
  Var condition() {
    if (random.nextInt(8) == 0) {
      return code.value(Op.IS_INT, null, any(Kind.VARIANT));
    }
    Var holds = code.value(pick(COMPARISONS), null, integer(), integer());
    return random.nextInt(6) == 0 ? code.value(Op.NOT, null, holds) : holds;
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private Var make(Kind kind) {
    return switch (kind) {
      case INT -> code.number();
      case PAIR -> code.value(Op.BLOCK, 0, integer(), integer());
      case REFERENCE -> code.value(Op.BLOCK, 0, integer());
      case VARIANT -> variant();
      case ARRAY -> block(0, ARRAY);
      case BYTES -> code.call("caml_create_bytes", code.integer(BYTES));
      case FLOAT ->
          random.nextBoolean()
              ? constant(new OcamlValue.Real(random.nextInt(100) / 4.0 - 10))
              : code.call("caml_float_of_int", integer());
      case INT32 ->
          random.nextBoolean()
              ? constant(new OcamlValue.Boxed(OcamlValue.Boxed.Type.INT32, random.nextInt()))
              : code.call("caml_int32_of_int", integer());
      case INT64 ->
          random.nextBoolean()
              ? constant(new OcamlValue.Boxed(OcamlValue.Boxed.Type.INT64, random.nextLong()))
              : code.call("caml_int64_of_int", integer());
    };
  }

  private Var constant(OcamlValue value) {
    return code.value(Op.STATIC, new Static(value));
  }

  private Var variant() {
    int constructor = random.nextInt(VARIANTS);
    if (random.nextInt(4) == 0) {
      OcamlValue[] fields = new OcamlValue[constructor + 1];
      Arrays.setAll(fields, i -> new OcamlValue.Int(random.nextInt(100)));
      return constant(new OcamlValue.Block(constructor, fields));
    }
    return random.nextBoolean() ? code.integer(constructor) : block(constructor, constructor + 1);
  }

  private Var block(int tag, int size) {
    Var[] fields = new Var[size];
    for (int i = 0; i < size; i++) {
      fields[i] = integer();
    }
    return code.value(Op.BLOCK, tag, fields);
  }

  /** One more value, or a store. */
  void compute() {
    Kind kind = Kind.data(random);
    switch (kind) {
      case INT -> add(arithmetic(), Kind.INT);
      case PAIR -> add(code.value(Op.FIELD, random.nextInt(2), any(kind)), Kind.INT);
      case REFERENCE -> reference();
      case VARIANT -> add(variant(), kind);
      case ARRAY -> array();
      case BYTES -> bytes();
      case FLOAT -> floats();
      case INT32 -> boxed("caml_int32_", kind, 31);
      case INT64 -> boxed("caml_int64_", kind, 63);
    }
  }

  private Var arithmetic() {
    return switch (random.nextInt(4)) {
      case 0 -> code.value(pick(SHIFTS), null, integer(), code.integer(random.nextInt(31)));
      case 1 -> condition();
      default -> {
        Op op = pick(ARITHMETIC);
        Var second = integer();
        boolean divides = op == Op.DIV || op == Op.MOD;
        if (divides && random.nextInt(4) > 0) {
          second = code.value(Op.OR, null, second, code.integer(1));
        }
        yield op == Op.NEG ? code.value(op, null, second) : code.value(op, null, integer(), second);
      }
    };
  }

  private void reference() {
    Var reference = any(Kind.REFERENCE);
    switch (random.nextInt(3)) {
      case 0 -> add(code.value(Op.FIELD, 0, reference), Kind.INT);
      case 1 -> code.effect(Op.SET_FIELD, 0, reference, integer());
      default -> code.effect(Op.OFFSET_REF, random.nextInt(5) - 2, reference);
    }
  }

  private void array() {
    Var array = any(Kind.ARRAY);
    Var inside = code.value(Op.AND, null, integer(), code.integer(ARRAY - 1));
    Var anywhere = few();
    switch (random.nextInt(5)) {
      case 0 -> add(code.value(Op.ITEM, null, array, inside), Kind.INT);
      case 1 -> code.effect(Op.SET_ITEM, null, array, inside, integer());
      case 2 -> add(code.call("caml_array_get_addr", array, anywhere), Kind.INT);
      case 3 -> code.call("caml_array_set_addr", array, anywhere, integer());
      default -> add(code.value(Op.LENGTH, null, array), Kind.INT);
    }
  }

  private void bytes() {
    Var bytes = any(Kind.BYTES);
    Var inside = code.value(Op.AND, null, integer(), code.integer(3));
    switch (random.nextInt(5)) {
      case 0 -> add(code.call("caml_bytes_get", bytes, few()), Kind.INT);
      case 1 -> code.call("caml_bytes_set", bytes, few(), integer());
      case 2 -> add(code.value(Op.BYTE, null, bytes, inside), Kind.INT);
      case 3 -> code.effect(Op.SET_BYTE, null, bytes, inside, integer());
      default -> add(code.call("caml_bytes_get16", bytes, few()), Kind.INT);
    }
  }

  private void floats() {
    Var a = any(Kind.FLOAT);
    Var b = any(Kind.FLOAT);
    switch (random.nextInt(3)) {
      case 0 -> {
        String test = pick(List.of("eq", "neq", "lt", "le", "gt", "ge"));
        add(code.call("caml_" + test + "_float", a, b), Kind.INT);
      }
      case 1 -> add(code.call("caml_" + pick(List.of("neg", "abs")) + "_float", a), Kind.FLOAT);
      default -> {
        String operation = pick(List.of("add", "sub", "mul", "div"));
        add(code.call("caml_" + operation + "_float", a, b), Kind.FLOAT);
      }
    }
  }

  private void boxed(String type, Kind kind, int bits) {
    Var a = any(kind);
    switch (random.nextInt(4)) {
      case 0 -> add(code.call(type + "to_int", a), Kind.INT);
      case 1 -> add(code.call(type + "compare", a, any(kind)), Kind.INT);
      case 2 -> {
        String shift = pick(List.of("left", "right", "right_unsigned"));
        Var by = code.integer(random.nextInt(bits + 1));
        add(code.call(type + "shift_" + shift, a, by), kind);
      }
      default -> {
        String operation = pick(List.of("add", "sub", "mul", "and", "or", "xor"));
        add(code.call(type + operation, a, any(kind)), kind);
      }
    }
  }
}
