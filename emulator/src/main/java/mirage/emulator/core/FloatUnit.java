// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import mirage.emulator.bus.AddressSpace;
import mirage.xtensa.Instruction;

/**
 * The single-precision floating-point unit. Rounds to nearest; status flags are not kept.
 *
 * <p>The steps of the division and square-root sequences ({@code div0.s}, {@code mkdadj.s}, {@code
 * divn.s} ...) leave the correctly rounded result of a whole sequence where the sequence leaves it,
 * but not the intermediate values of the chip, whose tables are not published.
 */
final class FloatUnit {
  private static final float[] CONSTANTS = {0f, 1f, 2f, 0.5f};

  private static final int QUIET = 1 << 22;
  private static final int DEFAULT_NAN = 0x7fc00000;

  private final State state;
  private final AddressSpace space;
  private final BooleanUnit booleans;

  FloatUnit(State state, AddressSpace space, BooleanUnit booleans) {
    this.state = state;
    this.space = space;
    this.booleans = booleans;
  }

  void execute(Instruction i) {
    switch (i.opcode()) {
      case LSI -> state.f[i.a()] = space.load32(state.a[i.b()] + i.c());
      case LSX -> state.f[i.a()] = space.load32(state.a[i.b()] + state.a[i.c()]);
      case LSIP -> {
        state.f[i.a()] = space.load32(state.a[i.b()]);
        state.a[i.b()] += i.c();
      }
      case LSXP -> {
        state.f[i.a()] = space.load32(state.a[i.b()]);
        state.a[i.b()] += state.a[i.c()];
      }
      case SSI -> space.store32(state.a[i.b()] + i.c(), state.f[i.a()]);
      case SSX -> space.store32(state.a[i.b()] + state.a[i.c()], state.f[i.a()]);
      case SSIP -> {
        space.store32(state.a[i.b()], state.f[i.a()]);
        state.a[i.b()] += i.c();
      }
      case SSXP -> {
        space.store32(state.a[i.b()], state.f[i.a()]);
        state.a[i.b()] += state.a[i.c()];
      }
      case RFR -> state.a[i.a()] = state.f[i.b()];
      case WFR -> state.f[i.a()] = state.a[i.b()];
      default -> move(i);
    }
  }

  private void move(Instruction i) {
    int source = state.f[i.b()];
    switch (i.opcode()) {
      case MOV_S, ADDEXPM_S -> state.f[i.a()] = source;
      case ABS_S -> state.f[i.a()] = source & 0x7fffffff;
      case NEG_S -> state.f[i.a()] = source ^ 0x80000000;
      case MOVEQZ_S -> moveIf(i, state.a[i.c()] == 0);
      case MOVNEZ_S -> moveIf(i, state.a[i.c()] != 0);
      case MOVLTZ_S -> moveIf(i, state.a[i.c()] < 0);
      case MOVGEZ_S -> moveIf(i, state.a[i.c()] >= 0);
      case MOVF_S -> moveIf(i, !booleans.get(i.c()));
      case MOVT_S -> moveIf(i, booleans.get(i.c()));
      case CONST_S -> state.f[i.a()] = Float.floatToRawIntBits(CONSTANTS[i.b() & 3]);
      default -> compute(i);
    }
  }

  private void compute(Instruction i) {
    float s = get(i.b());
    float t = get(i.c() & 15);
    float r = get(i.a());
    switch (i.opcode()) {
      case ADD_S -> set(i.a(), s + t, t, s);
      case SUB_S -> set(i.a(), s - t, t, s);
      case MUL_S -> set(i.a(), s * t, t, s);
      case MADD_S -> set(i.a(), Math.fma(s, t, r), r, product(t, s));
      case MSUB_S -> set(i.a(), Math.fma(-s, t, r), r, product(t, s));
      case UN_S -> booleans.set(i.a(), isUnordered(s, t));
      case OEQ_S -> booleans.set(i.a(), s == t);
      case UEQ_S -> booleans.set(i.a(), isUnordered(s, t) || s == t);
      case OLT_S -> booleans.set(i.a(), s < t);
      case ULT_S -> booleans.set(i.a(), !(s >= t));
      case OLE_S -> booleans.set(i.a(), s <= t);
      case ULE_S -> booleans.set(i.a(), !(s > t));
      case MKDADJ_S -> set(i.a(), s / r, r, s);
      case MKSADJ_S -> set(i.a(), (float) Math.sqrt(s), s, s);
      case RECIP0_S -> set(i.a(), 1 / s, s, s);
      case RSQRT0_S -> set(i.a(), (float) (1 / Math.sqrt(s)), s, s);
      case DIV0_S, SQRT0_S, NEXP01_S, ADDEXP_S, MADDN_S, DIVN_S -> {}
      default -> convert(i);
    }
  }

  private void convert(Instruction i) {
    double scaled = get(i.b()) * (double) (1 << i.c());
    switch (i.opcode()) {
      case ROUND_S -> state.a[i.a()] = toInteger(Math.rint(scaled));
      case TRUNC_S -> state.a[i.a()] = toInteger(scaled);
      case FLOOR_S -> state.a[i.a()] = toInteger(Math.floor(scaled));
      case CEIL_S -> state.a[i.a()] = toInteger(Math.ceil(scaled));
      case UTRUNC_S -> state.a[i.a()] = toUnsigned(scaled);
      case FLOAT_S -> set(i.a(), (float) (state.a[i.b()] / (double) (1 << i.c())), 0, 0);
      case UFLOAT_S ->
          set(i.a(), (float) ((state.a[i.b()] & 0xffffffffL) / (double) (1 << i.c())), 0, 0);
      default -> throw new IllegalStateException(i.toString());
    }
  }

  /** Saturates; a NaN becomes the largest integer. */
  private static int toInteger(double value) {
    return Double.isNaN(value) ? Integer.MAX_VALUE : (int) value;
  }

  /** Saturates, negative numbers as signed integers; a NaN becomes the largest integer. */
  private static int toUnsigned(double value) {
    if (Double.isNaN(value)) {
      return -1;
    }
    return value < 0 ? (int) value : (int) Math.min((long) value, 0xffffffffL);
  }

  private static boolean isUnordered(float s, float t) {
    return Float.isNaN(s) || Float.isNaN(t);
  }

  private void moveIf(Instruction i, boolean wanted) {
    if (wanted) {
      state.f[i.a()] = state.f[i.b()];
    }
  }

  private float get(int index) {
    return Float.intBitsToFloat(state.f[index]);
  }

  /**
   * Stores a result. Of a NaN the sign and payload are defined: those of the operand {@code last},
   * or of {@code first}, whichever is a NaN, made quiet.
   */
  private void set(int index, float result, float last, float first) {
    int bits = Float.floatToRawIntBits(result);
    if (Float.isNaN(result)) {
      float source = Float.isNaN(last) ? last : first;
      bits = Float.isNaN(source) ? Float.floatToRawIntBits(source) | QUIET : DEFAULT_NAN;
    }
    state.f[index] = bits;
  }

  /** The factor a NaN of a product comes from. */
  private static float product(float last, float first) {
    return Float.isNaN(last) ? last : first;
  }
}
