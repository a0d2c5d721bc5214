// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.Locale;

/** What an instruction carries besides its operands. */
public sealed interface Immediate
    permits Constant,
        Static,
        Primitive,
        Function,
        ClosureSet,
        Member,
        Sibling,
        Captured,
        Bits,
        Condition,
        CCall,
        Boxed,
        Boxed.Part {

  /** Which of them an operation takes. */
  enum Kind {
    NUMBER(Num.class),
    /** A number from 1 to 31. */
    SHIFT(Num.class),
    SYMBOL(Symbol.class),
    CONSTANT(Constant.class),
    STATIC(Static.class),
    PRIMITIVE(Primitive.class),
    FUNCTION(Function.class),
    CLOSURE_SET(ClosureSet.class),
    MEMBER(Member.class),
    SIBLING(Sibling.class),
    CAPTURED(Captured.class),
    BITS(Bits.class),
    CONDITION(Condition.class),
    C_CALL(CCall.class),
    BOXED(Boxed.class),
    PART(Boxed.Part.class);

    private final Class<? extends Immediate> type;

    Kind(Class<? extends Immediate> type) {
      this.type = type;
    }

    /** Whether it is of this kind; null is of none. */
    boolean accepts(Immediate immediate) {
      return type.isInstance(immediate)
          && (this != SHIFT || ((Num) immediate).value() >= 1 && ((Num) immediate).value() <= 31);
    }

    static Kind of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }
}
